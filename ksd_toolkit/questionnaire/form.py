"""The definition of a questionnaire: its tables, questions, choices and rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ksd_toolkit.questionnaire.expressions import Expression

FieldType = Literal["text", "integer", "decimal", "date", "select_one", "select_multiple"]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a select question offers: its code, its labels and what it means as a score.

    `anchors` say what each score 1-5 of a criterion means; only choices of a criterion have them.
    """

    code: str
    labels: Texts
    anchors: Mapping[int, str]

    def shown(self, lang: str = "id") -> str:
        """The choice as a person finds it: `1.02 Kesehatan`, `Sebagian`, `Perguruan tinggi (pt)`.

        A code people know stands before the label as in a dropdown; a mere key follows in brackets.
        """
        label = self.labels.get(lang) or self.labels.get("id") or self.code
        if label.casefold() == self.code.casefold():
            return label
        return (
            f"{self.code} {label}" if self.code == self.code.upper() else f"{label} ({self.code})"
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint of the form and what to say when it fails.

    `test` is None where the expression uses something we do not know: it is then reported as not
    evaluated, and nothing passes or fails by it.
    """

    expression: str
    test: Expression | None
    messages: Texts

    @property
    def asks_others(self) -> bool:
        """Whether it can only be judged beside the other answers of its row."""
        return self.test is not None and bool(self.test.fields)

    def holds(
        self, value: object, row: Mapping[str, object] | None = None, today: date | None = None
    ) -> bool:
        """Whether an answer keeps the rule; one that cannot be evaluated breaks nothing."""
        return self.test is None or self.test.holds(value, row, today)


@dataclass(frozen=True, slots=True)
class Field:
    """One question: name, type, labels, hint, choices and rule. `pii` marks personal data.

    `format` says how a text or number is written: `region, regions, money, percent, period, nip,
    phone, email` or nothing; `indicator` marks a choice among codes of indicators. `relevant` is the condition under which it is asked at all.
    """

    name: str
    type: FieldType
    labels: Texts
    hints: Texts
    choices: tuple[Choice, ...]
    rule: Rule | None
    relevant: Rule | None
    required: bool
    key: bool
    pii: bool
    format: str
    source: str

    def label(self, lang: str = "id") -> str:
        """The question as asked."""
        return self.labels.get(lang) or self.name

    @property
    def asked(self) -> dict[str, str]:
        """The question as facts of a problem, in English, too, where it is asked in English."""
        english = self.labels.get("en")
        return {"question": self.label()} | ({"question_en": english} if english else {})


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
    """A questionnaire: its id, version, fingerprint and tables.

    `source` is the whole definition as JSON, from which `form_from_json` makes the form again.
    """

    form_id: str
    version: str
    title: str
    sha256: str
    tables: tuple[TableSpec, ...]
    source: str

    def table(self, name: str) -> TableSpec:
        """The table called `name`."""
        return next(table for table in self.tables if table.name == name)
