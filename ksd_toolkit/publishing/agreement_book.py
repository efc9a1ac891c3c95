"""The workbook of the register of agreements in the making: its formats, its pages and its lists of choices."""

import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_checks import Source, validation
from ksd_toolkit.publishing.questionnaire_style import Formats, choice_texts, set_up_page
from ksd_toolkit.questionnaire import Field, read_form
from ksd_toolkit.questionnaire.agreement_files import FORM

TITLE, LEAD, BANNER, HEAD = range(4)
"""The rows a sheet begins with; the table's headings stand in the last of them."""
_OPTIONS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
_CHOICES: Final = "_pilihan"
_BANNER_COLUMNS: Final = 4
_PAGE_WIDTH: Final = 240  # characters on a landscape page that is still legible


class AgreementBook:
    """A workbook in the making; every text is written as text, and nothing is a formula."""

    def __init__(self, dossier: Dossier, lang: str) -> None:
        self.dossier, self.lang = dossier, lang
        self.form = read_form(FORM)
        self.buffer = io.BytesIO()
        self.book = Workbook(self.buffer, dict(_OPTIONS))
        self.title = self.say("title", region=dossier.region.name)
        created = datetime.combine(dossier.tanggal_acuan, time(), UTC)
        self.book.set_properties(
            {"title": self.title, "author": dossier.issuer.unit, "created": created}
        )
        self.formats = Formats.of(self.book)
        self.lists: dict[tuple[str | int, ...], str] = {}

    def say(self, code: str, **facts: object) -> str:
        """A sentence about the register in the workbook's language."""
        return say(f"agreement_files.{code}", self.lang, **facts)

    def sheet(self, name: str, title: str, lead: str, widths: Sequence[int]) -> Worksheet:
        """A sheet that begins with its title; the table stands under it."""
        banner = say("stamp.simulated", self.lang) if self.dossier.simulated else ""
        sheet = self.book.add_worksheet(name)
        wide = math.ceil(sum(widths) / _PAGE_WIDTH)
        set_up_page(sheet, banner, f"{self.title}, {self.dossier.name}", pages_wide=wide)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(TITLE, 0, title, self.formats.title)
        sheet.set_row(TITLE, 26)
        sheet.write_string(LEAD, 0, lead, self.formats.lead)
        for column in range(min(len(widths), _BANNER_COLUMNS) if banner else 0):
            sheet.write_string(BANNER, column, "" if column else banner, self.formats.banner)
        return sheet

    def check(self, sheet: Worksheet, area: tuple[int, int, int, int], question: Field) -> None:
        """The dropdown or prompt of a column."""
        texts = choice_texts(question, self.lang)
        column = xl_col_to_name(len(self.lists), col_abs=True)
        area_of_texts = f"={_CHOICES}!{column}$1:{column}${len(texts)}"
        source = Source(self.lists.setdefault(texts, area_of_texts)) if texts else Source()
        if rule := validation(question, source, "", self.lang):
            sheet.data_validation(*area, rule)

    def finish(self) -> bytes:
        """The bytes of the file, after the hidden sheet of choices."""
        choices = self.book.add_worksheet(_CHOICES)
        for column, texts in enumerate(self.lists):
            for row, text in enumerate(texts):
                choices.write_string(row, column, str(text))
        choices.very_hidden()
        self.book.close()
        return self.buffer.getvalue()
