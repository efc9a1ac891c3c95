"""What the policy options a-d are scored and judged by: `knowledge/policy_options.toml` as types."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ksd_toolkit.questionnaire.form_reading import choice_label


@dataclass(frozen=True, slots=True)
class PolicyOption:
    """A policy option of the seed: the problems it addresses, and what shows that it is carried out."""

    code: str
    problems: tuple[str, ...]
    activities: tuple[str, ...]
    tables: tuple[str, ...]
    lasting: bool
    source: str


@dataclass(frozen=True, slots=True)
class OptionRules:
    """The criteria with their weights, the options, and when a TKKSD counts as active."""

    weights: Mapping[str, float]
    options: tuple[PolicyOption, ...]
    meetings: tuple[str, ...]
    least_meetings: int
    least_attendance_percent: float
    activation_source: str

    def option(self, code: str) -> PolicyOption:
        """The option called `code`."""
        return next(option for option in self.options if option.code == code)


@cache
def read_option_rules() -> OptionRules:
    """The rules that ship with the toolkit."""
    path = files("ksd_toolkit.knowledge").joinpath("policy_options.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    activation = table["activation"]
    return OptionRules(
        weights={entry["code"]: float(entry["weight"]) for entry in table["criterion"]},
        options=tuple(_option(entry) for entry in table["option"]),
        meetings=tuple(activation["meetings"]),
        least_meetings=activation["least_meetings"],
        least_attendance_percent=float(activation["least_attendance_percent"]),
        activation_source=activation["source"],
    )


def option_label(code: str, lang: str = "id") -> str:
    """What an option is called on the form."""
    return choice_label("kelembagaan", "nilai_opsi", "opsi", code, lang)


def criterion_label(code: str, lang: str = "id") -> str:
    """What one of Dunn's criteria is called on the form."""
    return choice_label("kelembagaan", "nilai_opsi", "kriteria", code, lang)


def activity_label(code: str, lang: str = "id") -> str:
    """What a kind of activity is called on the form."""
    return choice_label("kelembagaan", "kegiatan_tkksd", "jenis", code, lang)


def _option(entry: Mapping[str, Any]) -> PolicyOption:
    return PolicyOption(
        entry["code"],
        tuple(entry["problems"]),
        tuple(entry["activities"]),
        tuple(entry["tables"]),
        entry["lasting"],
        entry["source"],
    )
