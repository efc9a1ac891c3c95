"""Boxed remarks, rows of key figures and the trail of the data in a Word file."""

from collections.abc import Sequence
from typing import Final

from ksd_toolkit.display.fragment import short_fingerprint
from ksd_toolkit.document import (
    Callout,
    Column,
    KeyFigure,
    KeyFigures,
    Provenance,
    Table,
    runs,
    strong,
)
from ksd_toolkit.publishing.docx.elements import (
    TWIPS,
    Element,
    add,
    add_text,
    clark,
    paragraph,
    text_paragraph,
)
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.docx.tables import begin_table, cell_of, whole_row, write_table
from ksd_toolkit.publishing.fonts import FALLBACK, text_width
from ksd_toolkit.publishing.letters import printable

_TONES: Final = {
    "info": ("teal", "teal_shade"),
    "warning": ("accent", "accent_shade"),
    "success": ("green", "green_shade"),
    "quote": ("muted", "shade"),
}
_PADDING: Final = {"top": 120, "left": 220, "bottom": 100, "right": 200}  # twips
_VALUE_SIZES: Final = (20.0, 18.0, 16.0, 14.0, 12.5, 11.0)
_MOST: Final = 5  # key figures beside each other
_BESIDE: Final = 4  # where there are more


def write_callout(script: Manuscript, box: Callout) -> None:
    """A box with a coloured edge; a list in it has bullets."""
    edge, ground = _TONES[box.tone]
    cell = _box(script, script.sheet.text_width, ground)
    rules = add(cell[0], "w:tcBorders")
    add(rules, "w:left", val="single", sz=24, space=0, color=script.colours[edge])
    _in_order(cell)
    if box.title:
        text_paragraph(cell, box.title, script.styles["KSD Judul Kotak"])
    number = script.lists.begin("bullet") if box.listed and box.lines else 0
    for line in box.lines:
        script.write(paragraph(cell, script.styles["KSD Kotak"], list=number), line)
    if not box.title and not box.lines:
        paragraph(cell, script.styles["KSD Kotak"])
    paragraph(script.body, script.styles["KSD Sela"])


def write_key_figures(script: Manuscript, block: KeyFigures) -> None:
    """The numbers a hurried reader must see, side by side."""
    count = len(block.figures)
    beside = count if count <= _MOST else _BESIDE
    for start in range(0, count, beside or 1):
        row_of = block.figures[start : start + beside]
        widths = [script.sheet.text_width / beside] * len(row_of)
        size = _value_size(row_of, widths[0])
        row = whole_row(begin_table(script.body, widths))
        for figure, width in zip(row_of, widths, strict=True):
            cell = cell_of(row, width)
            rules = add(cell[0], "w:tcBorders")
            add(rules, "w:top", val="single", sz=16, space=0, color=script.colours["teal"])
            for side in ("left", "right"):
                add(rules, f"w:{side}", val="single", sz=24, space=0, color=script.colours["paper"])
            _ground(script, cell, "shade")
            _in_order(cell)
            holder = paragraph(cell, script.styles["KSD Angka"], next=True)
            letters = add(holder, "w:r")
            add(add(letters, "w:rPr"), "w:sz", val=round(2 * size))
            add_text(letters, figure.value)
            text_paragraph(cell, figure.label, script.styles["KSD Label Angka"])
            if figure.note:
                text_paragraph(cell, figure.note, script.styles["KSD Catatan"])
        paragraph(script.body, script.styles["KSD Sela"])


def write_provenance(script: Manuscript, block: Provenance) -> None:
    """Where the numbers come from: a line, then the files with their fingerprints."""
    holder = paragraph(script.body, script.styles["KSD Catatan"])
    script.write(holder, runs(strong(f"{script.labels['provenance']} "), block.line))
    if block.rows:
        titles = (script.labels["file"], script.labels["fingerprint"], script.labels["rows"])
        columns = (Column(titles[0], width=1.0), Column(titles[1]), Column(titles[2], "right"))
        rows = tuple((name, short_fingerprint(sha256), rows) for name, sha256, rows in block.rows)
        write_table(script, Table("", columns, rows))


def _value_size(figures: Sequence[KeyFigure], width: float) -> float:
    """The largest size in which the longest value stays on one line."""
    room = width - (_PADDING["left"] + _PADDING["right"]) / TWIPS
    for size in _VALUE_SIZES:
        if all(
            text_width(printable(one.value), FALLBACK, size, strong=True) <= room for one in figures
        ):
            return size
    return _VALUE_SIZES[-1]


def _box(script: Manuscript, width: float, ground: str) -> Element:
    cell = cell_of(add(begin_table(script.body, [width]), "w:tr"), width)
    _ground(script, cell, ground)
    return cell


def _ground(script: Manuscript, cell: Element, name: str) -> None:
    add(cell[0], "w:shd", val="clear", color="auto", fill=script.colours[name])
    margins = add(cell[0], "w:tcMar")
    for side, room in _PADDING.items():
        add(margins, f"w:{side}", w=room, type="dxa")


def _in_order(cell: Element) -> None:
    """Borders before the ground: the format prescribes the order of what is told of a cell."""
    told = cell[0]
    rules = told.find(clark("w:tcBorders"))
    told.find(clark("w:tcW")).addnext(rules)
