"""Every problem of a period as one table, for a spreadsheet."""

from typing import Final

from ksd_toolkit.columns import label
from ksd_toolkit.csv_text import csv_bytes
from ksd_toolkit.errors import Problem
from ksd_toolkit.messages import say

_COLUMNS: Final = ("severity", "file", "sheet", "cell", "what", "remedy", "problem_code")


def problems_csv(problems: tuple[Problem, ...], lang: str = "id") -> bytes:
    """Every open problem as CSV."""
    return csv_bytes(
        (label(name, lang) for name in _COLUMNS),
        (
            (
                say(f"severity.{problem.severity}", lang),
                problem.where.file, problem.where.sheet, problem.where.cell,
                problem.text(lang), problem.remedy(lang), problem.code,
            )
            for problem in problems
        ),
    )  # fmt: skip
