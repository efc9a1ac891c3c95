"""The register of agreements as a workbook: cover, notes, and a sheet for naskah, tahapan, monev and capaian.

It is there to be edited and put back into the dossier as `naskah.xlsx`: every cell reads again as what it was.
Every text is written as text, nothing is a formula, no cells are merged, and a table begins under its title.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import count, language, say
from ksd_toolkit.publishing.agreement_book import HEAD, AgreementBook
from ksd_toolkit.publishing.agreement_cells import CELL_LIMIT, is_too_long, typed
from ksd_toolkit.publishing.agreement_notes import write_cover, write_notes
from ksd_toolkit.publishing.questionnaire_style import (
    MIDDLE,
    Typed,
    column_width,
    cut,
    is_text_cell,
    row_height,
)
from ksd_toolkit.questionnaire import Field, TableSpec
from ksd_toolkit.questionnaire.agreement_files import agreement_tables
from ksd_toolkit.register import Register
from ksd_toolkit.register.agreement_rows import AgreementRows, agreement_rows
from ksd_toolkit.register.contents import EXTRA_PREFIX

_PREPARED: Final = 100  # rows with dropdowns below what stands there
_PRINTED: Final = 20  # rows of an empty form on paper
_LEAST_COLUMNS: Final = 8
_DATE_WIDTH: Final = 19  # characters; the longest word of a heading, and a date, on one line
_LONG_TEXT: Final = 255  # letters; a longer text in a cell formatted as text shows as ####
_KEY_COLUMNS: Final = 1  # stay in sight


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a sheet: its heading, what it answers, and its cells."""

    heading: str
    width: int
    question: Field | None
    values: tuple[Typed, ...]


def agreement_workbook(register: Register, lang: str = "") -> bytes:
    """The register of agreements as the bytes of an XLSX file; the same bytes for the same register.

    Args:
        register: Whose agreements they are.
        lang: Language of headings and labels; the register's own when empty.
    """
    return register_bytes(register.dossier, agreement_rows(register.dossier), lang)


def agreement_form(dossier: Dossier, lang: str = "") -> bytes:
    """The same workbook without a row in it, for a secretariat that begins its register."""
    return register_bytes(dossier, tuple(map(AgreementRows, agreement_tables())), lang)


def register_bytes(dossier: Dossier, tables: Sequence[AgreementRows], lang: str = "") -> bytes:
    """The workbook that holds these tables.

    Args:
        dossier: Whose agreements they are.
        tables: The tables, in order.
        lang: Language of headings and labels; the dossier's own when empty.
    """
    book = AgreementBook(dossier, language(lang or dossier.lang))
    write_cover(book, tables)
    write_notes(book)
    for table in tables:
        _write_table(book, table)
    return book.finish()


def too_long(tables: Sequence[AgreementRows]) -> list[tuple[str, str, str]]:
    """Table, row and question of every text that is longer than a cell of a workbook can be."""
    return [
        (table.table, answer.row_key, name.removeprefix(EXTRA_PREFIX))
        for table in tables
        for row in table.rows
        for name, answer in row.items()
        if is_too_long(answer.value) or is_too_long(answer.raw)
    ]


def _write_table(book: AgreementBook, table: AgreementRows) -> None:
    """One table: its title, its headings, its rows, and dropdowns below them."""
    spec = book.form.table(table.table)
    columns = _columns(book, spec, table)
    widths = tuple(column.width for column in columns)
    lead = book.say("table_lead", hint=spec.hints[book.lang])
    sheet = book.sheet(spec.name, spec.labels[book.lang], lead, widths)
    last = HEAD + len(table.rows) + _PREPARED
    for at, column in enumerate(columns):
        look = (
            book.formats.required
            if column.question and column.question.required
            else book.formats.optional
        )
        sheet.write_string(HEAD, at, cut(column.heading, CELL_LIMIT), look)
        if column.question:
            book.check(sheet, (HEAD + 1, at, last, at), column.question)
        blanks = (None,) * _PREPARED
        for number, value in enumerate((*column.values, *blanks), start=HEAD + 1):
            _cell(book, sheet, (number, at), value, column.question)
    heads = [(column.heading, column.width) for column in columns]
    sheet.set_row(HEAD, row_height(heads))
    for number in range(len(table.rows)):
        cells = [(str(c.values[number] or ""), c.width) for c in columns]
        sheet.set_row(HEAD + 1 + number, row_height(cells))
    sheet.freeze_panes(HEAD + 1, _KEY_COLUMNS)
    across = max(len(columns), _LEAST_COLUMNS)  # the line above a narrow table runs on beside it
    sheet.print_area(0, 0, HEAD + (len(table.rows) or _PRINTED), across - 1)
    sheet.repeat_rows(HEAD)
    sheet.repeat_columns(0, _KEY_COLUMNS - 1)
    sheet.autofilter(HEAD, 0, max(HEAD + len(table.rows), HEAD + 1), len(columns) - 1)


def _columns(book: AgreementBook, spec: TableSpec, table: AgreementRows) -> list[_Column]:
    """The questions of the form, then the columns an office has of its own."""
    asked = [
        _Column(
            question.label(book.lang),
            max(column_width(question), _DATE_WIDTH if question.type == "date" else 0),
            question,
            tuple(typed(row.get(question.name), question, book.lang) for row in table.rows),
        )
        for question in spec.fields
    ]
    own = [
        _Column(
            name.removeprefix(EXTRA_PREFIX),
            MIDDLE,
            None,
            tuple(row[name].value if name in row else None for row in table.rows),
        )
        for name in table.own
    ]
    return [*asked, *own]


def _cell(
    book: AgreementBook,
    sheet: Worksheet,
    place: tuple[int, int],
    value: Typed,
    question: Field | None,
) -> None:
    look = _look(book, value, question)
    if value is None or value == "":
        sheet.write_blank(*place, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime.combine(value, time()), look)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, look)
    else:
        sheet.write_string(*place, _fitting(value, book.lang), look)


def _look(book: AgreementBook, value: Typed, question: Field | None) -> Any:
    if question is None:
        return book.formats.answer
    is_long = isinstance(value, str) and len(value) > _LONG_TEXT
    if is_text_cell(question) and is_long:
        return book.formats.answer
    return book.formats.answer_to(question)


def _fitting(text: str, lang: str) -> str:
    """The text as a cell can hold it; what is cut says so."""
    clean = "".join("\ufffd" if _is_no_letter(letter) else letter for letter in text)
    if not is_too_long(clean):
        return clean
    marker = say("publishing.cut", lang, limit=count(CELL_LIMIT, lang))
    units = clean.encode("utf-16-le")[: 2 * (CELL_LIMIT - len(marker))]
    return units.decode("utf-16-le", "ignore") + marker


def _is_no_letter(letter: str) -> bool:
    """Whether no workbook can hold a code point: half of a pair, or one that XML forbids."""
    return "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff"
