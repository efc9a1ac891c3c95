"""An XLSForm read into the definition of a questionnaire, from a workbook, from what ships, or from JSON."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final

from ksd_toolkit.errors import InputError
from ksd_toolkit.questionnaire.expression_functions import UnsupportedError
from ksd_toolkit.questionnaire.expressions import parse_expression
from ksd_toolkit.questionnaire.form import Choice, Field, Form, Rule, TableSpec, Texts
from ksd_toolkit.questionnaire.xlsform import (
    SHEETS,
    FormRow,
    FormSheet,
    Sheets,
    is_yes,
    markdown_sheets,
    row_type,
)

LANGUAGE_COLUMN: Final = re.compile(r"^(?P<what>[a-z_]+)::.*\((?P<lang>[a-z]{2})\)$")
TYPES: Final = frozenset({"text", "integer", "decimal", "date", "select_one", "select_multiple"})
NOTES: Final = frozenset({"note", "calculate", "start", "end", "today", "deviceid"})
"""Rows other programs use that ask nobody anything."""


@cache
def read_form(name: str = "pemetaan") -> Form:
    """The questionnaire `name` that ships with the toolkit (`knowledge/form/<name>.md`).

    Raises:
        InputError: The form uses a type that is not understood.
    """
    return form_of_sheets(shipped_sheets(name))


def choice_label(form: str, table: str, field: str, code: str, lang: str = "id") -> str:
    """What a shipped form calls a choice; the code itself where it does not offer it."""
    choices = read_form(form).table(table).field(field).choices
    labels = (choice.labels for choice in choices if choice.code == code)
    return next((label.get(lang) or label.get("id", code) for label in labels), code)


@cache
def shipped_forms() -> tuple[str, ...]:
    """The names of the forms that ship."""
    found = files("ksd_toolkit.knowledge").joinpath("form").iterdir()
    return tuple(sorted(one.name[:-3] for one in found if one.name.endswith(".md")))


@cache
def shipped_sheets(name: str) -> Sheets:
    """The sheets of a shipped form."""
    text = files("ksd_toolkit.knowledge").joinpath("form", f"{name}.md").read_text("utf-8")
    return markdown_sheets(text)


def form_of_sheets(sheets: Sheets) -> Form:
    """The sheets of an XLSForm as a `Form`.

    Raises:
        InputError: A sheet is missing, or a row has a type or a list that does not exist.
    """
    for name in SHEETS:
        if name not in sheets:
            raise InputError("form.sheet", sheet=name)
    settings = sheets["settings"].rows[0] if sheets["settings"].rows else FormRow(0, {}, {})
    source = _source(sheets)
    return Form(
        form_id=settings.get("form_id"),
        version=settings.get("version"),
        title=settings.get("form_title"),
        sha256=hashlib.sha256(source.encode()).hexdigest(),
        tables=tuple(_tables(sheets["survey"].rows, _choices(sheets["choices"].rows))),
        source=source,
    )


def parse_form(text: str) -> Form:
    """An XLSForm in its Markdown notation as a `Form`."""
    return form_of_sheets(markdown_sheets(text))


@cache
def form_from_json(source: str) -> Form:
    """The form whose `source` this is."""
    told = json.loads(source)
    sheets = {
        name: FormSheet(name, (), tuple(FormRow(n, row, {}) for n, row in enumerate(rows, start=2)))
        for name, rows in told.items()
    }
    return form_of_sheets(sheets)


def _source(sheets: Sheets) -> str:
    told = {name: [dict(row.cells) for row in sheets[name].rows] for name in SHEETS}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _choices(rows: tuple[FormRow, ...]) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    for row in rows:
        anchors = {n: row.get(f"jangkar_{n}") for n in range(1, 6) if row.get(f"jangkar_{n}")}
        choice = Choice(row.get("name"), texts_of(row, "label"), anchors)
        lists.setdefault(row.get("list_name"), []).append(choice)
    return {name: tuple(choices) for name, choices in lists.items()}


def _tables(
    rows: tuple[FormRow, ...], choices: Mapping[str, tuple[Choice, ...]]
) -> Iterator[TableSpec]:
    """Groups and repeats in the order they open; nested ones inherit the open keys."""
    opened: list[tuple[FormRow, list[Field]]] = []
    finished: list[tuple[int, TableSpec]] = []
    order: dict[str, int] = {}
    for row in rows:
        kind, _ = row_type(row)
        if kind.startswith("begin"):
            inherited = [f for _, fields in opened for f in fields if f.key]
            order[row.get("name")] = len(order)
            opened.append((row, list(inherited)))
        elif kind.startswith("end"):
            if not opened:
                raise InputError("form.groups", name=row.get("name"))
            begin, fields = opened.pop()
            finished.append((order[begin.get("name")], _table(begin, fields)))
        elif kind not in NOTES:
            if not opened:
                raise InputError("form.groups", name=row.get("name"))
            opened[-1][1].append(_field(row, choices))
    if opened:
        raise InputError("form.groups", name=opened[-1][0].get("name"))
    yield from (spec for _, spec in sorted(finished, key=lambda item: item[0]))


def _table(begin: FormRow, fields: list[Field]) -> TableSpec:
    return TableSpec(
        name=begin.get("name"),
        repeat=row_type(begin)[0] == "begin_repeat",
        labels=texts_of(begin, "label"),
        hints=texts_of(begin, "hint"),
        fields=tuple(_judged_beside(field, fields) for field in fields),
    )


def _judged_beside(field: Field, fields: list[Field]) -> Field:
    """The question, its rule and condition set aside where they ask about answers of another table.

    A row does not hold those answers; taken as blanks they would pass or fail for no reason.
    """
    names = {other.name for other in fields}

    def kept(rule: Rule | None) -> Rule | None:
        elsewhere = rule is not None and rule.test is not None and rule.test.fields - names
        return replace(rule, test=None) if rule is not None and elsewhere else rule

    return replace(field, rule=kept(field.rule), relevant=kept(field.relevant))


def _field(row: FormRow, choices: Mapping[str, tuple[Choice, ...]]) -> Field:
    kind, list_name = row_type(row)
    if kind not in TYPES:
        raise InputError("form.type", name=row.get("name"), type=row.get("type"))
    if list_name and list_name not in choices:
        raise InputError("form.choices", name=row.get("name"), list=list_name)
    return Field(
        name=row.get("name"),
        type=kind,  # type: ignore[arg-type]  # checked against TYPES above
        labels=texts_of(row, "label"),
        hints=texts_of(row, "hint"),
        choices=choices.get(list_name, ()),
        rule=rule_of(row, "constraint", "constraint_message"),
        relevant=rule_of(row, "relevant", "relevant_message"),
        required=is_yes(row.get("required")),
        key=is_yes(row.get("key")),
        pii=is_yes(row.get("pii")),
        format=row.get("format"),
        source=row.get("source"),
    )


def texts_of(row: FormRow, what: str) -> Texts:
    """`label::English (en)` and its like as `{"en": ...}`; a bare `label` is Indonesian."""
    found = ((LANGUAGE_COLUMN.match(column), text) for column, text in row.cells.items())
    texts = {match["lang"]: text for match, text in found if match and match["what"] == what}
    return texts or ({"id": row.get(what)} if row.get(what) else {})


def rule_of(row: FormRow, column: str, message: str) -> Rule | None:
    """The rule in a column of a question."""
    expression = row.get(column)
    if not expression:
        return None
    try:
        test = parse_expression(expression)
    except UnsupportedError:
        test = None
    return Rule(expression, test, texts_of(row, message))
