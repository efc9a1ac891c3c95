"""A form that people fill in, as a workbook in the making: its title, its pages, its guide and its cells.

Every text is written as text, and nothing in the file is a formula.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import language, say
from ksd_toolkit.publishing.questionnaire_style import (
    TITLE_ROWS,
    Formats,
    cut,
    row_height,
    set_up_page,
    write_head,
)

_OPTIONS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
_CELL: Final = 32_000
_GUIDE_WIDTH: Final = 110


class OfficeForm:
    """The workbook in the making; `words` is the table of messages its sentences stand in."""

    def __init__(self, dossier: Dossier, words: str) -> None:
        self.dossier, self.words = dossier, words
        self.lang = language(dossier.lang)
        self.buffer = io.BytesIO()
        self.book = Workbook(self.buffer, dict(_OPTIONS))
        self.title = self.say("title", region=dossier.region.name, period=dossier.period)
        created = datetime.combine(dossier.tanggal_acuan, time(), UTC)
        self.book.set_properties(
            {"title": self.title, "author": dossier.issuer.unit, "created": created}
        )
        self.formats = Formats.of(self.book)

    def say(self, code: str, **facts: object) -> str:
        """A sentence of this form in its language."""
        return say(f"{self.words}.{code}", self.lang, **facts)

    def sheet(self, name: str, lead: str, columns: int) -> Worksheet:
        """A sheet with the title, what to do, and the banner of simulated data."""
        banner = say("stamp.simulated", self.lang) if self.dossier.simulated else ""
        sheet = self.book.add_worksheet(name)
        set_up_page(sheet, banner, self.dossier.name)
        texts = (self.dossier.name, legible(self.title), lead, banner)
        write_head(sheet, self.formats, texts, columns)
        return sheet

    def guide(self, names: Sequence[str], facts: Mapping[str, Mapping[str, str]]) -> None:
        """How to fill in each sheet: a sentence a name, some with facts."""
        sheet = self.sheet(self.say("guide_sheet"), "", 1)
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        for row, name in enumerate(names, start=TITLE_ROWS + 1):
            text = self.say(f"guide_{name}", **facts.get(name, {}))
            sheet.write_string(row, 0, text, self.formats.body)
            sheet.set_row(row, row_height([(text, _GUIDE_WIDTH)]))

    def finished(self) -> bytes:
        """The bytes of the file."""
        self.book.close()
        return self.buffer.getvalue()


def write_cell(sheet: Worksheet, place: tuple[int, int], value: Any, look: Format) -> None:
    """A value as what it is: text, date or number; nothing where it is blank."""
    if value is None or pd.isna(value) or value == "":
        sheet.write_blank(*place, None, look)
    elif isinstance(value, str):
        sheet.write_string(*place, cut(legible(value), _CELL), look)
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), look)
    else:
        sheet.write_number(*place, float(value), look)
