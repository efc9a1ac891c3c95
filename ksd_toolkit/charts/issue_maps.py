"""The eight strategic issues as small maps: how much of its problems each region shares with the home region."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.charts.map_block import MapWords
from ksd_toolkit.charts.map_classes import points_classes
from ksd_toolkit.charts.map_marks import Mark, map_name
from ksd_toolkit.charts.map_panels import Panel, panels_shown
from ksd_toolkit.display import Shown
from ksd_toolkit.document import MapTone, Paragraph, runs
from ksd_toolkit.law import Topic, all_isu
from ksd_toolkit.matching.criteria import shared_problems
from ksd_toolkit.matching.lenses import lens_of
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.messages import count, join_words, percent, say
from ksd_toolkit.regions import region_or_none

ROWS: Final = 10
_MOST_ROWS: Final = 25
_TOUCHING: Final = ("inside", "borders")


def issue_maps(matches: Matches, rows: int = ROWS, lang: str = "") -> Shown:
    """One small map an issue, of the home region and the candidates nearest to it.

    The value is the share of common problems (criterion `shared_problems`) among the cells of that
    issue alone; nearness plays no part. An issue of which nothing is known, or nothing shared, has no
    map and is named; where that is so of all of them there is a sentence instead.

    Args:
        matches: What was found; its lens is of no account.
        rows: How many of the nearest candidates set the window, 1 to 25.
        lang: Language of the texts; that of the result by default.
    """
    lang = lang or matches.lang
    near = nearest(matches, rows)
    issues = [(topic, _shared(matches, topic)) for topic in all_isu(lang)]
    known = [(topic, values) for topic, values in issues if values.max() > 0]
    if not known:
        alone = say("map.issues.none", lang, home=matches.home.name)
        return Shown(Paragraph(runs(alone)), lang=lang)
    panels = [
        Panel(
            say("map.issues.title", lang, group=topic.group, name=topic.name),
            tuple(_marks(matches, values, near, lang)),
        )
        for topic, values in known
    ]
    classes = points_classes(say("map.issues.unit", lang))
    key: list[tuple[MapTone, str]] = [
        ("home", matches.home.name), *classes.key(lang),
        ("unknown", say("map.key.unknown", lang)),
    ]  # fmt: skip
    words, drawn = _words(matches, issues, lang), matches.atlas.boundaries
    return panels_shown(panels, drawn, words, key, lang, origin="chart_issue_maps@wilayah/*")


def nearest(matches: Matches, rows: int) -> frozenset[str]:
    """The codes of the nearest candidates, from those that border the home region outward.

    Args:
        matches: What was found.
        rows: How many, 1 to 25.
    """
    table = matches.table.sort_index()
    order = table.assign(apart=~table["relation"].isin(_TOUCHING))
    order = order.sort_values(["apart", "distance_km"], kind="stable")
    return frozenset(order.index[: min(max(rows, 1), _MOST_ROWS)])


def _shared(matches: Matches, topic: Topic) -> "pd.Series[float]":
    """Shared problems within an issue in percent, by candidate; NaN where nothing is known."""
    known, codes = matches.profiles, matches.ground.codes
    need = known.need[:, lens_of(topic.code, matches.ground).mask]
    rows = [known.row(code) for code in codes]
    found = shared_problems(need[known.row(matches.home.code)], need[rows])
    return pd.Series(100 * found.value, index=codes)


def _marks(
    matches: Matches, values: "pd.Series[float]", near: frozenset[str], lang: str
) -> Iterator[Mark]:
    """The home region and every candidate by its share; those further off are land around them."""
    classes = points_classes()
    yield Mark(matches.home, "home", (say("map.partners.home", lang),), marked=True)
    for code in matches.table.index:
        region, value = region_or_none(code), float(values[code])
        if region is not None:
            told = _told(value, lang)
            yield Mark(region, classes.tone(value), (told,), is_context=code not in near)


def _told(value: float, lang: str) -> str:
    if np.isnan(value):
        return say("map.value.unknown", lang)
    return say("map.issues.share", lang, share=percent(value, 0, lang))


def _words(
    matches: Matches, issues: Sequence[tuple[Topic, "pd.Series[float]"]], lang: str
) -> MapWords:
    """For each issue the candidate that shares most, and the issues of which nothing is known."""
    told, unknown = [], []
    for topic, values in issues:
        if not values.max() > 0:
            unknown.append(topic.name)
            continue
        top = str(values.sort_index().idxmax())
        share = percent(values[top], 0, lang)
        told.append(say("map.issues.top", lang, issue=topic.name, name=map_name(top), share=share))
    home = matches.home.name
    notes = (say("map.issues.unknown", lang, issues=join_words(unknown, lang)),) if unknown else ()
    numbers = {"known": count(len(told), lang), "of": count(len(issues), lang)}
    alt = say("map.issues.alt", lang, home=home, **numbers)
    return MapWords(say("map.issues.caption", lang, home=home), alt, "; ".join(told), notes)
