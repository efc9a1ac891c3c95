"""Tables and captions in a Word file: a header that repeats, rows that stay whole, numbers that align."""

import dataclasses
from collections.abc import Sequence
from math import ceil
from typing import Final

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import Column, Figure, RegionMap, Table, runs
from ksd_toolkit.publishing.decimal_places import DecimalPlaces, decimal_places
from ksd_toolkit.publishing.docx.elements import (
    Element,
    add,
    add_text,
    clark,
    field,
    paragraph,
    text_paragraph,
    twips,
)
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.docx.styles import TABLE_SIZES
from ksd_toolkit.publishing.fonts import FALLBACK, text_width
from ksd_toolkit.publishing.letters import printable
from ksd_toolkit.publishing.sheet import MM
from ksd_toolkit.publishing.table_widths import PADDING_X, Setting, TableFont, laid_out

_PADDING_Y: Final = 3.0
_SHORT: Final = 8  # rows; a table up to there is easier to read whole
_PART: Final = 0.25  # of the height of a page: one taller would leave a white page end before it
_LINE: Final = 1.2  # of the type size, from line to line
_NARROWEST: Final = 12 * MM  # of a column, so that a number and its header stay readable
_SERIES: Final = {"id": ("Tabel", "Gambar"), "en": ("Table", "Figure")}


def write_table(script: Manuscript, table: Table) -> None:
    """A table with its caption above and its notes below."""
    if table.caption:
        write_caption(script, table)
    lang = script.document.lang
    table = _readable(table)
    places = [
        decimal_places(column, [row[n] for row in table.rows], lang)
        for n, column in enumerate(table.columns)
    ]
    # The office may lack our fonts; in the widest of them nothing sticks out in any other.
    font = TableFont(FALLBACK, TABLE_SIZES[script.document.style.layout])
    setting = _widened(laid_out(_measurable(table), places, script.sheet.text_width, font), script)
    grid = begin_table(script.body, setting.widths, script.styles["KSD Tabel"])
    _describe(script, grid, table)
    _header(script, grid, table, setting)
    keep = len(table.rows) <= _SHORT and _height(table, setting) <= _PART * script.sheet.text_height
    body = script.styles["KSD Isi Tabel"]
    family = script.styles.fonts["head"]
    lacks = [_lacking(column, one, (family, setting.size)) for column, one in zip(table.columns, places, strict=True)]  # fmt: skip
    for number, row in enumerate(table.rows):
        holder = whole_row(grid)
        together = keep and number < len(table.rows) - 1
        for n, (column, text) in enumerate(zip(table.columns, row, strict=True)):
            cell = cell_of(holder, setting.widths[n])
            left, right = lacks[n][number]
            facts = {"next": together, "align": column.align, "left": left, "right": right}
            _fill(script, paragraph(cell, body, **facts), text, setting)
    write_notes(script, table.note, table.source)


def write_caption(script: Manuscript, block: Table | Figure | RegionMap) -> None:
    """`Tabel 3. ...`: the number is a field, so that it counts anew when the office adds a table."""
    kind = "table" if isinstance(block, Table) else "figure"
    script.counts[kind] += 1
    own = "caption" in script.styles.brought  # an office's may let go of its table
    holder = paragraph(script.body, script.styles["caption"], next=own and kind == "table")
    if kind == "figure":
        add(holder[0], "w:keepNext", val=0)
    label = runs(f"{script.labels[kind]}\u00a0")
    name = script.places.get(block.anchor, "")
    mark = script.begin_bookmark(holder, name) if name else 0
    script.write(holder, label)
    series = _SERIES[script.document.lang][kind == "figure"]
    field(holder, f"SEQ {series} \\* ARABIC", str(script.counts[kind]))
    if mark:
        add(holder, "w:bookmarkEnd", id=mark)
    script.write(holder, runs(f". {block.caption}"))


def write_notes(script: Manuscript, *notes: str) -> None:
    """Notes under a table or figure, and room before what follows."""
    shown = [note for note in notes if note]
    for note in shown:
        text_paragraph(script.body, note, script.styles["KSD Catatan"])
    if not shown:
        paragraph(script.body, script.styles["KSD Sela"])


def begin_table(parent: Element, widths: Sequence[float], style: str = "") -> Element:
    """An empty table of fixed columns, `widths` in points; without a style it has no lines."""
    grid = add(parent, "w:tbl")
    told = add(grid, "w:tblPr")
    if style:
        add(told, "w:tblStyle", val=style)
    add(told, "w:tblW", w=twips(sum(widths)), type="dxa")
    add(told, "w:tblLayout", type="fixed")
    margins = add(told, "w:tblCellMar")
    for side, room in (("top", _PADDING_Y), ("left", PADDING_X), ("bottom", _PADDING_Y), ("right", PADDING_X)):  # fmt: skip
        add(margins, f"w:{side}", w=twips(room if style else 0), type="dxa")
    columns = add(grid, "w:tblGrid")
    for width in widths:
        add(columns, "w:gridCol", w=twips(width))
    return grid


