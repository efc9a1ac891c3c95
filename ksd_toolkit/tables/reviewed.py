"""How a table of the periodic evaluation is put together from its name, titles and rows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Paragraph, Table, runs
from ksd_toolkit.messages import say
from ksd_toolkit.tables.measures import printed_as

Title = tuple[str, Literal["left", "right"], float]
"""Name, side and width of a column."""
_NOTHING: Mapping[str, object] = MappingProxyType({})


def reviewed(  # noqa: PLR0913  a table is its name, titles, rows and the facts of its texts
    name: str,
    titles: Sequence[Title],
    rows: Sequence[tuple[str, ...]],
    lang: str,
    *,
    subjects: tuple[str, ...] = (),
    facts: Mapping[str, object] = _NOTHING,
    row_header: int = 0,
) -> Shown:
    """The table called `name`, or its sentence when there is no row.

    Args:
        name: What its texts are called: `periodic.caption.<name>` and so on.
        titles: Its columns.
        rows: Its cells.
        lang: The language.
        subjects: What each row is about.
        facts: What caption, note, titles and sentence ask for.
        row_header: The column that names the row.
    """
    if not rows:
        return nothing(name, lang, facts)
    columns = tuple(_column(name, title, lang, facts) for title in titles)
    caption = say(f"periodic.caption.{name}", lang, **facts)
    note = say(f"periodic.note.{name}", lang, **facts)
    table = Table(caption, columns, tuple(rows), note, row_header, subjects, origin=_origin(name))
    return Shown(table, lang=lang)


def nothing(name: str, lang: str, facts: Mapping[str, object] = _NOTHING) -> Shown:
    """The sentence that stands where a table or a chart has nothing to show."""
    sentence = say(f"periodic.empty.{name}", lang, **facts)
    return Shown(Paragraph(runs(sentence), origin=_origin(name)), lang=lang)


def _column(name: str, title: Title, lang: str, facts: Mapping[str, object]) -> Column:
    """A column; what stands behind a colon in its name is the half-year it is about."""
    code, align, width = title
    code, _, half_year = code.partition(":")
    printed = printed_as(f"periodic_{name}", code)
    told = say(f"periodic.column.{code}", lang, **{**facts, "half_year": half_year})
    return Column(told, align, width, *printed)


def _origin(name: str) -> str:
    """What the numbers of caption and note are: rules the table follows, or the half-years it is about."""
    return str(Origin(f"table_periodic:{name}", "aturan/*"))
