"""Build the workbooks people fill: one for an office, one with a sheet per member of the TKKSD."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, product
from typing import Final

from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_style import (
    MIDDLE,
    NARROW,
    TITLE_ROWS,
    WIDE,
    FormBook,
    Typed,
    add_validation,
    choice_text,
    choice_texts,
    column_width,
    row_height,
)
from ksd_toolkit.questionnaire import Field, TableSpec
from ksd_toolkit.questionnaire.reading import TKKSD

Row = Mapping[str, Typed]

_LABELS, _HINTS, _CODES = TITLE_ROWS, TITLE_ROWS + 1, TITLE_ROWS + 2
_FIRST: Final = _CODES + 1
_BLANK_ROWS: Final = {"usulan": 40, "mitra": 80, "nilai": 720}  # 40 usulan x 9 criteria x 2 PPKSD
_FROZEN_COLUMNS: Final = {"usulan": 2, "mitra": 2, "nilai": 3}
_PAGES_WIDE: Final = {"usulan": 6}
_GUIDE_COLUMNS: Final = (26, 27, 27, 27, 27, 27)
_AIR: Final = 5  # points added to the rows of a record
_MAX_NAME: Final = 90


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one score of one criterion means, in both languages.

    Source:
        `knowledge/anchors.csv`, column `sumber`.
    """

    kriteria_kode: str
    skor: int
    texts: Mapping[str, str]


@cache
def read_anchors() -> tuple[Anchor, ...]:
    """The meaning of every score, by criterion."""
    with files("ksd_toolkit.knowledge").joinpath("anchors.csv").open(encoding="utf-8") as source:
        return tuple(
            Anchor(
                row["kriteria_kode"],
                int(row["skor"]),
                {"id": row["jangkar"], "en": row["anchor"]},
            )
            for row in csv.DictReader(source)
        )


def office_workbook(
    dossier: Dossier, opd_kode: str, rows: Mapping[str, Sequence[Row]] | None = None
) -> bytes:
    """The workbook one office fills, as the bytes of an XLSX file.

    Args:
        dossier: The region and period it belongs to.
        opd_kode: An office of `dossier.offices`.
        rows: What already stands in it: table name -> rows of field -> value as typed. A field the
            form does not know becomes an extra column.
    """
    content = rows or {}
    office = dossier.offices.loc[opd_kode]
    given = {
        "opd_kode": opd_kode,
        "opd_nama": str(office["opd_nama"]),
        "urusan_opd": str(office["urusan"]).replace(";", "; "),
    }
    book = FormBook(dossier, opd_kode)
    record, *tables = (book.form.table(name) for name in ("opd", "usulan", "mitra", "nilai"))
    _write_guide(book, [record, *tables], _how_to_fill(book, opd_kode))
    _write_record(book, record, {**given, **next(iter(content.get("opd", ())), {})})
    for table in tables:
        _write_table(book, _Table(table, content.get(table.name, ())))
    return book.finish()


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
    _write_guide(book, [table], _how_to_score(book))
    for member in members:
        written = (rows or {}).get(member)
        if written is None:
            written = _blank_scores(table, member, usulan, book.lang)
        _write_table(book, _Table(table, written, member, usulan))
    return book.finish()


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


# --- the guide -----------------------------------------------------------------------------


def _write_guide(book: FormBook, tables: Sequence[TableSpec], how_to: Sequence[str]) -> None:
    """The first sheet: what to fill, how to answer, the anchors of the scores, the lists of codes."""
    region, period, lang = book.dossier.region.name, book.dossier.period, book.lang
    sheet = book.add_sheet(
        say("workbook.guide_sheet", lang),
        say("workbook.guide_title", lang),
        say("workbook.guide_lead", lang, region=region, period=period),
    )
    for column, width in enumerate(_GUIDE_COLUMNS):
        sheet.set_column(column, column, width)
    named = [(t.name, f"{t.labels[lang]}. {t.hints.get(lang, '')}") for t in tables]
    row = TITLE_ROWS + 1
    row = _write_lines(book, sheet, row, say("workbook.sheets_heading", lang), named)
    steps = [(str(number), text) for number, text in enumerate(how_to, start=1)]
    row = _write_lines(book, sheet, row, say("workbook.answers_heading", lang), steps)
    row = _write_anchors(book, sheet, row)
    for heading, codes in _code_lists(tables, lang):
        row = _write_lines(book, sheet, row, heading, codes)


def _how_to_fill(book: FormBook, example: str) -> list[str]:
    hows = ("lists", "missing", "money", "dates", "keys", "raters", "return")
    return [say(f"workbook.how_{how}", book.lang, example=example) for how in hows]


def _how_to_score(book: FormBook) -> list[str]:
    return [say(f"workbook.how_{how}", book.lang) for how in ("members", "missing", "return")]


