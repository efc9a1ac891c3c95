"""What the evaluation decides by: `knowledge/evaluation.toml` and the questions of `form/evaluasi.md` as types."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.messages import language
from ksd_toolkit.questionnaire.form import Field, read_form


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
    """One of the eleven closed questions; its options run from best to worst."""

    field: str
    group: str
    asked: Field

    @property
    def options(self) -> tuple[str, ...]:
        """The option codes, best first."""
        return tuple(choice.code for choice in self.asked.choices)

    def label(self, lang: str = "id") -> str:
        """The question as asked."""
        return self.asked.label(language(lang))

    def option_label(self, option: str, lang: str = "id") -> str:
        """What the option says; the code itself when the form does not offer it."""
        labels = {choice.code: choice.labels[language(lang)] for choice in self.asked.choices}
        return labels.get(option, option)


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a determined proposal to work: reached by a signed document or a dated stage."""

    code: str
    documents: tuple[str, ...]
    stage: str
    source: str


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
            Question(entry["field"], entry["group"], asked.field(entry["field"]))
            for entry in table["question"]
        ),
        steps=tuple(_step(entry) for entry in table["step"]),
        recommendations=tuple(_decision_row(entry) for entry in table["recommendation"]),
    )


def _band(entry: Mapping[str, Any]) -> Band:
    labels = {"id": entry["id"], "en": entry["en"]}
    return Band(entry["code"], entry.get("above_percent"), labels, entry["source"])


def _step(entry: Mapping[str, Any]) -> Step:
    documents = tuple(entry.get("documents", ()))
    return Step(entry["code"], documents, entry.get("stage", ""), entry["source"])


def _decision_row(entry: Mapping[str, Any]) -> DecisionRow:
    all_of = {name: tuple(codes) for name, codes in entry.get("all", {}).items()}
    any_of = {name: tuple(codes) for name, codes in entry.get("any", {}).items()}
    return DecisionRow(entry["id"], entry["gives"], all_of, any_of, entry["source"])
