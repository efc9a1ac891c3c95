"""Say how an institution came to its points for a proposal, and the answers, ratings and words behind them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.candidates import RATINGS
from ksd_toolkit.matching.institution_reasons import spoken, unknown_sentence
from ksd_toolkit.matching.pairs import ASKED
from ksd_toolkit.messages import count, date_text, decimal, percent, say, trimmed
from ksd_toolkit.publishing.answers_asked import ALL, Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.institutions_asked import (
    REGISTER,
    found_institutions,
    pair_of,
    pair_on,
    row_keys,
    spoken_on,
)
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.tables.candidate_cells import level

_WHOLE: Final = 100.0
_PLACES: Final = 4
_BEST: Final = 3


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
    pair = pair_of(asked)
    if pd.isna(pair["rank"]):
        raise GoneError
    if "T" in asked.figure.id and asked.figure.text == count(pair["rank"], asked.lang):
        facts = {
            "above": count(pair["rank"] - 1, asked.lang),
            "points": decimal(pair["points"], found_institutions(asked).rules.decimals, asked.lang),
        }
        return asked.on(pair_on(asked, pair), **_facts(asked, pair), **facts)
    raise GoneError


def _points(asked: AskedPartner) -> Computation:
    pair, places = pair_of(asked), found_institutions(asked).rules.decimals
    points = decimal(pair["points"], places, asked.lang)
    if not asked.figure.text.startswith(points):
        raise GoneError
    facts = {**_facts(asked, pair), **_terms(asked, pair), "points": points}
    if pair["worst"] == pair["best"]:
        return asked.on(pair_on(asked, pair), **facts)
    ends = {end: decimal(pair[end], places, asked.lang) for end in ("worst", "best")}
    unknown = unknown_sentence(found_institutions(asked), pair, asked.lang)
    return asked.on(pair_on(asked, pair), "between", **facts, **ends, unknown=unknown)


def _coverage(asked: AskedPartner) -> Computation:
    """Which part of the weight that applies is known."""
    pair = pair_of(asked)
    asked.must_print(percent(_WHOLE * pair["coverage"], 0, asked.lang))
    base = float(_terms_base(asked, pair))
    whole = base / float(pair["coverage"]) if pair["coverage"] else _WHOLE
    facts = {"base": trimmed(base, 2, asked.lang), "whole": trimmed(whole, 2, asked.lang)}
    return asked.on(pair_on(asked, pair), **_facts(asked, pair), **facts)


def _terms_base(asked: AskedPartner, pair: Mapping[str, Any]) -> float:
    values = _values(asked, pair)
    return sum(
        one.weight
        for one in found_institutions(asked).rules.criteria
        if not pd.isna(values[one.code])
    )


def _minat(asked: AskedPartner) -> Computation:
    """The interest that holds: told for this proposal, told in general, or as registered."""
    pair = pair_of(asked)
    asked.must_print(level(pair["minat"], asked.lang))
    row = spoken(found_institutions(asked), pair)
    facts = _facts(asked, pair)
    if row is None:
        keys = row_keys(asked, str(pair["mitra_nama"]))
        return asked.on([(REGISTER, key, "minat") for key in keys], "registered", **facts)
    facts |= {"forum": str(row["nama_forum"]), "on": date_text(row["told_on"].date(), asked.lang)}
    return asked.on(spoken_on(asked, pair), str(row["scope"]), **facts)


def _shared_codes(asked: AskedPartner) -> Computation:
    """The codes of affair and issues a proposal and a candidate both name."""
    pair = pair_of(asked)
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
        places += pair_on(asked, row)
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
