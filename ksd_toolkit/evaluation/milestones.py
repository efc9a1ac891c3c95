"""Which steps the documents of a journey show, since when, and which document shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.determination import Key
from ksd_toolkit.evaluation.rules import EvaluationRules, Step
from ksd_toolkit.evaluation.semesters import semester_or_none

_EMPTY: Final = frozenset({"", "-", "\u2013", "0"})

Record = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step that was taken: on a day, unless that is missing, as `document` shows.

    Without a document it is implied by a later step.
    """

    step: str
    day: pd.Timestamp | None
    document: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a journey with the days of its stages and of the half-years it brought benefit in."""

    record: Record
    stages: Mapping[str, pd.Timestamp]
    benefits: tuple[pd.Timestamp, ...]

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.record["no_dok"])


def papers_of(
    linked: pd.DataFrame,
    tahapan: pd.DataFrame,
    speaking: pd.DataFrame,
    rules: EvaluationRules,
    today: pd.Timestamp,
) -> dict[Key, list[Paper]]:
    """The documents of every proposal with what happened to them up to `today`.

    Args:
        linked: The documents with their `usulan_key`; those without one are left out.
        tahapan: Their dated stages.
        speaking: The monitoring that speaks for each document and half-year that is over.
        rules: Which answers of a monitoring are a benefit.
        today: The reference date.
    """
    stages: dict[str, dict[str, pd.Timestamp]] = {}
    for row in tahapan[tahapan["tanggal"] <= today].to_dict("records"):
        days = stages.setdefault(row["no_dok"], {})
        days[row["tahap"]] = min(row["tanggal"], days.get(row["tahap"], row["tanggal"]))
    benefits: dict[str, list[pd.Timestamp]] = {}
    fields = [name for step in rules.steps for name in step.fields if name in speaking]
    for row in speaking.to_dict("records"):
        semester = semester_or_none(row["periode"])
        if semester is not None and any(_says(row[name]) for name in fields):
            benefits.setdefault(row["no_dok"], []).append(pd.Timestamp(semester.end))
    found: dict[Key, list[Paper]] = {}
    for row in linked[linked["usulan_key"].notna()].to_dict("records"):
        number = row["no_dok"]
        paper = Paper(row, stages.get(number, {}), tuple(benefits.get(number, ())))
        found.setdefault(row["usulan_key"], []).append(paper)
    return found


def _says(value: Any) -> bool:
    """Whether an answer reports something: a number above zero, or a text that is no dash."""
    if pd.isna(value):
        return False
    return value.strip() not in _EMPTY if isinstance(value, str) else value > 0


def milestones_of(papers: Sequence[Paper], steps: Iterable[Step]) -> dict[str, Milestone]:
    """The steps that papers show, and those a later step implies; whether or not earlier ones are missing."""
    found: dict[str, Milestone] = {}
    later = False
    for step in reversed(tuple(steps)):
        if shown := sorted(_showing(papers, step), key=_order):
            day, number = shown[0]
            found[step.code] = Milestone(step.code, day, number)
        elif step.implied and later:
            found[step.code] = Milestone(step.code, None, "")
        later = later or step.code in found
    return found


def _showing(papers: Sequence[Paper], step: Step) -> Iterator[tuple[pd.Timestamp | None, str]]:
    """Days and numbers of the documents that show a step."""
    for paper in papers:
        if step.stage and step.stage in paper.stages:
            yield paper.stages[step.stage], paper.number
        if paper.record["jenis_dok"] in step.documents and paper.record["is_signed"]:
            signed = paper.record["tgl_ttd"]
            yield None if pd.isna(signed) else signed, paper.number
        if step.fields:
            yield from ((day, paper.number) for day in paper.benefits)


def _order(shown: tuple[pd.Timestamp | None, str]) -> tuple[bool, pd.Timestamp, str]:
    """Dated ones first, the earliest of them ahead."""
    day, number = shown
    return day is None, pd.Timestamp.max if day is None else day, number


def in_order(found: Mapping[str, Milestone], steps: Iterable[Step]) -> list[Milestone]:
    """The milestones up to the first step that is missing."""
    reached = []
    for step in steps:
        if step.code not in found:
            break
        reached.append(found[step.code])
    return reached
