"""The sheets of an XLSForm, from a workbook or from its Markdown twin, cell by cell with their places."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import Problem, Where

SHEETS: Final = ("survey", "choices", "settings")
_COLUMNS: Final = {
    "name": "name", "tag": "name", "value": "name", "caption": "label", "relevance": "relevant",
    "read_only": "readonly", "list name": "list_name", "constraint message": "constraint_message",
    "required message": "required_message", "type": "type", "command": "type",
    "constraining_message": "constraint_message", "requiredmsg": "required_message",
    "calculate": "calculation", "count": "repeat_count", "jr:count": "repeat_count",
    "title": "form_title", "set_form_title": "form_title", "set_form_id": "form_id",
}  # fmt: skip
_TYPES: Final = {
    "select one": "select_one", "select1": "select_one", "select_one_from": "select_one",
    "select multiple": "select_multiple", "select all that apply": "select_multiple",
    "int": "integer", "string": "text", "begin group": "begin_group", "end group": "end_group",
    "begin repeat": "begin_repeat", "end repeat": "end_repeat", "begin lgroup": "begin_repeat",
    "end lgroup": "end_repeat", "begin_lgroup": "begin_repeat", "end_lgroup": "end_repeat",
    "lgroup": "begin_repeat",
}  # fmt: skip
_SPACES: Final = re.compile(r"\s+")
_BAR: Final = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a sheet: its texts by column, and where each stands."""

    number: int
    cells: Mapping[str, str]
    places: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text of a column; empty where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet by its name as written: the columns of its header with their places, then its rows."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[FormRow, ...]


Sheets = dict[str, FormSheet]
"""By the name in small letters."""


def read_sheets(path: Path, name: str) -> Sheets | Problem:
    """The sheets of an XLSForm file, a workbook or Markdown; or the reason why it cannot be read."""
    from ksd_toolkit.questionnaire.sheets import read_grids  # noqa: PLC0415  it reads forms itself

    if path.suffix.casefold() == ".md":
        try:
            return markdown_sheets(path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError:
            return Problem("form.not_text", Where(name))
    grids, reason = read_grids(path, name)
    if reason:
        return reason
    tables = {grid.name: [[_text(cell) for cell in row] for row in grid.rows] for grid in grids}
    return {sheet.casefold().strip(): _sheet(sheet, rows) for sheet, rows in tables.items()}


def markdown_sheets(text: str) -> Sheets:
    r"""`| survey |` opens a sheet; its rows start with an empty cell, the first of them the header.

    A bar inside a cell is written `\|`.
    """
    tables: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if not line.lstrip().startswith("|"):
            continue
        inside = line.strip().removeprefix("|").removesuffix("|")
        cells = [cell.strip().replace(r"\|", "|") for cell in _BAR.split(inside)]
        if set(cells[0]) <= {"-", ":"} and cells[0]:
            continue
        if cells[0]:
            tables[cells[0]] = []
        elif tables:
            tables[[*tables][-1]].append(cells[1:])
    return {name.casefold(): _sheet(name, rows) for name, rows in tables.items()}


@cache
def xlsform_names() -> Mapping[str, Any]:
    """What XLSForm knows: `knowledge/xlsform.toml`."""
    text = files("ksd_toolkit.knowledge").joinpath("xlsform.toml").read_text("utf-8")
    return tomllib.loads(text)


def row_type(row: FormRow) -> tuple[str, str]:
    """The type of a survey row in its standard spelling, and the list it names."""
    text = _SPACES.sub(" ", row.get("type")).strip()
    folded = text.casefold()
    for alias in sorted(_TYPES, key=len, reverse=True):
        if folded == alias or folded.startswith(f"{alias} "):
            return _TYPES[alias], text[len(alias) :].strip()
    kind, _, rest = text.partition(" ")
    return kind.casefold(), rest.strip()


def is_yes(text: str) -> bool:
    """Whether a cell such as `required` says yes."""
    return text.casefold() in {"yes", "ya", "true", "true()", "1"}


def _sheet(name: str, rows: list[list[str]]) -> FormSheet:
    header = rows[0] if rows else []
    columns = [(column_name(text), _letter(at)) for at, text in enumerate(header)]
    body = tuple(_rows(columns, rows[1:]))
    return FormSheet(name, tuple((text, f"{at}1") for text, at in columns if text), body)


def _rows(columns: list[tuple[str, str]], rows: list[list[str]]) -> Iterator[FormRow]:
    for number, row in enumerate(rows, start=2):
        cells = {c: text for (c, _), text in zip(columns, row, strict=False) if c and text}
        places = {column: f"{letter}{number}" for column, letter in columns if column}
        if cells:
            yield FormRow(number, cells, places)


def column_name(text: str) -> str:
    """`Label::English (en)` and `relevance` as XLSForm spells them; the language stays as written."""
    head, mark, language = _SPACES.sub(" ", text).strip().partition("::")
    folded = head.strip().casefold()
    return f"{_COLUMNS.get(folded, folded)}{mark}{language.strip()}"


def _letter(column: int) -> str:
    from ksd_toolkit.questionnaire.gate import column_letters  # noqa: PLC0415

    return column_letters(column + 1)


def _text(raw: object) -> str:
    """A cell of a form workbook; `1.0` typed as a number is the code `1`."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()
