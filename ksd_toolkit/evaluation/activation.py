"""Whether the TKKSD works: its decree, its members, its meetings and who came to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.option_rules import OptionRules, read_option_rules
from ksd_toolkit.plenary.roster import read_roster
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered

TABLE: Final = "kegiatan_tkksd"
DECREE: Final = "sk_tkksd"
_YEAR: Final = pd.DateOffset(years=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months up to a day; the first day is left out, the last one counts."""

    start: pd.Timestamp
    end: pd.Timestamp

    def holds(self, days: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
        """Which days lie in it."""
        return (days > self.start) & (days <= self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Activation:
    """The TKKSD on the reference date.

    `activities`: what was recorded up to that day, oldest first, with its `row_key`. `by_kind`: one row per
    kind of activity: `now` and `before` (counts in the last twelve months and in the twelve before).
    `attendance` and `attendance_before`: the share of invited members who came to meetings in percent, missing where no meeting
    says both. `decree`: the latest decree on the TKKSD, None where none is recorded.
    """

    members: int
    entitled: int
    activities: pd.DataFrame
    by_kind: pd.DataFrame
    meetings: int
    meetings_before: int
    attendance: float
    attendance_before: float
    decree: pd.Series | None
    last_meeting: pd.Timestamp | None
    active: bool | None
    window: Window
    rules: OptionRules

    def __repr__(self) -> str:
        return f"Activation({self.members} members, {self.meetings} meetings, active={self.active})"


def activation(register: Register) -> Activation:
    """The TKKSD as roster and recorded activities show it; problem a of the seed asks for it.

    Active is a TKKSD with enough meetings in twelve months whose invited members came; unknown (`None`)
    where nothing at all is recorded, for nothing recorded is not nothing done.

    Source:
        The seed brief: "Mengaktifkan Kelembagaan Kerja Sama Daerah (TKKSD)"; limits from
        `knowledge/policy_options.toml`.
    """
    return remembered("activation", None, register, lambda: _seen(register))


def _seen(register: Register) -> Activation:
    rules, roster = read_option_rules(), read_roster(register.dossier)
    today = pd.Timestamp(register.dossier.tanggal_acuan)
    now, before = windows(today)
    table = register.table(TABLE)
    known = table[table["tanggal"] <= today].sort_values(["tanggal", "nama"], kind="stable")
    known = known.reset_index(drop=True)
    met = known[known["jenis"].isin(rules.meetings)]
    meetings = met[now.holds(met["tanggal"])]
    earlier = met[before.holds(met["tanggal"])]
    attendance = _attendance(meetings)
    decrees = known[known["jenis"] == DECREE]
    return Activation(
        members=len(roster.members),
        entitled=len(roster.entitled),
        activities=known,
        by_kind=_by_kind(known, now, before),
        meetings=len(meetings),
        meetings_before=len(earlier),
        attendance=attendance,
        attendance_before=_attendance(earlier),
        decree=None if decrees.empty else decrees.iloc[-1],
        last_meeting=None if met.empty else met["tanggal"].iloc[-1],
        active=_active(known, len(meetings), attendance, rules),
        window=now,
        rules=rules,
    )


def windows(today: pd.Timestamp) -> tuple[Window, Window]:
    """The twelve months up to `today`, and the twelve before them."""
    start = today - _YEAR
    return Window(start, today), Window(start - _YEAR, start)


def _by_kind(known: pd.DataFrame, now: Window, before: Window) -> pd.DataFrame:
    kinds = pd.Index(_in_order(known["jenis"]), name="jenis")
    counts = {
        name: known.loc[window.holds(known["tanggal"]), "jenis"].value_counts()
        for name, window in (("now", now), ("before", before))
    }
    table = {name: found.reindex(kinds, fill_value=0).astype(int) for name, found in counts.items()}
    return pd.DataFrame(table, index=kinds)


def _in_order(kinds: Iterable[object]) -> list[str]:
    return sorted({str(kind) for kind in kinds})


def _attendance(meetings: pd.DataFrame) -> float:
    """Members who came among those invited, over the meetings that say both."""
    told = meetings.dropna(subset=["diundang", "hadir"])
    invited = float(told["diundang"].sum())
    return 100.0 * float(told["hadir"].sum()) / invited if invited else float("nan")


def _active(
    known: pd.DataFrame, meetings: int, attendance: float, rules: OptionRules
) -> bool | None:
    if known.empty:
        return None
    if meetings < rules.least_meetings:
        return False
    return None if pd.isna(attendance) else attendance >= rules.least_attendance_percent
