"""Check the survey sheet of an XLSForm: types, names, groups, labels, and the expressions between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.expression_functions import MalformedError, UnsupportedError
from ksd_toolkit.questionnaire.expressions import parse_expression
from ksd_toolkit.questionnaire.form_check_languages import missing_texts
from ksd_toolkit.questionnaire.form_reading import NOTES, TYPES, texts_of
from ksd_toolkit.questionnaire.personal import looks_personal
from ksd_toolkit.questionnaire.xlsform import (
    FormRow,
    FormSheet,
    Sheets,
    is_yes,
    row_type,
    xlsform_names,
)

EXPRESSIONS: Final = ("constraint", "relevant", "calculation", "choice_filter", "repeat_count")
NAME: Final = re.compile(r"[^\W\d][\w.-]*")
_COMPUTED: Final = ("constraint", "relevant")  # the ones this toolkit evaluates itself
_REFERENCE: Final = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_OR_OTHER: Final = re.compile(r"\s+or[_ ]other$", re.IGNORECASE)
_SELECTS: Final = frozenset({"select_one", "select_multiple"})


@dataclass(slots=True)
class _Survey:
    """The sheet under examination and what its rows may refer to: table by question."""

    file: str
    sheet: FormSheet
    lists: frozenset[str]
    devices: frozenset[str]
    tables: dict[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()

    def at(self, row: FormRow, column: str) -> Where:
        """The cell of a column in a row."""
        return Where(self.file, self.sheet.name, row.places.get(column) or f"A{row.number}")


def survey_problems(sheets: Sheets, file: str, base: Sheets | None = None) -> Iterator[Problem]:
    """Every problem of the questions, in the order of the rows.

    Args:
        sheets: The form, or what a dossier adds to one.
        file: What its author calls it.
        base: The form that is added to.
    """
    sheet = sheets.get("survey")
    if sheet is None:
        return
    known = (base, sheets) if base else (sheets,)
    devices = frozenset(xlsform_names()["types"]["devices"])
    survey = _Survey(file, sheet, _lists(known), devices)
    for one in known:
        survey.tables |= dict(_placed(one["survey"].rows)) if "survey" in one else {}
    survey.groups = _groups(base) if base else frozenset()
    yield from _group_problems(survey)
    yield from _name_problems(survey)
    for row in sheet.rows:
        kind, _ = row_type(row)
        if kind and not kind.startswith("end"):
            yield from _row_problems(survey, row, kind)
        if not kind:
            yield Problem("form.no_type", survey.at(row, "type"), {"name": row.get("name") or "-"})


def _lists(forms: tuple[Sheets, ...]) -> frozenset[str]:
    choices = (form["choices"].rows for form in forms if "choices" in form)
    return frozenset(row.get("list_name") for rows in choices for row in rows)


def _groups(form: Sheets) -> frozenset[str]:
    rows = form["survey"].rows
    return frozenset(row.get("name") for row in rows if row_type(row)[0].startswith("begin"))


def _placed(rows: tuple[FormRow, ...]) -> Iterator[tuple[str, str]]:
    """Every name with the group that holds it, as far as the groups are whole."""
    opened: list[str] = []
    for row in rows:
        kind, _ = row_type(row)
        if kind.startswith("end"):
            opened = opened[:-1]
            continue
        yield row.get("name"), opened[-1] if opened else ""
        if kind.startswith("begin"):
            opened.append(row.get("name"))


# --- groups and names ----------------------------------------------------------------------


def _group_problems(survey: _Survey) -> Iterator[Problem]:
    """Every group and repeat is closed by its own kind of end, and every question stands in one."""
    opened: list[FormRow] = []
    for row in survey.sheet.rows:
        kind, _ = row_type(row)
        if kind.startswith("begin"):
            opened.append(row)
        elif kind.startswith("end"):
            if not opened:
                yield Problem(
                    "form.not_opened", survey.at(row, "type"), {"name": row.get("name") or "-"}
                )
                continue
            begin = opened.pop()
            same_kind = row_type(begin)[0][len("begin") :] == kind[len("end") :]
            if not same_kind or row.get("name") not in {"", begin.get("name")}:
                facts = {"name": row.get("name") or kind, "open": begin.get("name")}
                yield Problem("form.wrong_end", survey.at(row, "type"), facts)
        elif not opened and kind and kind not in NOTES:
            yield Problem(
                "form.outside_groups", survey.at(row, "type"), {"name": row.get("name") or "-"}
            )
    for row in opened:
        yield Problem("form.not_closed", survey.at(row, "type"), {"name": row.get("name") or "-"})


def _name_problems(survey: _Survey) -> Iterator[Problem]:
    """Names are unique in the whole form: exports drop the groups, and columns then collide."""
    seen: dict[str, FormRow] = {}
    for row in survey.sheet.rows:
        kind, _ = row_type(row)
        name = row.get("name")
        if kind.startswith("end") or not kind:
            continue
        if not name:
            yield Problem("form.no_name", survey.at(row, "name"), {"type": row.get("type")})
        elif NAME.fullmatch(name) is None:
            yield Problem("form.bad_name", survey.at(row, "name"), {"name": name})
        elif kind.startswith("begin") and name in survey.groups:
            continue
        elif first := seen.get(name.casefold()):
            cell = first.places.get("name", f"A{first.number}")
            yield Problem("form.name_twice", survey.at(row, "name"), {"name": name, "first": cell})
        seen.setdefault(name.casefold(), row)


# --- one row -------------------------------------------------------------------------------


def _row_problems(survey: _Survey, row: FormRow, kind: str) -> Iterator[Problem]:
    is_group = kind.startswith("begin")
    if not is_group and kind not in NOTES:
        yield from _type_problems(survey, row, kind)
        yield from _care_problems(survey, row)
    if kind == "begin_repeat" and row.get("name") not in survey.groups:
        yield from _key_problems(survey, row)
    if kind == "note" or kind not in NOTES:
        yield from _label_problems(survey, row, is_group=row.get("name") in survey.groups)
    for column in EXPRESSIONS:
        if row.get(column):
            yield from _expression_problems(survey, row, column)
    yield from _reference_problems(survey, row)


def _type_problems(survey: _Survey, row: FormRow, kind: str) -> Iterator[Problem]:
    name, (_, rest) = row.get("name") or "-", row_type(row)
    if kind in survey.devices:
        yield Problem("form.device_type", survey.at(row, "type"), {"name": name, "type": kind})
    elif kind not in TYPES:
        yield Problem(
            "form.unknown_type", survey.at(row, "type"), {"name": name, "type": row.get("type")}
        )
    elif kind in _SELECTS:
        list_name = _OR_OTHER.sub("", rest)
        if list_name != rest:
            yield Problem(
                "form.or_other", survey.at(row, "type"), {"name": name, "list": list_name}
            )
        if not list_name:
            yield Problem("form.no_list", survey.at(row, "type"), {"name": name, "type": kind})
        elif list_name not in survey.lists:
            yield Problem(
                "form.unknown_list", survey.at(row, "type"), {"name": name, "list": list_name}
            )


def _care_problems(survey: _Survey, row: FormRow) -> Iterator[Problem]:
    """Personal data that nobody marked, and a rule that refuses without saying why."""
    name = row.get("name")
    if looks_personal(name) and not is_yes(row.get("pii")):
        yield Problem("form.personal", survey.at(row, "name"), {"name": name}, "warning")
    if row.get("constraint") and not texts_of(row, "constraint_message"):
        yield Problem("form.no_message", survey.at(row, "constraint"), {"name": name}, "warning")


def _key_problems(survey: _Survey, begin: FormRow) -> Iterator[Problem]:
    """The rows of a repeat are told apart by the questions marked `key`."""
    rows = [row for row in survey.sheet.rows if not row_type(row)[0].startswith("end")]
    placed = zip(rows, _placed(survey.sheet.rows), strict=True)
    if not any(is_yes(row.get("key")) and table == begin.get("name") for row, (_, table) in placed):
        yield Problem(
            "form.no_key", survey.at(begin, "name"), {"name": begin.get("name")}, "warning"
        )


def _label_problems(survey: _Survey, row: FormRow, *, is_group: bool) -> Iterator[Problem]:
    """A question is asked in words, and a text that has one language has all of them."""
    if not is_group and not texts_of(row, "label"):
        yield Problem(
            "form.no_label", survey.at(row, "label"), {"name": row.get("name") or "-"}, "warning"
        )
    yield from missing_texts(survey.file, survey.sheet, row)


# --- expressions ---------------------------------------------------------------------------


def _expression_problems(survey: _Survey, row: FormRow, column: str) -> Iterator[Problem]:
    """What is no expression at all, and what other programs may know but this one does not."""
    text, name = row.get(column), row.get("name") or "-"
    try:
        parsed = parse_expression(text)
    except MalformedError:
        yield Problem(
            "form.malformed", survey.at(row, column), {"name": name, "column": column, "text": text}
        )
        return
    except UnsupportedError:
        facts = {"name": name, "column": column, "text": text}
        yield Problem("form.not_evaluated", survey.at(row, column), facts, "warning")
        return
    mine = survey.tables.get(name)
    for asked in sorted(parsed.fields & survey.tables.keys()) if column in _COMPUTED else []:
        if survey.tables[asked] != mine:
            facts = {"name": name, "asked": asked, "table": survey.tables[asked] or "-"}
            yield Problem("form.asks_elsewhere", survey.at(row, column), facts, "warning")


def _reference_problems(survey: _Survey, row: FormRow) -> Iterator[Problem]:
    """`${name}` in any cell of a row names a question of the form."""
    for column, text in row.cells.items():
        for asked in dict.fromkeys(_REFERENCE.findall(text)):
            if asked not in survey.tables:
                facts = {"name": row.get("name") or "-", "asked": asked or "-"}
                yield Problem("form.unknown_reference", survey.at(row, column), facts)
