"""Build the workbooks people fill: one for an office, one with a sheet per member of the TKKSD."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_book import FormBook
from ksd_toolkit.publishing.questionnaire_checks import Source, how_to_write, only_if
from ksd_toolkit.publishing.questionnaire_guide import how_to_fill, how_to_score, write_guide
from ksd_toolkit.publishing.questionnaire_style import (
    MIDDLE,
    NARROW,
    TITLE_ROWS,
    WIDE,
    Typed,
    choice_text,
    choice_texts,
    column_width,
    row_height,
)
from ksd_toolkit.questionnaire import Field, TableSpec
from ksd_toolkit.questionnaire.prefilled import RowName, prefilled_text, row_mark
from ksd_toolkit.questionnaire.reading import TKKSD
from ksd_toolkit.questionnaire.rows import KEY_SEPARATOR
from ksd_toolkit.questionnaire.values import as_text

Row = Mapping[str, Typed]
Rows = Mapping[str, Sequence[Row]]

_LABELS, _HINTS, _CODES = TITLE_ROWS, TITLE_ROWS + 1, TITLE_ROWS + 2
_FIRST: Final = _CODES + 1
_BLANK_ROWS: Final = {"usulan": 40, "mitra": 80, "nilai": 720}  # 40 usulan x 9 criteria x 2 PPKSD
_FROZEN_COLUMNS: Final = {"usulan": 2, "mitra": 2, "nilai": 3}
_PAGES_WIDE: Final = {"usulan": 6}
_RATERS: Final = ("OPD-1", "OPD-2")  # the two PPKSD of an office

_AIR: Final = 5  # points added to the rows of a record
_MAX_NAME: Final = 90


def office_workbook(
    dossier: Dossier,
    opd_kode: str,
    rows: Rows | None = None,
    carried: Rows | None = None,
) -> bytes:
    """The workbook one office fills, as the bytes of an XLSX file.

    Args:
        dossier: The region and period it belongs to.
        opd_kode: An office of `dossier.offices`.
        rows: What already stands in it: table name -> rows of field -> value as typed. A field the
            form does not know becomes an extra column.
        carried: Rows that come from last year and stand before all others, coloured and explained.
            The file says of itself that it was handed out with them.
    """
    content, brought = rows or {}, carried or {}
    office = dossier.offices.loc[opd_kode]
    given = {
        "opd_kode": opd_kode,
        "opd_nama": str(office["opd_nama"]),
        "urusan_opd": str(office["urusan"]).replace(";", "; "),
    }
    book = FormBook(dossier, opd_kode)
    record, *tables = (book.form.table(name) for name in ("opd", "usulan", "mitra", "nilai"))
    how_to = how_to_fill(book, opd_kode, carried=bool(brought))
    write_guide(book, [record, *tables], how_to)
    _write_record(book, record, {**given, **next(iter(content.get("opd", ())), {})})
    for table in tables:
        first = brought.get(table.name, ())
        mine = [*first, *content.get(table.name, ())]
        _write_table(book, _Table(table, mine, carried=len(first)))
    return book.finish("opd-2", prefilled_text(_marks(tables, brought)))


def _marks(tables: Sequence[TableSpec], carried: Rows) -> dict[RowName, str]:
    """Every carried usulan and partner with the mark of what stands in its row; scores are blank."""
    marks = {}
    for table in tables:
        if table.name == "nilai":
            continue
        for row in carried.get(table.name, ()):
            cells = {name: as_text(value) for name, value in row.items()}
            key = KEY_SEPARATOR.join(cells.get(name, "") for name in table.keys)
            marks[table.name, key] = row_mark(cells)
    return marks


def tkksd_workbook(
    dossier: Dossier,
    members: Sequence[str],
    usulan: Mapping[str, str],
    rows: Mapping[str, Sequence[Row]] | None = None,
) -> bytes:
    """The workbook of the TKKSD: a sheet per member with every usulan and criterion, scores blank.

    Args:
        dossier: The region and period it belongs to.
        members: Their names as raters, `TKKSD-1` and so on; each names its sheet.
        usulan: Title by `usulan_id`, in the order of the sheets.
        rows: What a member already wrote; replaces the blank rows of that member.
    """
    book = FormBook(dossier, TKKSD)
    table = book.form.table("nilai")
    write_guide(book, [table], how_to_score(book))
    for member in members:
        written = (rows or {}).get(member)
        if written is None:
            written = _blank_scores(table, member, usulan, book.lang)
        _write_table(book, _Table(table, written, member, usulan))
    return book.finish("tkksd-2")


def workbook_name(dossier: Dossier, opd_kode: str) -> str:
    """The file name of an office's workbook; what no file system takes is left out of the name."""
    names = dossier.offices["opd_nama"]
    office = " ".join(re.sub(r'[\x00-\x1f<>:"/\\|?*]', " ", str(names[opd_kode])).split())
    if (names == names[opd_kode]).sum() > 1 or not office:
        office = f"{office} {opd_kode}".strip()
    return say("workbook.file_name", dossier.lang, period=dossier.period, office=office[:_MAX_NAME])


