"""Say what is shared with a candidate region, who can help whom, under which lens, and whom it is like."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from ksd_toolkit.columns import records
from ksd_toolkit.law import all_isu
from ksd_toolkit.matching.criteria import shared_problems
from ksd_toolkit.matching.indicators import Cell, cell_number, indicators
from ksd_toolkit.matching.lenses import lens_of
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.profiles import Side
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, decimal, join_words, percent, say, trimmed
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import DEFAULT, AskedPartner
from ksd_toolkit.regions import all_regions, region_or_none
from ksd_toolkit.tables.partners import hundredth, lens_name, short_name

_PLACES: Final = 4
_FIRST: Final = 5
_MOST: Final = 100
_NEAR: Final = 10
"""Candidates whose evidence stands for that of a map of them all."""


def _cell_of(asked: AskedPartner) -> Cell:
    """The cell a row is about: its affair and its issue."""
    if len(asked.names) < 3:  # noqa: PLR2004  region, affair, issue
        raise GoneError
    cell = (asked.names[1], asked.names[2])
    if cell not in cell_number():
        raise GoneError
    return cell


def _level(asked: AskedPartner, code: str, cell: Cell, side: Side) -> float:
    mine = asked.matches.profiles
    return float(getattr(mine, side)[mine.row(code), cell_number()[cell]])


def _on(asked: AskedPartner, code: str, cell: Cell, side: Side) -> tuple[tuple[Place, ...], str]:
    """Where a need or capacity stands, and how it came about in words."""
    pieces = asked.matches.profiles.evidence(code, cell, side)
    places = tuple(place for piece in pieces for place in asked.places(code, piece))
    lang, strengths = asked.lang, [trimmed(_MOST * p.strength, 2, asked.lang) for p in pieces]
    facts = {"pieces": "; ".join(piece.sentence(lang) for piece in pieces)}
    if pieces and pieces[0].origin == "kuesioner":
        marks = [value for _, value in pieces[0].answers]
        terms = " + ".join(f"({trimmed(one, 2, lang)} - 1) / 4" for one in marks)
        terms = f"({terms}) : {len(marks)}" if len(marks) > 1 else terms
        return places, say("measure_partners.from_answers", lang, terms=terms, **facts)
    sum_of = " + ".join(strengths)
    terms = f"({sum_of}) : {len(strengths)}" if len(strengths) > 1 else sum_of
    return places, say(f"measure_partners.from_{side}", lang, terms=terms, **facts)


def _share(asked: AskedPartner) -> Computation:
    """The part of one cell in what is shared."""
    cell, code, home = _cell_of(asked), asked.region, asked.matches.home.code
    found = asked.matches.shared(code, len(cell_number()), asked.lang)
    mine = found[(found["urusan_kode"] == cell[0]) & (found["isu"] == cell[1])]
    if mine.empty:
        raise GoneError
    share = float(mine["share"].iloc[0])
    asked.must_print(decimal(_MOST * share, 1, asked.lang))
    least = min(_level(asked, one, cell, "need") for one in (home, code))
    facts = {
        "ours": trimmed(_level(asked, home, cell, "need"), _PLACES, asked.lang),
        "theirs": trimmed(_level(asked, code, cell, "need"), _PLACES, asked.lang),
        "least": trimmed(least, _PLACES, asked.lang),
        "greater": trimmed(least / share, _PLACES, asked.lang),
    }
    places = [place for one in (home, code) for place in _on(asked, one, cell, "need")[0]]
    return asked.rest_on(places, **_names(asked), **facts)


def _names(asked: AskedPartner) -> dict[str, str]:
    return {"name": asked.region_name(asked.region), "home": asked.matches.home.name}


def _need(asked: AskedPartner) -> Computation:
    """A need of the home region or the candidate in one cell, with its evidence."""
    cell = _cell_of(asked)
    code = asked.matches.home.code if asked.measure == "need_home" else asked.region
    places, how = _on(asked, code, cell, "need")
    if not asked.figure.text.startswith(
        f"{hundredth(_level(asked, code, cell, 'need'), asked.lang)}:"
    ):
        raise GoneError
    name = asked.region_name(code)
    value = hundredth(_level(asked, code, cell, "need"), asked.lang)
    return asked.rest_on(places, region=name, level=value, how=how)


def _helping(asked: AskedPartner) -> Computation:
    """A need, a capacity or both in a row that says who helps whom."""
    cell = _cell_of(asked)
    if len(asked.names) < 4:  # noqa: PLR2004  region, affair, issue, helper
        raise GoneError
    helper, home = asked.names[3], asked.matches.home.code
    helped = asked.region if helper == home else home
    sides: dict[str, tuple[str, Side]] = {
        "need": (helped, "need"),
        "capacity": (helper, "capacity"),
    }
    if asked.measure in sides:
        code, side = sides[asked.measure]
        level = hundredth(_level(asked, code, cell, side), asked.lang)
        asked.must_print(level)
        places, how = _on(asked, code, cell, side)
        return asked.rest_on(places, region=asked.region_name(code), level=level, how=how)
    both = [_on(asked, code, cell, side) for code, side in sides.values()]
    facts = {"helper": asked.region_name(helper), "helped": asked.region_name(helped)}
    places = tuple(place for found, _ in both for place in found)
    return asked.rest_on(places, **facts, need_how=both[0][1], capacity_how=both[1][1])


def _first_of_lens(asked: AskedPartner) -> Computation:
    """The first five regions seen through a lens."""
    lens = "" if asked.subject == DEFAULT else asked.subject
    seen = asked.under(lens, quick=bool(lens))
    table, lang = seen.table.head(_FIRST), asked.lang
    sums = [
        say("measure_partners.sum", lang, name=row["name"], parts=_terms(seen.weights, row, lang),
            points=decimal(row["points"], 1, lang))
        for _, row in records(table)
        if not np.isnan(row["points"])
    ]  # fmt: skip
    codes = [str(code) for code in table.index]
    facts = {
        "lens": lens_name(lens, lang),
        "sums": "; ".join(sums),
        "of": count(len(seen.table), lang),
    }
    return asked.rest_on(asked.behind(*codes, matches=seen), **facts)


def _terms(weights: Any, row: Mapping[str, Any], lang: str) -> str:
    """`(35 x 0,8182 + 30 x 1) : 65`: the points of a row short enough to stand beside four others."""
    known = [
        (float(weight), float(row[name]))
        for name, weight in zip(CRITERIA, weights, strict=True)
        if weight > 0 and not np.isnan(row[name])
    ]
    terms = [f"{trimmed(w, 2, lang)} x {trimmed(v, _PLACES, lang)}" for w, v in known]
    return f"({' + '.join(terms)}) : {trimmed(sum(w for w, _ in known), 2, lang)}"


def _alike(asked: AskedPartner) -> Computation:
    """How like a region is, and how many are more so."""
    settings = asked.matches.settings
    found = asked.once("benchmark", lambda: asked.matches.benchmark(len(asked.matches.table)))
    mine = found[found["code"] == asked.region]
    if mine.empty:
        raise GoneError
    row = dict(mine.iloc[0])
    names = [str(name) for name in found.attrs["variables"]]
    lang = asked.lang
    texts = {
        "benchmark_position": count(row["position"], lang),
        "benchmark_match": decimal(row["match"], 1, lang),
    }
    asked.must_print(texts[asked.measure])
    facts = {
        "variables": join_words([indicators()[name].label(lang) for name in names], lang),
        "distance": trimmed(row["distance"], _PLACES, lang),
        "match": decimal(row["match"], settings.decimals, lang),
        "position": count(row["position"], lang),
        "closer": count(row["position"] - 1, lang),
        "of": count(len(found), lang),
    }
    places = asked.figures((asked.matches.home.code, asked.region), names)
    return asked.rest_on(places, **_names(asked), **facts)


def _covered(asked: AskedPartner) -> Computation:
    """Of how many regions an indicator is known."""
    standing = asked.matches.profiles.standings.get(asked.subject)
    if standing is None:
        raise GoneError
    known = int((~np.isnan(standing.value)).sum())
    asked.must_print(count(known, asked.lang))
    used = {str(place) for place in standing.place[~np.isnan(standing.value)]}
    places = tuple(
        place
        for (_, where), found in asked.indicator_places.items()
        if where in used
        for place in found
    )
    label = standing.indicator.label(asked.lang)
    return asked.rest_on(places, label=label)


def _issue_map(asked: AskedPartner) -> Computation:
    """The small maps of the issues as a whole, one region in one of them, or one their description names."""
    lang, inside = asked.lang, f"{asked.figure.text}. {asked.inside}"
    topic = next((one for one in all_isu(lang) if one.name in inside), None)
    if topic is None:
        first = [str(code) for code in asked.matches.table.index[:_NEAR]]
        return asked.rest_on(asked.behind(*first), "whole", home=asked.matches.home.name)
    code = asked.region or next(
        (str(one) for one in asked.matches.table.index if _is_named(str(one), inside)), ""
    )
    if not code:
        raise GoneError
    seen = asked.under(topic.code, quick=True)
    value, terms = _shared_sums(seen, code, lang)
    if value not in asked.figure.text:
        raise GoneError
    home = seen.home.code
    cells_ = asked.cells_seen(code, matches=seen)
    pieces = asked.pieces((home, code), cells_, "need")
    places = [place for region, piece in pieces for place in asked.places(region, piece)]
    facts = {"home": seen.home.name, "name": asked.region_name(code), "issue": topic.name}
    return asked.rest_on(dict.fromkeys(places), "region", **facts, **terms)


def _is_named(code: str, text: str) -> bool:
    """Whether a description names a region before its share."""
    region = region_or_none(code)
    return region is not None and any(
        f": {name} (" in text for name in (region.short_name, region.name, short_name(code))
    )


def _shared_sums(seen: Matches, code: str, lang: str) -> tuple[str, dict[str, str]]:
    """Shared problems of a candidate through a lens as printed, and the sums they are made of."""
    mine = seen.profiles
    mask = lens_of(seen.lens, seen.ground).mask
    ours, theirs = (mine.need[mine.row(one), mask] for one in (seen.home.code, code))
    found = shared_problems(ours, theirs[None])
    value, union = float(found.value[0]), float(found.union[0])
    terms = {
        "lesser": trimmed(value * union, _PLACES, lang),
        "greater": trimmed(union, _PLACES, lang),
        "cells": count(int(found.common[0]), lang),
    }
    return percent(_MOST * value, 0, lang), terms


def _indicator_map(asked: AskedPartner) -> Computation:
    """The map of an indicator as a whole, or what it tells of one region."""
    standing = asked.matches.profiles.standings.get(asked.subject)
    if standing is None:
        raise GoneError
    code = next((one.code for one in all_regions() if one.name == asked.meaning.named), "")
    label = standing.indicator.label(asked.lang)
    if not code:
        known = [one.code for one in all_regions()]
        places = asked.figures(known, (asked.subject,))
        return asked.rest_on(places, label=label, n=count(len(places), asked.lang))
    row = asked.matches.profiles.row(code)
    if trimmed(float(standing.value[row]), 2, asked.lang) not in asked.figure.text:
        raise GoneError
    facts = {
        "label": label,
        "name": asked.region_name(code),
        "of": count(int(standing.compared[row]), asked.lang),
    }
    places = asked.indicator_places.get((code, str(standing.place[row])), ())
    return asked.rest_on(places, "region", **facts)


def _relations(asked: AskedPartner) -> Computation:
    """How the regions around one lie to it."""
    return asked.on((), home=asked.region_name(asked.region))


SHARED: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    ("sel", "shared_problem"): _share,
    ("sel", "need_home"): _need,
    ("sel", "need_partner"): _need,
    ("bantuan", "need"): _helping,
    ("bantuan", "capacity"): _helping,
    ("bantuan", "help_evidence"): _helping,
    ("lensa", "lens_first"): _first_of_lens,
    ("wilayah", "chart_issue_maps"): _issue_map,
    ("wilayah", "benchmark_position"): _alike,
    ("wilayah", "benchmark_match"): _alike,
    ("wilayah", "chart_relations"): _relations,
    ("indikator", "regions_covered"): _covered,
    ("indikator", "chart_indicator"): _indicator_map,
}
"""By kind of subject and measure."""
