"""Write results as a workbook: a cover, then one table a sheet, with no live formula anywhere.

Every text is written as text: what begins with `=` or looks like a link or a number stays what it
is. The same input gives the same bytes.
"""

import io
import math
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.messages import count, say
from ksd_toolkit.publishing.workbook_looks import (
    BASE,
    BODY,
    LETTERS_A_WIDTH,
    LINE,
    LOOKS,
    WORDS,
    height,
    in_lines,
)
from ksd_toolkit.publishing.workbook_sheets import NUMBER_FORMATS, Cell, Sheet

CELL_LIMIT: Final = 32_767  # Excel counts UTF-16 units
_HEADER_LETTERS: Final = 120  # Excel allows 255, and an ampersand counts twice
_PAPERS: Final = {"A4": 9, "A3": 8}  # as Excel numbers them
_COVER_WIDTHS: Final = (26, 70, 12)
_TITLE_LETTERS: Final = 64  # of a title of 16 points on one line of the cover
_TITLE_COLUMNS: Final = 4  # a title runs on over the cells beside it


def workbook_bytes(  # noqa: PLR0913  a workbook is its parts
    title: str,
    notes: Sequence[str],
    sheets: Sequence[Sheet],
    banner: str,
    dated: date,
    *,
    lang: str = "id",
    notes_sheet: str = "",
) -> bytes:
    """The workbook as the bytes of an XLSX file.

    Args:
        title: What the workbook is called, on its cover.
        notes: Paragraphs of the cover: how to read the tables, where the numbers come from.
        sheets: The tables, in order.
        banner: Printed on every page and as the first row of every sheet; empty for none.
        dated: The date written into the file, usually `tanggal_acuan`.
        lang: Language of the cover's labels.
        notes_sheet: The name of a sheet of its own for the notes. The title of each sheet then stands in its
            first cell, before the banner, and no cells of it are merged: what programs that read tables expect.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(buffer, options) as book:
        book.set_properties({"title": legible(title), "created": datetime.combine(dated, time())})
        writer = _Writer(book, banner, lang, plain=bool(notes_sheet))
        writer.cover(title, () if notes_sheet else notes, sheets)
        if notes_sheet:
            writer.notes(notes_sheet, notes)
        for sheet in sheets:
            writer.table(sheet)
    return buffer.getvalue()


class _Writer:
    """A workbook under construction: its formats, and the banner every sheet carries."""

    def __init__(self, book: Workbook, banner: str, lang: str, *, plain: bool = False) -> None:
        self.book = book
        self.plain = plain
        self.banner = legible(banner)
        self.lang = lang
        self.formats: dict[str, Format] = {
            name: book.add_format(BASE | look) for name, look in LOOKS.items()
        }
        self.bodies: dict[str, Format] = {}
        for kind, pattern in NUMBER_FORMATS.items():
            self._body(pattern, words=kind == "text")

    def _body(self, pattern: str, *, words: bool = False) -> Format:
        """The format of cells with a number format, made when it is first asked for."""
        if pattern not in self.bodies:
            look = BASE | BODY | {"num_format": pattern} | (WORDS if words else {})
            self.bodies[pattern] = self.book.add_format(look)
        return self.bodies[pattern]

    def cover(self, title: str, notes: Sequence[str], sheets: Sequence[Sheet]) -> None:
        """The first sheet: title, list of tables, notes."""
        page, row = self._page(say("publishing.cover_sheet", self.lang), title)
        if len(title) > _TITLE_LETTERS:
            at = 0 if self.plain else row - 2
            page.merge_range(at, 0, at, len(_COVER_WIDTHS) - 1, "", self.formats["long_title"])
            self._text(page, at, 0, title, "long_title")
            page.set_row(at, 24 * math.ceil(len(title) / _TITLE_LETTERS) + 2)
        for column, width in enumerate(_COVER_WIDTHS):
            page.set_column(column, column, width)
        self._text(page, row, 0, say("publishing.cover_contents", self.lang), "heading")
        for column, name in enumerate(("cover_sheets", "cover_titles", "cover_rows")):
            look = "number_head" if name == "cover_rows" else "head"
            self._text(page, row + 1, column, say(f"publishing.{name}", self.lang), look)
        row += 2
        for sheet in sheets:
            page.write_url(row, 0, _place(sheet.name), self.formats["link"], sheet.name)
            self._text(page, row, 1, sheet.title, "entry")
            self._text(page, row, 2, count(len(sheet.rows), self.lang), "right")
            lines = math.ceil(len(sheet.title) / (_COVER_WIDTHS[1] * LETTERS_A_WIDTH))
            page.set_row(row, LINE * lines + 2)
            row += 1
        if notes:
            self._text(page, row + 1, 0, say("publishing.cover_notes", self.lang), "heading")
            self._notes(page, row + 2, notes, last_column=2)

    def notes(self, name: str, notes: Sequence[str]) -> None:
        """A sheet of notes, one a row."""
        page, row = self._page(name, name)
        page.set_column(0, 0, sum(_COVER_WIDTHS))
        for number, note in enumerate(notes, start=row):
            self._text(page, number, 0, note, "note")
            page.set_row(number, 15 * (1 + len(note) // 105))

    def table(self, sheet: Sheet) -> None:
        """One table under its title, with a frozen header and a filter."""
        page, head = self._page(sheet.name, sheet.title)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
            look = "head" if column.kind == "text" else "number_head"
            self._text(page, head, number, column.title, look)
        letters = [column.width * LETTERS_A_WIDTH for column in sheet.columns]
        page.set_row(head, height(letters, [column.title for column in sheet.columns]))
        bodies = [self._body(column.pattern) for column in sheet.columns]
        for number, cells in enumerate(sheet.rows, start=head + 1):
            for place, (body, value) in enumerate(zip(bodies, cells, strict=True)):
                self._value(page, number, place, value, body)
            page.set_row(number, height(letters, cells))
        last_column = len(sheet.columns) - 1
        end = head + len(sheet.rows)
        page.autofilter(head, 0, max(end, head), last_column)
        page.freeze_panes(head + 1, 1)
        page.repeat_rows(head)
        notes = sheet.notes
        if self.plain:  # a note in one cell runs on past the table, and the sheet is printed tiny
            notes = in_lines(notes, sum(column.width for column in sheet.columns))
        self._notes(page, end + 2, notes, last_column)
        page.set_paper(_PAPERS[sheet.paper])
        if sheet.printed == 0:
            page.print_area(0, 0, head - 1, min(last_column, _TITLE_COLUMNS))
        elif sheet.printed is not None:
            page.print_area(0, 0, end + 1 + len(sheet.notes), sheet.printed - 1)

    def _page(self, name: str, title: str) -> tuple[Worksheet, int]:
        """A new sheet set up for print; the row below its banner and title."""
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(_PAPERS["A4"])
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        page.set_footer("&L&8&A&R&8&P / &N")
        if self.banner:
            page.set_header("&C&9&B" + self.banner[:_HEADER_LETTERS].replace("&", "&&"))
        lines = [(self.banner, "banner")] * bool(self.banner)
        lines.insert(0 if self.plain else len(lines), (title, "title"))
        for row, (text, look) in enumerate(lines):
            self._text(page, row, 0, text, look)
            if look == "title":
                page.set_row(row, 26)
        return page, len(lines) + 1

    def _notes(self, page: Worksheet, row: int, notes: Sequence[str], last_column: int) -> None:
        for number, note in enumerate(notes, start=row):
            if self.plain:
                self._text(page, number, 0, note, "line")
                continue
            if last_column > 0:
                page.merge_range(number, 0, number, last_column, "", self.formats["note"])
            self._text(page, number, 0, note, "note")
            page.set_row(number, 15 * (1 + len(note) // 105))

    def _value(self, page: Worksheet, row: int, column: int, value: Cell, look: Format) -> None:
        if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
            page.write_blank(row, column, None, look)
        elif isinstance(value, str):
            page.write_string(row, column, self._fitting(value), look)
        else:
            page.write_number(row, column, value, look)

    def _text(self, page: Worksheet, row: int, column: int, text: str, look: str) -> None:
        page.write_string(row, column, self._fitting(text), self.formats[look])

    def _fitting(self, text: str) -> str:
        """The text as one cell can hold it; what is cut says so."""
        shown = legible(text, keep_lines=True)
        if 2 * len(shown) <= CELL_LIMIT:  # no letter has more than two units
            return shown
        units = shown.encode("utf-16-le")
        if len(units) <= 2 * CELL_LIMIT:
            return shown
        marker = say("publishing.cut", self.lang, limit=count(CELL_LIMIT, self.lang))
        # Half of a letter beyond U+FFFF at the cut is dropped.
        return units[: 2 * (CELL_LIMIT - len(marker))].decode("utf-16-le", "ignore") + marker


def _place(sheet_name: str) -> str:
    """The address of a sheet inside the workbook."""
    return "internal:'" + sheet_name.replace("'", "''") + "'!A1"
