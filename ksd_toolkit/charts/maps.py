"""Maps of regions: a value by class, and who lies around a region.

With boundaries that an office brought the regions are outlines; without them discs on midpoints,
bordering pairs joined by lines, and the note says so.
"""

from collections.abc import Mapping, Sequence
from math import isfinite, nan
from typing import Final, Literal

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.charts.indicator_map import indicator
from ksd_toolkit.charts.issue_maps import issue_maps
from ksd_toolkit.charts.map_block import MapWords, map_shown
from ksd_toolkit.charts.map_classes import classes_of
from ksd_toolkit.charts.map_marks import Mark, map_name
from ksd_toolkit.charts.map_relation import relation_text
from ksd_toolkit.charts.partner_map import partners
from ksd_toolkit.display import Shown
from ksd_toolkit.document import MapTone
from ksd_toolkit.messages import count, join_words, say, trimmed
from ksd_toolkit.regions import (
    Region,
    across_the_sea,
    all_regions,
    find_region,
    near_regions,
    neighbours,
    region_or_none,
    relation,
)

__all__ = ["choropleth", "indicator", "issue_maps", "partners", "region_map"]

Scope = Literal["near", "province", "national"]

_PLACES: Final = 2
_TONES: Final[dict[str, MapTone]] = {"borders": "borders", "near": "near", "sea": "sea"}


def choropleth(  # noqa: PLR0913  a map is its values, their words and its window
    values: Mapping[str, float],
    boundaries: Boundaries | None = None,
    *,
    title: str,
    unit: str = "",
    home: str = "",
    borders: Sequence[float] | None = None,
    scope: Scope = "near",
    told: Mapping[str, Sequence[str]] | None = None,
    labels: Mapping[str, str] | None = None,
    lang: str = "id",
) -> Shown:
    """A map of one value per region, in five classes; regions without a value are hatched.

    Args:
        values: By code, all provinces or all regencies and cities; NaN where nothing is known.
        boundaries: What an office brought; None draws discs on midpoints instead.
        title: What the values are; the caption.
        unit: What stands after a number, with its space.
        home: The region the map is for: its rim is thick.
        borders: At most four inner borders of classes; five classes of as many regions by default.
        scope: What is shown beside `values` and `home`: nothing more, every region of the province
            of `home`, or of the country.
        told: Lines for a region in place of its value; three are shown on hover.
        labels: Names written on the map, the most important first; every name by default where the
            map is not national.
        lang: Language of the texts.

    Raises:
        ValueError: There is neither a known region nor a home, or more than four borders.
    """
    known = {code: value for code, value in values.items() if region_or_none(code)}
    regions = _regions(known, home, scope)
    if labels is None:
        labels = {} if scope == "national" else {r.code: map_name(r.code) for r in regions}
    classes = classes_of(known.values(), borders, unit)
    marks = [
        Mark(
            region,
            classes.tone(known.get(region.code, nan)),
            tuple(
                (told or {}).get(region.code) or [_value(known.get(region.code, nan), unit, lang)]
            ),
            labels.get(region.code, ""),
            marked=region.code == home,
        )
        for region in _first(regions, [home, *labels])
    ]
    words = MapWords(title, _alt(known, title, unit, lang), notes=_notes(values, home, lang))
    return map_shown(marks, boundaries, words, [*classes.key(lang), _unknown(lang)], lang)


def region_map(home: str, boundaries: Boundaries | None = None, *, lang: str = "id") -> Shown:
    """A region and those of its level around it: bordering, close by, and linked across the sea.

    Args:
        home: A region's code or name.
        boundaries: What an office brought; None draws discs on midpoints instead.
        lang: Language of the texts.

    Raises:
        InputError: There is no such region.
    """
    own = find_region(home)
    lists = (neighbours(own.code), near_regions(own.code), across_the_sea(own.code))
    around = {region: relation(own.code, region.code) for regions in lists for region in regions}
    told = (say("map.partners.home", lang),)
    marks = [Mark(own, "home", told, map_name(own.code), marked=True)]
    marks += [
        Mark(region, _TONES[lies.kind], (relation_text(lies, lang),), map_name(region.code))
        for region, lies in around.items()
    ]
    names = [region.name for region, lies in around.items() if lies.kind == "borders"]
    alt = say(
        "map.relations.alt" if names else "map.relations.alt_island",
        lang,
        name=own.name,
        borders=join_words(names, lang),
    )
    words = MapWords(say("map.relations.caption", lang, name=own.name), alt)
    key: list[tuple[MapTone, str]] = [("home", own.name)]
    key += [(tone, say(f"map.key.{tone}", lang)) for tone in _TONES.values()]
    origin = f"chart_relations@wilayah/{own.code}"
    return map_shown(marks, boundaries, words, key, lang, origin=origin)


def _regions(values: Mapping[str, float], home: str, scope: Scope) -> list[Region]:
    """The regions a map is about, by code, all of one level."""
    named = {*values, *([home] if region_or_none(home) else [])}
    level = {("." in code) for code in named}
    if len(level) != 1:
        raise ValueError("no region, or regions of two levels")
    own = {"near": (), "province": (home[:2],), "national": None}[scope]
    return [
        region
        for region in all_regions()
        if region.code in named
        or (("." in region.code) in level and (own is None or region.province in own))
    ]


def _first(regions: Sequence[Region], codes: Sequence[str]) -> list[Region]:
    """The regions with those of `codes` first, in that order."""
    order = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    return sorted(regions, key=lambda region: order.get(region.code, len(order)))


def _unknown(lang: str) -> tuple[MapTone, str]:
    return "unknown", say("map.key.unknown", lang)


def _value(value: float, unit: str, lang: str) -> str:
    if not isfinite(value):
        return say("map.value.unknown", lang)
    return say("map.value.known", lang, value=trimmed(value, _PLACES, lang), unit=unit)


def _notes(values: Mapping[str, float], home: str, lang: str) -> tuple[str, ...]:
    """Which region has the thick rim, and what is not drawn."""
    strange = sorted(code for code in values if not region_or_none(code))
    marked = [say("map.marked", lang, name=map_name(home))] if home in values else []
    left_out = [say("map.not_a_region", lang, codes=join_words(strange, lang))] if strange else []
    return (*marked, *left_out)


def _alt(values: Mapping[str, float], title: str, unit: str, lang: str) -> str:
    """The map in one sentence: how much of it is known, its highest and its lowest value."""
    figures = {code: value for code, value in values.items() if isfinite(value)}
    if not figures:
        return say("map.choropleth.alt_none", lang, title=title)
    top, bottom = max(figures, key=figures.__getitem__), min(figures, key=figures.__getitem__)
    return say(
        "map.choropleth.alt",
        lang,
        title=title,
        known=count(len(figures), lang),
        unknown=count(len(values) - len(figures), lang),
        top=map_name(top),
        bottom=map_name(bottom),
        high=_value(figures[top], unit, lang),
        low=_value(figures[bottom], unit, lang),
    )
