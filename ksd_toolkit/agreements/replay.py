"""The history of every document a register holds, and what the law refuses in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.amendments import signed_addenda
from ksd_toolkit.agreements.council import due_of, time_of
from ksd_toolkit.agreements.documents import INTENT
from ksd_toolkit.agreements.history import History, replayed
from ksd_toolkit.agreements.rules import AgreementRules
from ksd_toolkit.agreements.stages import Agreement, Event
from ksd_toolkit.errors import Problem

_TERM: Final = "jangka_waktu"
_ENDED: Final = ("berakhir", "dihentikan")
_PLACE: Final = {"stage": 0, "amend": 1, "end": 2}


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """The history of every document by its number, and what was refused in each."""

    of: Mapping[str, History]
    refusals: Mapping[str, tuple[Problem, ...]] = field(repr=False)
    circles: Mapping[str, tuple[str, ...]] = field(repr=False)


def histories_of(
    naskah: pd.DataFrame,
    tahapan: pd.DataFrame,
    rules: AgreementRules,
    today: pd.Timestamp,
    holidays: tuple[date, ...] = (),
) -> Histories:
    """Every document's history up to `today`; what is dated later has not happened.

    A document with no stage on record, only a signature, starts with that signature: nothing is
    held against it for what nobody wrote down.
    """
    rows = {row["no_dok"]: row for row in naskah.to_dict("records")}
    dated = tahapan[(tahapan["tanggal"] <= today) & tahapan["tahap"].notna()]
    stages = {
        no: tuple(zip(g["tahap"], g["tanggal"], strict=True)) for no, g in dated.groupby("no_dok")
    }
    addenda = signed_addenda(naskah, today)
    changes = {no: group.to_dict("records") for no, group in addenda.groupby("root")}
    reader = _Reader(rows, stages, changes, rules, today.date(), holidays)
    for no_dok in rows:
        reader.read(no_dok)
    in_order = {no_dok: reader.done[no_dok] for no_dok in rows}
    return Histories(in_order, reader.refusals, reader.circles)


@dataclass(slots=True)
class _Reader:
    rows: Mapping[str, Mapping[Any, Any]]
    stages: Mapping[Any, tuple[tuple[str, pd.Timestamp], ...]]
    changes: Mapping[Any, list[dict[Any, Any]]]
    rules: AgreementRules
    today: date
    holidays: tuple[date, ...]
    done: dict[str, History] = field(default_factory=dict)
    refusals: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    circles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, no_dok: str) -> None:
        """The history of a document after those of its umbrellas; within a circle one link is not followed."""
        chain: dict[str, int] = {}
        at = no_dok
        while at in self.rows and at not in self.done and at not in chain:
            chain[at] = len(chain)
            above = self.rows[at]["induk_no"]
            at = "" if pd.isna(above) else above
        if at in chain:
            self.circles[at] = (*list(chain)[chain[at] :], at)
        for number in reversed(chain):
            row = self.rows[number]
            parent = None if pd.isna(row["induk_no"]) else self.done.get(row["induk_no"])
            until = last_day_of(row, self.rules)
            start = History(self._agreement(row), self.rules, parent, until=until)
            self.done[number], self.refusals[number] = self._replayed(start, row)

    def _agreement(self, row: Mapping[Any, Any]) -> Agreement:
        time = time_of(row, self.rules, self.holidays)
        silent_from = time.silent_from if time is not None else None
        due = due_of(row, self.rules)
        return Agreement(row["no_dok"], row["jenis_dok"], row["jenis_ksd"], due, silent_from)

    def _replayed(
        self, start: History, row: Mapping[Any, Any]
    ) -> tuple[History, tuple[Problem, ...]]:
        events = list(self._stage_events(start, row))
        if not self.stages.get(row["no_dok"]):
            for event in events:
                start = start.with_event(event)
            events = []
        last = start.until
        for change in self.changes.get(row["no_dok"], ()):
            until = None if pd.isna(change["berakhir"]) else change["berakhir"].date()
            events.append(Event("amend", change["tgl_ttd"].date(), change["no_dok"], until))
            last = until or last
        ending = self._ending(row, last)
        return replayed(start, _in_time([*events, *([ending] if ending else [])]))

    def _stage_events(self, start: History, row: Mapping[Any, Any]) -> Iterator[Event]:
        """The dated stages in the order of the course; a signature that only `naskah` knows among them."""
        dates = {code: day.date() for code, day in self.stages.get(row["no_dok"], ())}
        signing = next((stage.code for stage in start.path if stage.signs), "")
        signed = row["tgl_ttd"]
        if signing and signing not in dates and pd.notna(signed) and signed.date() <= self.today:
            dates[signing] = signed.date()
        order = {stage.code: place for place, stage in enumerate(start.path)}
        for code in sorted(dates, key=lambda code: (order.get(code, len(order)), code)):
            yield Event("stage", dates[code], code)

    def _ending(self, row: Mapping[Any, Any], last: date | None) -> Event | None:
        """What ended it by today, where a ground and a day are known; a term ends with its `last` day."""
        ground, stated = row["alasan_berakhir"], row["tgl_pengakhiran"]
        if pd.isna(ground) or row["status"] not in _ENDED:
            return None
        day = None if pd.isna(stated) else stated.date()
        if day is None and ground == _TERM:
            day = last
        return None if day is None or day > self.today else Event("end", day, ground)


def last_day_of(row: Mapping[Any, Any], rules: AgreementRules) -> date | None:
    """The last day in force of a row of `naskah`; a letter of intent lasts at most a year from its signature."""
    stated: date | None = None if pd.isna(row["berakhir"]) else row["berakhir"].date()
    if row["jenis_dok"] != INTENT or pd.isna(row["tgl_ttd"]):
        return stated
    longest: date = (row["tgl_ttd"] + pd.DateOffset(years=rules.intent_years)).date()
    return longest if stated is None else min(stated, longest)


def _in_time(events: list[Event]) -> list[Event]:
    """Events by their days; a stage dated too early stays behind the one it follows, to be refused there."""
    placed, latest = [], date.min
    for event in events:
        latest = max(latest, event.on) if event.what == "stage" else latest
        day = latest if event.what == "stage" else event.on
        placed.append(((day, _PLACE[event.what]), event))
    return [event for _, event in sorted(placed, key=lambda one: one[0])]
