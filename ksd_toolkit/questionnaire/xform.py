"""Ask pyxform whether a form converts to an XForm, the format of ODK and KoboToolbox; an optional extra."""

import re
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Final

from ksd_toolkit.errors import Problem, RunError, Where
from ksd_toolkit.questionnaire.xlsform import SHEETS, FormSheet, Sheets, column_name

_PLACE: Final = re.compile(
    r"^\[row : (?P<row>\d+)\] (?:On the '(?P<sheet>\w+)' sheet, the '(?P<column>[^']+)' value)?"
)
# What it raises where it did not foresee what a form may hold.
_ITS_BUGS: Final = (LookupError, ValueError, TypeError, AttributeError, RecursionError)


def is_installed() -> bool:
    """Whether the extra `xform` was installed."""
    return find_spec("pyxform") is not None


def xform_problems(sheets: Sheets, file: str) -> list[Problem]:
    """What pyxform says against the form; nothing where it converts without a word.

    It is handed the sheets as we read them: its own readers stop at a row that is longer than the
    heading.

    Args:
        sheets: The whole form.
        file: What its author calls it.

    Raises:
        RunError: pyxform is not installed.
    """
    if not is_installed():
        raise RunError("form.no_pyxform")
    from pyxform.errors import PyXFormError  # noqa: PLC0415  an optional extra, slow to load
    from pyxform.xls2xform import convert  # noqa: PLC0415

    warnings: list[str] = []
    try:
        convert(_as_dictionary(sheets), warnings)
    except PyXFormError as error:
        where, reason = _placed(str(error), sheets, file)
        return [Problem("form.no_xform", where, {"reason": reason})]
    except _ITS_BUGS as error:
        facts = {"reason": f"{type(error).__name__}: {error}"}
        return [Problem("form.no_xform", Where(file), facts)]
    told = (_placed(text, sheets, file) for text in warnings)
    return [Problem("form.xform_warns", where, {"reason": why}, "warning") for where, why in told]


def _as_dictionary(sheets: Sheets) -> dict[str, Any]:
    """The sheets as pyxform takes them without a file: blank rows kept, so that it counts as we do."""
    told: dict[str, Any] = {}
    for name in (name for name in SHEETS if name in sheets):
        numbered = sheets[name].rows
        if len({row.number for row in numbered}) < len(numbered):  # put together from two files
            numbered = tuple(replace(row, number=n) for n, row in enumerate(numbered, start=2))
        rows = {row.number: dict(row.cells) for row in numbered}
        last = max(rows, default=1)
        told[name] = [rows.get(number, {}) for number in range(2, last + 1)]
        told[f"{name}_header"] = [dict.fromkeys(column for row in rows.values() for column in row)]
    return told


def _placed(text: str, sheets: Sheets, file: str) -> tuple[Where, str]:
    """The cell pyxform names, as far as it names one, and what it says of it on one line."""
    found = _PLACE.match(text)
    reason = " ".join(text.split())
    if found is None:
        return Where(file), reason
    sheet = sheets.get((found["sheet"] or "survey").casefold())
    if sheet is None:
        return Where(file), reason
    cell = _cell(sheet, int(found["row"]), found["column"] or "")
    return Where(file, sheet.name, cell), reason[len(found[0].split("On the")[0]) :].strip()


def _cell(sheet: FormSheet, number: int, column: str) -> str:
    row = next((row for row in sheet.rows if row.number == number), None)
    name = column_name(column)
    return (row.places.get(name) if row else "") or f"A{number}"
