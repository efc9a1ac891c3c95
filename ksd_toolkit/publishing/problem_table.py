"""Every problem of a period as one table, for a spreadsheet."""

import csv
import io
from typing import Final

from ksd_toolkit.columns import label
from ksd_toolkit.errors import Problem
from ksd_toolkit.messages import say

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_COLUMNS: Final = ("severity", "file", "sheet", "cell", "what", "remedy", "problem_code")


def problems_csv(problems: tuple[Problem, ...], lang: str = "id") -> bytes:
    """Every open problem as CSV; a text that a spreadsheet would take for a formula gets an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(label(name, lang) for name in _COLUMNS)
    for problem in problems:
        where = problem.where
        cells = (
            say(f"severity.{problem.severity}", lang), where.file, where.sheet, where.cell,
            problem.text(lang), problem.remedy(lang), problem.code,
        )  # fmt: skip
        writer.writerow("'" + cell if cell.startswith(_FORMULA_STARTS) else cell for cell in cells)
    return ("\ufeff" + buffer.getvalue()).encode()