def _write_lines(
    book: FormBook, sheet: Worksheet, row: int, heading: str, lines: Sequence[tuple[str, str]]
) -> int:
    """A heading, then a line per name and text; returns the row after them and a gap."""
    row = _write_heading(book, sheet, row, heading)
    last = len(_GUIDE_COLUMNS) - 1
    for name, text in lines:
        sheet.write_string(row, 0, name, book.formats.question)
        sheet.merge_range(row, 1, row, last, "", book.formats.body)
        sheet.write_string(row, 1, text, book.formats.body)
        sheet.set_row(row, row_height([(text, sum(_GUIDE_COLUMNS[1:]))]))
        row += 1
    return row + 1


def _write_heading(book: FormBook, sheet: Worksheet, row: int, text: str) -> int:
    for column in range(len(_GUIDE_COLUMNS)):
        sheet.write_blank(row, column, None, book.formats.heading)
    sheet.write_string(row, 0, text, book.formats.heading)
    return row + 1


def _write_anchors(book: FormBook, sheet: Worksheet, row: int) -> int:
    """A row per criterion, a column per score."""
    formats, lang = book.formats, book.lang
    row = _write_heading(book, sheet, row, say("workbook.anchors_heading", lang))
    sheet.write_string(row, 0, say("workbook.anchors_criterion", lang), formats.required)
    top = row
    for criterion in book.form.table("nilai").field("kriteria_kode").choices:
        row += 1
        label = choice_text(criterion, lang)
        texts = {a.skor: a.texts[lang] for a in read_anchors() if a.kriteria_kode == criterion.code}
        sheet.write_string(row, 0, label, formats.question)
        for score, text in texts.items():
            sheet.write_number(top, score, score, formats.score)
            sheet.write_string(row, score, text, formats.answer)
        cells = [(text, _GUIDE_COLUMNS[1]) for text in (label, *texts.values())]
        sheet.set_row(row, row_height(cells))
    return row + 2


def _code_lists(
    tables: Sequence[TableSpec], lang: str
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The codes of every question that takes several, since no dropdown can offer them."""
    shown: set[tuple[str, ...]] = set()
    for question in chain.from_iterable(table.fields for table in tables):
        codes = tuple(choice.code for choice in question.choices)
        if question.type == "select_multiple" and codes not in shown:
            shown.add(codes)
            heading = f"{say('workbook.codes_heading', lang)}: {question.label(lang)}"
            yield heading, [(choice.code, choice.labels[lang]) for choice in question.choices]


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
        hint = _guidance(question, lang)
        sheet.write_string(row, 3, hint, formats.hint)
        sheet.set_row(
            row, row_height([(hint, 2 * WIDE), (str(record.get(question.name, "")), WIDE)]) + _AIR
        )
        add_validation(sheet, (row, 2, row, 2), question, book.source_of(question), lang)
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
    sheet = book.add_sheet(table.member or name, title, lead, pages_wide=_PAGES_WIDE.get(name, 1))
    columns = _columns(book, table)
    for at, column in enumerate(columns):
        _write_heading_cells(book, sheet, at, column)
        if question := column.question:
            area = (_FIRST, at, table.last, at)
            add_validation(sheet, area, question, book.source_of(question), lang)
    sheet.set_row(_LABELS, row_height([], least=4))
    sheet.set_row(_HINTS, row_height([], least=3))
    for number in range(_FIRST, table.last + 1):
        offset = number - _FIRST
        row = table.rows[offset] if offset < len(table.rows) else {}
        _write_row(book, sheet, number, columns, row)
    sheet.freeze_panes(_FIRST, _FROZEN_COLUMNS[name] + (table.titles is not None))
    sheet.repeat_rows(_LABELS, _CODES)
    sheet.repeat_columns(0, _FROZEN_COLUMNS[name] - 1)
    sheet.autofilter(_CODES, 0, table.last, len(columns) - 1)


def _columns(book: FormBook, table: _Table) -> list[_Column]:
    """The questions of the form, the read-only titles, and columns of someone's own."""
    lang, fields = book.lang, table.spec.fields
    columns = [
        _Column(_marked(f, lang), _guidance(f, lang), f.name, column_width(f), f) for f in fields
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


def _write_row(
    book: FormBook, sheet: Worksheet, number: int, columns: Sequence[_Column], row: Row
) -> None:
    values = [column.value(row) for column in columns]
    for at, (column, value) in enumerate(zip(columns, values, strict=True)):
        if column.question:
            look = book.formats.answer_to(column.question)
        else:
            look = book.formats.given if column.titles is not None else book.formats.answer
        book.write(sheet, (number, at), value, look)
    if row:
        cells = zip(map(str, values), (column.width for column in columns), strict=True)
        sheet.set_row(number, row_height(cells))


def _marked(question: Field, lang: str) -> str:
    return question.label(lang) + (" *" if question.required else "")


def _guidance(question: Field, lang: str) -> str:
    """The hint under a heading; where the form gives none, how the cell is answered."""
    if hint := question.hints.get(lang):
        return hint
    return say("workbook.choose", lang) if choice_texts(question, lang) else ""
