"""Say how a candidate region came to its place, its points and each criterion, with the values that entered."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.matching.criteria import complementarity, shared_problems
from ksd_toolkit.matching.explaining import unknown_names
from ksd_toolkit.matching.ground import FISCAL_CLASS
from ksd_toolkit.matching.indicators import cell_number
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, decimal, join_words, percent, say, trimmed
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.partner_words import criteria_texts, points_text

_PLACES: Final = 4
"""Decimals of what is multiplied and summed, so that a reader can do it again."""
_WHOLE: Final = 100.0
_LENGTHS: Final = {
    "borders": "border_km", "near": "gap_km", "sea": "distance_km", "none": "distance_km",
}  # fmt: skip
"""What is measured of two regions by how they lie to each other."""
_AGREED: Final = ("no_dok", "mitra_nama", "status")


def facts_of(asked: AskedPartner, row: Mapping[str, Any]) -> dict[str, str]:
    """What every sentence about a candidate may ask for."""
    matches = asked.matches
    return {
        "name": str(row["name"]),
        "home": matches.home.name,
        "of": count(len(matches.table), asked.lang),
        "points": decimal(row["points"], matches.settings.decimals, asked.lang)
        if not pd.isna(row["points"])
        else say("trace.none", asked.lang),
    }


def told_rank(asked: AskedPartner) -> Computation:
    """How many candidates stand before it."""
    row = asked.row
    if not asked.measure.startswith("chart"):
        asked.must_print(count(row["rank"], asked.lang))
    least = percent(_WHOLE * asked.matches.settings.min_coverage, 0, asked.lang)
    facts = {**facts_of(asked, row), "above": count(row["rank"] - 1, asked.lang), "least": least}
    apart = asked.matches.table["sparse"].any()
    code = "sparse" if row["sparse"] else "" if apart else "of_all"
    return asked.rest_on(
        rests(asked, asked.region), code, rank=count(row["rank"], asked.lang), **facts
    )


def told_points(asked: AskedPartner) -> Computation:
    """The points as the sum of weight times criterion, and between what they may lie."""
    row = asked.row
    asked.must_print(points_text(row, asked.lang))
    facts = {**facts_of(asked, row), **sum_of(asked, row)}
    if row["worst"] == row["best"]:
        return asked.rest_on(rests(asked, asked.region), **facts)
    names = unknown_names(asked.matches, row, asked.lang)
    ends = {
        end: decimal(row[end], asked.matches.settings.decimals, asked.lang)
        for end in ("worst", "best")
    }
    unknown = join_words(names, asked.lang)
    return asked.rest_on(rests(asked, asked.region), "between", **facts, **ends, unknown=unknown)


def _in_brief(asked: AskedPartner) -> Computation:
    """The points of a region named in a sentence, as their sum."""
    row = asked.row
    asked.must_print(decimal(row["points"], 1, asked.lang))
    facts = {**facts_of(asked, row), **sum_of(asked, row)}
    return asked.rest_on(rests(asked, asked.region), "sum", **facts)


def sum_of(asked: AskedPartner, row: Mapping[str, Any]) -> dict[str, str]:
    """The terms of the points and the weight they are divided by."""
    lang = asked.lang
    known = {
        name: float(weight)
        for name, weight in zip(CRITERIA, asked.matches.weights, strict=True)
        if weight > 0 and not pd.isna(row[name])
    }
    terms = [
        f"{say(f'partners.criterion.{name}', lang)} {trimmed(weight, 2, lang)} x "
        f"{trimmed(row[name], _PLACES, lang)}"
        for name, weight in known.items()
    ]
    return {"parts": " + ".join(terms), "base": trimmed(sum(known.values()), 2, lang)}


def rests(asked: AskedPartner, code: str) -> tuple[Place, ...]:
    """Everything points rest on that somebody wrote: needs, capacities, documents, fiscal class."""
    return (*asked.behind(code), *_agreed_on(asked, code))


def _shared(asked: AskedPartner) -> Computation:
    """The lesser needs by the greater ones, over the cells known for both."""
    row = asked.row
    asked.must_print(criteria_texts(row, asked.lang)[0])
    code, home = str(row["code"]), asked.matches.home.code
    mine = asked.matches.profiles
    seen = asked.cells_seen(code)
    columns = [cell_number()[cell] for cell in seen]
    ours, theirs = mine.need[mine.row(home), columns], mine.need[mine.row(code), columns]
    found = shared_problems(ours, theirs[None])
    lesser = float(found.value[0] * found.union[0])
    facts = {
        "lesser": trimmed(lesser, _PLACES, asked.lang),
        "greater": trimmed(float(found.union[0]), _PLACES, asked.lang),
        "cells": count(int(found.common[0]), asked.lang),
        "share": decimal(_WHOLE * float(found.value[0]), 2, asked.lang),
    }
    both = [cell for cell, a, b in zip(seen, ours, theirs, strict=True) if not np.isnan(a + b)]
    pieces = asked.pieces((home, code), both, "need")
    places = [place for region, piece in pieces for place in asked.places(region, piece)]
    return asked.rest_on(places, **facts_of(asked, row), **facts)


def _helping(asked: AskedPartner) -> Computation:
    """The harmonic mean of what each of the two can do for the other."""
    row = asked.row
    asked.must_print(criteria_texts(row, asked.lang)[1])
    code, home = str(row["code"]), asked.matches.home.code
    mine = asked.matches.profiles
    columns = [cell_number()[cell] for cell in asked.cells_seen(code)]
    ours, theirs = mine.row(home), mine.row(code)
    found = complementarity(
        mine.need[ours, columns], mine.capacity[ours, columns],
        mine.need[theirs, columns][None], mine.capacity[theirs, columns][None],
    )  # fmt: skip
    facts = {
        "received": decimal(_WHOLE * float(found.received[0]), 2, asked.lang),
        "given_share": decimal(_WHOLE * float(found.given[0]), 2, asked.lang),
        "share": decimal(_WHOLE * float(found.value[0]), 2, asked.lang),
    }
    return asked.rest_on(asked.behind(code), **facts_of(asked, row), **facts)


def _near(asked: AskedPartner) -> Computation:
    """1 where two regions touch, else falling with the distance."""
    row = asked.row
    asked.must_print(criteria_texts(row, asked.lang)[2])
    facts = {
        "km": decimal(row["distance_km"], 1, asked.lang),
        "fall": trimmed(asked.matches.settings.fall_km, 2, asked.lang),
    }
    touching = row["relation"] in {"inside", "borders"}
    return asked.on((), "touching" if touching else "", **facts_of(asked, row), **facts)


def _feasible(asked: AskedPartner) -> Computation:
    """The weighted mean of the known parts."""
    row = asked.row
    asked.must_print(criteria_texts(row, asked.lang)[3])
    code, matches, lang = str(row["code"]), asked.matches, asked.lang
    known = dict(matches.ground.parts.loc[code])
    weights = matches.settings.parts
    told = [
        say("measure_partners.part", lang, part=say(f"match.part_{name}", lang),
            value=trimmed(float(known[name]), _PLACES, lang), weight=trimmed(weights[name], 2, lang))
        for name in matches.ground.parts_with_meaning
        if not pd.isna(known[name])
    ]  # fmt: skip
    silent = [
        say(f"match.part_{name}", lang)
        for name in matches.ground.parts_with_meaning
        if pd.isna(known[name])
    ]
    facts = {
        "parts": "; ".join(told),
        "unknown": join_words(silent, lang) or say("trace.none", lang),
    }
    return asked.rest_on(feasible_on(asked, code), **facts_of(asked, row), **facts)


def feasible_on(asked: AskedPartner, code: str) -> tuple[Place, ...]:
    """The signed documents with a region and the fiscal classes of both; where none was signed, whom all are with."""
    found = _agreed_on(asked, code)
    naskah = asked.register.table("naskah")
    others = tuple(("naskah", str(key), "mitra_nama") for key in naskah["row_key"])
    return found if any(table == "naskah" for table, *_ in found) else (*found, *others)


def _agreed_on(asked: AskedPartner, code: str) -> tuple[Place, ...]:
    """The signed documents with a region, and the fiscal classes of both."""

    def find() -> tuple[Place, ...]:
        ground = asked.matches.ground
        numbers = (ground.agreements or {}).get(code, ())
        naskah = asked.register.table("naskah")
        keys = naskah.loc[naskah["no_dok"].isin(numbers), "row_key"]
        signed = tuple(("naskah", str(key), field) for key in keys for field in _AGREED)
        return (*signed, *asked.figures((ground.home.code, code), (FISCAL_CLASS,)))

    return asked.once(f"agreed:{code}", find)


def _lies(asked: AskedPartner) -> Computation:
    """How a region lies to the home region, from the shipped tables; whether it may be mandatory."""
    code, home = asked.region, asked.matches.home
    table, others = asked.matches.table, asked.matches.other_level
    frame = table if code in table.index else others.set_index("code", drop=False)
    if code not in frame.index:
        raise GoneError
    row = dict(frame.loc[code])
    kind = str(row["relation"])
    km = row.get(_LENGTHS.get(kind, ""))
    if not (km is None or pd.isna(km) or _is_printed(asked, float(km))):
        raise GoneError
    facts = {
        "name": asked.region_name(code), "home": home.name,
        "law": cited("UU 23/2014 364(2)", asked.lang),
    }  # fmt: skip
    sources = {"borders": "border", "inside": "border", "near": "gap"}
    return asked.on((), sources.get(kind, "distance"), **facts)


def _is_printed(asked: AskedPartner, km: float) -> bool:
    """Whether a text holds a length, to whatever decimal."""
    return not km or any(
        decimal(km, places, asked.lang) in asked.figure.text for places in (0, 1, 2)
    )


def _firm(asked: AskedPartner) -> Computation:
    """In how many drawn weightings it was among the first."""
    row, settings = asked.row, asked.matches.settings
    asked.must_print(percent(_WHOLE * row["top_share"], 0, asked.lang))
    drawn = float(row["top_share"]) * settings.draws
    facts = {
        "top": count(settings.top, asked.lang),
        "hits": count(round(drawn), asked.lang),
        "draws": count(settings.draws, asked.lang),
        "seed": str(settings.seed),
    }
    return asked.rest_on(rests(asked, asked.region), **facts_of(asked, row), **facts)


def _code(asked: AskedPartner) -> Computation:
    """The code of a region, by the shipped list."""
    return asked.on((), name=asked.region_name(asked.region), region=asked.region)


SCORED: Final[Mapping[str, Callable[[AskedPartner], Computation]]] = {
    "rank": told_rank,
    "points": told_points,
    "place_points": _in_brief,
    "shared_problems": _shared,
    "complementarity": _helping,
    "nearness": _near,
    "feasibility": _feasible,
    "relation": _lies,
    "top_share": _firm,
    "region_code": _code,
}
"""By measure of a region."""
