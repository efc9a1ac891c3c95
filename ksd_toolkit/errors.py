"""What can go wrong, in one file.

KsdError
├── InputError    what people brought cannot be used; holds every Problem found
│   └── PlenaryError     the record of a plenary is refused, with every place in it
├── MethodError   the scoring method contradicts itself or the questionnaire
├── LawError      a legal reference does not exist
└── RunError      a run was asked for something it cannot do
    ├── NotRankedError   a run made what needs no ranking, and nothing else
    └── BusyError        another process is at the same work
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ksd_toolkit.messages import say

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a problem as its author sees it: file, sheet and cell (`F12`) or row."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = ":".join(part for part in (self.sheet, self.cell) if part)
        return " ".join(part for part in (self.file, f"[{place}]" if place else "") if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found wrong: a code, a place and the facts its sentence needs.

    The sentences stand in `messages/<lang>/problem.toml` as `problem.<code>.say` (what is wrong)
    and `problem.<code>.fix` (what to do); every code has both.
    """

    code: str
    where: Where = Where()
    facts: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    def text(self, lang: str = "id") -> str:
        """What is wrong."""
        return say(f"problem.{self.code}.say", lang, **_facts_in(self.facts, lang))

    def remedy(self, lang: str = "id") -> str:
        """What to do about it."""
        return say(f"problem.{self.code}.fix", lang, **_facts_in(self.facts, lang))

    def sentence(self, lang: str = "id") -> str:
        """Place, what is wrong, what to do: one line."""
        place = str(self.where)
        line = f"{place}: {self.text(lang)} {self.remedy(lang)}" if place else ""
        return " ".join((line or f"{self.text(lang)} {self.remedy(lang)}").split())


def _facts_in(facts: Mapping[str, object], lang: str) -> dict[str, object]:
    """The facts as one language tells them: `question_en` for `question` where both are there."""
    if lang == "id":
        return dict(facts)
    return {name: facts.get(f"{name}_{lang}", fact) for name, fact in facts.items()}


class KsdError(Exception):
    """A mistake the user can mend: shown as a sentence, never as a traceback."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(self.sentence("id"))

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process raises it as it is; by itself Python would make it anew from its sentence."""
        return _as_raised, (type(self), vars(self).copy())

    def sentence(self, lang: str = "id") -> str:
        """The message in one language: `reason_en` for `reason` where both are there."""
        return say(f"error.{self.code}", lang, **_facts_in(self.facts, lang))


def _as_raised(kind: type[KsdError], parts: dict[str, Any]) -> KsdError:
    error = kind.__new__(kind)
    vars(error).update(parts)
    error.args = (error.sentence("id"),)
    return error


class InputError(KsdError):
    """What people brought cannot be used; `problems` holds every finding."""

    def __init__(self, code: str, problems: Iterable[Problem] = (), **facts: object) -> None:
        self.problems = tuple(problems)
        super().__init__(code, **facts)


class PlenaryError(InputError):
    """The record of a plenary is refused; `problems` holds every place that has to be mended."""


class MethodError(KsdError):
    """The scoring method contradicts itself or the questionnaire."""


class LawError(KsdError):
    """A legal reference does not exist in the knowledge files."""


class RunError(KsdError):
    """A run was asked for something it cannot do."""


class NotRankedError(RunError):
    """Nothing could be ranked; the papers that need no ranking were made: done in part."""


class BusyError(RunError):
    """Another process is at the same work: try again when it is done."""
