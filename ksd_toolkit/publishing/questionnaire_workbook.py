"""Build the workbooks people fill: one for an office, one with a sheet per member of the TKKSD."""

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_book import FormBook
from ksd_toolkit.publishing.questionnaire_guide import how_to_fill, how_to_score, write_guide
from ksd_toolkit.publishing.questionnaire_style import (
    NARROW,
    TITLE_ROWS,
    WIDE,
    choice_text,
    row_height,
)
from ksd_toolkit.publishing.questionnaire_table import (
    Computed,
    Row,
    TableSheet,
    guidance,
    marked,
    write_table,
)
from ksd_toolkit.questionnaire import TableSpec
from ksd_toolkit.questionnaire.answer_sheet import KEY_SEPARATOR
from ksd_toolkit.questionnaire.prefilled import RowName, prefilled_text, row_mark
from ksd_toolkit.questionnaire.reading import TKKSD
from ksd_toolkit.questionnaire.values import as_text

Rows = Mapping[str, Sequence[Row]]

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
        write_table(book, TableSheet(table, mine, carried=len(first)))
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
    computed: Mapping[tuple[str, str], tuple[float, str]] | None = None,
) -> bytes:
    """The workbook of the TKKSD: a sheet per member with every usulan and criterion, scores blank.

    Args:
        dossier: The region and period it belongs to.
        members: Their names as raters, `TKKSD-1` and so on; each names its sheet.
        usulan: Title by `usulan_id`, in the order of the sheets.
        rows: What a member already wrote; replaces the blank rows of that member.
        computed: A value and its reason by `usulan_id` and code of the criterion, which computation
            proposes. They stand beside the answer, locked, and are never read back.
    """
    book = FormBook(dossier, TKKSD)
    table = book.form.table("nilai")
    write_guide(book, [table], how_to_score(book, computed=bool(computed)))
    beside = _by_text(computed, table, book.lang) if computed else None
    for member in members:
        written = (rows or {}).get(member)
        if written is None:
            written = _blank_scores(table, member, usulan, book.lang)
        write_table(book, TableSheet(table, written, member, usulan, computed=beside))
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


def _by_text(
    computed: Mapping[tuple[str, str], tuple[float, str]], table: TableSpec, lang: str
) -> Computed:
    """What is proposed by the criterion as rows name it: by its code, and as the dropdown shows it."""
    texts = {one.code: choice_text(one, lang) for one in table.field("kriteria_kode").choices}
    return {
        (usulan, name): told
        for (usulan, code), told in computed.items()
        for name in (code, texts.get(code, code))
    }


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
        sheet.write_string(row, 1, marked(question, lang), formats.question)
        book.write(sheet, (row, 2), record.get(question.name), look)
        hint = guidance(book, question)
        sheet.write_string(row, 3, hint, formats.hint)
        sheet.set_row(
            row, row_height([(hint, 2 * WIDE), (str(record.get(question.name, "")), WIDE)]) + _AIR
        )
        area = (row, 2, row, 2)
        book.check(sheet, area, question, book.source_of(question))
        book.name_cells(question.name, table.name, area)
    sheet.freeze_panes(TITLE_ROWS + 1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
