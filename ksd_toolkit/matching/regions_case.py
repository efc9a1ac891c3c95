"""The legal case of two regions: codes and answers in, letter, forum, take-over and papers out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.legal_conditions import UNASKED, Conditions
from ksd_toolkit.matching.legal_parts import Check, Kind, State
from ksd_toolkit.matching.legal_table import (
    REGIONS,
    UNCERTAIN,
    check_of,
    condition_rows,
    council_of,
    kind_of,
    special_rows,
    takeover_conflict,
)
from ksd_toolkit.matching.legal_value import Fact, Ground, LegalCase
from ksd_toolkit.regions import Region, Relation, find_region, relation
from ksd_toolkit.scoring.mandatory import Pair, pair_of

_ANSWERED: Final[dict[str, State]] = {"ya": "terpenuhi", "tidak": "tidak", "TB": "tidak"}
_FORUM: Final = {"provinsi": "PP 28/2018 5(2) a", "nasional": "PP 28/2018 5(2) b"}
_TAKEOVER: Final = {
    "gubernur": ("UU 23/2014 364(4)", "PP 28/2018 11(2)"),
    "pusat": ("UU 23/2014 364(3)", "PP 28/2018 11(1)"),
}
_OF_THE_PAIR: Final = {
    "borders",
    "corner",
    "inside",
    "near",
    "sea",
    "none",
    "special",
    "special_split",
}


def legal_case(home: str, partner: str, conditions: Conditions = UNASKED) -> LegalCase:
    """What the law makes of cooperation between two regions.

    Args:
        home: Code or name of one region.
        partner: Of another.
        conditions: What an usulan answered; without it the case says what the pair may become.

    Raises:
        InputError: A region is not known, both are the same, or one cannot be a party.

    Source:
        UU 23/2014 Pasal 363-365; PP 28/2018 Pasal 3-12; the letters are those of UU 23/2014
        Pasal 364 ayat (2).
    """
    ours, theirs = _party(home), _party(partner)
    if ours == theirs:
        raise InputError("legal.same_region", region=ours.name)
    between = relation(ours.code, theirs.code)
    kind, articles = kind_of(between.may_be_mandatory, conditions.externality, conditions.joint)
    pair = pair_of(ours.code, theirs.code) if between.may_be_mandatory else None
    bare = LegalCase(
        home=ours.code,
        partner=theirs.code,
        home_name=ours.name,
        partner_name=theirs.name,
        family=REGIONS,
        jenis="",
        kind=kind,
        council=council_of(REGIONS, conditions.burden, conditions.budgeted),
        relation=between.kind,
        letter=pair.letter if pair else "",
        conditions=conditions,
        checks=_checks(between, conditions),
        reasons=(_where(ours, theirs, between), *_special(ours, theirs)),
    )
    return _with_consequences(bare, kind, Ground(f"kind_{kind}", articles), pair)


def with_kind(case: LegalCase, kind: Kind) -> LegalCase:
    """The same pair where a plenary said whether it is mandatory."""
    if kind == case.kind:
        return case
    pair = pair_of(case.home, case.partner) if case.letter else None
    kept = tuple(ground for ground in case.reasons if ground.code in _OF_THE_PAIR)
    nature = Ground(f"kind_set_{kind}")
    return _with_consequences(replace(case, reasons=kept), kind, nature, pair)


def checks_without_region(conditions: Conditions) -> tuple[Check, ...]:
    """The conditions of mandatory cooperation with a region nobody can place."""
    return _three_checks("belum", ("kode_wilayah",), conditions)


def _with_consequences(case: LegalCase, kind: Kind, nature: Ground, pair: Pair | None) -> LegalCase:
    """The case with its kind, and with forum and take-over where it is or may become mandatory."""
    live = pair if kind in {"wajib", "belum"} else None
    return replace(
        case,
        kind=kind,
        forum=live.forum if live else "",
        takeover=live.takeover if live else "",
        reasons=(*case.reasons, *_grounds(nature, pair, live=live is not None)),
    )


def _party(text: str) -> Region:
    """A region that can conclude agreements: a province, regency or city with autonomy."""
    region = find_region(text)
    if not region.is_party:
        raise InputError("legal.not_a_party", region=region.name, region_code=region.code)
    return region


def _where(ours: Region, theirs: Region, between: Relation) -> Ground:
    """How the two lie to each other; a border of no length is a corner."""
    facts: list[tuple[str, Fact]] = [("home", ours.name), ("partner", theirs.name)]
    if between.kind == "borders" and between.border_km:
        facts.append(("km", between.border_km))
    elif between.kind == "borders":
        return Ground("corner", facts=tuple(facts))
    elif between.gap_km is not None:
        facts.append(("km", between.gap_km))
    elif between.kind in {"sea", "none"}:
        facts.append(("km", between.distance_km))
    return Ground(between.kind, facts=tuple(facts))


def _special(ours: Region, theirs: Region) -> tuple[Ground, ...]:
    """That one of the two has a special status, and whether the regulation names it."""
    rows = special_rows(ours.code, theirs.code)
    return tuple(Ground(row["ground"], tuple(row["articles"])) for row in rows)


def _grounds(nature: Ground, pair: Pair | None, *, live: bool) -> tuple[Ground, ...]:
    """Why it is what it is, and what follows where it is or may become mandatory."""
    if pair is None:
        return (nature,)
    letter = Ground(
        "letter", ("UU 23/2014 364(2)",), (("letter", pair.letter), ("pair", pair.texts))
    )
    if not live:
        return letter, nature
    found = [
        letter,
        nature,
        Ground(f"forum_{pair.forum}", (_FORUM[pair.forum], "PP 28/2018 5(3)")),
        Ground(f"takeover_{pair.takeover}", _TAKEOVER[pair.takeover]),
        Ground("cost", ("UU 23/2014 364(5)", "PP 28/2018 11(3)")),
        Ground("aid", ("PP 28/2018 12(1)-(2)",)),
    ]
    if articles := takeover_conflict(pair.letter):
        found.insert(4, Ground("takeover_differs", articles))
    return tuple(found)


def _checks(between: Relation, conditions: Conditions) -> tuple[Check, ...]:
    """The three conditions of mandatory cooperation and what is known of each."""
    if between.may_be_mandatory:
        return _three_checks("terpenuhi", (), conditions)
    return _three_checks("belum" if between.kind in UNCERTAIN else "tidak", (), conditions)


def _three_checks(
    borders: State, asked: tuple[str, ...], conditions: Conditions
) -> tuple[Check, ...]:
    """The conditions in the table's order; `asked` would settle the border."""
    states: dict[str, State] = {
        "borders": borders,
        "externality": _ANSWERED.get(conditions.externality, "belum"),
        "joint": _ANSWERED.get(conditions.joint, "belum"),
    }
    found = []
    for row in condition_rows(REGIONS):
        state = states[row["code"]]
        open_ = (*asked, *row["fields"]) if row["code"] == "borders" else _open(row, conditions)
        found.append(check_of(row, state, open_ if state == "belum" else ()))
    return tuple(found)


def _open(row: Mapping[str, Any], conditions: Conditions) -> tuple[str, ...]:
    """The questions of a condition still to be answered; all of them where none was answered yes or no."""
    return tuple(name for name in row["fields"] if name in conditions.open) or tuple(row["fields"])
