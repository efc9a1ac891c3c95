"""The first sheet of a workbook that goes back: every problem with its place, as a list to work through."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.display.palette import LIGHT
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Severity
from ksd_toolkit.messages import say

MARK: Final = "KSD \u00b7 "
"""Opens every text of ours in somebody else's workbook, so that we know it again."""

ORDER: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}
COLOURS: Final[Mapping[Severity, str]] = {
    "error": "FFF9C6B5",
    "warning": "FFFDEBB0",
    "info": "FFD8E8F3",
}
_ADDRESS: Final = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_WIDTHS: Final = (7, 15, 22, 60, 58, 26)
_COLUMNS: Final = ("number", "severity", "place", "what", "remedy", "code")
_STEPS: Final = ("colour", "mend", "return")
_A4: Final = 9
_FACT_LETTERS, _OWN_LETTERS = 160, 600  # of an answer, and of what the form itself says
_OWN_FACTS: Final = ("rule_", "choices", "question")
_LINE, _TALLEST, _LETTERS_A_WIDTH = 13.5, 400, 1.05


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the sheet tells: whose file it is and what was found in it, worst first."""

    dossier: Dossier
    path: Path
    office: str
    problems: tuple[Problem, ...]
    plain: bool


Place = tuple[str, str]
"""Sheet and cell of a workbook; the cell is empty where a problem concerns the whole sheet."""


def place_of(book: Workbook, problem: Problem) -> Place | None:
    """Where in `book` the problem is marked; None for one of the whole file.

    A merged cell is marked at its top left corner, which is the only one that can be edited.
    """
    name, address = problem.where.sheet, problem.where.cell
    if not name and address and len(book.sheetnames) > 1:
        name = book.sheetnames[1]  # a CSV file has one sheet without a name
    if name not in book.sheetnames:
        return None
    if not _ADDRESS.fullmatch(address):
        return name, ""
    for merged in book[name].merged_cells.ranges:
        if address in merged:
            return name, f"{get_column_letter(merged.min_col)}{merged.min_row}"
    return name, address


def trimmed(problem: Problem) -> Problem:
    """The same problem with long facts cut, so that its sentence stays a sentence."""
    facts = {name: _shortened(name, fact) for name, fact in problem.facts.items()}
    return replace(problem, facts=facts)


def _shortened(name: str, fact: object) -> object:
    limit = _OWN_LETTERS if name.startswith(_OWN_FACTS) else _FACT_LETTERS
    if isinstance(fact, str) and len(fact) > limit:
        return f"{fact[:limit]}\u2026"
    return fact


def without_corrections(book: Workbook) -> None:
    """Remove the list of an earlier round; a sheet of the office's own by that name stays."""
    for sheet in book.worksheets:
        if str(sheet["A1"].value or "").startswith(MARK) and len(book.sheetnames) > 1:
            del book[sheet.title]


def add_corrections(book: Workbook, corrections: Corrections) -> None:
    """Put the list first and open the workbook on it."""
    lang = corrections.dossier.lang
    page = book.create_sheet(say("returning.sheet", lang), 0)
    _set_up(page)
    row = _write_head(page, corrections)
    for column, name in enumerate(_COLUMNS, start=1):
        _put(page, row, column, say(f"returning.{name}", lang), "head")
    page.row_dimensions[row].height = 22
    page.freeze_panes = page.cell(row + 1, 1)
    page.print_title_rows = f"{row}:{row}"
    for number, problem in enumerate(corrections.problems, start=1):
        _write_problem(page, row + number, number, trimmed(problem), lang)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False  # two selected sheets would be edited together
    book.active = 0
    page.sheet_view.tabSelected = True


def _set_up(page: Worksheet) -> None:
    for number, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = LIGHT["accent"].lstrip("#")
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]


