"""Partners on a map: the region itself, every candidate by its points, the first ones numbered and named."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from ksd_toolkit.charts.map_block import MapWords, map_shown
from ksd_toolkit.charts.map_classes import points_classes
from ksd_toolkit.charts.map_marks import Mark, map_name
from ksd_toolkit.charts.map_relation import relation_text
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import MapTone
from ksd_toolkit.law import isu
from ksd_toolkit.matching.lenses import lens_mark
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.messages import count, decimal, join_words, say
from ksd_toolkit.regions import region_or_none, relation

Row = dict[str, Any]

ROWS: Final = 10
_MOST_ROWS: Final = 25
_TOLD_IN_ALT: Final = 3
_POINT_PLACES: Final = 2
_OF_USULAN: Final = "usulan:"


def partners(matches: Matches, rows: int = ROWS, lang: str = "") -> Shown:
    """A region and its candidates as a map; the first `rows` set the window, with number and name.

    Pointing at a region tells its rank, its points, how it lies to the home region and, for the
    first ones, the largest shared problem. Candidates of whom nothing is known are hatched.

    Args:
        matches: What was found; its boundaries are used where an office brought some.
        rows: How many of the first candidates, 1 to 25; those equal to the last of them are added.
        lang: Language of the texts; that of the result by default.
    """
    lang = lang or matches.lang
    home = matches.home
    first = _first(matches.table, rows)
    own = Mark(home, "home", (say("map.partners.home", lang),), map_name(home.code), marked=True)
    marks = [own, *_candidates(matches, frozenset(first.index), lang)]
    classes = points_classes(say("map.partners.unit", lang))
    key: list[tuple[MapTone, str]] = [
        ("home", home.name), *classes.key(lang), ("unknown", say("map.key.unknown", lang)),
    ]  # fmt: skip
    words, drawn = _words(matches, first, lang), matches.atlas.boundaries
    origin = f"chart_partners@wilayah/*{lens_mark(matches.lens)}"
    return map_shown(marks, drawn, words, key, lang, origin=origin)


def _first(table: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The first candidates; no two of equal rank are parted while there is room."""
    wanted = min(max(rows, 1), _MOST_ROWS, len(table))
    last = table["rank"].iloc[wanted - 1]
    equal = int((table["rank"] <= last).sum())  # 0 where the last has no rank
    return table.head(min(max(wanted, equal), _MOST_ROWS))


def _candidates(matches: Matches, first: frozenset[str], lang: str) -> Iterator[Mark]:
    """Every candidate in printed order; those beyond the first ones are the land around them."""
    classes = points_classes()
    for code, row in records(matches.table):
        region = region_or_none(code)
        if region is None:
            continue
        is_first = code in first
        yield Mark(
            region,
            classes.tone(row["points"]),
            tuple(_told(matches, code, row, lang, is_first=is_first)),
            _label(code, row, lang) if is_first else "",
            is_context=not is_first,
        )


def _label(code: str, row: Row, lang: str) -> str:
    """`1. Tapin`; without a number where the candidate has no rank."""
    if pd.isna(row["rank"]):
        return map_name(code)
    return say("map.partners.label", lang, rank=count(row["rank"], lang), name=map_name(code))


def _told(matches: Matches, code: str, row: Row, lang: str, *, is_first: bool) -> Iterator[str]:
    """Rank and points, the way the two lie to each other, and the largest problem they share.

    Of those beyond the first ones only what sets them apart: a map of the country has five hundred.
    """
    yield _points(row, len(matches.table), lang, in_full=is_first)
    if is_first or row["relation"] != "none":
        yield relation_text(relation(matches.home.code, code), lang, row["letter"])
    if is_first:
        shared = matches.shared(code, 1, lang)
        for problem in shared.loc[shared["both_high"], "problem"]:
            yield say("map.partners.problem", lang, problem=problem)


def _points(row: Row, of: int, lang: str, *, in_full: bool) -> str:
    """Rank and points, in full with the range they lie in where something is unknown."""
    if pd.isna(row["points"]):
        return say("map.partners.no_points", lang)
    points, worst, best = (
        decimal(row[name], _POINT_PLACES, lang) for name in ("points", "worst", "best")
    )
    facts = {"rank": count(row["rank"], lang), "of": count(of, lang), "points": points}
    if not in_full or worst == best:
        return say("map.partners.points", lang, **facts)
    return say("map.partners.points_in_full", lang, worst=worst, best=best, **facts)


def _words(matches: Matches, first: pd.DataFrame, lang: str) -> MapWords:
    """Caption, the first ones in a sentence, and what the points do not rest on."""
    home = matches.home.name
    named = [
        say(
            "map.partners.named",
            lang,
            name=row["name"],
            points=decimal(row["points"], _POINT_PLACES, lang),
        )
        for _, row in records(_first(first, _TOLD_IN_ALT))
        if not pd.isna(row["points"])
    ]
    lens = _lens(matches.lens, lang)
    caption = say("map.partners.caption", lang, home=home, lens=lens)
    if not named:
        return MapWords(caption, say("map.partners.alt_none", lang, home=home))
    alt = say("map.partners.alt", lang, home=home, lens=lens, first=join_words(named, lang))
    return MapWords(caption, alt, " ".join(matches.unknown))


def _lens(lens: str, lang: str) -> str:
    """What was looked at, to be put behind a title; empty for everything."""
    if not lens:
        return ""
    if lens.startswith(_OF_USULAN):
        return say("map.lens.usulan", lang, usulan=lens.removeprefix(_OF_USULAN))
    if lens == "without_nearness":
        return say("map.lens.without_nearness", lang)
    return say("map.lens.isu", lang, isu=isu(lens, lang).name)
