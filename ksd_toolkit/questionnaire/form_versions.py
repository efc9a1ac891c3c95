"""Which version of the questionnaire a workbook answers, and what has changed since.

Answers are judged by the version they were given to. What came later was not asked of them; what
is gone since is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import say
from ksd_toolkit.questionnaire.form import Field, Form, TableSpec


@dataclass(frozen=True, slots=True)
class Answered:
    """The version a workbook answers, its tables with later questions added, and what to tell."""

    form: Form
    findings: tuple[Problem, ...] = ()


def form_answered(version: str, current: Form, known: Mapping[str, Form], file: str) -> Answered:
    """The form to read a workbook by.

    Args:
        version: What it states; nothing where it states none, and then the current one is meant.
        current: The dossier's own form.
        known: Earlier versions by name.
        file: The workbook, as problems name it.
    """
    if version in {"", current.version}:
        return Answered(current)
    facts: dict[str, object] = {"found": version, "expected": current.version}
    older = known.get(version)
    if older is None:
        return Answered(current, (Problem("file.unknown_version", Where(file), facts, "warning"),))
    facts |= _drift(older, current, "id")
    facts |= {f"{what}_en": told for what, told in _drift(older, current, "en").items()}
    finding = Problem("file.older_form", Where(file), facts, "warning")
    return Answered(replace(_together(older, current), version=version), (finding,))


def _together(older: Form, current: Form) -> Form:
    """The older form with the questions it did not have, which nobody has to answer."""
    tables = {table.name: table for table in older.tables}
    for table in current.tables:
        tables[table.name] = _joined(tables[table.name], table) if table.name in tables else table
    return replace(older, tables=tuple(tables.values()))


def _joined(older: TableSpec, current: TableSpec) -> TableSpec:
    asked = {field.name for field in older.fields}
    later = (replace(f, required=False) for f in current.fields if f.name not in asked)
    return replace(older, fields=(*older.fields, *later))


def _drift(older: Form, current: Form, lang: str) -> dict[str, str]:
    """What the versions differ in: questions added and gone, choices that no longer exist."""
    before, after = _questions(older), _questions(current)
    told = {
        "added": [_named(after[name], lang) for name in after if name not in before],
        "removed": [_named(before[name], lang) for name in before if name not in after],
        "choices": [
            f"{_named(question, lang)}: {choice.shown(lang)}"
            for name, question in before.items()
            if name in after
            for choice in question.choices
            if choice.code not in {other.code for other in after[name].choices}
        ],
    }
    nothing = say("form_version.nothing", lang)
    return {what: "; ".join(names) or nothing for what, names in told.items()}


def _questions(form: Form) -> dict[str, Field]:
    return {field.name: field for table in form.tables for field in table.fields}


def _named(question: Field, lang: str) -> str:
    return f"{question.label(lang)} ({question.name})"