def _blank_scores(table: TableSpec, member: str, usulan: Mapping[str, str], lang: str) -> list[Row]:
    criteria = [choice_text(choice, lang) for choice in table.field("kriteria_kode").choices]
    return [
        {"usulan_id": usulan_id, "kriteria_kode": criterion, "penilai": member}
        for usulan_id, criterion in product(usulan, criteria)
    ]


# --- one record ----------------------------------------------------------------------------


def _write_record(book: FormBook, table: TableSpec, record: Row) -> None:
    """The sheet with a question a row: code, question, answer, hint."""
    lang, formats = book.lang, book.formats
    sheet = book.add_sheet(
        table.name, say("workbook.record_title", lang), say("workbook.record_lead", lang)
    )
    for column, width in enumerate((NARROW, WIDE, WIDE, WIDE + NARROW)):
        sheet.set_column(column, column, width)
    for column, text in enumerate(say("workbook.record_columns", lang).split("; ")):
        sheet.write_string(TITLE_ROWS, column, text, formats.required)
    for row, question in enumerate(table.fields, start=TITLE_ROWS + 1):
        is_given = question.key or question.name == "opd_nama"
        look = formats.given if is_given else formats.answer_to(question)
        sheet.write_string(row, 0, question.name, formats.code)
        sheet.write_string(row, 1, _marked(question, lang), formats.question)
        book.write(sheet, (row, 2), record.get(question.name), look)
        hint = _guidance(book, question)
        sheet.write_string(row, 3, hint, formats.hint)
        sheet.set_row(
            row, row_height([(hint, 2 * WIDE), (str(record.get(question.name, "")), WIDE)]) + _AIR
        )
        area = (row, 2, row, 2)
        book.check(sheet, area, question, book.source_of(question))
        book.name_cells(question.name, table.name, area)
    sheet.freeze_panes(TITLE_ROWS + 1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})


