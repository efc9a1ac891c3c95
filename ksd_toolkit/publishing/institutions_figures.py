"""Say how an institution came to its points for a proposal, and the answers, ratings and words behind them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.candidates import RATINGS
from ksd_toolkit.matching.candidates import place as told_at
from ksd_toolkit.matching.institution_reasons import spoken, unknown_sentence
from ksd_toolkit.matching.institutions import InstitutionMatches, match_institutions
from ksd_toolkit.matching.interest import FORUM
from ksd_toolkit.matching.pairs import ASKED
from ksd_toolkit.messages import count, date_text, decimal, percent, say, trimmed
from ksd_toolkit.publishing.answers_asked import ALL, Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError, first_of
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.tables.candidate_cells import level

_WHOLE: Final = 100.0
_PLACES: Final = 4
REGISTER: Final = "calon_mitra"
"""The table of candidates the secretariat keeps."""
_BEST: Final = 3


def found_institutions(asked: AskedPartner) -> InstitutionMatches:
    """Every proposal fitted to every candidate of the register."""
    return asked.once("institutions", lambda: match_institutions(asked.register, lang=asked.lang))


def _pair(asked: AskedPartner, usulan: str = "", name: str = "") -> dict[str, Any]:
    """A proposal and a candidate, as they are matched today.

    Raises:
        GoneError: There is no such pair.
    """
    usulan, name = usulan or asked.names[0], name or "|".join(asked.names[1:])
    found = found_institutions(asked)

    def find() -> pd.DataFrame:
        try:
            return found.for_usulan(usulan, len(found.candidates))
        except KsdError as gone:
            raise GoneError from gone

    rows = asked.once(f"institutions:{usulan}", find)
    return first_of(rows[rows["mitra_nama"] == name])


def row_keys(asked: AskedPartner, name: str) -> list[str]:
    """The rows of the register of candidates about one of them."""

    def find() -> dict[str, list[str]]:
        rows = asked.register.table(REGISTER)
        keys: dict[str, list[str]] = {}
        for mitra, key in zip(rows["mitra_nama"], rows["row_key"], strict=True):
            keys.setdefault(str(mitra), []).append(str(key))
        return keys

    return asked.once("institution_rows", find).get(name, [])


def _on(asked: AskedPartner, pair: Mapping[str, Any]) -> tuple[Place, ...]:
    """What a pair is compared by: three answers of the proposal, what the register says, words at a forum."""
    usulan = str(pair["usulan_id"])
    keys = row_keys(asked, str(pair["mitra_nama"]))
    mine = [("usulan", usulan, field) for field in ASKED.values()]
    theirs = [(REGISTER, key, field) for key in keys for field in (*ASKED, *RATINGS)]
    return (*mine, *theirs, *_spoken_on(asked, pair))


def _spoken_on(asked: AskedPartner, pair: Mapping[str, Any]) -> tuple[Place, ...]:
    """The words at a forum the interest of a pair is taken from."""
    row = spoken(found_institutions(asked), dict(pair))
    return () if row is None else forum_on(asked, row["place"])


def forum_on(asked: AskedPartner, place: object) -> tuple[Place, ...]:
    """The row of the forum whose interest stands at a place."""

    def find() -> dict[str, str]:
        keys = [str(key) for key in asked.register.table(FORUM)["row_key"]]
        return {told_at(asked.register, FORUM, key, "minat"): key for key in keys}

    key = asked.once("forum_places", find).get(str(place))
    return () if key is None else tuple((FORUM, key, field) for field in _SPOKEN)


_SPOKEN: Final = ("minat", "tanggal", "nama_forum")


def _terms(asked: AskedPartner, pair: Mapping[str, Any]) -> dict[str, str]:
    """The points as weight times value, over the weight that is known."""
    rules, lang = found_institutions(asked).rules, asked.lang
    values = _values(asked, pair)
    known = [(one, values[one.code]) for one in rules.criteria if not pd.isna(values[one.code])]
    told = [
        f"{one.label(lang).lower()} {trimmed(one.weight, 2, lang)} x {trimmed(value, _PLACES, lang)}"
        for one, value in known
    ]
    base = sum(one.weight for one, _ in known)
    return {"parts": " + ".join(told), "base": trimmed(base, 2, lang)}


def _values(asked: AskedPartner, pair: Mapping[str, Any]) -> dict[str, float]:
    """What each criterion of a pair is, 0 to 1, NaN where it is not known."""
    found = found_institutions(asked)
    usulan = found.usulan.iloc[found.row_of(str(pair["usulan_id"]))]
    theirs = found.candidates.iloc[found.column_of(str(pair["mitra_nama"]))]
    values = {}
    for name, question in ASKED.items():
        wanted, has = usulan[question], theirs[name]
        both = [code for code in str(pair[f"shared_{name}"]).split(";") if code]
        unknown = pd.isna(wanted) or pd.isna(has)
        values[name] = float("nan") if unknown else len(both) / len(str(wanted).split(";"))
    rules = found.rules
    for name in RATINGS:
        values[name] = (float(pair[name]) - rules.low) / (rules.high - rules.low)
    return values


def _facts(asked: AskedPartner, pair: Mapping[str, Any]) -> dict[str, str]:
    rules = found_institutions(asked).rules
    return {
        "partner": str(pair["mitra_nama"]),
        "usulan": str(pair["usulan_id"]),
        "least": percent(_WHOLE * rules.min_coverage, 0, asked.lang),
        "low": trimmed(rules.low, 2, asked.lang),
        "high": trimmed(rules.high, 2, asked.lang),
    }


def _rank(asked: AskedPartner) -> Computation:
    """How many candidates of the proposal have more points."""
    pair = _pair(asked)
    if pd.isna(pair["rank"]):
        raise GoneError
    if "T" in asked.figure.id and asked.figure.text == count(pair["rank"], asked.lang):
        facts = {
            "above": count(pair["rank"] - 1, asked.lang),
            "points": decimal(pair["points"], found_institutions(asked).rules.decimals, asked.lang),
        }
        return asked.on(_on(asked, pair), **_facts(asked, pair), **facts)
    raise GoneError


def _points(asked: AskedPartner) -> Computation:
    pair, places = _pair(asked), found_institutions(asked).rules.decimals
    points = decimal(pair["points"], places, asked.lang)
    if not asked.figure.text.startswith(points):
        raise GoneError
    facts = {**_facts(asked, pair), **_terms(asked, pair), "points": points}
    if pair["worst"] == pair["best"]:
        return asked.on(_on(asked, pair), **facts)
    ends = {end: decimal(pair[end], places, asked.lang) for end in ("worst", "best")}
    unknown = unknown_sentence(found_institutions(asked), pair, asked.lang)
    return asked.on(_on(asked, pair), "between", **facts, **ends, unknown=unknown)


def _coverage(asked: AskedPartner) -> Computation:
    """Which part of the weight that applies is known."""
    pair = _pair(asked)
    asked.must_print(percent(_WHOLE * pair["coverage"], 0, asked.lang))
    base = float(_terms_base(asked, pair))
    whole = base / float(pair["coverage"]) if pair["coverage"] else _WHOLE
    facts = {"base": trimmed(base, 2, asked.lang), "whole": trimmed(whole, 2, asked.lang)}
    return asked.on(_on(asked, pair), **_facts(asked, pair), **facts)


def _terms_base(asked: AskedPartner, pair: Mapping[str, Any]) -> float:
    values = _values(asked, pair)
    return sum(
        one.weight
        for one in found_institutions(asked).rules.criteria
        if not pd.isna(values[one.code])
    )


def _minat(asked: AskedPartner) -> Computation:
    """The interest that holds: told for this proposal, told in general, or as registered."""
    pair = _pair(asked)
    asked.must_print(level(pair["minat"], asked.lang))
    row = spoken(found_institutions(asked), pair)
    facts = _facts(asked, pair)
    if row is None:
        keys = row_keys(asked, str(pair["mitra_nama"]))
        return asked.on([(REGISTER, key, "minat") for key in keys], "registered", **facts)
    facts |= {"forum": str(row["nama_forum"]), "on": date_text(row["told_on"].date(), asked.lang)}
    return asked.on(_spoken_on(asked, pair), str(row["scope"]), **facts)


def _shared_codes(asked: AskedPartner) -> Computation:
    """The codes of affair and issues a proposal and a candidate both name."""
    pair = _pair(asked)
    keys = row_keys(asked, str(pair["mitra_nama"]))
    mine = [("usulan", str(pair["usulan_id"]), field) for field in ASKED.values()]
    theirs = [(REGISTER, key, field) for key in keys for field in ASKED]
    return asked.on((*mine, *theirs), **_facts(asked, pair))


def _best(asked: AskedPartner) -> Computation:
    """The first candidates of a proposal with their points, each as its sum."""
    usulan, found, lang = asked.subject, found_institutions(asked), asked.lang
    try:
        mine = found.for_usulan(usulan, _BEST)
    except KsdError as gone:
        raise GoneError from gone
    ranked = [row for _, row in records(mine[mine["rank"].notna()])]
    sums: list[str] = []
    places: list[Place] = []
    for row in ranked:
        points = decimal(row["points"], found.rules.decimals, lang)
        if f"({points})" not in asked.figure.text:
            raise GoneError
        sums.append(
            say("measure_partners.sum_of_institution", lang, name=row["mitra_nama"], points=points,
                **_terms(asked, row))
        )  # fmt: skip
        places += _on(asked, row)
    return asked.on(dict.fromkeys(places), usulan=usulan, sums="; ".join(sums))


def _best_table(asked: AskedPartner) -> Computation:
    """How many proposals have a candidate that is ranked, and what the points are."""
    found, lang = found_institutions(asked), asked.lang
    ranked = found.table[found.table["rank"].notna()]
    whole = list(dict.fromkeys(map(str, ranked["usulan_id"])))
    everyone = [str(one) for one in found.usulan.index]
    facts = {
        "n": count(len(whole), lang), "of": count(len(everyone), lang),
        "left": count(len(everyone) - len(whole), lang),
    }  # fmt: skip
    code = "caption" if asked.figure.id[1:2] == "C" else "note"
    ids = everyone if code == "caption" else [one for one in everyone if one not in set(whole)]
    return asked.on(usulan_places(ids, "judul"), code, counted=ids, **facts)


def _candidate_table(asked: AskedPartner) -> Computation:
    """What the points and the rank of a table of candidates mean; a title with digits of its own."""
    rules = found_institutions(asked).rules
    least = percent(_WHOLE * rules.min_coverage, 0, asked.lang)
    parts = [
        f"{one.label(asked.lang).lower()} {trimmed(one.weight, 2, asked.lang)}"
        for one in rules.criteria
    ]
    usulan = asked.names[0]
    places = usulan_places([usulan], "judul") if usulan != ALL else ()
    return asked.on(places, least=least, weights=", ".join(parts))


INSTITUTIONS: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    ("lembaga", "rank"): _rank,
    ("lembaga", "points"): _points,
    ("lembaga", "coverage"): _coverage,
    ("lembaga", "minat"): _minat,
    ("lembaga", "shared_codes"): _shared_codes,
    ("lembaga", "best_candidates"): _best,
    ("lembaga", "table_best_candidates"): _best_table,
    ("lembaga", "table_candidates"): _candidate_table,
}
"""By kind of subject and measure."""
