"""Whether the policy options were carried out, and whether the problems they address moved since."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.activation import TABLE, Window, windows
from ksd_toolkit.evaluation.maturity import maturity_trend
from ksd_toolkit.evaluation.option_rules import PolicyOption, read_option_rules
from ksd_toolkit.evaluation.semesters import semester_or_none
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered

MOVED, NOT_MOVED, NOT_DONE, UNKNOWN = (
    "bergerak",
    "belum_bergerak",
    "belum_dijalankan",
    "belum_diketahui",
)


@dataclass(frozen=True, slots=True)
class Effect:
    """A policy option and the problems it addresses.

    `events` are the rows that show it was carried out in the last twelve months (of a lasting one: ever), as
    table and row key; `before` how many in the twelve before. `moved` is the mean change of the level of its
    problems since the period before, among `paired` answers of offices that answered in both; missing without an
    earlier period.
    """

    option: PolicyOption
    events: tuple[tuple[str, str], ...]
    before: int
    moved: float
    paired: int
    rose: int
    fell: int
    verdict: str


def option_effects(register: Register) -> tuple[Effect, ...]:
    """Each option with what was done and how its problems moved; a coincidence in time, no proof of cause.

    Source:
        The seed brief: permasalahan a-e and pilihan kebijakan a-d; which option addresses which problem
        is the toolkit's proposal (`knowledge/policy_options.toml`).
    """
    return remembered("option_effects", None, register, lambda: _effects(register))


def _effects(register: Register) -> tuple[Effect, ...]:
    today = pd.Timestamp(register.dossier.tanggal_acuan)
    trend = maturity_trend(register)
    trend = trend[trend["period"] == register.dossier.period].set_index("problem")
    return tuple(_effect(option, register, trend, today) for option in read_option_rules().options)


def _effect(
    option: PolicyOption, register: Register, trend: pd.DataFrame, today: pd.Timestamp
) -> Effect:
    now, earlier = windows(today)
    if option.lasting:  # a regulation of years ago still holds
        now = Window(pd.Timestamp.min, today)
    events = _events(option, register, now)
    before = 0 if option.lasting else len(_events(option, register, earlier))
    rows = trend.loc[list(option.problems)]
    paired = int(rows["paired"].fillna(0).sum())
    moved = float((rows["moved"] * rows["paired"]).sum() / paired) if paired else float("nan")
    rose, fell = (int(rows[name].fillna(0).sum()) for name in ("rose", "fell"))
    verdict = _verdict(events, moved)
    return Effect(option, events, before, moved, paired, rose, fell, verdict)


def _verdict(events: tuple[tuple[str, str], ...], moved: float) -> str:
    if not events:
        return NOT_DONE
    if pd.isna(moved):
        return UNKNOWN
    return MOVED if moved > 0 else NOT_MOVED


_PERIOD_OF: Final = {"monev": "periode"}


def _events(
    option: PolicyOption, register: Register, window: Window
) -> tuple[tuple[str, str], ...]:
    """What shows that the option was carried out in a window; a day told in two tables counts once."""
    found: list[tuple[str, str]] = []
    activities = register.table(TABLE)
    mine = activities[activities["jenis"].isin(option.activities)]
    mine = mine[window.holds(mine["tanggal"])]
    found += [(TABLE, str(key)) for key in mine["row_key"]]
    told = set(mine["tanggal"])
    for name in option.tables:
        table = register.table(name)
        days = _days(table, name)
        held = window.holds(days) & ~days.isin(told)
        kept = table.assign(day=days)[held]
        kept = kept.drop_duplicates("no_dok" if name in _PERIOD_OF else "day")
        found += [(name, str(key)) for key in kept["row_key"]]
    return tuple(found)


def _days(table: pd.DataFrame, name: str) -> "pd.Series[pd.Timestamp]":
    """The day each row stands for; of a half-year its last one."""
    if name not in _PERIOD_OF:
        return pd.to_datetime(table["tanggal"])
    halves = table[_PERIOD_OF[name]].map(semester_or_none)
    days = [pd.NaT if half is None else pd.Timestamp(half.end) for half in halves]
    return pd.Series(days, index=table.index, dtype="datetime64[ns]")