def _write_head(page: Worksheet, corrections: Corrections) -> int:
    """Title, whose file it is, how much was found, what to do, what the colours mean; the row after."""
    dossier = corrections.dossier
    lang, file = dossier.lang, corrections.path.name
    _put(page, 1, 1, MARK + say("returning.title", lang), "title")
    page.row_dimensions[1].height = 28
    lead = say(
        "returning.lead",
        lang,
        office=corrections.office or dossier.region.name,
        period=dossier.period,
        file=file,
    )
    _put(page, 2, 1, lead, "lead")
    counts = {
        f"{severity}s": sum(problem.severity == severity for problem in corrections.problems)
        for severity in ORDER
    }
    _put(page, 3, 1, say("returning.counts", lang, **counts), "strong")
    row = 4
    if dossier.simulated:
        _put(page, row, 1, say("stamp.simulated", lang), "banner")
        row += 1
    for step in _STEPS:
        row += 1
        _put(page, row, 1, say(f"returning.step_{step}", lang, unit=dossier.issuer.unit), "plain")
    if corrections.plain:
        row += 1
        _put(page, row, 1, say("returning.plain_copy", lang, file=file), "plain")
    row += 1
    for severity in ORDER:
        row += 1
        _put(page, row, 2, say(f"severity.{severity}", lang), "cell").fill = _fill(severity)
        _put(page, row, 3, say(f"returning.{severity}_means", lang), "plain")
    return row + 2


def _write_problem(page: Worksheet, row: int, number: int, problem: Problem, lang: str) -> None:
    book: Any = page.parent
    place = place_of(book, problem)
    shown = " ".join(part for part in (problem.where.sheet, problem.where.cell) if part)
    texts = (
        str(number), say(f"severity.{problem.severity}", lang),
        shown or say("returning.whole_file", lang),
        problem.text(lang), problem.remedy(lang), problem.code,
    )  # fmt: skip
    for column, text in enumerate(texts, start=1):
        _put(page, row, column, text, "code" if column == len(texts) else "cell")
    page.cell(row, 2).fill = _fill(problem.severity)
    if place and book[place[0]].sheet_state == "visible":
        cell = page.cell(row, 3)
        target = f"{quote_sheetname(place[0])}!{place[1] or 'A1'}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, tooltip=shown)
        cell.font = Font(name="Arial", size=10, color=_rgb("teal"), underline="single")
    page.row_dimensions[row].height = _height(texts)


def _put(page: Worksheet, row: int, column: int, text: str, look: str) -> Any:
    """A text in a cell: never a formula, whatever it begins with."""
    cell = page.cell(row, column)
    cell.value = legible(text, keep_lines=True)
    cell.data_type = "s"
    for name, style in _LOOKS[look].items():
        setattr(cell, name, style)
    return cell


def _height(texts: Sequence[str]) -> float:
    """The height that shows every wrapped line."""
    lines = max(
        math.ceil((len(text) + 1) / ((width - 2) * _LETTERS_A_WIDTH))
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return min(_TALLEST, _LINE * lines + 6)


def _rgb(name: str) -> str:
    return "FF" + LIGHT[name].lstrip("#").upper()


def _fill(severity: Severity) -> PatternFill:
    return PatternFill("solid", fgColor=COLOURS[severity])


_TOP: Final = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "title": {"font": Font(name="Arial", size=16, bold=True, color=_rgb("teal"))},
    "lead": {"font": Font(name="Arial", size=10, color=_rgb("muted"))},
    "strong": {"font": Font(name="Arial", size=11, bold=True, color=_rgb("ink"))},
    "banner": {"font": Font(name="Arial", size=10, bold=True, color=_rgb("accent"))},
    "plain": {"font": Font(name="Arial", size=10, color=_rgb("ink"))},
    "head": {
        "font": Font(name="Arial", size=10, bold=True, color="FFFFFFFF"),
        "fill": PatternFill("solid", fgColor=_rgb("teal")),
        "alignment": Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1),
    },
    "cell": {
        "font": Font(name="Arial", size=10, color=_rgb("ink")),
        "alignment": _TOP,
        "border": Border(bottom=Side("thin", color=_rgb("line"))),
    },
    "code": {
        "font": Font(name="Arial", size=8, color=_rgb("muted")),
        "alignment": _TOP,
        "border": Border(bottom=Side("thin", color=_rgb("line"))),
    },
}
