"""Say what the maps of issues, of an indicator and of who lies around a region tell of each region."""

from collections.abc import Callable, Mapping
from typing import Final

from ksd_toolkit.law import all_isu
from ksd_toolkit.matching.criteria import shared_problems
from ksd_toolkit.matching.lenses import lens_of
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.messages import count, percent, trimmed
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.regions import all_regions, region_or_none
from ksd_toolkit.tables.partner_words import short_name

_PLACES: Final = 4
_MOST: Final = 100
_NEAR: Final = 10
"""Candidates whose evidence stands for that of a map of them all."""


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


MAPPED: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    ("wilayah", "chart_issue_maps"): _issue_map,
    ("wilayah", "chart_relations"): _relations,
    ("indikator", "chart_indicator"): _indicator_map,
}
"""By kind of subject and measure."""
