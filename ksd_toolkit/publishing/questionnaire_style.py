"""The paper of a questionnaire: how its cells look, how wide they are and what they offer."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, Self

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.questionnaire import Field
from ksd_toolkit.questionnaire.form import Choice

TEAL: Final = "#0B4F57"
PALE_TEAL: Final = "#DCEBEC"
ACCENT: Final = "#B3541E"
PALE_ACCENT: Final = "#FBE9DF"
GREY: Final = "#6B7280"
LINE: Final = "#B8C4C6"
SAND: Final = "#FBF3D5"

Typed = str | int | float | date | None
"""A cell as a person would type it: `Rp 1,2 miliar`, 3, a date, or nothing."""

TITLE_ROWS: Final = 4  # small print, title, guidance, banner
NARROW, MIDDLE, WIDE = 11, 22, 42  # widths in characters
_WIDE_TEXTS: Final = frozenset(
    {
        "judul", "uraian", "bukti_uraian", "unsur_pihak", "unsur_interaksi", "unsur_tujuan",
        "rpjmd_ref", "rkpd_ref", "renstra_ref", "indikator", "kontribusi", "alasan", "bukti",
    }
)  # fmt: skip
_SMALL_RANGE: Final = range(11)
_LINE_POINTS, _MAX_POINTS = 13, 400  # height of a line, and of the highest row Excel draws


@dataclass(frozen=True, slots=True)
class Formats:
    """Every cell format of a questionnaire workbook."""

    small: Format
    title: Format
    banner: Format
    lead: Format
    body: Format
    heading: Format
    required: Format
    optional: Format
    hint: Format
    code: Format
    score: Format
    question: Format
    free: Format
    answer: Format
    answer_text: Format
    answer_date: Format
    answer_centre: Format
    answer_money: Format
    answer_percent: Format
    given: Format
    carried: Format
    carried_text: Format

    @classmethod
    def of(cls, book: Workbook) -> Self:
        """The formats, registered with `book`."""
        return cls(*(book.add_format({**_BASE, **_LOOKS[part.name]}) for part in fields(cls)))

    def answer_to(self, question: Field) -> Format:
        """The format of a cell in which `question` is answered."""
        if question.type == "date":
            return self.answer_date
        if scale_of(question):
            return self.answer_centre
        if question.format == "money":
            return self.answer_money
        if question.format == "percent":
            return self.answer_percent
        return self.answer_text if is_text_cell(question) else self.answer

    def carried_to(self, question: Field) -> Format:
        """The format of a cell that was filled from last year and waits to be looked at again."""
        return self.carried_text if is_text_cell(question) else self.carried


_BASE: Final = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_BOXED: Final = {"border": 1, "border_color": LINE, "text_wrap": True}
_HEAD: Final = {**_BOXED, "bold": True, "font_color": "#FFFFFF", "valign": "vcenter"}
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "small": {"font_size": 8, "font_color": GREY},
    "title": {"font_size": 16, "bold": True, "font_color": TEAL, "valign": "vcenter"},
    "banner": {"bold": True, "font_color": ACCENT, "bg_color": PALE_ACCENT, "valign": "vcenter"},
    "lead": {"italic": True, "font_color": GREY},
    "body": {"text_wrap": True},
    "heading": {
        "bold": True,
        "font_size": 12,
        "font_color": TEAL,
        "bottom": 2,
        "bottom_color": TEAL,
    },
    "required": {**_HEAD, "bg_color": TEAL},
    "optional": {**_HEAD, "bg_color": "#3F7C84"},
    "hint": {**_BOXED, "font_size": 8, "italic": True, "bg_color": PALE_TEAL},
    "code": {**_BOXED, "font_size": 7, "font_color": GREY, "bg_color": "#F3F4F6"},
    "question": {**_BOXED, "bold": True, "bg_color": PALE_TEAL},
    "free": {"locked": False},
    "answer": {**_BOXED, "locked": False},
    "answer_text": {**_BOXED, "locked": False, "num_format": "@"},
    "answer_date": {**_BOXED, "locked": False, "num_format": "d mmmm yyyy", "align": "left"},
    "score": {**_HEAD, "bg_color": TEAL, "align": "center"},
    "answer_centre": {**_BOXED, "locked": False, "align": "center"},
    "answer_money": {**_BOXED, "locked": False, "num_format": "#,##0"},
    "answer_percent": {**_BOXED, "locked": False, "num_format": "0.0%"},
    "carried": {**_BOXED, "locked": False, "bg_color": SAND},
    "carried_text": {**_BOXED, "locked": False, "bg_color": SAND, "num_format": "@"},
    "given": {**_BOXED, "num_format": "@", "font_color": GREY, "bg_color": "#F3F4F6"},
}


def is_text_cell(question: Field) -> bool:
    """Whether the cell is formatted as text, so that 2.10 and a long number stay what they are.

    Sentences are left out: spreadsheets show a text cell of over 255 characters as `####`.
    """
    if question.type in {"select_one", "select_multiple"}:
        return not scale_of(question)
    return question.type == "text" and question.name not in _WIDE_TEXTS


def column_width(question: Field) -> int:
    """The width of the column of `question`."""
    if question.name in _WIDE_TEXTS:
        return WIDE
    if question.key and question.type == "text":
        return NARROW + 8  # `BAPPELITBANGDA-01` on one line
    if scale_of(question) or question.type in {"integer", "date"} or question.key:
        return MIDDLE + 8 if question.key and question.type == "select_one" else NARROW + 3
    return MIDDLE


def row_height(cells: Iterable[tuple[str, int]], least: int = 1) -> float:
    """The height, in points, that shows every text in a column of that width."""
    lines = (math.ceil(len(text) * 1.05 / width) for text, width in cells)
    return min(_MAX_POINTS, 3 + _LINE_POINTS * max(least, *lines, 1))


def scale_of(question: Field) -> tuple[str | int, ...]:
    """The figures a scale offers, TT and TB with it: from its choices or from its rule; else none."""
    codes = [choice.code for choice in question.choices]
    if codes and question.type == "select_one":
        plain = all(code.isdigit() or code in {"TT", "TB"} for code in codes)
        return tuple(int(code) if code.isdigit() else code for code in codes) if plain else ()
    if question.type != "integer" or question.rule is None:
        return ()
    inside = [number for number in _SMALL_RANGE if question.rule.holds(number)]
    bounded = inside and inside[-1] < _SMALL_RANGE[-1]
    return (*inside, "TT", "TB") if bounded else ()


def choice_texts(question: Field, lang: str) -> tuple[str | int, ...]:
    """What a dropdown offers: figures of a scale, else `1.02 Kesehatan` or the label alone."""
    if scale := scale_of(question):
        return scale
    if question.type != "select_one":
        return ()
    return tuple(choice_text(choice, lang) for choice in question.choices)


def choice_text(choice: Choice, lang: str) -> str:
    """A code people know stands before its label (`1.02 Kesehatan`); a mere key (`potensi`) does not."""
    label = in_language(choice.labels, lang, choice.code)
    return f"{choice.code} {label}" if choice.code == choice.code.upper() else label


def in_language(texts: Mapping[str, str], lang: str, otherwise: str) -> str:
    """A text of the form in one language; in Indonesian where an office wrote no other."""
    return texts.get(lang) or texts.get("id") or otherwise


def cut(text: str, limit: int) -> str:
    """At most `limit` letters of a text, an ellipsis where it goes on."""
    return text if len(text) <= limit else text[: limit - 1] + "\u2026"


def set_up_page(sheet: Worksheet, banner: str, foot: str, *, pages_wide: int = 1) -> None:
    """Landscape, fitted to the width, the banner on top and the form's identity at the foot."""
    sheet.set_landscape()
    sheet.set_paper(8 if pages_wide > 1 else 9)  # A3 for the widest table, else A4
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_header("&C&B" + _plain(banner) if banner else "")
    sheet.set_footer(f"&L&8{_plain(foot)}&R&8&P / &N")
    sheet.hide_gridlines(2)


def write_head(
    sheet: Worksheet, formats: Formats, texts: tuple[str, str, str, str], columns: int
) -> None:
    """Small print, title, guidance and banner in the first four rows; the banner is `columns` wide, if any."""
    small, title, lead, banner = texts
    sheet.write_string(0, 0, small, formats.small)
    sheet.set_row(1, 26)
    sheet.write_string(1, 0, title, formats.title)
    sheet.write_string(2, 0, lead, formats.lead)
    if not banner:
        return
    for column in range(1, columns):
        sheet.write_blank(3, column, None, formats.banner)
    sheet.write_string(3, 0, banner, formats.banner)


def _plain(text: str) -> str:
    """Text whose `&` is no code of a header or footer, within Excel's limit for the three parts."""
    return cut(text, 200).replace("&", "&&")
