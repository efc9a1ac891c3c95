"""What the evaluation decides by: `knowledge/evaluation.toml` and the questions of `form/evaluasi.md` as types."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.messages import language
from ksd_toolkit.questionnaire.form import Field
from ksd_toolkit.questionnaire.form_reading import read_form


@dataclass(frozen=True, slots=True)
class Band:
    """A class of achievement: it holds percentages strictly above its cut point, None for the rest."""

    code: str
    above_percent: float | None
    labels: Mapping[str, str]
    source: str

    def label(self, lang: str = "id") -> str:
        """The name of the class."""
        return self.labels[language(lang)]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the eleven closed questions; its options run from best to worst.

    `order` is the order of the options where it is not that of the form.
    """

    field: str
    group: str
    asked: Field
    order: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """The option codes, best first."""
        return tuple(choice.code for choice in self.asked.choices)

    @property
    def scale(self) -> tuple[str, ...]:
        """The option codes as steps: how far apart two answers are."""
        return self.order or self.options

    def label(self, lang: str = "id") -> str:
        """The question as asked."""
        return self.asked.label(language(lang))

    def option_label(self, option: str, lang: str = "id") -> str:
        """What the option says; the code itself when the form does not offer it."""
        labels = {choice.code: choice.labels[language(lang)] for choice in self.asked.choices}
        return labels.get(option, option)


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a determined proposal to benefit: a signed document, a dated stage or a monitoring.

    An `implied` step leaves no document of its own: a later one shows that it was taken. `short`
    marks the steps of the short list of cases.
    """

    code: str
    documents: tuple[str, ...]
    stage: str
    source: str
    fields: tuple[str, ...] = ()
    implied: bool = False
    short: bool = True


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A row of the recommendation table: it holds when all of `all_of` and one of `any_of` hold."""

    id: str
    gives: str
    all_of: Mapping[str, tuple[str, ...]]
    any_of: Mapping[str, tuple[str, ...]]
    source: str

    def matched(self, facts: Mapping[str, Any]) -> dict[str, str] | None:
        """The facts that made the row hold, None when it does not; an unknown fact never matches."""
        required = {
            name: facts[name] for name, codes in self.all_of.items() if facts.get(name) in codes
        }
        one_of = {
            name: facts[name] for name, codes in self.any_of.items() if facts.get(name) in codes
        }
        if len(required) < len(self.all_of) or (self.any_of and not one_of):
            return None
        return required | one_of


@dataclass(frozen=True, slots=True)
class UmbrellaRow:
    """A row of the table for umbrellas: it holds when every verdict is in `every`, or one is in `some`."""

    id: str
    gives: str
    every: tuple[str, ...]
    some: tuple[str, ...]
    source: str

    def holds(self, verdicts: Set[str]) -> bool:
        """Whether it holds for the verdicts on what carries an umbrella out; a row that asks nothing holds."""
        if self.every:
            return verdicts <= set(self.every)
        return not self.some or bool(verdicts & set(self.some))


@dataclass(frozen=True, slots=True)
class EvaluationRules:
    """Every number and table the evaluation decides by, with sources in the knowledge file."""

    bands: tuple[Band, ...]
    cap_percent: float
    floor_percent: float
    decimals: int
    not_counted_as_missing: tuple[str, ...]
    windows_days: tuple[int, ...]
    printed_days: tuple[int, ...]
    longest_years: int
    raters: tuple[str, ...]
    monitored: tuple[str, ...]
    minimum_days_running: int
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    recommendations: tuple[DecisionRow, ...]
    umbrellas: tuple[UmbrellaRow, ...]
    calendar_half_years: int
    yearly_evaluations: int

    def band(self, code: str) -> Band:
        """The class of achievement with this code."""
        return next(band for band in self.bands if band.code == code)

    def question(self, field: str) -> Question:
        """The question asked in this field."""
        return next(question for question in self.questions if question.field == field)


@cache
def read_evaluation_rules() -> EvaluationRules:
    """The rules that ship with the toolkit."""
    path = files("ksd_toolkit.knowledge").joinpath("evaluation.toml")
    return parse_evaluation_rules(path.read_text(encoding="utf-8"))


def parse_evaluation_rules(text: str) -> EvaluationRules:
    """The rules written in `text` (TOML); the questions are those of the evaluation form."""
    table = tomllib.loads(text)
    achievement, monitoring = table["achievement"], table["monitoring"]
    asked = read_form("evaluasi").table("monev")
    return EvaluationRules(
        bands=tuple(_band(entry) for entry in table["band"]),
        cap_percent=achievement["cap_percent"],
        floor_percent=achievement["floor_percent"],
        decimals=achievement["decimals"],
        not_counted_as_missing=tuple(achievement["not_counted_as_missing"]),
        windows_days=read_agreement_rules().windows_days,
        printed_days=tuple(sorted(table["expiry"]["printed_days"])),
        longest_years=read_agreement_rules().longest_years,
        raters=tuple(monitoring["raters"]),
        monitored=tuple(monitoring["documents"]),
        minimum_days_running=monitoring["minimum_days_running"],
        questions=tuple(
            Question(
                entry["field"],
                entry["group"],
                asked.field(entry["field"]),
                tuple(entry.get("order", ())),
            )
            for entry in table["question"]
        ),
        steps=tuple(_step(entry) for entry in table["step"]),
        recommendations=tuple(_decision_row(entry) for entry in table["recommendation"]),
        umbrellas=tuple(_umbrella_row(entry) for entry in table["umbrella"]),
        calendar_half_years=monitoring["calendar_half_years"],
        yearly_evaluations=monitoring["yearly_evaluations"],
    )


def _band(entry: Mapping[str, Any]) -> Band:
    labels = {"id": entry["id"], "en": entry["en"]}
    return Band(entry["code"], entry.get("above_percent"), labels, entry["source"])


def _step(entry: Mapping[str, Any]) -> Step:
    return Step(
        code=entry["code"],
        documents=tuple(entry.get("documents", ())),
        stage=entry.get("stage", ""),
        source=entry["source"],
        fields=tuple(entry.get("fields", ())),
        implied=entry.get("implied", False),
        short=entry.get("short", False),
    )


def _decision_row(entry: Mapping[str, Any]) -> DecisionRow:
    all_of = {name: tuple(codes) for name, codes in entry.get("all", {}).items()}
    any_of = {name: tuple(codes) for name, codes in entry.get("any", {}).items()}
    return DecisionRow(entry["id"], entry["gives"], all_of, any_of, entry["source"])


def _umbrella_row(entry: Mapping[str, Any]) -> UmbrellaRow:
    every, some = tuple(entry.get("every", ())), tuple(entry.get("some", ()))
    return UmbrellaRow(entry["id"], entry["gives"], every, some, entry["source"])
