"""Ask pyxform whether a form converts to an XForm, the format of ODK and KoboToolbox; an optional extra."""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import Problem, RunError, Where
from ksd_toolkit.questionnaire.xlsform import SHEETS, FormSheet, Sheets, column_name

_PLACE: Final = re.compile(
    r"^\[row : (?P<row>\d+)\] (?:On the '(?P<sheet>\w+)' sheet, the '(?P<column>[^']+)' value)?"
)


def is_installed() -> bool:
    """Whether the extra `xform` was installed."""
    return find_spec("pyxform") is not None


def xform_problems(source: Path | Sheets, sheets: Sheets, file: str) -> list[Problem]:
    """What pyxform says against the form; nothing where it converts without a word.

    Args:
        source: The form's file, or its sheets where no one file holds it.
        sheets: The form's sheets, which tell the cell of a row and column.
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
        if isinstance(source, Path):
            kind = source.suffix.casefold()
            convert(source.read_bytes(), warnings, file_type=kind)
        else:
            convert(_as_dictionary(source), warnings)
    except PyXFormError as error:
        where, reason = _placed(str(error), sheets, file)
        return [Problem("form.no_xform", where, {"reason": reason})]
    told = (_placed(text, sheets, file) for text in warnings)
    return [Problem("form.xform_warns", where, {"reason": why}, "warning") for where, why in told]


def _as_dictionary(sheets: Sheets) -> dict[str, Any]:
    """The sheets as pyxform takes them without a file, with the columns only some rows have."""
    told: dict[str, Any] = {}
    for name in (name for name in SHEETS if name in sheets):
        rows = [dict(row.cells) for row in sheets[name].rows]
        told[name] = rows
        told[f"{name}_header"] = [dict.fromkeys(column for row in rows for column in row)]
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
