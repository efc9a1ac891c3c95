"""The first two sheets of the register of agreements: whose it is, and how it is filled and put back."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.messages import count, date_text, say
from ksd_toolkit.publishing.agreement_book import HEAD, AgreementBook
from ksd_toolkit.publishing.questionnaire_checks import how_to_write
from ksd_toolkit.publishing.questionnaire_style import choice_text, row_height
from ksd_toolkit.questionnaire import Field, TableSpec
from ksd_toolkit.register.agreement_rows import AgreementRows

_COVER_WIDTHS: Final = (20, 78, 12)
_COVER_HEADS: Final = ("cover_sheets", "cover_titles", "cover_rows")
_NOTE_WIDTHS: Final = (12, 34, 10, 24, 70)
_NOTE_HEADS: Final = ("sheet", "heading", "required", "code", "allowed")
_NOTE_LINES: Final = 130  # letters on a line across the notes
_STEPS: Final = ("lists", "dates", "money", "missing", "keys", "own", "many", "names", "back")
_MANY: Final = 24  # choices; more are in the dropdown only


def write_cover(book: AgreementBook, tables: Sequence[AgreementRows]) -> None:
    """Whose register it is, of which day, which sheets there are, and what is not in them."""
    lang = book.lang
    day = date_text(book.dossier.tanggal_acuan, lang)
    lead = book.say("lead", day=day, name=book.dossier.name)
    sheet = book.sheet(book.say("cover_sheet"), book.title, lead, _COVER_WIDTHS)
    _row(book, sheet, HEAD, [say(f"publishing.{name}", lang) for name in _COVER_HEADS], heads=True)
    for row, table in enumerate(tables, start=HEAD + 1):
        spec = book.form.table(table.table)
        title = f"{spec.labels[lang]}. {spec.hints[lang]}"
        texts = [spec.name, title, count(len(table.rows), lang)]
        _row(book, sheet, row, texts)
        sheet.set_row(row, row_height(list(zip(texts, _COVER_WIDTHS, strict=True))))
    for number, text in enumerate(_remarks(book, tables), start=HEAD + len(tables) + 2):
        sheet.write_string(number, 0, text)


def _remarks(book: AgreementBook, tables: Sequence[AgreementRows]) -> list[str]:
    """Rows of the files that are not in the workbook, so that nobody misses them unseen."""
    return [
        book.say("held", table=table.table, file=table.file, n=count(table.held, book.lang))
        for table in tables
        if table.held
    ]


def write_notes(book: AgreementBook) -> None:
    """How the register is kept and put back, then every column with what it may hold."""
    sheet = book.sheet(book.say("notes_sheet"), book.say("notes_title"), "", _NOTE_WIDTHS)
    row = HEAD
    for number, step in enumerate(_STEPS, start=1):
        text = book.say(f"how_{step}", dossier=book.dossier.name)
        for line in wrap(f"{number}. {text}", _NOTE_LINES, subsequent_indent="   "):
            sheet.write_string(row, 0, line)
            row += 1
    _row(book, sheet, row + 1, [book.say(f"column_{name}") for name in _NOTE_HEADS], heads=True)
    asked = [(spec, question) for spec in book.form.tables for question in spec.fields]
    for number, (spec, question) in enumerate(asked, start=row + 2):
        texts = _note_of(book, spec, question)
        _row(book, sheet, number, texts)
        sheet.set_row(number, row_height(list(zip(texts, _NOTE_WIDTHS, strict=True))))


def _note_of(book: AgreementBook, spec: TableSpec, question: Field) -> list[str]:
    required = book.say("required") if question.required else ""
    allowed = _allowed(book, question)
    return [spec.name, question.label(book.lang), required, question.name, allowed]


def _allowed(book: AgreementBook, question: Field) -> str:
    """What a column may hold: its hint, its choices, or the kind of answer."""
    hint = question.hints.get(book.lang, "")
    if question.choices:
        few = question.choices[:_MANY]
        told = "; ".join(choice_text(choice, book.lang) for choice in few)
        told += "; \u2026" if len(few) < len(question.choices) else ""
    else:
        told = how_to_write(question, book.lang) or book.say(f"kind_{question.type}")
    return f"{hint} {told}".strip()


def _row(
    book: AgreementBook, sheet: Worksheet, row: int, texts: Sequence[str], *, heads: bool = False
) -> None:
    look = book.formats.required if heads else book.formats.given
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, look)
