"""The first sheet of a questionnaire: what to fill, how to answer, the anchors of the scores, the codes."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_book import FormBook
from ksd_toolkit.publishing.questionnaire_style import (
    TITLE_ROWS,
    choice_text,
    in_language,
    row_height,
)
from ksd_toolkit.questionnaire import TableSpec
from ksd_toolkit.questionnaire.form import Choice

_GUIDE_COLUMNS: Final = (26, 27, 27, 27, 27, 27)


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


def write_guide(book: FormBook, tables: Sequence[TableSpec], how_to: Sequence[str]) -> None:
    """The first sheet: what to fill, how to answer, the anchors of the scores, the lists of codes."""
    region, period, lang = book.dossier.region.name, book.dossier.period, book.lang
    sheet = book.add_sheet(
        say("workbook.guide_sheet", lang),
        say("workbook.guide_title", lang),
        say("workbook.guide_lead", lang, region=region, period=period),
        columns=len(_GUIDE_COLUMNS),
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
    sheet.protect("", {"format_columns": True, "format_rows": True})


def how_to_fill(book: FormBook, example: str, *, carried: bool) -> list[str]:
    """The steps an office takes; `example` is its code."""
    hows = ["lists", "missing", "money", "dates", "keys", "raters", "return"]
    hows += ["carried"] if carried else []
    return [say(f"workbook.how_{how}", book.lang, example=example) for how in hows]


def how_to_score(book: FormBook, *, computed: bool) -> list[str]:
    """The steps a member of the TKKSD takes; `computed` values beside the answers are explained."""
    steps = [say(f"workbook.how_{how}", book.lang) for how in ("members", "missing", "return")]
    return [*steps[:1], say("inst.how_computed", book.lang), *steps[1:]] if computed else steps


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
        texts = _anchors_of(criterion, lang)
        sheet.write_string(row, 0, label, formats.question)
        for score, text in texts.items():
            sheet.write_number(top, score, score, formats.score)
            sheet.write_string(row, score, text, formats.answer)
        cells = [(text, _GUIDE_COLUMNS[1]) for text in (label, *texts.values())]
        sheet.set_row(row, row_height(cells))
    return row + 2


def _anchors_of(criterion: Choice, lang: str) -> dict[int, str]:
    """What each score of a criterion means: the toolkit's anchors, or those the dossier wrote."""
    known = {a.skor: a.texts[lang] for a in read_anchors() if a.kriteria_kode == criterion.code}
    return known or dict(criterion.anchors)


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
            yield (
                heading,
                [
                    (choice.code, in_language(choice.labels, lang, choice.code))
                    for choice in question.choices
                ],
            )
