"""What a new version of a form changes about the answers of the old one."""

from collections.abc import Iterator, Mapping

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.form_reading import texts_of
from ksd_toolkit.questionnaire.xlsform import FormRow, Sheets, row_type

_Choices = Mapping[str, Mapping[str, FormRow]]


def changes_since(new: Sheets, old: Sheets, file: str) -> list[Problem]:
    """What would no longer fit: choices renamed or gone, questions gone or of another type.

    Args:
        new: The form as it is to be.
        old: The version that was answered.
        file: What the author of the new one calls it.
    """
    if "survey" not in new or "survey" not in old:
        return []
    return [
        *_question_changes(new, old, file),
        *_choice_changes(new, old, file),
        *_version_changes(new, old, file),
    ]


def _question_changes(new: Sheets, old: Sheets, file: str) -> Iterator[Problem]:
    before, after = (_questions(form) for form in (old, new))
    sheet = new["survey"].name
    for name, row in before.items():
        if name not in after:
            yield Problem("form.question_gone", Where(file, sheet), {"name": name}, "warning")
            continue
        kinds = row_type(row)[0], row_type(after[name])[0]
        if kinds[0] != kinds[1]:
            facts = {"name": name, "old": kinds[0], "new": kinds[1]}
            yield Problem(
                "form.type_changed", Where(file, sheet, after[name].places["type"]), facts
            )


def _choice_changes(new: Sheets, old: Sheets, file: str) -> Iterator[Problem]:
    """A code that vanished; with the label of a code that came, it was renamed."""
    if "choices" not in new or "choices" not in old:
        return
    before, after, sheet = _choices(old), _choices(new), new["choices"].name
    for name, choices in before.items():
        if name not in after:
            continue  # the questions that used it are gone or have another list
        came = {code: row for code, row in after[name].items() if code not in choices}
        for code, row in choices.items():
            if code in after[name]:
                continue
            words = set(texts_of(row, "label").values())
            heir = next(
                (c for c, r in came.items() if words & {*texts_of(r, "label").values()}), ""
            )
            if heir:
                where = Where(file, sheet, came[heir].places["name"])
                facts = {"list": name, "old": code, "new": heir}
                yield Problem("form.choice_renamed", where, facts)
            else:
                first = next(iter(after[name].values()))
                where = Where(file, sheet, first.places["list_name"])
                yield Problem("form.choice_gone", where, {"list": name, "name": code})


def _version_changes(new: Sheets, old: Sheets, file: str) -> Iterator[Problem]:
    """Another content needs another version, or answers cannot be told to the form they answer."""
    versions = [_setting(form, "version") for form in (old, new)]
    if versions[0] != versions[1] or _content(new) == _content(old):
        return
    sheet = new.get("settings")
    cell = dict(sheet.columns).get("version", "A1") if sheet else ""
    where = Where(file, sheet.name if sheet else "", f"{cell[:-1]}2" if cell != "A1" else cell)
    yield Problem("form.same_version", where, {"version": versions[1] or "-"})


def _questions(form: Sheets) -> dict[str, FormRow]:
    rows = form["survey"].rows
    return {row.get("name"): row for row in rows if not row_type(row)[0].startswith("end")}


def _choices(form: Sheets) -> _Choices:
    lists: dict[str, dict[str, FormRow]] = {}
    for row in form["choices"].rows:
        lists.setdefault(row.get("list_name"), {})[row.get("name")] = row
    return lists


def _setting(form: Sheets, name: str) -> str:
    rows = form["settings"].rows if "settings" in form else ()
    return rows[0].get(name) if rows else ""


def _content(form: Sheets) -> list[list[Mapping[str, str]]]:
    return [
        [row.cells for row in form[name].rows] for name in ("survey", "choices") if name in form
    ]
