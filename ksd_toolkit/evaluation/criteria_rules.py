"""Which answers speak for which criterion: `knowledge/evaluation_criteria.toml` as types."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from ksd_toolkit.messages import language
from ksd_toolkit.questionnaire.form import Form
from ksd_toolkit.questionnaire.form_reading import read_form

ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Source:
    """Something a criterion is read from: a question of the form, or a figure of the review.

    `points` are what its options are worth, empty for figures, which are percentages already.
    """

    code: str
    kind: str
    points: Mapping[str, float]
    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]] = field(repr=False)
    origin: str = ""

    def label(self, lang: str = "id") -> str:
        """The question, or what the figure is called."""
        return self.labels[language(lang)]

    def option_label(self, option: str, lang: str = "id") -> str:
        """What an option says; the code itself when there is no such option."""
        return self.options[language(lang)].get(option, option)

    def worth(self, option: str) -> float:
        """What an option is worth in percent of the best one."""
        return 100 * self.points[option] / max(self.points.values())

    def percent(self, told: Any) -> float | None:
        """What was told in percent of the best there is; None for a blank and what is not offered."""
        if self.points:
            return self.worth(str(told)) if str(told) in self.points else None
        return None if told is None or pd.isna(told) else min(max(float(told), 0.0), 100.0)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of one set, and the sources it is read from."""

    set: str
    code: str
    labels: Mapping[str, str]
    asks: Mapping[str, str]
    sources: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """What identifies it over all sets: `dac.relevansi`."""
        return f"{self.set}.{self.code}"

    def label(self, lang: str = "id") -> str:
        """Its name in words."""
        return self.labels[language(lang)]

    def question(self, lang: str = "id") -> str:
        """What it asks."""
        return self.asks[language(lang)]


@dataclass(frozen=True, slots=True)
class Grade:
    """A class of values, those at or above its cut point; None for the rest."""

    code: str
    from_percent: float | None
    labels: Mapping[str, str]

    def label(self, lang: str = "id") -> str:
        """Its name in words."""
        return self.labels[language(lang)]


@dataclass(frozen=True, slots=True)
class CriteriaRules:
    """The criteria, what they are read from and the classes of their values."""

    sets: Mapping[str, Mapping[str, str]]
    criteria: tuple[Criterion, ...]
    sources: Mapping[str, Source]
    grades: tuple[Grade, ...]

    def of_set(self, name: str) -> tuple[Criterion, ...]:
        """The criteria of one set, in its order."""
        return tuple(criterion for criterion in self.criteria if criterion.set == name)

    def set_label(self, name: str, lang: str = "id") -> str:
        """What a set is called."""
        return self.sets[name][language(lang)]

    def find(self, name: str) -> Criterion | None:
        """The criterion called `dac.relevansi`."""
        return next((one for one in self.criteria if one.name == name), None)

    def grade(self, value: float) -> Grade:
        """The class of a value: the first whose cut point it reaches."""
        return next(
            grade
            for grade in self.grades
            if grade.from_percent is None or value >= grade.from_percent
        )


@cache
def read_criteria_rules() -> CriteriaRules:
    """The criteria that ship with the toolkit."""
    path = files("ksd_toolkit.knowledge").joinpath("evaluation_criteria.toml")
    return parse_criteria_rules(path.read_text(encoding="utf-8"))


def parse_criteria_rules(text: str) -> CriteriaRules:
    """The criteria written in `text` (TOML); questions and options are those of the evaluation form."""
    table, form = tomllib.loads(text), read_form("evaluasi")
    return CriteriaRules(
        sets={entry["code"]: entry for entry in table["set"]},
        criteria=tuple(_criterion(entry) for entry in table["criterion"]),
        sources={entry["code"]: _source(entry, form) for entry in table["source"]},
        grades=tuple(
            Grade(entry["code"], entry.get("from"), {"id": entry["id"], "en": entry["en"]})
            for entry in table["class"]
        ),
    )


def _criterion(entry: Mapping[str, Any]) -> Criterion:
    labels = {"id": entry["id"], "en": entry["en"]}
    asks = {"id": entry["asks_id"], "en": entry["asks_en"]}
    return Criterion(
        entry["set"], entry["code"], labels, asks, tuple(entry["sources"]), entry["source"]
    )


def _source(entry: Mapping[str, Any], form: Form) -> Source:
    points = entry.get("points", {})
    if entry["kind"] == ANSWER:
        asked = form.table("monev").field(entry["code"])
        labels = {lang: asked.label(lang) for lang in ("id", "en")}
        options = {
            lang: {choice.code: choice.labels[lang] for choice in asked.choices} for lang in labels
        }
        return Source(entry["code"], ANSWER, points, labels, options, asked.source)
    labels = {"id": entry["id"], "en": entry["en"]}
    options = {lang: entry.get(f"option_{lang}", {}) for lang in labels}
    return Source(entry["code"], entry["kind"], points, labels, options, entry["from"])
