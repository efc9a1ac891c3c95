"""What the law refuses in the history of an agreement: a check each, and which are asked of what event."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from ksd_toolkit.agreements.refusals import refused
from ksd_toolkit.agreements.rules import Ground, Stage
from ksd_toolkit.agreements.stages import Event, What
from ksd_toolkit.errors import Problem

if TYPE_CHECKING:
    from ksd_toolkit.agreements.history import History

_TERM: Final = "jangka_waktu"


def may_be_left_out(history: "History", stage: Stage, by: date | None = None) -> bool:
    """Whether the course goes on without a stage: it is optional, or the council need not approve.

    It need not where it has approved the umbrella, before the end of the day `by` where one is given.
    """
    if stage.only_when == "council":
        given = history.parent.passed_on(stage.code) if history.parent is not None else None
        approved = given is not None and (by is None or given <= by)
        return history.agreement.council_due is not True or approved
    return stage.only_when == "never"


def _foreign(history: "History", event: Event) -> Problem | None:
    if any(stage.code == event.code for stage in history.path):
        return None
    course = history.rules.course_grounds.get(history.agreement.jenis_ksd)
    return refused("stage_foreign", history.agreement, event, course)


def _repeated(history: "History", event: Event) -> Problem | None:
    if event.code not in history.passed:
        return None
    return refused("stage_repeated", history.agreement, event, _stage(history, event.code).ground)


def _out_of_time(history: "History", event: Event) -> Problem | None:
    """Nothing happens before what has already happened."""
    if not history.events or event.on >= history.events[-1].on:
        return None
    ground = resting_on(history, event)
    return refused("out_of_time", history.agreement, event, ground, before=history.events[-1])


def _backwards(history: "History", event: Event) -> Problem | None:
    later = history.stage
    if later is None or history.path.index(later) < history.path.index(_stage(history, event.code)):
        return None
    ground = _stage(history, event.code).ground
    return refused("stage_backwards", history.agreement, event, ground, other=later.code)


def _after_end(history: "History", event: Event) -> Problem | None:
    if not history.over_on(event.on) or _stage(history, event.code).after_end:
        return None
    return refused("after_end", history.agreement, event, _end_ground(history), end=_end(history))


def _parent(history: "History", event: Event) -> Problem | None:
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


def _skipped(history: "History", event: Event) -> Problem | None:
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


def _silence_is_approval(history: "History", event: Event) -> bool:
    silent_from = history.agreement.council_silent_from
    return silent_from is not None and event.on >= silent_from


def _not_signed(history: "History", event: Event) -> Problem | None:
    """What was never signed cannot be amended."""
    if history.signed_on is not None:
        return None
    course = history.rules.course_grounds.get(history.agreement.jenis_ksd)
    return refused("amended_unsigned", history.agreement, event, course)


def _amended_after_end(history: "History", event: Event) -> Problem | None:
    if not history.over_on(event.on):
        return None
    ground, end = _end_ground(history), _end(history)
    return refused("amended_after_end", history.agreement, event, ground, end=end)


def _ended_twice(history: "History", event: Event) -> Problem | None:
    if history.end is None:
        return None
    ground, end = _end_ground(history), history.end.on
    return refused("ended_twice", history.agreement, event, ground, end=end)


def _unknown_ground(history: "History", event: Event) -> Problem | None:
    """Grounds are those of the type; leaders that change are a ground of none."""
    rules = history.rules
    known = rules.endings.get(history.agreement.jenis_ksd, {})
    if event.code in known:
        return None
    of_others = any(event.code in grounds for grounds in rules.endings.values())
    ground = next(iter(known.values()), rules.leaders).whole if of_others else rules.leaders
    return refused("ground_unknown", history.agreement, event, ground, grounds=tuple(known))


def _term_not_over(history: "History", event: Event) -> Problem | None:
    """Only a term that has run out ends by running out."""
    if event.code != _TERM or history.until is None or event.on >= history.until:
        return None
    ground = history.rules.endings[history.agreement.jenis_ksd][_TERM]
    return refused("term_not_over", history.agreement, event, ground, end=history.until)


def _ended_after_term(history: "History", event: Event) -> Problem | None:
    """A term that ran out has ended it; nothing else can afterwards."""
    if event.code == _TERM or history.until is None or event.on <= history.until:
        return None
    return refused("after_end", history.agreement, event, _end_ground(history), end=_end(history))


def _stage(history: "History", code: str) -> Stage:
    return next(stage for stage in history.path if stage.code == code)


def resting_on(history: "History", event: Event) -> Ground | None:
    """What an event rests on: its stage, its ground, or the course of the type."""
    jenis = history.agreement.jenis_ksd
    stage = next((s for s in history.path if s.code == event.code), None)
    course = history.rules.course_grounds.get(jenis)
    return stage.ground if stage else history.rules.endings.get(jenis, {}).get(event.code, course)


def _end_ground(history: "History") -> Ground | None:
    """What ended it rests on; the term where nothing was said."""
    code = history.end.code if history.end is not None else _TERM
    return history.rules.endings.get(history.agreement.jenis_ksd, {}).get(code)


def _end(history: "History") -> date | None:
    return history.end.on if history.end is not None else history.until


_Check = Callable[["History", Event], Problem | None]
CHECKS: Final[Mapping[What, tuple[_Check, ...]]] = {
    "stage": (_foreign, _repeated, _after_end, _out_of_time, _backwards, _parent, _skipped),
    "amend": (_amended_after_end, _not_signed, _out_of_time),
    "end": (_ended_twice, _unknown_ground, _ended_after_term, _term_not_over, _out_of_time),
}