def cell_of(row: Element, width: float) -> Element:
    """An empty cell; it needs a paragraph to be complete."""
    cell = add(row, "w:tc")
    add(add(cell, "w:tcPr"), "w:tcW", w=twips(width), type="dxa")
    return cell


def whole_row(grid: Element) -> Element:
    """A row that no page break parts."""
    row = add(grid, "w:tr")
    add(add(row, "w:trPr"), "w:cantSplit")
    return row


def _header(script: Manuscript, grid: Element, table: Table, setting: Setting) -> None:
    row = add(grid, "w:tr")
    told = add(row, "w:trPr")
    add(told, "w:cantSplit")
    add(told, "w:tblHeader")
    style = script.styles["KSD Kepala Tabel"]
    for column, width in zip(table.columns, setting.widths, strict=True):
        cell = cell_of(row, width)
        add(cell[0], "w:vAlign", val="center" if script.formal else "bottom")
        align = "center" if script.formal else column.align
        facts = {"next": True, "align": align}
        _fill(script, paragraph(cell, style, **facts), column.title, setting)


def _fill(script: Manuscript, holder: Element, text: str, setting: Setting) -> None:
    """The text of a cell, smaller than its style where the table asks for it."""
    if not text:
        return
    letters = add(holder, "w:r")
    if setting.size != TABLE_SIZES[script.document.style.layout]:
        told = add(letters, "w:rPr")
        for name in ("w:sz", "w:szCs"):
            add(told, name, val=round(setting.size * 2))
    add_text(letters, text)


def _height(table: Table, setting: Setting) -> float:
    """About what the rows take, in points: each is as high as the cell with the most lines."""
    rooms = [max(limit, setting.size) for limit in setting.limits]
    lines = [
        max(
            ceil(text_width(printable(text), setting.family, setting.size) / room)
            for text, room in zip(row, rooms, strict=True)
        )
        for row in table.rows
    ]
    return sum(max(number, 1) * setting.size * _LINE + 2 * _PADDING_Y for number in lines)


def _describe(script: Manuscript, grid: Element, table: Table) -> None:
    """What a screen reader says of the table; its rows have a header where a column names them."""
    told = grid[0]
    first = "1" if table.row_header == 0 else "0"
    add(
        told, "w:tblLook", val="04A0" if first == "1" else "0420", firstRow=1, lastRow=0,
        firstColumn=first, lastColumn=0, noHBand=1, noVBand=1,
    )  # fmt: skip
    if table.caption:
        add(told, "w:tblCaption", val=table.caption)
    if table.note:
        add(told, "w:tblDescription", val=table.note)
    if script.formal:
        rules = told.makeelement(clark("w:tblBorders"))
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            add(rules, f"w:{side}", val="single", sz=4, space=0, color=script.colours["ink"])
        told.find(clark("w:tblLayout")).addprevious(rules)


def _readable(table: Table) -> Table:
    """The table as it will be read, so that what is measured is what is printed."""
    columns = tuple(
        dataclasses.replace(column, title=legible(column.title)) for column in table.columns
    )
    rows = tuple(tuple(legible(text) for text in row) for row in table.rows)
    facts = {"caption": legible(table.caption), "note": legible(table.note)}
    return dataclasses.replace(table, columns=columns, rows=rows, **facts)  # type: ignore[arg-type]


def _measurable(table: Table) -> Table:
    """The table in letters whose width is known."""
    columns = tuple(
        dataclasses.replace(column, title=printable(column.title)) for column in table.columns
    )
    rows = tuple(tuple(printable(text) for text in row) for row in table.rows)
    return dataclasses.replace(table, columns=columns, rows=rows)


def _lacking(
    column: Column, places: DecimalPlaces | None, font: tuple[str, float]
) -> "Sequence[tuple[float, float]] | _Nothing":
    """What each number of a column lacks at its sides, so that decimal signs stand below each other."""
    if places is None:
        return _Nothing()
    heads = _missing(places.heads, *font) if column.align == "center" else None
    tails = _missing(places.tails, *font)
    return [
        (heads[cell[0]] if heads else 0.0, tails[cell[1]]) if cell else (0.0, 0.0)
        for cell in places.cells
    ]


def _missing(shapes: Sequence[str], family: str, size: float) -> list[float]:
    widths = [text_width(printable(shape), family, size) for shape in shapes]
    return [max(widths) - width for width in widths]


class _Nothing:
    """No cell of a column lacks anything."""

    def __getitem__(self, row: int) -> tuple[float, float]:
        return 0.0, 0.0


def _widened(setting: Setting, script: Manuscript) -> Setting:
    """No column narrower than a number needs in another font, as far as the widest has room for it."""
    widths = list(setting.widths)
    room = script.sheet.text_width
    for n, width in enumerate(widths):
        widest = max(range(len(widths)), key=lambda place: widths[place])
        lacks = _NARROWEST - width
        if lacks > 0 and (spare := min(lacks, room - sum(widths) + widths[widest] / 3)) > 0:
            taken = max(0.0, sum(widths) + spare - room)
            widths[n] += spare
            widths[widest] -= taken
    return dataclasses.replace(setting, widths=tuple(widths))
