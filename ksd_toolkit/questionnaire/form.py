"""The definition of a questionnaire: an XLSForm read into tables, fields, choices and rules."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from ksd_toolkit.errors import InputError

FieldType = Literal["text", "integer", "decimal", "date", "select_one", "select_multiple"]
Texts = Mapping[str, str]

_LANGUAGE_COLUMN: Final = re.compile(r"^(?P<what>[a-z_]+)::.*\((?P<lang>[a-z]{2})\)$")
_TYPES: Final = frozenset({"text", "integer", "decimal", "date", "select_one", "select_multiple"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a select question offers: its code and its labels."""

    code: str
    labels: Texts


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint of the form, ready to check a parsed value, and what to say when it fails."""

    expression: str
    holds: Callable[[object], bool]
    messages: Texts


@dataclass(frozen=True, slots=True)
class Field:
    """One question: name, type, labels, hint, choices and rule. `pii` marks personal data."""

    name: str
    type: FieldType
    labels: Texts
    hints: Texts
    choices: tuple[Choice, ...]
    rule: Rule | None
    required: bool
    key: bool
    pii: bool
    source: str

    def label(self, lang: str = "id") -> str:
        """The question as asked."""
        return self.labels.get(lang) or self.name


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A group (one record) or a repeat (many); a nested repeat carries its parent's key columns."""

    name: str
    repeat: bool
    labels: Texts
    hints: Texts
    fields: tuple[Field, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(field.name for field in self.fields if field.key)

    def field(self, name: str) -> Field:
        """The question called `name`."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire: its id, version, fingerprint and tables."""

    form_id: str
    version: str
    title: str
    sha256: str
    tables: tuple[TableSpec, ...]

    def table(self, name: str) -> TableSpec:
        """The table called `name`."""
        return next(table for table in self.tables if table.name == name)


@cache
def read_form(name: str = "pemetaan") -> Form:
    """The questionnaire `name` that ships with the toolkit (`knowledge/form/<name>.md`).

    Raises:
        InputError: The form uses a type or a constraint that is not understood.
    """
    text = files("ksd_toolkit.knowledge").joinpath("form", f"{name}.md").read_text("utf-8")
    return parse_form(text)


def parse_form(text: str) -> Form:
    """An XLSForm in its Markdown notation as a `Form`."""
    sheets = _markdown_sheets(text)
    settings = sheets["settings"][0]
    choices = _choices(sheets["choices"])
    return Form(
        form_id=settings["form_id"],
        version=settings["version"],
        title=settings["form_title"],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        tables=tuple(_tables(sheets["survey"], choices)),
    )


def _markdown_sheets(text: str) -> dict[str, list[dict[str, str]]]:
    """`| survey |` blocks: the first cell of a block names the sheet, its first row the columns."""
    sheets: dict[str, list[dict[str, str]]] = {}
    current = ""
    header: list[str] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells[0].startswith("---"):
            continue
        if cells[0]:
            current, header = cells[0], []
            sheets[current] = []
        elif not header:
            header = cells[1:]
        else:
            sheets[current].append(dict(zip(header, cells[1:], strict=False)))
    return sheets


def _choices(rows: list[dict[str, str]]) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    for row in rows:
        lists.setdefault(row["list_name"], []).append(Choice(row["name"], _texts(row, "label")))
    return {name: tuple(choices) for name, choices in lists.items()}


def _tables(
    rows: list[dict[str, str]], choices: Mapping[str, tuple[Choice, ...]]
) -> Iterator[TableSpec]:
    """Groups and repeats in the order they open; nested ones inherit the open keys."""
    opened: list[tuple[dict[str, str], list[Field]]] = []
    finished: list[tuple[int, TableSpec]] = []
    order: dict[str, int] = {}
    for row in rows:
        kind = row["type"]
        if kind.startswith("begin"):
            inherited = [f for _, fields in opened for f in fields if f.key]
            order[row["name"]] = len(order)
            opened.append((row, list(inherited)))
        elif kind.startswith("end"):
            begin, fields = opened.pop()
            spec = TableSpec(
                name=begin["name"],
                repeat=begin["type"].replace(" ", "_") == "begin_repeat",
                labels=_texts(begin, "label"),
                hints=_texts(begin, "hint"),
                fields=tuple(fields),
            )
            finished.append((order[spec.name], spec))
        else:
            opened[-1][1].append(_field(row, choices))
    yield from (spec for _, spec in sorted(finished, key=lambda item: item[0]))


def _field(row: dict[str, str], choices: Mapping[str, tuple[Choice, ...]]) -> Field:
    kind, _, list_name = row["type"].partition(" ")
    if kind not in _TYPES:
        raise InputError("form.type", name=row["name"], type=row["type"])
    if list_name and list_name not in choices:
        raise InputError("form.choices", name=row["name"], list=list_name)
    return Field(
        name=row["name"],
        type=kind,  # type: ignore[arg-type]  # checked against _TYPES above
        labels=_texts(row, "label"),
        hints=_texts(row, "hint"),
        choices=choices.get(list_name, ()),
        rule=_rule(row),
        required=row.get("required") == "yes",
        key=row.get("key") == "yes",
        pii=row.get("pii") == "yes",
        source=row.get("source", ""),
    )


def _texts(row: Mapping[str, str], what: str) -> Texts:
    """`label::English (en)` and its like as `{"en": ...}`."""
    found = ((_LANGUAGE_COLUMN.match(column), text) for column, text in row.items())
    return {match["lang"]: text for match, text in found if match and match["what"] == what}


def _rule(row: dict[str, str]) -> Rule | None:
    expression = row.get("constraint", "")
    if not expression:
        return None
    tests = [_clause(clause.strip(), row["name"]) for clause in expression.split(" and ")]
    return Rule(
        expression,
        lambda value: all(test(value) for test in tests),
        _texts(row, "constraint_message"),
    )


_COMPARISON: Final = re.compile(
    r"^(?P<subject>\.|string-length\(\.\))\s*(?P<sign>[<>]=?)\s*(?P<bound>-?[\d.]+)$"
)
_PATTERN: Final = re.compile(r"^regex\(\.,\s*'(?P<pattern>.*)'\)$")
_SIGNS: Final[dict[str, Callable[[float, float], bool]]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def _clause(clause: str, name: str) -> Callable[[object], bool]:
    """One test of an XPath constraint; what is not understood is refused, never passed over."""
    if compared := _COMPARISON.match(clause):
        compare, bound = _SIGNS[compared["sign"]], float(compared["bound"])
        if compared["subject"] == ".":
            return lambda value: compare(float(str(value)), bound)
        return lambda value: compare(len(str(value)), bound)
    if matched := _PATTERN.match(clause):
        pattern = re.compile(matched["pattern"])
        return lambda value: pattern.search(str(value)) is not None
    raise InputError("form.constraint", name=name, expression=clause)
