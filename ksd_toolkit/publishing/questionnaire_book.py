"""A questionnaire workbook in the making: its sheets, its choice lists, and how the file names itself."""

import io
import re
from datetime import UTC, date, datetime, time
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_checks import Source, only_if, validation
from ksd_toolkit.publishing.questionnaire_style import (
    Formats,
    Typed,
    choice_texts,
    cut,
    set_up_page,
    write_head,
)
from ksd_toolkit.questionnaire import Field, Form, form_of
from ksd_toolkit.questionnaire.prefilled import PREFILLED
from ksd_toolkit.questionnaire.reading import META_SHEET

Area = tuple[int, int, int, int]
"""First row and column, last row and column, counted from zero."""

CHOICES_SHEET: Final = "_pilihan"
_NOT_IN_NAMES: Final = re.compile(r"[^\w.]")
_MAX_NAME: Final = 255
_MAX_CELL: Final = 32_767  # letters in one cell
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
        self.form: Form = form_of(dossier)
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
        self.named: set[str] = set()

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

    def add_sheet(
        self, name: str, title: str, lead: str, *, pages_wide: int = 1, columns: int = 4
    ) -> Worksheet:
        """A sheet with small print, title, guidance and banner; the banner is `columns` wide."""
        sheet = self.book.add_worksheet(name)
        set_up_page(sheet, self.banner, self.small_print, pages_wide=pages_wide)
        write_head(sheet, self.formats, (self.small_print, title, lead, self.banner), columns)
        return sheet

    def source_of(self, question: Field) -> Source:
        """The range of the hidden sheet that holds the dropdown of `question`; nothing without one."""
        return self.list_of(choice_texts(question, self.lang))

    def list_of(self, texts: tuple[str | int, ...]) -> Source:
        """The range of the hidden sheet that holds these texts."""
        if not texts:
            return Source()
        column = xl_col_to_name(len(self.lists), col_abs=True)
        area = f"={CHOICES_SHEET}!{column}$1:{column}${len(texts)}"
        return Source(self.lists.setdefault(texts, area))

    def check(self, sheet: Worksheet, area: Area, question: Field, source: Source) -> None:
        """Give the cells of `area` the dropdown, length check or prompt of `question`."""
        condition = only_if(question, self.form, self.lang)
        if rule := validation(question, source, condition, self.lang):
            sheet.data_validation(*area, rule)

    def name_cells(self, name: str, sheet: str, area: Area) -> None:
        """Name the cells in which a question is answered: `q_` and the question, as Excel takes names."""
        allowed = cut(_NOT_IN_NAMES.sub("_", f"q_{name}"), _MAX_NAME)
        if allowed.casefold() not in self.named:  # two of one name, and Excel mends the file
            self.named.add(allowed.casefold())
            self.book.define_name(allowed, f"={sheet}!{xl_range_abs(*area)}")

    def write(self, sheet: Worksheet, place: tuple[int, int], value: Typed, look: Format) -> None:
        """One cell: numbers and dates stay numbers and dates, everything else is text."""
        if value is None or value == "":
            sheet.write_blank(*place, None, look)
        elif isinstance(value, date):
            sheet.write_datetime(*place, datetime.combine(value, time()), self.formats.answer_date)
        elif isinstance(value, int | float):
            part = 100 if look is self.formats.answer_percent else 1
            sheet.write_number(*place, value / part, look)
        else:
            sheet.write_string(*place, cut(value, _MAX_CELL), look)

    def finish(self, template: str, prefilled: str = "") -> bytes:
        """The bytes of the file, after the hidden sheets.

        Args:
            template: Which workbook this is: `opd-2`, `tkksd-2`.
            prefilled: The rows it is handed out with, as `prefilled_text` writes them.
        """
        choices = self.book.add_worksheet(CHOICES_SHEET)
        for column, texts in enumerate(self.lists):
            for row, text in enumerate(texts):
                self.write(choices, (row, column), text, self.formats.body)
        choices.very_hidden()
        meta = self.book.add_worksheet(META_SHEET)
        identity = {
            "form_id": self.form.form_id,
            "form_version": self.form.version,
            "form_sha256": self.form.sha256,
            "template": template,
            "region": self.dossier.region.code,
            "period": self.dossier.period,
            "sender": self.sender,
            PREFILLED: prefilled,
        }
        for row, (key, value) in enumerate(identity.items()):
            meta.write_string(row, 0, key)
            meta.write_string(row, 1, value)
        meta.very_hidden()
        self.book.close()
        return self.buffer.getvalue()
