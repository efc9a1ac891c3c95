"""The history of an agreement as a state machine: each event gives the next history, or is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from ksd_toolkit.agreements.checks import CHECKS, may_be_left_out, resting_on
from ksd_toolkit.agreements.rules import AgreementRules, Ground, Stage
from ksd_toolkit.agreements.stages import Agreement, Event
from ksd_toolkit.errors import Problem


@dataclass(frozen=True, slots=True)
class History:
    """What has happened to a document so far, in the order of time.

    Args:
        agreement: The document.
        rules: The courses and grounds it is judged by.
        parent: The history of its umbrella, None where it has none.
        events: What happened, oldest first.
        until: The last day in force: what the document says, or its latest addendum.
    """

    agreement: Agreement
    rules: AgreementRules = field(repr=False)
    parent: "History | None" = None
    events: tuple[Event, ...] = ()
    until: date | None = None

    def advance(self, event: Event) -> "History | Problem":
        """The history with `event` at its end, or why the law does not let it happen.

        A refusal names the article, the document, the cause and the remedy in both languages.

        Source:
            PP 28/2018 Pasal 6, 9, 19 dan 22; Permendagri 25/2020 Pasal 9, 13, 32 dan 34.
        """
        refusals = (check(self, event) for check in CHECKS[event.what])
        first = next((found for found in refusals if found is not None), None)
        return first if first is not None else self.with_event(event)

    def with_event(self, event: Event) -> "History":
        """The history with `event` at its end, asked no questions: what a register holds is not undone."""
        until = event.until if event.until is not None else self.until
        return replace(self, events=(*self.events, event), until=until)

    @property
    def path(self) -> tuple[Stage, ...]:
        """The stages a document of its kind and type passes."""
        return self.rules.path(self.agreement.jenis_ksd, self.agreement.jenis_dok)

    @property
    def passed(self) -> tuple[str, ...]:
        """The stages passed, in the order they were."""
        return tuple(event.code for event in self.events if event.what == "stage")

    def passed_on(self, code: str) -> date | None:
        """When a stage was passed; None where it was not."""
        days = (event.on for event in self.events if event.what == "stage" and event.code == code)
        return next(days, None)

    @property
    def stage(self) -> Stage | None:
        """The furthest stage passed."""
        return next((stage for stage in reversed(self.path) if stage.code in self.passed), None)

    @property
    def next_stage(self) -> Stage | None:
        """The stage that comes next; None once it has ended or the course is done."""
        at = self.path.index(self.stage) + 1 if self.stage else 0
        later = [stage for stage in self.path[at:] if not may_be_left_out(self, stage)]
        return None if self.end is not None or not later else later[0]

    @property
    def signed_on(self) -> date | None:
        """When it was signed."""
        signing = {stage.code for stage in self.path if stage.signs}
        days = (e.on for e in self.events if e.what == "stage" and e.code in signing)
        return next(days, None)

    @property
    def end(self) -> Event | None:
        """What ended it, if anything did."""
        return next((event for event in self.events if event.what == "end"), None)

    def ground_of(self, event: Event) -> Ground | None:
        """The article an event rests on."""
        return resting_on(self, event)

    def over_on(self, day: date) -> bool:
        """Whether it had ended, or its term had run out, before `day`."""
        ended = self.end is not None and self.end.on <= day
        return ended or (self.until is not None and day > self.until)


def replayed(start: History, events: Iterable[Event]) -> tuple[History, tuple[Problem, ...]]:
    """The history of what a register holds, and what the law refuses in it; what is refused stays in."""
    history, refusals = start, []
    for event in events:
        outcome = history.advance(event)
        if isinstance(outcome, Problem):
            refusals.append(outcome)
            history = history.with_event(event)
        else:
            history = outcome
    return history, tuple(refusals)
