"""Say how a candidate region came to each of its criteria, and how it lies, with the values that entered."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.matching.criteria import complementarity, shared_problems
from ksd_toolkit.matching.indicators import cell_number
from ksd_toolkit.messages import count, decimal, join_words, say, trimmed
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.publishing.partners_scored import PLACES, WHOLE, agreed_on, facts_of
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.partner_words import criteria_texts

_LENGTHS: Final = {
    "borders": "border_km", "near": "gap_km", "sea": "distance_km", "none": "distance_km",
}  # fmt: skip
"""What is measured of two regions by how they lie to each other."""


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
        "lesser": trimmed(lesser, PLACES, asked.lang),
        "greater": trimmed(float(found.union[0]), PLACES, asked.lang),
        "cells": count(int(found.common[0]), asked.lang),
        "share": decimal(WHOLE * float(found.value[0]), 2, asked.lang),
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
        "received": decimal(WHOLE * float(found.received[0]), 2, asked.lang),
        "given_share": decimal(WHOLE * float(found.given[0]), 2, asked.lang),
        "share": decimal(WHOLE * float(found.value[0]), 2, asked.lang),
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
            value=trimmed(float(known[name]), PLACES, lang), weight=trimmed(weights[name], 2, lang))
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
    found = agreed_on(asked, code)
    naskah = asked.register.table("naskah")
    others = tuple(("naskah", str(key), "mitra_nama") for key in naskah["row_key"])
    return found if any(table == "naskah" for table, *_ in found) else (*found, *others)


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


ON_CRITERIA: Final[Mapping[str, Callable[[AskedPartner], Computation]]] = {
    "shared_problems": _shared,
    "complementarity": _helping,
    "nearness": _near,
    "feasibility": _feasible,
    "relation": _lies,
}
"""By measure of a region."""
