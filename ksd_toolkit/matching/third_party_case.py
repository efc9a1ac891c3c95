"""The legal case with a third party, abroad, or as Sinergi: what the questionnaire answered of each condition."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import pandas as pd

from ksd_toolkit.matching.legal_conditions import Conditions
from ksd_toolkit.matching.legal_parts import Check, State
from ksd_toolkit.matching.legal_table import (
    ABROAD,
    NO_COOPERATION,
    SYNERGY,
    THIRD_PARTIES,
    check_of,
    condition_rows,
    council_of,
    own_rules_of,
    procurement_rule,
    synergy_rule,
    third_party_rule,
)
from ksd_toolkit.matching.legal_value import Ground, LegalCase
from ksd_toolkit.messages import say
from ksd_toolkit.regions import Region
from ksd_toolkit.scoring.jenis_table import type_family

_CONSENT: Final = {"KSDPL": "PP 28/2018 29(1)", "KSDLL": "PP 28/2018 25"}
_ALWAYS: Final = "pemetaan"  # an usulan is part of the mapping


class Typed(NamedTuple):
    """The type of cooperation with a partner, why it is that, and the rules its object must follow besides."""

    jenis: str
    reasons: tuple[Ground, ...]
    route: str = ""


def case_with(
    home: Region, typed: Typed, answers: Mapping[str, Any], conditions: Conditions
) -> LegalCase:
    """What the law makes of an usulan with a partner that is no region of this country.

    Args:
        home: The region.
        typed: The type that holds.
        answers: What the usulan answered, and `mitra_nama` and `mitra_jenis`, by question.
        conditions: The same usulan's answers about council and term.

    Source:
        UU 23/2014 Pasal 366-367; PP 28/2018 Pasal 14-19, 23-40, 46; Permendagri 25/2020.
    """
    jenis, reasons, route = typed
    family = type_family(jenis)
    initiative = _text(answers["prakarsa"]) if family == THIRD_PARTIES else ""
    own = own_rules_of(jenis, route)
    return LegalCase(
        home=home.code,
        partner="",
        home_name=home.name,
        partner_name=_text(answers["mitra_nama"]),
        family=family,
        jenis=jenis,
        kind="",
        council=council_of(family, conditions.burden, conditions.budgeted),
        initiative=initiative,
        own_rules=own,
        conditions=conditions,
        checks=(*_partner_check(family, answers), *_checks(family, initiative, answers)),
        reasons=(*reasons, *_rules(jenis, own), *_procurement(family, answers)),
    )


def _checks(family: str, initiative: str, answers: Mapping[str, Any]) -> tuple[Check, ...]:
    """The conditions of the table with what was answered of each."""
    found = []
    for row in condition_rows(family, initiative):
        state = _state(row, answers)
        found.append(check_of(row, state, tuple(row["fields"]) if state == "belum" else ()))
    return tuple(found)


def _state(row: Mapping[str, Any], answers: Mapping[str, Any]) -> State:
    """Met, planned, not met or not answered; a list that was answered without it does not hold it."""
    if row["code"] == _ALWAYS:
        return "terpenuhi"
    given = {code for name in row["fields"] for code in _text(answers[name]).split(";") if code}
    if not given:
        return "belum"
    if given & set(row.get("choices", ())):
        return "terpenuhi"
    if given & set(row.get("planned", ())):
        return "direncanakan"
    return row.get("otherwise", "tidak")  # type: ignore[no-any-return]


def _partner_check(family: str, answers: Mapping[str, Any]) -> tuple[Check, ...]:
    """Whether this kind of partner is allowed at all."""
    kind = _text(answers["mitra_jenis"])
    if family == SYNERGY:
        rule = synergy_rule()
        met: State = "terpenuhi" if kind in rule["kinds"] else "tidak"
        return (_own_check("sinergi_partner", met if kind else "belum", rule["article"]),)
    if family != THIRD_PARTIES:
        return ()
    rule = third_party_rule()
    if not kind:
        return (_own_check("third_party", "belum", rule["article"]),)
    person = rule["legal_person"].get(kind, "")
    if _text(answers["objek"]) in rule["incorporated_objects"]:
        state: State = {"ya": "terpenuhi", "tanya": "belum"}.get(person, "tidak")  # type: ignore[assignment]
        return (_own_check("incorporated", state, rule["infrastructure_article"]),)
    if person == "tanya":
        return (_own_check("incorporated", "belum", rule["incorporated_article"]),)
    return (_own_check("third_party", "terpenuhi" if person else "tidak", rule["article"]),)


def _own_check(code: str, state: State, article: str) -> Check:
    """A condition about the partner; the questionnaire asks only its kind."""
    texts = {lang: say(f"legal.check.{code}", lang) for lang in ("id", "en")}
    return Check(code, state, article, texts)


def _rules(jenis: str, own: tuple[str, ...]) -> tuple[Ground, ...]:
    """What the law says of a type besides its conditions."""
    family = type_family(jenis)
    if family == THIRD_PARTIES:
        return (
            *((Ground("own_rules", own),) if own else ()),
            Ground("result", ("PP 28/2018 20(2)-(3)",)),
            Ground("signs", ("PP 28/2018 13(1)-(2)",)),
        )
    if family in ABROAD:
        besides = (
            Ground("people", ("PP 28/2018 27(2)",))
            if family == "KSDPL"
            else Ground(
                "carried_on",
                ("PP 28/2018 36", "Permendagri 25/2020 7", "Permendagri 25/2020 27-30"),
            )
        )
        return (
            Ground("consent", ("UU 23/2014 367(2)", _CONSENT[family])),
            Ground("objects_abroad", ("PP 28/2018 23(2)",)),
            besides,
            Ground("signs_abroad", ("PP 28/2018 23(1)", "PP 28/2018 23(3)")),
        )
    if family == SYNERGY:
        return (
            Ground("synergy", ("PP 28/2018 46(1)",)),
            Ground("own_shares", ("PP 28/2018 46(3)",)),
            Ground("no_aid", ("PP 28/2018 46(2)",)),
        )
    return ()


def _procurement(family: str, answers: Mapping[str, Any]) -> tuple[Ground, ...]:
    """That the regulation counts procurement from third parties as cooperation, though we do not."""
    rule, kinds = procurement_rule(), third_party_rule()["legal_person"]
    bought = _text(answers["objek"]) in rule["objects"] and _text(answers["mitra_jenis"]) in kinds
    if family != NO_COOPERATION or not bought:
        return ()
    return (Ground("procurement", tuple(rule["articles"])),)


def _text(value: Any) -> str:
    """The answer, empty where there is none."""
    return "" if pd.isna(value) else str(value)
