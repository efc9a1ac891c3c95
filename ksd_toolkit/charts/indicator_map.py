"""One indicator on a map: how many other regions are better off, as matching sees it, with value, year and source."""

import difflib
from collections.abc import Iterator
from typing import Final, Literal

import numpy as np

from ksd_toolkit.charts.issue_maps import ROWS, nearest
from ksd_toolkit.charts.map_block import MapWords, map_shown
from ksd_toolkit.charts.map_classes import points_classes
from ksd_toolkit.charts.map_marks import Mark, map_name
from ksd_toolkit.display import Shown
from ksd_toolkit.document import MapTone
from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.indicators import code_of
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.percentiles import Standing
from ksd_toolkit.messages import count, percent, say, trimmed
from ksd_toolkit.regions import NO_NAMES, Region, all_regions

Scope = Literal["near", "province", "national"]

_PLACES: Final = 2


def indicator(
    matches: Matches, code: str, *, scope: Scope = "near", rows: int = ROWS, lang: str = ""
) -> Shown:
    """A map of one of the indicators that make needs: the darker, the more regions are better off.

    Args:
        matches: What was found: its figures and boundaries are used.
        code: Of the indicator, e.g. `p0_miskin`, or another name of it.
        scope: The regions around the home region, its province, or the country.
        rows: How many of the nearest regions are shown around the home region, 1 to 25.
        lang: Language of the texts; that of the result by default.

    Raises:
        InputError: The indicator is not used, or nothing of it is known.
    """
    lang = lang or matches.lang
    known = matches.profiles.standings
    standing = known.get(code_of(code))
    if standing is None:
        near = difflib.get_close_matches(code, list(known), n=3)
        raise InputError("map.no_indicator", indicator=code, near=", ".join(near) or NO_NAMES)
    shown = _shown(matches, scope, rows)
    classes = points_classes(say("map.issues.unit", lang))
    marks = list(_marks(matches, standing, shown, scope, lang))
    key: list[tuple[MapTone, str]] = [
        *classes.key(lang), ("unknown", say("map.key.unknown", lang)),
    ]  # fmt: skip
    words, drawn = _words(matches, standing, shown, lang), matches.atlas.boundaries
    origin = f"chart_indicator@indikator/{standing.indicator.code}"
    return map_shown(marks, drawn, words, key, lang, origin=origin)


def _shown(matches: Matches, scope: Scope, rows: int) -> list[Region]:
    """The regions that set the window, by code."""
    home, near = matches.home, {matches.home.code, *nearest(matches, rows)}
    level = [region for region in all_regions() if region.is_province == home.is_province]
    if scope == "near":
        return [region for region in level if region.code in near]
    return [r for r in level if scope == "national" or r.province == home.province]


def _marks(
    matches: Matches, standing: Standing, shown: list[Region], scope: Scope, lang: str
) -> Iterator[Mark]:
    """The home region first, then the others by code; those beyond the window as land around."""
    home, inside = matches.home, {region.code for region in shown}
    named = inside if scope != "national" else {home.code}
    classes = points_classes()
    level = [region for region in all_regions() if region.is_province == home.is_province]
    for region in sorted(level, key=lambda one: one.code != home.code):
        row = matches.profiles.row(region.code)
        yield Mark(
            region,
            classes.tone(100 * float(standing.worse_than[row])),
            tuple(_told(standing, row, lang)),
            map_name(region.code) if region.code in named else "",
            marked=region.code == home.code,
            is_context=region.code not in inside,
        )


def _told(standing: Standing, row: int, lang: str) -> Iterator[str]:
    """The value with its year, how many others are better, and the source."""
    if np.isnan(standing.value[row]):
        yield say("map.value.unknown", lang)
        return
    yield say(
        "map.indicator.value_suspect" if standing.suspect[row] else "map.indicator.value",
        lang,
        value=trimmed(float(standing.value[row]), _PLACES, lang),
        unit=standing.indicator.unit(lang),
        year=int(standing.year[row]),
    )
    yield say(
        "map.indicator.share",
        lang,
        share=percent(100 * float(standing.worse_than[row]), 0, lang),
        of=count(int(standing.compared[row]), lang),
    )
    yield say("map.indicator.source", lang, source=standing.source[row] or NO_NAMES)


def _words(matches: Matches, standing: Standing, shown: list[Region], lang: str) -> MapWords:
    """What is shown, where the home region stands, and of how many regions nothing is known."""
    label, home = standing.indicator.label(lang), matches.home
    row = matches.profiles.row(home.code)
    rows = [matches.profiles.row(region.code) for region in shown]
    known = int(np.count_nonzero(~np.isnan(standing.value[rows])))
    caption = say("map.indicator.caption", lang, label=label)
    facts = {"known": count(known, lang), "of": count(len(rows), lang)}
    own = " ".join(list(_told(standing, row, lang))[:2])
    alt = say("map.indicator.alt", lang, label=label, home=home.name, own=own, **facts)
    return MapWords(caption, alt, notes=(say("map.marked", lang, name=map_name(home.code)),))
