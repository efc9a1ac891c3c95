"""Say which usulan of the list a number in a caption, a note, a chart or a class counts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, say
from ksd_toolkit.publishing.answers_asked import ALL
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.priorities_asked import AskedPriority
from ksd_toolkit.scoring.views import quadrants
from ksd_toolkit.tables.attention import NAMED


def _of_class(asked: AskedPriority) -> Computation:
    """How many of the list are in a class, or were moved into it."""
    table = asked.ranking.table
    mine = table[table["class_name"] == asked.subject]
    if change := _CHANGES.get(asked.measure):
        mine = mine[mine["class_change"] == change]
    if count(len(mine), asked.lang) != asked.figure.text:
        raise GoneError
    facts = {"method": asked.ranking.method.name}
    return asked.counting(map(str, mine.index), **facts)


_CHANGES: Final = {"class_floor": "floor", "class_cap": "cap"}


def _below(asked: AskedPriority) -> Computation:
    """The usulan just below the one of the row, as its office titled it."""
    below = asked.figure.text.partition(" ")[0]
    if below not in asked.evidence.known:
        raise GoneError
    return asked.on([("usulan", below, "judul")], below=below)


def _unnamed(asked: AskedPriority) -> Computation:
    """How many more usulan there are than a sentence about their scores names."""
    table, lang = asked.ranking.table, asked.lang
    mine = [str(one) for one in table.index[table["tkksd"] == asked.part]]
    if count(len(mine[NAMED:]), lang) != asked.figure.text:
        raise GoneError
    what = say(f"counted.tkksd_{asked.part}", lang)
    return asked.counting(mine[NAMED:], n=count(len(mine), lang), what=what)


def _around(asked: AskedPriority) -> Computation:
    """A number around a table or chart of the list: the titles of what it counts, where that is known."""
    facts = {"method": asked.ranking.method.name, "sentence": next(iter(asked.meaning.words), "")}
    if asked.meaning.usulan or asked.subject != ALL:
        return asked.told(**facts)
    if asked.measure in _TITLED and (titled := _titled(asked)):
        return replace(asked.told(**facts), behind=(titled,))
    ids = _in_corner(asked) if asked.figure.id.startswith("TN") else _counted(asked)
    return asked.on((("usulan", one, "judul") for one in ids), **facts)


def _titled(asked: AskedPriority) -> str:
    """The usulan of the list whose title stands in the sentence; empty unless it is one only."""
    sentence = next(iter(asked.meaning.words), "")
    found = [one for one, title in asked.titles.items() if title and f"{title}:" in sentence]
    return found[0] if len(found) == 1 else ""


def _in_corner(asked: AskedPriority) -> list[str]:
    """The usulan in the corner a note counts; none where another number is told."""
    if asked.measure != "table_quadrant":
        return []
    try:
        found = asked.once("quadrants", lambda: quadrants(asked.ranking))
    except MethodError as error:
        raise GoneError from error
    label = next(iter(asked.meaning.words), "").rpartition(":")[0].rpartition(". ")[2].strip()
    corners = [
        corner
        for corner in found.table["quadrant"].unique()
        if found.label(corner, asked.lang) == label
    ]
    mine = found.table.index[found.table["quadrant"].isin(corners)]
    return [str(one) for one in mine] if asked.figure.text == count(len(mine), asked.lang) else []


def _counted(asked: AskedPriority) -> list[str]:
    """Which usulan a caption counts: all of the list, or the first of it; none in a note."""
    ranked, printed = asked.ranked, asked.figure.text
    if asked.figure.start < 0:
        return ranked if asked.measure in _DRAWN else []
    if not asked.figure.id.startswith(("TC", "GC")):
        return []
    if printed == count(len(ranked), asked.lang):
        return ranked if asked.measure in _WHOLE else []
    first = next((n for n in range(len(ranked)) if count(n, asked.lang) == printed), 0)
    return ranked[:first] if asked.measure in _FIRST else []


_DRAWN: Final = frozenset({"chart_bars", "chart_firm", "chart_ways", "chart_corners"})
"""Charts of the list as a whole."""
_TITLED: Final = frozenset({"chart_bars", "chart_ways"})
"""Charts whose description names usulan by their titles."""
_FIRST: Final = frozenset(
    {"table_top", "table_firmness", "table_profiles", "table_ways", "chart_ways", "chart_corners"}
)
"""Captions that say how many of the first usulan are shown."""
_WHOLE: Final = _FIRST | {"table_quadrant", "table_hinges"}
"""Captions that say how many the list has."""
_AROUND: Final = _WHOLE | _DRAWN | {
    "table_neighbours", "table_quota", "table_disputes", "table_moves", "table_comings", "table_reversal",
    "chart_steps", "chart_tornado",
}  # fmt: skip

LISTED_USULAN: Final[Mapping[tuple[str, str], Callable[[AskedPriority], Computation]]] = {
    ("kelas", "count"): _of_class,
    ("kelas", "class_floor"): _of_class,
    ("kelas", "class_cap"): _of_class,
    ("usulan", "usulan_below"): _below,
    ("usulan", "unnamed"): _unnamed,
    **{("usulan", measure): _around for measure in _AROUND},
}
"""By kind of subject and measure."""
