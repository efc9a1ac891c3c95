"""The sheet of a blank questionnaire as a pattern: its text before and after the rows, and its columns.

What a workbook of the toolkit looks like is decided in `publishing` alone: a pattern is taken from a
workbook written there, and only the cells people fill are written here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from xml.sax.saxutils import escape, unescape

from ksd_toolkit.publishing.questionnaire_style import Typed, row_height
from ksd_toolkit.questionnaire.grid import column_letters

_ROW: Final = re.compile(r'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_CELL: Final = re.compile(
    r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="s")?(?:/>|>(?:<v>(.*?)</v>)?</c>)'
)
_WIDTH: Final = re.compile(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"')
_PADDING: Final = 0.7109375  # what a spreadsheet adds to a width in characters
_DAY_ZERO: Final = date(1899, 12, 30)
_PIXEL: Final = 0.75  # points; rows are as high as whole pixels

Cells = dict[str, tuple[str, str]]
"""Letters of the column -> number of the style and text of the cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its letters, the code of its question ("" where it is only read), style and width."""

    letters: str
    code: str
    style: str
    width: int


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """A sheet with a row per usulan, partner or score, without these rows.

    Attributes:
        before: Its XML up to the headings.
        headings: The rows of labels, hints and codes.
        first: The number of the first row of answers.
        after: Its XML after the last answer.
        columns: Its columns, in their order.
    """

    before: str
    headings: tuple[str, str, str]
    first: int
    after: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, xml: str, texts: Sequence[str], key: str) -> Self:
        """The pattern of a sheet whose row of codes holds `key`.

        Args:
            xml: The sheet of a blank workbook.
            texts: The shared texts of that workbook.
            key: A code every sheet of this kind has: `usulan_id`.
        """
        rows = list(rows_of(xml))
        at = next(
            at
            for at, row in enumerate(rows)
            if key in {text for _, text in cells_of(row[0], texts).values()}
        )
        labels, hints, codes, blank = rows[at - 2 : at + 2]
        styles = {letters: style for letters, (style, _) in cells_of(blank[0], texts).items()}
        widths = widths_of(xml)
        columns = tuple(
            Column(letters, text, styles[letters], widths[letters])
            for letters, (_, text) in cells_of(codes[0], texts).items()
        )
        return cls(
            xml[: labels.start()], (labels[0], hints[0], codes[0]), int(blank[1]),
            xml[xml.index("</sheetData>") :], columns,
        )  # fmt: skip

    def filled(
        self, rows: Sequence[Mapping[str, Typed]], day_style: str, told: Mapping[str, str]
    ) -> str:
        """The XML of the sheet with these rows; no blank rows are prepared below them.

        Args:
            rows: Field -> value as typed. A field without a column gets one, beside all others.
            day_style: The style of a date.
            told: What stands in a column that is only read, by `usulan_id`.
        """
        own = self._own_columns(rows)
        columns = (*self.columns, *own)
        lines = (
            row_xml(number, _valued(columns, row, told), day_style)
            for number, row in enumerate(rows, start=self.first)
        )
        return "".join((self.before, *self._headings_with(own), *lines, self.after))

    def _own_columns(self, rows: Sequence[Mapping[str, Typed]]) -> tuple[Column, ...]:
        """Columns of what the form does not ask, as wide and as plain as its last one."""
        known = {column.code for column in self.columns}
        names = dict.fromkeys(name for row in rows for name in row if name not in known)
        last = self.columns[-1]
        return tuple(
            Column(column_letters(at), name, last.style, last.width)
            for at, name in enumerate(names, start=len(self.columns) + 1)
        )

    def _headings_with(self, own: Sequence[Column]) -> Iterator[str]:
        """The headings, and those of the columns somebody added: a label and a code."""
        for number, heading in enumerate(self.headings, start=self.first - len(self.headings)):
            is_hint = heading is self.headings[1]
            added = "".join(
                cell_xml(f"{column.letters}{number}", column.style, column.code, "")
                for column in (() if is_hint else own)
            )
            yield heading.removesuffix("</row>") + added + "</row>"


def _valued(
    columns: Sequence[Column], row: Mapping[str, Typed], told: Mapping[str, str]
) -> Iterator[tuple[Column, Typed]]:
    """What stands in each column of a row."""
    for column in columns:
        value = row.get(column.code) if column.code else told.get(str(row.get("usulan_id")), "")
        yield column, value


def row_xml(number: int, cells: Iterator[tuple[Column, Typed]], day_style: str) -> str:
    """A row with its cells, as high as its longest text."""
    held = list(cells)
    height = row_height((str(value), column.width) for column, value in held)
    points = int(height / _PIXEL + 0.5) * _PIXEL
    inner = "".join(
        cell_xml(f"{column.letters}{number}", column.style, value, day_style)
        for column, value in held
    )
    return f'<row r="{number}" ht="{points:g}" customHeight="1">{inner}</row>'


def cell_xml(place: str, style: str, value: Typed, day_style: str) -> str:
    """One cell: numbers and dates stay numbers and dates, everything else is text."""
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{day_style}"><v>{(value - _DAY_ZERO).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'


def cells_of(row: str, texts: Sequence[str]) -> Cells:
    """The cells of a row of a blank sheet, by their column."""
    return {
        found[1]: (found[2] or "0", texts[int(found[3])] if found[3] else "")
        for found in _CELL.finditer(row)
    }


def rows_of(xml: str) -> Iterator[re.Match[str]]:
    """Every row of a sheet, with its number as first group."""
    return _ROW.finditer(xml)


def shared_texts(xml: str) -> list[str]:
    """The shared texts of a workbook."""
    found = re.findall(r"<si><t[^>]*>(.*?)</t></si>", xml, re.DOTALL)
    return [unescape(text) for text in found]


def widths_of(xml: str) -> dict[str, int]:
    """The width of each column of a sheet in characters."""
    return {
        column_letters(at): round(float(width) - _PADDING)
        for first, last, width in _WIDTH.findall(xml)
        for at in range(int(first), int(last) + 1)
    }
