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
from ksd_toolkit.questionnaire.form import (
    TYPES,
    Form,
    form_of_sheets,
    read_form,
    shipped_sheets,
)
from ksd_toolkit.questionnaire.xlsform import (
    FormRow,
    FormSheet,
    Sheets,
    read_sheets,
    row_type,
)

OWN_FORMS: Final = ("form.xlsx", "form.md")
_MAPPING: Final = "pemetaan"


def form_of(dossier: Dossier) -> Form:
    """The mapping questionnaire of a dossier: the shipped one with the dossier's own additions.

    Raises:
        InputError: The additions contradict the shipped questionnaire; every problem is named.
    """
    own = [path for name in OWN_FORMS if (path := dossier.folder / name).is_file()]
    if not own:
        return read_form(_MAPPING)
    path = own[0]
    return _extended(path, path.name, path.stat().st_mtime_ns)


@cache
def _extended(path: Path, name: str, changed: int) -> Form:
    added = read_sheets(path, name)
    if isinstance(added, Problem):
        raise InputError("form.own", [added], file=name)
    shipped = shipped_sheets(_MAPPING)
    problems = list(_problems(shipped, added, name))
    if problems:
        raise InputError("form.own", problems, file=name)
    form = form_of_sheets(_merged(shipped, added))
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


def _problems(shipped: Sheets, added: Sheets, file: str) -> Iterator[Problem]:
    groups = {row.get("name") for row in shipped["survey"].rows if _is_begin(row)}
    questions = {row.get("name") for row in shipped["survey"].rows if not _is_end(row)}
    lists = {row.get("list_name") for row in shipped["choices"].rows}
    own_lists = {row.get("list_name") for row in _rows(added, "choices")}
    if "survey" not in added and "choices" not in added:
        yield Problem("form.no_sheet", Where(file), {"sheet": "survey"})
    seen: set[str] = set()
    for group, row in _questions(added):
        name, (kind, list_name) = row.get("name"), row_type(row)
        where = Where(file, "survey", row.places.get("name", ""))
        if group not in groups:
            yield Problem(
                "form.unknown_group",
                where,
                {"group": group or "-", "groups": ", ".join(sorted(groups))},
            )
        if name in questions or name in seen:
            yield Problem("form.redefined", where, {"name": name})
        if kind not in TYPES:
            yield Problem("form.unknown_type", where, {"type": row.get("type"), "name": name})
        elif list_name and list_name not in lists | own_lists:
            yield Problem("form.unknown_list", where, {"list": list_name, "name": name})
        seen.add(name)
    yield from _choice_problems(shipped, added, file)


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
        taken.add(key)


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
