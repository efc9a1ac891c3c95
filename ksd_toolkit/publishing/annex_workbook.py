"""The tables of a paper as a workbook: one sheet each, numbers as numbers, nothing that is computed.

After the conventions of official statistics: a cover, a sheet of notes, one table a sheet under its number, its
caption in A1, no merged cells among the data, source and notes below.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from ksd_toolkit.document import Annex, Column, Document, Heading, Table
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.docx.manuscript import heading_text
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.workbook_sheets import Cell, Kind, Sheet, SheetColumn
from ksd_toolkit.publishing.xlsx import workbook_bytes

_KINDS: Final[dict[str, Kind]] = {
    "text": "text", "integer": "integer", "decimal": "decimal", "percent": "percent",
    "currency": "decimal", "date": "text",
}  # fmt: skip
_SIGNS: Final = {"id": (",", "."), "en": (".", ",")}  # of decimals, of thousands
_UNITS: Final = ("million", "billion", "trillion")
_DIGITS: Final = 15  # what a cell holds exactly
_WIDTHS: Final = (10.0, 44.0)  # of a column, in letters
_LETTER: Final = 0.55  # of the longest text: long ones are wrapped
_ROOM: Final = (
    190.0  # of all columns, in letters: on a sheet across they print at seven points or more
)


def annex_workbook(document: Document, dated: date) -> bytes | None:
    """Every table of the paper as a sheet of an XLSX file.

    A cell is a number where its column holds numbers and its text is one, as the paper's language
    writes it; everything else stays the text it is.

    Args:
        document: The paper.
        dated: The date written into the file, usually `tanggal_acuan`.

    Returns:
        The file; None for a paper without tables.

    Raises:
        RunError: A cross-reference of the paper leads nowhere.
    """
    document = settled(document)
    lang = document.lang
    sheets = [_sheet(*found, lang) for found in _numbered(document)]
    if not sheets:
        return None
    issuer = ", ".join(filter(None, (document.letterhead.unit, document.letterhead.government)))
    notes = [
        document.subtitle, document.place_and_date, say("docx.annex_issuer", lang, issuer=issuer),
        say("docx.annex_about", lang), say("docx.annex_blank", lang), document.running_foot,
    ]  # fmt: skip
    return workbook_bytes(
        document.title,
        [note for note in notes if note],
        sheets,
        document.banner,
        dated,
        lang=lang,
        notes_sheet=say("docx.annex_notes", lang),
    )


def _numbered(document: Document) -> Iterator[tuple[str, Table, str]]:
    """Each table with the name of its sheet and the section it stands in."""
    lang, heading = document.lang, ""
    numbered = unnumbered = 0
    for block in document.blocks:
        if isinstance(block, Heading | Annex):
            heading = heading_text(block)
        if not isinstance(block, Table) or not block.columns:
            continue
        if block.caption:
            numbered += 1
            yield say("docx.annex_sheet", lang, number=numbered), block, heading
        else:
            unnumbered += 1
            yield say("docx.annex_sheet_untitled", lang, number=unnumbered), block, heading


def _sheet(name: str, table: Table, heading: str, lang: str) -> Sheet:
    rows = tuple(
        tuple(_cell(column, text, lang) for column, text in zip(table.columns, row, strict=True))
        for row in table.rows
    )
    widths = _fitted(table)
    columns = tuple(
        SheetColumn(column.title, _KINDS[column.kind], widths[n], _places(row[n] for row in rows))
        for n, column in enumerate(table.columns)
    )
    about = say("docx.annex_place", lang, heading=heading) if heading else ""
    notes = tuple(note for note in (table.source, table.note, about) if note)
    title = f"{name}. {table.caption}" if table.caption else name
    return Sheet(name, title, columns, rows, notes)


def _cell(column: Column, text: str, lang: str) -> Cell:
    """The number a text of a number column is; the text itself where it is none."""
    if column.kind in {"text", "date"}:
        return text
    number = parsed(text, column.kind, lang)
    return text if number is None else number


def parsed(text: str, kind: str, lang: str) -> int | float | None:
    """The number a finished text stands for; None where it is none, or more than a cell can hold.

    Args:
        text: As a paper prints it: `1.234,5`, `46,4 %`, `Rp1,2 miliar`.
        kind: What its column holds; only money may be written with `Rp` and a unit word, only a percentage
            with `%`.
        lang: The language of the paper.
    """
    found = _number(kind, lang).fullmatch(text.strip())
    if found is None:
        return None
    decimal, group = _SIGNS[lang]
    digits = found["digits"].replace(group, "").replace(decimal, ".")
    if len(digits.replace(".", "").lstrip("0")) > _DIGITS:
        return None
    value = Decimal(digits) * (-1 if found["sign"] in {"-", "\u2212"} else 1)
    word = found.groupdict().get("unit")
    if word:
        value *= 10 ** (6 + 3 * [say(f"number.{unit}", lang) for unit in _UNITS].index(word))
    return int(value) if value == value.to_integral_value() else float(value)


@cache
def _number(kind: str, lang: str) -> re.Pattern[str]:
    decimal, group = map(re.escape, _SIGNS[lang])
    digits = rf"(?P<digits>(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:{decimal}[0-9]+)?)"
    sign = "(?P<sign>[-+\u2212]?)"
    if kind == "percent":
        return re.compile(rf"{sign}{digits}(?:[ \u00a0]?%)?")
    if kind == "currency":
        words = "|".join(re.escape(say(f"number.{unit}", lang)) for unit in _UNITS)
        return re.compile(rf"{sign}(?:Rp[ \u00a0]?)?{digits}(?:[ \u00a0](?P<unit>{words}))?")
    return re.compile(sign + digits)


def _places(cells: Iterable[Cell]) -> int:
    """As many decimals as the number with most of them has."""
    numbers = (Decimal(repr(cell)) for cell in cells if isinstance(cell, float))
    return max((-int(number.as_tuple().exponent) for number in numbers), default=0)


def _fitted(table: Table) -> list[float]:
    """The width of each column; one too wide to be read in print shares its room by what is written in it.

    None becomes narrower than its longest word, so that no word of it is broken.
    """
    asked = [_width(table, n) for n in range(len(table.columns))]
    if sum(asked) <= _ROOM:
        return asked
    widths = [min(_least(table, n), width) for n, width in enumerate(asked)]
    written = [sum(map(len, _texts(table, n))) for n in range(len(asked))]
    while sum(widths) < _ROOM:  # a letter more where rows have the most lines
        wants = [n for n, width in enumerate(widths) if width < asked[n]]
        if not wants:
            break
        widths[max(wants, key=lambda n: written[n] / widths[n])] += 1.0
    return widths


def _width(table: Table, number: int) -> float:
    """Room for the longest word, and more for long texts."""
    longest = max(map(len, _texts(table, number)), default=0)
    return min(max(_least(table, number), longest * _LETTER), _WIDTHS[1])


def _least(table: Table, number: int) -> float:
    """Room for the longest word."""
    words = (len(word) for text in _texts(table, number) for word in text.split())
    return max(_WIDTHS[0], max(words, default=0) + 3.0)


def _texts(table: Table, number: int) -> list[str]:
    return [table.columns[number].title, *(row[number] for row in table.rows)]
