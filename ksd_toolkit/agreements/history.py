"""The history of an agreement as a state machine: each event gives the next history, or is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from ksd_toolkit.agreements.refusals import refused
from ksd_toolkit.agreements.rules import AgreementRules, Ground, Stage
from ksd_toolkit.agreements.stages import Agreement, Event, What
from ksd_toolkit.errors import Problem

_TERM: Final = "jangka_waktu"


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
        refusals = (check(self, event) for check in _CHECKS[event.what])
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
        return _ground(self, event)

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


def may_be_left_out(history: History, stage: Stage, by: date | None = None) -> bool:
    """Whether the course goes on without a stage: it is optional, or the council need not approve.

    It need not where it has approved the umbrella, before the end of the day `by` where one is given.
    """
    if stage.only_when == "council":
        given = history.parent.passed_on(stage.code) if history.parent is not None else None
        approved = given is not None and (by is None or given <= by)
        return history.agreement.council_due is not True or approved
    return stage.only_when == "never"


def _foreign(history: History, event: Event) -> Problem | None:
    if any(stage.code == event.code for stage in history.path):
        return None
    course = history.rules.course_grounds.get(history.agreement.jenis_ksd)
    return refused("stage_foreign", history.agreement, event, course)


def _repeated(history: History, event: Event) -> Problem | None:
    if event.code not in history.passed:
        return None
    return refused("stage_repeated", history.agreement, event, _stage(history, event.code).ground)


def _out_of_time(history: History, event: Event) -> Problem | None:
    """Nothing happens before what has already happened."""
    if not history.events or event.on >= history.events[-1].on:
        return None
    ground = _ground(history, event)
    return refused("out_of_time", history.agreement, event, ground, before=history.events[-1])


def _backwards(history: History, event: Event) -> Problem | None:
    later = history.stage
    if later is None or history.path.index(later) < history.path.index(_stage(history, event.code)):
        return None
    ground = _stage(history, event.code).ground
    return refused("stage_backwards", history.agreement, event, ground, other=later.code)


def _after_end(history: History, event: Event) -> Problem | None:
    if not history.over_on(event.on) or _stage(history, event.code).after_end:
        return None
    return refused("after_end", history.agreement, event, _end_ground(history), end=_end(history))


def _parent(history: History, event: Event) -> Problem | None:
    """A document that carries another out comes after its umbrella's signature and before its end."""
    umbrella = history.rules.umbrellas.get(history.agreement.jenis_dok)
    stage = _stage(history, event.code)
    if umbrella is None or not stage.needs_parent:
        return None
    parent = history.parent
    if parent is None or parent.agreement.jenis_dok != umbrella:
        return refused("parent_missing", history.agreement, event, stage.ground, kind=umbrella)
    if parent.signed_on is None or event.on < parent.signed_on:
        return refused(
            "parent_unsigned", history.agreement, event, stage.ground, parent=parent.agreement
        )
    if parent.over_on(event.on):
        return refused(
            "parent_over", history.agreement, event, stage.ground, parent=parent.agreement
        )
    return None


def _skipped(history: History, event: Event) -> Problem | None:
    """Every stage before this one that may not be left out has been passed."""
    at = history.path.index(_stage(history, event.code))
    for stage in history.path[:at]:
        if stage.code in history.passed or may_be_left_out(history, stage, event.on):
            continue
        if stage.only_when == "council":
            if _silence_is_approval(history, event):
                continue
            ground = history.rules.council_duty(history.agreement.jenis_ksd)
            return refused("council_missing", history.agreement, event, ground)
        return refused("stage_skipped", history.agreement, event, stage.ground, other=stage.code)
    return None


def _silence_is_approval(history: History, event: Event) -> bool:
    silent_from = history.agreement.council_silent_from
    return silent_from is not None and event.on >= silent_from


def _not_signed(history: History, event: Event) -> Problem | None:
    """What was never signed cannot be amended."""
    if history.signed_on is not None:
        return None
    course = history.rules.course_grounds.get(history.agreement.jenis_ksd)
    return refused("amended_unsigned", history.agreement, event, course)


def _amended_after_end(history: History, event: Event) -> Problem | None:
    if not history.over_on(event.on):
        return None
    ground, end = _end_ground(history), _end(history)
    return refused("amended_after_end", history.agreement, event, ground, end=end)


def _ended_twice(history: History, event: Event) -> Problem | None:
    if history.end is None:
        return None
    ground, end = _end_ground(history), history.end.on
    return refused("ended_twice", history.agreement, event, ground, end=end)


def _unknown_ground(history: History, event: Event) -> Problem | None:
    """Grounds are those of the type; leaders that change are a ground of none."""
    rules = history.rules
    known = rules.endings.get(history.agreement.jenis_ksd, {})
    if event.code in known:
        return None
    of_others = any(event.code in grounds for grounds in rules.endings.values())
    ground = next(iter(known.values()), rules.leaders).whole if of_others else rules.leaders
    return refused("ground_unknown", history.agreement, event, ground, grounds=tuple(known))


def _term_not_over(history: History, event: Event) -> Problem | None:
    """Only a term that has run out ends by running out."""
    if event.code != _TERM or history.until is None or event.on >= history.until:
        return None
    ground = history.rules.endings[history.agreement.jenis_ksd][_TERM]
    return refused("term_not_over", history.agreement, event, ground, end=history.until)


def _ended_after_term(history: History, event: Event) -> Problem | None:
    """A term that ran out has ended it; nothing else can afterwards."""
    if event.code == _TERM or history.until is None or event.on <= history.until:
        return None
    return refused("after_end", history.agreement, event, _end_ground(history), end=_end(history))


def _stage(history: History, code: str) -> Stage:
    return next(stage for stage in history.path if stage.code == code)


def _ground(history: History, event: Event) -> Ground | None:
    """What an event rests on: its stage, its ground, or the course of the type."""
    jenis = history.agreement.jenis_ksd
    stage = next((s for s in history.path if s.code == event.code), None)
    course = history.rules.course_grounds.get(jenis)
    return stage.ground if stage else history.rules.endings.get(jenis, {}).get(event.code, course)


def _end_ground(history: History) -> Ground | None:
    """What ended it rests on; the term where nothing was said."""
    code = history.end.code if history.end is not None else _TERM
    return history.rules.endings.get(history.agreement.jenis_ksd, {}).get(code)


def _end(history: History) -> date | None:
    return history.end.on if history.end is not None else history.until


_Check = Callable[[History, Event], Problem | None]
_CHECKS: Final[Mapping[What, tuple[_Check, ...]]] = {
    "stage": (_foreign, _repeated, _after_end, _out_of_time, _backwards, _parent, _skipped),
    "amend": (_amended_after_end, _not_signed, _out_of_time),
    "end": (_ended_twice, _unknown_ground, _ended_after_term, _term_not_over, _out_of_time),
}
