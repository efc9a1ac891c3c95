"""What falls due for an agreement: its end, a notice, a report, an answer of the council."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import pandas as pd

from ksd_toolkit.agreements.council import time_of
from ksd_toolkit.agreements.documents import INTENT, RUNNING
from ksd_toolkit.agreements.history import History
from ksd_toolkit.agreements.replay import last_day_of
from ksd_toolkit.agreements.rules import AgreementRules, Ground

Kind = Literal["expiry", "intent", "notice", "report", "council"]
KINDS: Final[tuple[Kind, ...]] = ("expiry", "intent", "notice", "report", "council")

_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: what, on which day, and the article it rests on."""

    kind: Kind
    day: date
    ground: Ground


@dataclass(frozen=True, slots=True, eq=False)
class DutyCase:
    """A document as it is on the reference date, with its history."""

    document: Mapping[Any, Any]
    history: History
    rules: AgreementRules
    holidays: tuple[date, ...]

    @property
    def runs(self) -> bool:
        """Whether it is in force."""
        return self.document["effective_status"] in RUNNING

    def of(self, types: tuple[str, ...], documents: tuple[str, ...]) -> bool:
        """Whether it is of one of these types and kinds."""
        return self.document["jenis_ksd"] in types and self.document["jenis_dok"] in documents


def duties_of(case: DutyCase) -> tuple[Due, ...]:
    """Everything that falls due for a document, past or to come; nothing without a date."""
    return tuple(due for duty in _DUTIES for due in duty(case))


def _expiry(case: DutyCase) -> Iterator[Due]:
    """A document in force ends with its last day; a letter of intent after its year at the latest."""
    last = last_day_of(case.document, case.rules)
    if not case.runs or last is None:
        return
    if case.document["jenis_dok"] == INTENT:
        yield Due("intent", last, case.rules.intent_ground)
        return
    endings = case.rules.endings.get(case.document["jenis_ksd"], {})
    yield Due("expiry", last, endings.get("jangka_waktu", case.rules.leaders))


def _notice(case: DutyCase) -> Iterator[Due]:
    """Permendagri 25/2020 Pasal 33: an extension is notified so many months before the end."""
    duty = case.rules.notice
    last = last_day_of(case.document, case.rules)
    if case.runs and last is not None and case.of(duty.types, duty.documents):
        day = (pd.Timestamp(last) - pd.DateOffset(months=case.rules.notice_months)).date()
        yield Due("notice", day, duty.ground)


def _report(case: DutyCase) -> Iterator[Due]:
    """Permendagri 25/2020 Pasal 35: the report on a year is due early in the next.

    A report dated in December is on the year it closes; one dated earlier is on the year before.
    """
    duty, signed = case.rules.report, case.history.signed_on
    if signed is None or not case.of(duty.types, duty.documents):
        return
    reports = [e.on for e in case.history.events if e.code == case.rules.report_stage]
    covered = [day.year if day.month == _DECEMBER else day.year - 1 for day in reports]
    year = max([signed.year, *(one + 1 for one in covered)])
    ended = case.history.end.on if case.history.end else last_day_of(case.document, case.rules)
    if ended is None or year <= ended.year:
        day = date(year + 1, case.rules.report_month, case.rules.report_day)
        yield Due("report", day, duty.ground)


def _council(case: DutyCase) -> Iterator[Due]:
    """The last day of the council, while it has neither answered nor the document been signed."""
    time = time_of(case.document, case.rules, case.holidays)
    answered = case.rules.council_stage in case.history.passed
    if time is not None and not answered and case.history.signed_on is None:
        yield Due("council", time.last_day, time.deadline.ground)


_DUTIES: Final[tuple[Callable[[DutyCase], Iterator[Due]], ...]] = (
    _expiry,
    _notice,
    _report,
    _council,
)
