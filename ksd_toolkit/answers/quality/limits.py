"""The limits, sections and sources by which answers are judged, as written in the knowledge file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.messages import language

OWN_QUESTIONS: Final = "tambahan"
"""The section of questions an office or region added itself."""


@cache
def limits() -> dict[str, Any]:
    """The tables of `knowledge/quality.toml`; every limit stands beside its source."""
    text = files("ksd_toolkit.knowledge").joinpath("quality.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def section_codes() -> list[str]:
    """The sections of the questionnaire in reading order, those of own questions last."""
    return [section["code"] for section in limits()["section"]]


def section_label(code: str, lang: str = "id") -> str:
    """What a section is called."""
    entry = next(section for section in limits()["section"] if section["code"] == code)
    return str(entry[language(lang)])


@cache
def sections() -> dict[tuple[str, str], str]:
    """The section of every question, by table and name."""
    return {
        (section["table"], name): section["code"]
        for section in limits()["section"]
        for name in section["fields"]
    }


def may_be_blank(table: str, name: str) -> bool:
    """Whether a blank says something there, so that it is no unanswered question."""
    return name in limits()["blank_is_an_answer"][table]
