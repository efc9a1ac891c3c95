"""Check a questionnaire's definition: everything wrong with an XLSForm, at once, each with its cell.

The checks go beyond what pyxform notices: a constraint that is none, a misspelt sheet, the same name
in two groups, and whatever would be lost on the way to a workbook and back.
"""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import InputError, Problem, Where
from ksd_toolkit.questionnaire.form_changes import changes_since
from ksd_toolkit.questionnaire.form_check_choices import choice_problems
from ksd_toolkit.questionnaire.form_check_languages import language_problems, languages_of
from ksd_toolkit.questionnaire.form_check_survey import survey_problems
from ksd_toolkit.questionnaire.xlsform import (
    SHEETS,
    FormSheet,
    Sheets,
    read_sheets,
    xlsform_names,
)

_CLOSE: Final = 0.75  # how alike two words are before one is taken for a slip of the other
_LANGUAGES: Final = 2


def check_form_file(path: Path, name: str, against: Path | None = None) -> list[Problem]:
    """Every problem of the XLSForm at `path`, a workbook or Markdown.

    Args:
        path: The form.
        name: What its author calls it.
        against: An earlier version, whose answers should go on fitting.

    Raises:
        InputError: A file cannot be read at all.
    """
    sheets = readable_sheets(path, name)
    found = check_form(sheets, name)
    if against is not None:
        found += changes_since(sheets, readable_sheets(against, against.name), name)
    return found


def check_form(sheets: Sheets, file: str, base: Sheets | None = None) -> list[Problem]:
    """Every problem of the sheets of an XLSForm, in the order of the sheets.

    Args:
        sheets: The form, or what a dossier adds to one.
        file: What its author calls it.
        base: The form that is added to; its questions and lists may be referred to.
    """
    return [
        *_sheet_problems(sheets, file, base),
        *_column_problems(sheets, file),
        *survey_problems(sheets, file, base),
        *choice_problems(sheets, file, base),
        *([] if base else _settings_problems(sheets, file)),
    ]


def readable_sheets(path: Path, name: str) -> Sheets:
    """The sheets of a file.

    Raises:
        InputError: It is no workbook and no text, or its gate was shut.
    """
    if not path.is_file():
        raise InputError("form.no_file", file=name)
    sheets = read_sheets(path, name)
    if isinstance(sheets, Problem):
        raise InputError("form.unreadable", [sheets], file=name)
    return sheets


# --- sheets and columns --------------------------------------------------------------------


def _sheet_problems(sheets: Sheets, file: str, base: Sheets | None) -> Iterator[Problem]:
    """Sheets that are missing, and sheets nobody reads because of their name."""
    known = xlsform_names()["sheets"]
    missing = [name for name in SHEETS if name not in sheets]
    for key, sheet in sheets.items():
        if key in {*SHEETS, *known["others"]} or key.startswith("_"):
            continue
        near = difflib.get_close_matches(key, SHEETS, n=1, cutoff=_CLOSE)
        where = Where(file, sheet.name, "A1")
        if near:
            facts = {"sheet": sheet.name, "near": near[0]}
            yield Problem("form.misspelt_sheet", where, facts)
            missing = [name for name in missing if name != near[0]]
        else:
            yield Problem("form.unread_sheet", where, {"sheet": sheet.name}, "info")
    for name in missing if base is None else ():
        yield Problem("form.no_sheet", Where(file), {"sheet": name})


def _column_problems(sheets: Sheets, file: str) -> Iterator[Problem]:
    """Headings nobody reads, headings that stand twice, and languages that are mixed or unnamed."""
    for name in SHEETS:
        if sheet := sheets.get(name):
            yield from _heading_problems(name, sheet, file)
            yield from language_problems(sheet, file)


def _heading_problems(name: str, sheet: FormSheet, file: str) -> Iterator[Problem]:
    known = xlsform_names()["columns"][name]
    names = {*known["translated"], *known["plain"], *known["ours"]}
    seen: dict[str, str] = {}
    for column, cell in sheet.columns:
        where = Where(file, sheet.name, cell)
        if column in seen:
            yield Problem("form.column_twice", where, {"column": column, "first": seen[column]})
        seen.setdefault(column, cell)
        head, mark, _ = column.partition("::")
        wanted = known["translated"] if mark else names
        if head in wanted or ":" in head:
            continue
        if near := difflib.get_close_matches(head, sorted(wanted), n=1, cutoff=_CLOSE):
            facts = {"column": column, "near": near[0]}
            yield Problem("form.misspelt_column", where, facts)
        elif not known.get("free"):
            yield Problem("form.unread_column", where, {"column": column}, "info")


# --- settings ------------------------------------------------------------------------------


def _settings_problems(sheets: Sheets, file: str) -> Iterator[Problem]:
    """A form without a name or a version cannot be told from others."""
    sheet = sheets.get("settings")
    if sheet is None:
        return
    places = dict(sheet.columns)
    row = sheet.rows[0] if sheet.rows else None
    for name in ("form_id", "version", "form_title"):
        if row is None or not row.get(name):
            cell = f"{places[name][:-1]}2" if name in places else "A1"
            where = Where(file, sheet.name, cell)
            yield Problem("form.setting_missing", where, {"name": name})
    language = row.get("default_language") if row else ""
    languages = languages_of(sheets)
    if row and language and languages and language not in languages:
        facts = {"language": language, "languages": ", ".join(languages)}
        where = Where(file, sheet.name, row.places["default_language"])
        yield Problem("form.default_language", where, facts)
    elif row and not language and len(languages) >= _LANGUAGES:
        facts = {"languages": ", ".join(languages)}
        where = Where(file, sheet.name, row.places.get("default_language", "A1"))
        yield Problem("form.no_default_language", where, facts, "warning")
