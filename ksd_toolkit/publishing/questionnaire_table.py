"""A sheet with many rows: an office's usulan, partners or scores, or the scores of one member."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_book import FormBook
from ksd_toolkit.publishing.questionnaire_checks import Source, how_to_write, only_if, scale_ends
from ksd_toolkit.publishing.questionnaire_style import (
    MIDDLE,
    NARROW,
    TITLE_ROWS,
    WIDE,
    Formats,
    Typed,
    choice_texts,
    column_width,
    row_height,
)
from ksd_toolkit.questionnaire import Field, TableSpec

Row = Mapping[str, Typed]
Computed = Mapping[tuple[str, str], tuple[Typed, str]]
"""A proposed score and its reason, by `usulan_id` and criterion as the row names it."""

_LABELS, _HINTS, _CODES = TITLE_ROWS, TITLE_ROWS + 1, TITLE_ROWS + 2
_FIRST: Final = _CODES + 1
_BLANK_ROWS: Final = {"usulan": 40, "mitra": 80, "nilai": 720}  # 40 usulan x 9 criteria x 2 PPKSD
_FROZEN_COLUMNS: Final = {"usulan": 2, "mitra": 2, "nilai": 3}
_PAGES_WIDE: Final = {"usulan": 6}
_SPARE_COLUMNS: Final = 40  # beside the table, for an office's own
_ALLOWED: Final = (
    "insert_rows", "insert_columns", "delete_rows", "sort", "autofilter", "format_cells",
    "format_columns", "format_rows", "insert_hyperlinks", "objects",
)  # fmt: skip
"""What an office may do to a table whose headings are locked; every other cell is its own."""
_SCORE: Final = "skor"
_RATERS: Final = ("OPD-1", "OPD-2")  # the two PPKSD of an office


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet with many rows: an office's table, or the scores of one member beside the titles.

    `computed` are values that computation proposes, shown beside the answers and never read.
    """

    spec: TableSpec
    rows: Sequence[Row]
    member: str = ""
    titles: Mapping[str, str] | None = None
    carried: int = 0
    computed: Computed | None = None

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
    told: Callable[[Row], Typed] | None = None

    def value(self, row: Row) -> Typed:
        """What stands in this column of `row`; of a column for reading only, what is told there."""
        return self.told(row) if self.told is not None else row.get(self.code)


def write_table(book: FormBook, table: TableSheet) -> None:
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
    looked = [(column, *_looks(book.formats, column)) for column in columns]
    for number in range(_FIRST, table.last + 1):
        offset = number - _FIRST
        row = table.rows[offset] if offset < len(table.rows) else {}
        _write_row(book, sheet, number, looked, row, carried=offset < table.carried)
    sheet.freeze_panes(_FIRST, _FROZEN_COLUMNS[name] + (table.titles is not None))
    sheet.repeat_rows(_LABELS, _CODES)
    sheet.repeat_columns(0, _FROZEN_COLUMNS[name] - 1)
    sheet.autofilter(_CODES, 0, table.last, len(columns) - 1)
    sheet.set_column(len(columns), len(columns) + _SPARE_COLUMNS - 1, None, book.formats.free)
    sheet.protect("", dict.fromkeys(_ALLOWED, True))


def _source(book: FormBook, table: TableSheet, question: Field) -> Source:
    """What the dropdown of a column offers; the keys of an office's own usulan and raters too."""
    if not table.member and question.name == "usulan_id" and table.spec.name != "usulan":
        last = _FIRST + _BLANK_ROWS["usulan"]
        return Source(f"=usulan!$A${_FIRST + 1}:$A${last}", may_grow=True)
    if not table.member and question.name == "penilai":
        return replace(book.list_of(_RATERS), may_grow=True)
    return book.source_of(question)