# --- one table -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with many rows: an office's table, or the scores of one member beside the titles."""

    spec: TableSpec
    rows: Sequence[Row]
    member: str = ""
    titles: Mapping[str, str] | None = None
    carried: int = 0

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.member or self.spec.name

    @property
    def last(self) -> int:
        """The last prepared row."""
        spare = 0 if self.member else _BLANK_ROWS[self.spec.name]
        return _FIRST + max(len(self.rows), spare, 1) - 1


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading in three rows and the question it answers, if it is one of the form.

    The reader finds columns by the code row and passes over a column without a code.
    """

    label: str
    hint: str
    code: str
    width: int
    question: Field | None = None
    titles: Mapping[str, str] | None = None

    def value(self, row: Row) -> Typed:
        """What stands in this column of `row`."""
        if self.titles is not None:
            return self.titles.get(str(row.get("usulan_id")), "")
        return row.get(self.code)


def _write_table(book: FormBook, table: _Table) -> None:
    """The sheet with a row per usulan, partner or score: labels, hints, codes, then the rows."""
    name, lang = table.spec.name, book.lang
    if table.member:
        title = say("workbook.member_title", lang, member=table.member)
        lead = say("workbook.member_lead", lang)
    else:
        title = table.spec.labels[lang]
        lead = say("workbook.table_lead", lang, hint=table.spec.hints.get(lang, ""))
        lead += f" {say('workbook.carried_lead', lang)}" if table.carried else ""
    sheet = book.add_sheet(table.sheet, title, lead, pages_wide=_PAGES_WIDE.get(name, 1))
    columns = _columns(book, table)
    for at, column in enumerate(columns):
        _write_heading_cells(book, sheet, at, column)
        if question := column.question:
            area = (_FIRST, at, table.last, at)
            book.check(sheet, area, question, _source(book, table, question))
            if not table.member:
                own = question in table.spec.fields[:1] and name != "usulan"
                book.name_cells(f"{name}_{question.name}" if own else question.name, name, area)
    sheet.set_row(_LABELS, row_height([], least=4))
    sheet.set_row(_HINTS, row_height([], least=3))
    sheet.set_row(_CODES, row_height([]))
    for number in range(_FIRST, table.last + 1):
        offset = number - _FIRST
        row = table.rows[offset] if offset < len(table.rows) else {}
        _write_row(book, sheet, number, columns, row, carried=offset < table.carried)
    sheet.freeze_panes(_FIRST, _FROZEN_COLUMNS[name] + (table.titles is not None))
    sheet.repeat_rows(_LABELS, _CODES)
    sheet.repeat_columns(0, _FROZEN_COLUMNS[name] - 1)
    sheet.autofilter(_CODES, 0, table.last, len(columns) - 1)


def _source(book: FormBook, table: _Table, question: Field) -> Source:
    """What the dropdown of a column offers; the keys of an office's own usulan and raters too."""
    if not table.member and question.name == "usulan_id" and table.spec.name != "usulan":
        last = _FIRST + _BLANK_ROWS["usulan"]
        return Source(f"=usulan!$A${_FIRST + 1}:$A${last}", may_grow=True)
    if not table.member and question.name == "penilai":
        return replace(book.list_of(_RATERS), may_grow=True)
    return book.source_of(question)


def _columns(book: FormBook, table: _Table) -> list[_Column]:
    """The questions of the form, the read-only titles, and columns of someone's own."""
    lang, fields = book.lang, table.spec.fields
    columns = [
        _Column(_marked(f, lang), _guidance(book, f), f.name, column_width(f), f) for f in fields
    ]
    if table.titles is not None:
        judul = book.form.table("usulan").field("judul").label(lang)
        label = say("workbook.read_only", lang, label=judul)
        columns.insert(1, _Column(label, "", "", WIDE, titles=table.titles))
    known = {question.name for question in fields}
    extras = dict.fromkeys(name for row in table.rows for name in row if name not in known)
    return [*columns, *(_Column(name, "", name, MIDDLE) for name in extras)]


def _write_heading_cells(book: FormBook, sheet: Worksheet, at: int, column: _Column) -> None:
    formats, question = book.formats, column.question
    head = formats.required if question and question.required else formats.optional
    sheet.write_string(_LABELS, at, column.label, head)
    sheet.write_string(_HINTS, at, column.hint, formats.hint)
    sheet.write_string(_CODES, at, column.code, formats.code)
    sheet.set_column(at, at, column.width)


def _write_row(  # noqa: PLR0913  a row is its place, its columns and what stands in it
    book: FormBook,
    sheet: Worksheet,
    number: int,
    columns: Sequence[_Column],
    row: Row,
    *,
    carried: bool = False,
) -> None:
    values = [column.value(row) for column in columns]
    for at, (column, value) in enumerate(zip(columns, values, strict=True)):
        if column.question and carried and value not in {None, ""}:
            look = book.formats.carried_to(column.question)
        elif column.question:
            look = book.formats.answer_to(column.question)
        else:
            look = book.formats.given if column.titles is not None else book.formats.answer
        book.write(sheet, (number, at), value, look)
    if row:
        cells = zip(map(str, values), (column.width for column in columns), strict=True)
        sheet.set_row(number, row_height(cells))


def _marked(question: Field, lang: str) -> str:
    return question.label(lang) + (" *" if question.required else "")


def _guidance(book: FormBook, question: Field) -> str:
    """The hint under a heading, or how the cell is answered; and when it is asked at all."""
    lang = book.lang
    hint = question.hints.get(lang) or how_to_write(question, lang)
    if not hint and choice_texts(question, lang):
        hint = say("workbook.choose", lang)
    return " ".join(part for part in (hint, only_if(question, book.form, lang)) if part)
