"""The paper of a questionnaire: how its cells look, what they accept, and how the file names itself."""

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any, Final, Self

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import say
from ksd_toolkit.questionnaire import Field, Form, read_form
from ksd_toolkit.questionnaire.form import Choice
from ksd_toolkit.questionnaire.reading import META_SHEET

TEAL: Final = "#0B4F57"
PALE_TEAL: Final = "#DCEBEC"
ACCENT: Final = "#B3541E"
PALE_ACCENT: Final = "#FBE9DF"
GREY: Final = "#6B7280"
LINE: Final = "#B8C4C6"

Typed = str | int | float | date | None
"""A cell as a person would type it: `Rp 1,2 miliar`, 3, a date, or nothing."""

CHOICES_SHEET: Final = "_pilihan"
TITLE_ROWS: Final = 4  # small print, title, guidance, banner
NARROW, MIDDLE, WIDE = 11, 22, 42  # widths in characters
_WIDE_TEXTS: Final = frozenset(
    {
        "judul", "uraian", "bukti_uraian", "unsur_pihak", "unsur_interaksi", "unsur_tujuan",
        "rpjmd_ref", "rkpd_ref", "renstra_ref", "indikator", "kontribusi", "alasan", "bukti",
    }
)  # fmt: skip
_SMALL_RANGE: Final = range(11)
_BANNER_COLUMNS: Final = 4
_LINE_POINTS, _MAX_POINTS = 13, 400  # height of a line, and of the highest row Excel draws
_MAX_TITLE: Final = 32  # Excel's limits for the texts of a data validation
_MAX_MESSAGE: Final = 255


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
    answer: Format
    answer_text: Format
    answer_date: Format
    answer_centre: Format
    given: Format

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
        return self.answer_text if is_text_cell(question) else self.answer


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
    "answer": {**_BOXED, "locked": False},
    "answer_text": {**_BOXED, "locked": False, "num_format": "@"},
    "answer_date": {**_BOXED, "locked": False, "num_format": "d mmmm yyyy", "align": "left"},
    "score": {**_HEAD, "bg_color": TEAL, "align": "center"},
    "answer_centre": {**_BOXED, "locked": False, "align": "center"},
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
    label = choice.labels[lang]
    return f"{choice.code} {label}" if choice.code == choice.code.upper() else label


def add_validation(
    sheet: Worksheet, area: tuple[int, int, int, int], question: Field, source: str, lang: str
) -> None:
    """Give the cells of `area` (first row and column, last row and column) a dropdown or a prompt."""
    prompt = _prompt(question, lang)
    rule: dict[str, Any] = {"validate": "list", "source": source} if source else {"validate": "any"}
    if source:
        rule |= {
            "error_title": say("workbook.not_listed_title", lang),
            "error_message": say("workbook.not_listed", lang),
        }
    if prompt:
        rule |= {"input_title": _cut(question.label(lang), _MAX_TITLE), "input_message": prompt}
    if source or prompt:
        sheet.data_validation(*area, rule)


def _prompt(question: Field, lang: str) -> str:
    """The hint of a question, and what its figures or codes mean."""
    parts = [question.hints.get(lang, "")]
    if question.type == "select_multiple":
        codes = "; ".join(choice.code for choice in question.choices)
        parts.append(say("workbook.several", lang, codes=codes))
    elif question.choices and scale_of(question) and not parts[0]:
        parts.append("; ".join(f"{c.code} {c.labels[lang]}" for c in question.choices))
    elif question.choices and not parts[0]:
        parts.append(say("workbook.choose", lang))
    return _cut(" ".join(part for part in parts if part), _MAX_MESSAGE)


def _cut(text: str, limit: int) -> str:
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


def _plain(text: str) -> str:
    """Text whose `&` is no code of a header or footer, within Excel's limit for the three parts."""
    return _cut(text, 200).replace("&", "&&")


_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class FormBook:
    """A workbook in the making: its formats, the choice lists in use, and the form's identity."""

    def __init__(self, dossier: Dossier, sender: str) -> None:
        self.dossier, self.sender, self.lang = dossier, sender, dossier.lang
        self.form: Form = read_form("pemetaan")
        self.buffer = io.BytesIO()
        self.book = Workbook(self.buffer, dict(_OPTIONS))
        self.book.set_properties(
            {
                "title": say("workbook.guide_title", self.lang),
                "subject": self.small_print,
                "author": dossier.issuer.unit,
                "created": datetime.combine(dossier.tanggal_acuan, time(), UTC),
            }
        )
        self.formats = Formats.of(self.book)
        self.lists: dict[tuple[str | int, ...], str] = {}

    @property
    def small_print(self) -> str:
        """The line that tells form, region, period and sender when hidden sheets were lost."""
        return say(
            "workbook.small_print", self.lang,
            form_id=self.form.form_id, version=self.form.version,
            region=self.dossier.region.name, code=self.dossier.region.code,
            period=self.dossier.period, sender=self.sender,
        )  # fmt: skip

    @property
    def banner(self) -> str:
        """What is printed on every sheet of a simulated dossier."""
        return say("stamp.simulated", self.lang) if self.dossier.simulated else ""

    def add_sheet(self, name: str, title: str, lead: str, *, pages_wide: int = 1) -> Worksheet:
        """A sheet with small print, title, and banner or guidance in its first rows."""
        sheet = self.book.add_worksheet(name)
        set_up_page(sheet, self.banner, self.small_print, pages_wide=pages_wide)
        sheet.write_string(0, 0, self.small_print, self.formats.small)
        sheet.set_row(1, 26)
        sheet.write_string(1, 0, title, self.formats.title)
        sheet.write_string(2, 0, lead, self.formats.lead)
        if self.banner:
            for column in range(_BANNER_COLUMNS):
                sheet.write_blank(3, column, None, self.formats.banner)
            sheet.write_string(3, 0, self.banner, self.formats.banner)
        return sheet

    def source_of(self, question: Field) -> str:
        """The range of the hidden sheet that holds the dropdown of `question`; nothing without one."""
        texts = choice_texts(question, self.lang)
        if not texts:
            return ""
        column = xl_col_to_name(len(self.lists), col_abs=True)
        area = f"={CHOICES_SHEET}!{column}$1:{column}${len(texts)}"
        return self.lists.setdefault(texts, area)

    def write(self, sheet: Worksheet, place: tuple[int, int], value: Typed, look: Format) -> None:
        """One cell: numbers and dates stay numbers and dates, everything else is text."""
        if value is None or value == "":
            sheet.write_blank(*place, None, look)
        elif isinstance(value, date):
            sheet.write_datetime(*place, datetime.combine(value, time()), self.formats.answer_date)
        elif isinstance(value, int | float):
            sheet.write_number(*place, value, look)
        else:
            sheet.write_string(*place, value, look)

    def finish(self) -> bytes:
        """The bytes of the file, after the hidden sheets."""
        choices = self.book.add_worksheet(CHOICES_SHEET)
        for column, texts in enumerate(self.lists):
            for row, text in enumerate(texts):
                self.write(choices, (row, column), text, self.formats.body)
        choices.hide()
        meta = self.book.add_worksheet(META_SHEET)
        identity = {
            "form_id": self.form.form_id,
            "form_version": self.form.version,
            "region": self.dossier.region.code,
            "period": self.dossier.period,
            "sender": self.sender,
        }
        for row, (key, value) in enumerate(identity.items()):
            meta.write_string(row, 0, key)
            meta.write_string(row, 1, value)
        meta.very_hidden()
        self.book.close()
        return self.buffer.getvalue()
