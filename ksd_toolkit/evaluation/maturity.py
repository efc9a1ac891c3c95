"""The seed's five problems over the periods: each office's level, and how the levels moved."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.overview import IMMATURE_BELOW, PROBLEMS

RAISED, SAME, LOWERED = "naik", "tetap", "turun"
_COLUMNS: Final = ("period", "opd_kode", "problem", "level")


def maturity_levels(register: Register) -> pd.DataFrame:
    """What every office answered on the five problems, in every period the register knows.

    Returns:
        Columns `period, opd_kode, problem` (`d1`..`d5`) and `level` (0-4); oldest period first. A blank
        answer has no row.

    Source:
        The seed brief, permasalahan a-e; levels after the anchors of the questionnaire.
    """
    return remembered("maturity_levels", None, register, lambda: _all_levels(register)).copy()


def maturity_trend(register: Register) -> pd.DataFrame:
    """Each problem in each period: how far the offices are, and how the same offices moved.

    Returns:
        Columns `period, problem, mean, answered, immature` (offices below level 2), and against the period
        before, among the offices that answered in both: `paired, rose, same, fell, moved` (mean change);
        missing in the first period.
    """
    return remembered("maturity_trend", None, register, lambda: _trend(register)).copy()


def _all_levels(register: Register) -> pd.DataFrame:
    frames = [_levels(one) for one in _periods(register)]
    found = pd.concat(frames, ignore_index=True)
    return found[list(_COLUMNS)]


def _trend(register: Register) -> pd.DataFrame:
    levels = maturity_levels(register)
    wide = levels.pivot_table(index=["problem", "opd_kode"], columns="period", values="level")
    periods = [one.dossier.period for one in _periods(register)]
    rows = [
        _row(wide, levels, problem, period, before)
        for before, period in zip([None, *periods], periods, strict=False)
        for problem in PROBLEMS
    ]
    return pd.DataFrame(rows)


def _periods(register: Register) -> list[Register]:
    """Every register known, oldest first."""
    found: list[Register] = []
    current: Register | None = register
    while current is not None:
        found.insert(0, current)
        current = current.previous
    return found


def _levels(register: Register) -> pd.DataFrame:
    asked = register.opd[["opd_kode", *PROBLEMS]]
    long = asked.melt("opd_kode", var_name="problem", value_name="level")
    long = long.assign(level=pd.to_numeric(long["level"]).astype("float64"))
    return long.dropna(subset="level").assign(period=register.dossier.period)


def _row(
    wide: pd.DataFrame, levels: pd.DataFrame, problem: str, period: str, before: str | None
) -> dict[str, object]:
    mine = levels[(levels["period"] == period) & (levels["problem"] == problem)]["level"]
    row: dict[str, object] = {
        "period": period,
        "problem": problem,
        "mean": mine.mean(),
        "answered": len(mine),
        "immature": int((mine < IMMATURE_BELOW).sum()),
    }
    return row | dict(_moved(wide, problem, period, before))


def _moved(
    wide: pd.DataFrame, problem: str, period: str, before: str | None
) -> Iterator[tuple[str, float]]:
    """How the offices that answered in both periods moved."""
    known = {period, before} <= set(wide.columns)
    if before is None or not known or problem not in wide.index.get_level_values("problem"):
        yield from dict.fromkeys(("paired", "rose", "same", "fell", "moved"), float("nan")).items()
        return
    mine = wide.xs(problem, level="problem")
    step = (mine[period] - mine[before]).dropna()
    yield "paired", len(step)
    yield "rose", int((step > 0).sum())
    yield "same", int((step == 0).sum())
    yield "fell", int((step < 0).sum())
    yield "moved", step.mean()
