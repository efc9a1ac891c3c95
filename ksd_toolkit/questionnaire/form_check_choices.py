"""Check the choices sheet of an XLSForm: lists that are used, codes that stand once and can be written."""

import re
from collections.abc import Iterator
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.form_check_languages import missing_texts
from ksd_toolkit.questionnaire.form_reading import texts_of
from ksd_toolkit.questionnaire.xlsform import FormRow, FormSheet, Sheets, row_type

CRITERIA: Final = "kriteria"
_SCORES: Final = range(1, 6)
_SEPARATOR: Final = re.compile(r"[\s;]")  # devices join several answers with spaces, we with `;`
_OR_OTHER: Final = re.compile(r"\s+or[_ ]other$", re.IGNORECASE)


def choice_problems(sheets: Sheets, file: str, base: Sheets | None = None) -> Iterator[Problem]:
    """Every problem of the lists, in the order of the rows.

    Args:
        sheets: The form, or what a dossier adds to one.
        file: What its author calls it.
        base: The form that is added to; its lists count as used.
    """
    sheet = sheets.get("choices")
    if sheet is None:
        return
    several, used = _used(sheets, base)
    seen: set[tuple[str, str]] = set()
    labels: dict[tuple[str, str], str] = {}
    listed: set[str] = set()
    for row in sheet.rows:
        name, code = row.get("list_name"), row.get("name")
        if not (name and code):
            where = _at(file, sheet, row, "name" if name else "list_name")
            yield Problem("form.choice_incomplete", where)
            continue
        if name not in used and name not in listed:
            where = Where(file, sheet.name, row.places["list_name"])
            yield Problem("form.unused_list", where, {"list": name}, "warning")
        listed.add(name)
        where, facts = _at(file, sheet, row, "name"), {"list": name, "name": code}
        if (name, code) in seen:
            yield Problem("form.choice_twice", where, facts)
        seen.add((name, code))
        if name in several and _SEPARATOR.search(code):
            yield Problem("form.choice_space", where, facts)
        yield from _label_problems(file, sheet, row, labels)
        if name == CRITERIA and base:
            yield from _anchor_problems(file, sheet, row)


def _used(sheets: Sheets, base: Sheets | None) -> tuple[set[str], set[str]]:
    """The lists of questions that take several answers, and the lists that are used at all."""
    several, used = set(), set()
    for form in (sheets, base or {}):
        for row in form["survey"].rows if "survey" in form else ():
            kind, rest = row_type(row)
            if kind in {"select_one", "select_multiple"}:
                used.add(_OR_OTHER.sub("", rest))
            if kind == "select_multiple":
                several.add(_OR_OTHER.sub("", rest))
    return several, used


def _at(file: str, sheet: FormSheet, row: FormRow, column: str) -> Where:
    return Where(file, sheet.name, row.places.get(column) or f"A{row.number}")


def _label_problems(
    file: str, sheet: FormSheet, row: FormRow, labels: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    """A choice without words, or with the words of another in its list: a dropdown shows words."""
    code, texts = row.get("name"), texts_of(row, "label")
    column = next((c for c, _ in sheet.columns if c.partition("::")[0] == "label"), "name")
    where = Where(file, sheet.name, row.places.get(column, f"A{row.number}"))
    if not texts:
        yield Problem("form.no_label", where, {"name": code}, "warning")
    for lang, text in texts.items():
        key = f"{row.get('list_name')}\n{lang}", text.casefold()
        if labels.get(key, code) != code:
            facts = {"label": text, "first": labels[key], "name": code}
            yield Problem("form.label_twice", where, facts, "warning")
            break
        labels.setdefault(key, code)
    yield from missing_texts(file, sheet, row)


def _anchor_problems(file: str, sheet: FormSheet, row: FormRow) -> Iterator[Problem]:
    """A criterion of one's own says what each score means, or raters mean different things by it."""
    missing = [str(n) for n in _SCORES if not row.get(f"jangkar_{n}")]
    if missing:
        facts = {"name": row.get("name"), "scores": ", ".join(missing)}
        where = Where(file, sheet.name, row.places["name"])
        yield Problem("form.no_anchors", where, facts, "warning")
