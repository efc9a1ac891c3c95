"""What the agreements are judged by: `knowledge/agreements.toml` as types."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ksd_toolkit.law import cite
from ksd_toolkit.messages import say

OnlyWhen = Literal["", "council", "never"]


@dataclass(frozen=True, slots=True)
class Ground:
    """An article, and the letter within it; `by_analogy` where the article itself does not speak of the type."""

    article: str
    letter: str = ""
    by_analogy: bool = False

    @property
    def whole(self) -> "Ground":
        """The article without the letter."""
        return Ground(self.article, by_analogy=self.by_analogy)

    def cited(self, lang: str = "id") -> str:
        """The citation with its letter, marked where the official text has not been read or is only applied."""
        found = cite(self.article, lang)
        text = found.citation
        if self.letter:
            text = say("agreements.letter", lang, article=text, letter=self.letter)
        marks = {"law.unverified": not found.verified, "law.by_analogy": self.by_analogy}
        return ", ".join((text, *(say(code, lang) for code, holds in marks.items() if holds)))


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a course: the documents that pass it, and when it may be left out.

    `only_when` is blank for a stage that is always passed, `council` for one that is passed where the
    council's approval is due, and `never` for one that may always be left out.
    """

    code: str
    ground: Ground
    carried_by: tuple[str, ...]
    only_when: OnlyWhen = ""
    signs: bool = False
    needs_parent: bool = False
    after_end: bool = False


@dataclass(frozen=True, slots=True)
class CouncilDeadline:
    """How long the council has, in working days after it received the request; and what its silence means."""

    types: tuple[str, ...]
    working_days: int
    ground: Ground
    silence_is_approval: bool
    silence_ground: Ground | None


@dataclass(frozen=True, slots=True)
class Duty:
    """Something due for documents of some types and kinds."""

    types: tuple[str, ...]
    documents: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Term:
    """Where the longest term of these types stands; `noted` types may last longer by other rules."""

    types: tuple[str, ...]
    ground: Ground
    noted: bool


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """Every number and table the agreements are judged by, with sources in the knowledge file."""

    windows_days: tuple[int, ...]
    longest_years: int
    terms: tuple[Term, ...]
    intent_years: int
    intent_ground: Ground
    council_always: tuple[str, ...]
    council_never: tuple[str, ...]
    council_stage: str
    council_always_ground: Ground
    council_ground: Ground
    council_deadlines: tuple[CouncilDeadline, ...]
    notice: Duty
    notice_months: int
    report: Duty
    report_month: int
    report_day: int
    report_stage: str
    report_silence: Ground
    letters_days: int
    umbrellas: Mapping[str, str]
    courses: Mapping[str, tuple[Stage, ...]]
    course_grounds: Mapping[str, Ground]
    endings: Mapping[str, Mapping[str, Ground]]
    leaders: Ground

    def path(self, jenis_ksd: str, jenis_dok: str) -> tuple[Stage, ...]:
        """The stages a document of a type passes, in order; none for a document the type does not know."""
        return tuple(s for s in self.courses.get(jenis_ksd, ()) if jenis_dok in s.carried_by)

    def term(self, jenis_ksd: str) -> Term:
        """What the longest term of a type rests on; for an unknown type, the last of the table."""
        return next((term for term in self.terms if jenis_ksd in term.types), self.terms[-1])

    def council_deadline(self, jenis_ksd: str) -> CouncilDeadline | None:
        """How long the council has; None for a type that never needs it."""
        return next((d for d in self.council_deadlines if jenis_ksd in d.types), None)

    def council_duty(self, jenis_ksd: str) -> Ground:
        """What the council's approval rests on."""
        always = jenis_ksd in self.council_always
        return self.council_always_ground if always else self.council_ground

    def stage(self, jenis_ksd: str, code: str) -> Stage | None:
        """A stage of a type's course by its code."""
        return next((s for s in self.courses.get(jenis_ksd, ()) if s.code == code), None)


@cache
def read_agreement_rules() -> AgreementRules:
    """The rules that ship with the toolkit."""
    path = files("ksd_toolkit.knowledge").joinpath("agreements.toml")
    return parse_agreement_rules(path.read_text(encoding="utf-8"))


def parse_agreement_rules(text: str) -> AgreementRules:
    """The rules written in `text` (TOML)."""
    table = tomllib.loads(text)
    council, report, notice = table["council"], table["annual_report"], table["extension_notice"]
    return AgreementRules(
        windows_days=tuple(sorted(table["expiry"]["windows_days"])),
        longest_years=table["term"]["longest_years"],
        terms=tuple(_term(entry) for entry in table["term"]["article"]),
        intent_years=table["letter_of_intent"]["longest_years"],
        intent_ground=Ground(table["letter_of_intent"]["article"]),
        council_always=tuple(council["always"]),
        council_never=tuple(council["never"]),
        council_stage=council["stage"],
        council_always_ground=Ground(council["always_article"]),
        council_ground=Ground(council["article"]),
        council_deadlines=tuple(_deadline(entry) for entry in council["deadline"]),
        notice=_duty(notice),
        notice_months=notice["months_before"],
        report=_duty(report),
        report_month=report["month"],
        report_day=report["day"],
        report_stage=report["stage"],
        report_silence=Ground(report["silence_article"]),
        letters_days=table["letters"]["within_days"],
        umbrellas=table["umbrella"]["documents"],
        courses={t: _stages(course) for course in table["course"] for t in course["types"]},
        course_grounds={t: Ground(c["article"]) for c in table["course"] for t in c["types"]},
        endings=_endings(table["ground"]),
        leaders=Ground(table["leaders"]["article"]),
    )


def _stages(course: Mapping[str, Any]) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            code=entry["code"],
            ground=Ground(
                entry.get("article", course["article"]),
                entry.get("letter", ""),
                entry.get("by_analogy", course.get("by_analogy", False)),
            ),
            carried_by=tuple(entry["carried_by"]),
            only_when=entry.get("only_when", ""),
            signs=entry.get("signs", False),
            needs_parent=entry.get("needs_parent", False),
            after_end=entry.get("after_end", False),
        )
        for entry in course["stages"]
    )


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(tuple(entry["types"]), Ground(entry["article"]), entry.get("noted", False))


def _duty(entry: Mapping[str, Any]) -> Duty:
    return Duty(tuple(entry["types"]), tuple(entry["documents"]), Ground(entry["article"]))


def _deadline(entry: Mapping[str, Any]) -> CouncilDeadline:
    silence = Ground(entry["silence_article"]) if "silence_article" in entry else None
    return CouncilDeadline(
        types=tuple(entry["types"]),
        working_days=entry["working_days"],
        ground=Ground(entry["article"]),
        silence_is_approval=entry["silence_is_approval"],
        silence_ground=silence,
    )


def _endings(entries: list[dict[str, Any]]) -> dict[str, dict[str, Ground]]:
    """The grounds of every type by their codes."""
    found: dict[str, dict[str, Ground]] = {}
    for entry in entries:
        for jenis in entry["types"]:
            applied = jenis in entry.get("by_analogy", ())
            ground = Ground(entry["article"], entry.get("letter", ""), applied)
            found.setdefault(jenis, {})[entry["code"]] = ground
    return found