def _columns(book: FormBook, table: TableSheet) -> list[_Column]:
    """The questions of the form, the read-only titles, and columns of someone's own."""
    lang, fields = book.lang, table.spec.fields
    columns = [
        _Column(marked(f, lang), _hint(book, table, f), f.name, column_width(f), f) for f in fields
    ]
    if table.computed is not None:
        answer = next(at for at, column in enumerate(columns) if column.code == _SCORE)
        columns[answer + 1 : answer + 1] = _computed_columns(table.computed, lang)
    if titles := table.titles:
        judul = book.form.table("usulan").field("judul").label(lang)
        label = say("workbook.read_only", lang, label=judul)
        columns.insert(
            1,
            _Column(
                label, "", "", WIDE, told=lambda row: titles.get(str(row.get("usulan_id")), "")
            ),
        )
    known = {question.name for question in fields}
    extras = dict.fromkeys(name for row in table.rows for name in row if name not in known)
    return [*columns, *(_Column(name, "", name, MIDDLE) for name in extras)]


def _computed_columns(computed: Computed, lang: str) -> list[_Column]:
    """What computation proposes and why, for reading only."""

    def told(part: int) -> Callable[[Row], Typed]:
        nothing: tuple[Typed, str] = ("", "")
        return lambda row: computed.get(
            (str(row.get("usulan_id")), str(row.get("kriteria_kode"))), nothing
        )[part]

    labels = [
        say("workbook.read_only", lang, label=say(f"inst.{name}", lang))
        for name in ("computed", "computed_why")
    ]
    hint = say("inst.computed_hint", lang)
    return [
        _Column(labels[0], hint, "", NARROW, told=told(0)),
        _Column(labels[1], "", "", WIDE, told=told(1)),
    ]


def _hint(book: FormBook, table: TableSheet, question: Field) -> str:
    """The hint under a heading; the keys on the sheet of a member are filled in already."""
    if table.member and question.key:
        return say("workbook.prefilled", book.lang)
    return guidance(book, question)


def _write_heading_cells(book: FormBook, sheet: Worksheet, at: int, column: _Column) -> None:
    formats, question = book.formats, column.question
    head = formats.required if question and question.required else formats.optional
    sheet.write_string(_LABELS, at, column.label, head)
    sheet.write_string(_HINTS, at, column.hint, formats.hint)
    sheet.write_string(_CODES, at, column.code, formats.code)
    sheet.set_column(at, at, column.width, formats.free)


def _looks(formats: Formats, column: _Column) -> tuple[Format, Format]:
    """How an answer looks in a column, and how one that was carried over."""
    if column.question:
        return formats.answer_to(column.question), formats.carried_to(column.question)
    look = formats.given if column.told is not None else formats.answer
    return look, look


def _write_row(  # noqa: PLR0913  a row is its place, its columns and what stands in it
    book: FormBook,
    sheet: Worksheet,
    number: int,
    looked: Sequence[tuple[_Column, Format, Format]],
    row: Row,
    *,
    carried: bool = False,
) -> None:
    values = [column.value(row) for column, _, _ in looked]
    for at, ((_, own, kept), value) in enumerate(zip(looked, values, strict=True)):
        is_kept = carried and value not in {None, ""}
        book.write(sheet, (number, at), value, kept if is_kept else own)
    if row:
        widths = (column.width for column, _, _ in looked)
        sheet.set_row(number, row_height(zip(map(str, values), widths, strict=True)))


def marked(question: Field, lang: str) -> str:
    """The question as asked, with a star where an answer is required."""
    return question.label(lang) + (" *" if question.required else "")


def guidance(book: FormBook, question: Field) -> str:
    """The hint under a heading, or how the cell is answered; and when it is asked at all."""
    lang = book.lang
    hint = question.hints.get(lang) or how_to_write(question, lang) or scale_ends(question, lang)
    if not hint and choice_texts(question, lang):
        hint = say("workbook.choose", lang)
    return " ".join(part for part in (hint, only_if(question, book.form, lang)) if part)
