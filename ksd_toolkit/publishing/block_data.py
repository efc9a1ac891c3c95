"""The blocks of a paper as the data its PDF layout reads."""

import dataclasses
from typing import Any

from ksd_toolkit.display.fragment import short_fingerprint
from ksd_toolkit.document import (
    Annex,
    Block,
    Figure,
    Heading,
    Paragraph,
    Provenance,
    RegionMap,
    Run,
    Table,
    plain_text,
)
from ksd_toolkit.publishing.letters import printable
from ksd_toolkit.publishing.marks import Marks
from ksd_toolkit.publishing.table_data import TablePlan, table_data

_UNPRINTED = frozenset({"origin", "anchor"})


def block_data(block: Block, marks: Marks, plan: TablePlan) -> dict[str, Any]:
    """A block as JSON data: its kind, its place in the paper, its texts printable.

    Args:
        block: The block.
        marks: Those of the paper, as far as it is read.
        plan: Where tables are set at this place of the paper.
    """
    if isinstance(block, Annex) or (isinstance(block, Heading) and block.level == 1):
        marks.begin_section()
    if isinstance(block, Table):
        data = table_data(_printable_table(block), plan)
    elif isinstance(block, RegionMap | Figure):
        data = _drawing_data(block)
    else:
        data = _fields(_shortened(block) if isinstance(block, Provenance) else block, marks)
    if isinstance(block, Paragraph):  # a line that announces what follows stays with it
        data["announces"] = plain_text(block.text).rstrip().endswith(":")
    return data | {"kind": block.kind, "place": marks.place(getattr(block, "anchor", ""))}


def _fields(value: Any, marks: Marks) -> Any:
    """Fields, texts and runs as data; what print does not show is left out."""
    if isinstance(value, Run):
        return marks.run_data(value)
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return [_fields(part, marks) for part in value]
    if dataclasses.is_dataclass(value):
        names = (one.name for one in dataclasses.fields(value) if one.name not in _UNPRINTED)
        return {name: _fields(getattr(value, name), marks) for name in names}
    return value


def _drawing_data(block: Figure | RegionMap) -> dict[str, Any]:
    """What of a chart or a map is printed: its drawing and the words around it."""
    return {
        "caption": printable(block.caption),
        "alt": printable(block.alt),
        "note": printable(block.note) if isinstance(block, RegionMap) else "",
        "source": printable(block.source),
        "width_percent": block.width_percent if isinstance(block, Figure) else 100,
        "svg": block.svg,
    }


def _shortened(block: Provenance) -> Provenance:
    rows = tuple((name, short_fingerprint(sha256), count) for name, sha256, count in block.rows)
    return dataclasses.replace(block, rows=rows)


def _printable_table(table: Table) -> Table:
    columns = tuple(
        dataclasses.replace(column, title=printable(column.title)) for column in table.columns
    )
    return dataclasses.replace(
        table,
        caption=printable(table.caption),
        columns=columns,
        rows=tuple(tuple(map(printable, row)) for row in table.rows),
        note=printable(table.note),
        source=printable(table.source),
    )
