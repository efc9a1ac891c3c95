"""A dossier's own questions and criteria: rows added to the shipped questionnaire, nothing taken away.

The file `form.xlsx` or `form.md` in the dossier's folder is an XLSForm of its own that holds only
what is added: groups of the shipped names with new questions, new choice lists, and new choices for
the lists the shipped form declares open.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError, Problem, Where
from ksd_toolkit.questionnaire.form import Form
from ksd_toolkit.questionnaire.form_check import check_form, readable_sheets
from ksd_toolkit.questionnaire.form_reading import form_of_sheets, read_form, shipped_sheets
from ksd_toolkit.questionnaire.xlsform import FormRow, FormSheet, Sheets, is_yes, row_type

OWN_FORMS: Final = ("form.xlsx", "form.md")
RESERVED: Final = frozenset({"row_key"})
"""Names of columns the register adds to every table."""
_MAPPING: Final = "pemetaan"


def form_of(dossier: Dossier) -> Form:
    """The mapping questionnaire of a dossier: the shipped one with the dossier's own additions.

    Raises:
        InputError: The additions contradict the shipped questionnaire; every problem is named.
    """
    path = own_form(dossier)
    if path is None:
        return read_form(_MAPPING)
    return _extended(path, path.name, path.stat().st_mtime_ns)


def own_form(dossier: Dossier) -> Path | None:
    """The file of a dossier's own questions and criteria; None where it has none."""
    paths = (dossier.folder / name for name in OWN_FORMS)
    return next((path for path in paths if path.is_file()), None)


def own_form_problems(path: Path, name: str) -> list[Problem]:
    """Every problem of a dossier's own questions, warnings among them.

    Raises:
        InputError: The file cannot be read at all.
    """
    return _problems(shipped_sheets(_MAPPING), readable_sheets(path, name), name)


def extended_sheets(path: Path, name: str) -> Sheets:
    """The whole questionnaire of a dossier, as sheets: the shipped ones with what is added.

    Raises:
        InputError: The additions contradict the shipped questionnaire; every problem is named.
    """
    shipped, added = shipped_sheets(_MAPPING), readable_sheets(path, name)
    problems = [p for p in _problems(shipped, added, name) if p.severity == "error"]
    if problems:
        raise InputError("form.own", problems, file=name)
    return _merged(shipped, added)


@cache
def _extended(path: Path, name: str, changed: int) -> Form:
    form = form_of_sheets(extended_sheets(path, name))
    return replace(form, version=f"{form.version}+{form.sha256[:6]}")


def _merged(shipped: Sheets, added: Sheets) -> Sheets:
    """New questions at the end of their group, new choices at the end of their list."""
    survey = list(shipped["survey"].rows)
    for group, row in _questions(added):
        ends = (n for n, r in enumerate(survey) if _is_end(r) and r.get("name") == group)
        survey.insert(next(ends), row)
    choices = [*shipped["choices"].rows, *_rows(added, "choices")]
    return {
        **shipped,
        "survey": replace(shipped["survey"], rows=tuple(survey)),
        "choices": replace(shipped["choices"], rows=tuple(choices)),
    }


def _problems(shipped: Sheets, added: Sheets, file: str) -> list[Problem]:
    """What is wrong with the additions in themselves, and where they contradict the shipped form."""
    if "survey" not in added and "choices" not in added:
        return [Problem("form.no_sheet", Where(file), {"sheet": "survey"})]
    return [
        *check_form(added, file, shipped),
        *_question_problems(shipped, added, file),
        *_choice_problems(shipped, added, file),
    ]


def _question_problems(shipped: Sheets, added: Sheets, file: str) -> Iterator[Problem]:
    """A question goes into a group that exists, under a name of its own."""
    rows = shipped["survey"].rows
    groups = {row.get("name") for row in rows if _is_begin(row)}
    questions = {row.get("name").casefold() for row in rows if not _is_end(row)}
    for group, row in _questions(added):
        where = Where(file, "survey", row.places.get("name", ""))
        if group not in groups:
            facts = {"group": group or "-", "groups": ", ".join(sorted(groups))}
            yield Problem("form.unknown_group", where, facts)
        if row.get("name").casefold() in questions:
            yield Problem("form.redefined", where, {"name": row.get("name")})
        if row.get("name").casefold() in RESERVED:
            yield Problem("form.reserved", where, {"name": row.get("name")})
        if is_yes(row.get("key")):
            place = Where(file, "survey", row.places["key"])
            yield Problem("form.own_key", place, {"name": row.get("name"), "group": group})


def _choice_problems(shipped: Sheets, added: Sheets, file: str) -> Iterator[Problem]:
    """A shipped list grows only where it is declared open, and never by a code it has."""
    settings = shipped["settings"].rows[0]
    open_lists = {name.strip() for name in settings.get("open_lists").split(";")}
    taken = {(row.get("list_name"), row.get("name")) for row in shipped["choices"].rows}
    closed = {name for name, _ in taken} - open_lists
    for row in _rows(added, "choices"):
        key = row.get("list_name"), row.get("name")
        where = Where(file, "choices", row.places.get("name", ""))
        if key[0] in closed:
            facts = {"list": key[0], "open": ", ".join(sorted(open_lists))}
            yield Problem("form.closed_list", where, facts)
        elif key in taken:
            yield Problem("form.choice_twice", where, {"list": key[0], "name": key[1]})


def _questions(added: Sheets) -> Iterator[tuple[str, FormRow]]:
    """Every added question with the innermost group it stands in."""
    opened: list[str] = []
    for row in _rows(added, "survey"):
        if _is_begin(row):
            opened.append(row.get("name"))
        elif _is_end(row):
            opened = opened[:-1]
        else:
            yield (opened[-1] if opened else ""), row


def _rows(sheets: Sheets, name: str) -> tuple[FormRow, ...]:
    return sheets.get(name, FormSheet(name, (), ())).rows


def _is_begin(row: FormRow) -> bool:
    return row_type(row)[0].startswith("begin_")


def _is_end(row: FormRow) -> bool:
    return row_type(row)[0].startswith("end_")
