"""Write the XLSForm workbook of a questionnaire from its Markdown twin, which is the one we edit.

    .venv/bin/python scripts/make_forms.py

The workbook is what KoboToolbox and ODK take; a test keeps both equal cell by cell.
"""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook

FORMS = Path(__file__).parents[1] / "ksd_toolkit" / "knowledge" / "form"
NAMES = ("pemetaan",)
_WIDTH = 24
_BAR = re.compile(r"(?<!\\)\|")
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date, so that the same form gives the same file


def main() -> None:
    """Write every form's workbook beside its Markdown file."""
    for name in NAMES:
        text = (FORMS / f"{name}.md").read_text(encoding="utf-8")
        (FORMS / f"{name}.xlsx").write_bytes(form_workbook(text))


def form_workbook(text: str) -> bytes:
    """An XLSForm in Markdown as the bytes of a workbook; every cell is text."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _EPOCH})
    head = book.add_format({"bold": True, "bg_color": "#DCEBEC", "text_wrap": True})
    plain = book.add_format({"num_format": "@"})
    for name, rows in form_sheets(text).items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, len(rows[0]) - 1, _WIDTH, plain)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell, plain if number else head)
    book.close()
    return buffer.getvalue()


def form_sheets(text: str) -> dict[str, list[list[str]]]:
    """The rows of each sheet, header first: `| survey |` opens one, its rows start with `| |`."""
    sheets: dict[str, list[list[str]]] = {}
    for line in filter(lambda line: line.startswith("|"), text.splitlines()):
        name, *cells = (cell.strip().replace(r"\|", "|") for cell in _BAR.split(line.strip())[1:-1])
        if name and not name.startswith("---"):
            sheets[name] = []
        elif not name:
            sheets[[*sheets][-1]].append(cells)
    return sheets


if __name__ == "__main__":
    main()
