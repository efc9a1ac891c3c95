"""How a table of the evaluation report is put together from its name, titles and rows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Paragraph, Table, runs
from ksd_toolkit.messages import count, say, say_counted
from ksd_toolkit.tables.measures import printed_as

Titles = tuple[tuple[str, str, float], ...]
"""Name, side and width of each column."""


def evaluation_table(  # noqa: PLR0913  a table is its name, titles, rows and the facts of its texts
    name: str,
    titles: Titles,
    rows: Sequence[tuple[str, ...]],
    lang: str,
    *,
    row_header: int = 0,
    subjects: tuple[str, ...] = (),
    facts: Mapping[str, object] = MappingProxyType({}),
    more: int = 0,
) -> Shown:
    """The table called `name`, or its sentence when there is no row.

    Args:
        name: What its texts are called: `evaluation.caption.<name>` and so on.
        titles: Its columns.
        rows: Its cells.
        lang: The language.
        row_header: The column that names the row.
        subjects: What each row is about.
        facts: What caption, note and sentence ask for.
        more: How many rows are left out; the note says so.
    """
    if not rows:
        return nothing_to_show(name, lang, facts)
    columns = tuple(_column(name, *title, lang, facts) for title in titles)
    note = say(f"evaluation.note.{name}", lang, **facts) if name != "findings" else ""
    if more:
        rest = say_counted("evaluation.more_rows", more, lang, n=count(more, lang))
        note = f"{note} {rest}".strip()
    caption = say(f"evaluation.caption.{name}", lang, **facts)
    origin = table_origin(f"{name}_first" if more else name)
    table = Table(caption, columns, tuple(rows), note, row_header, subjects, origin=origin)
    return Shown(table, lang=lang)


def nothing_to_show(name: str, lang: str, facts: Mapping[str, object]) -> Shown:
    """The sentence that stands where a table has no row."""
    sentence = say(f"evaluation.empty.{name}", lang, **facts)
    return Shown(Paragraph(runs(sentence), origin=table_origin(name)), lang=lang)


def table_origin(name: str) -> str:
    """What the numbers of caption and note are: limits of the rules the table follows."""
    return str(Origin(f"table_evaluation_{name}", "aturan/*"))


def _column(  # noqa: PLR0913, PLR0917  a column is its table, title, look, language and facts
    name: str, title: str, align: Any, width: float, lang: str, facts: Mapping[str, object]
) -> Column:
    named = {"period": facts["previous"]} if title == "previous" else {}
    printed = printed_as(f"evaluation_{name}", title)
    return Column(say(f"evaluation.column.{title}", lang, **named), align, width, *printed)
