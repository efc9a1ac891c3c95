"""How long each step took since the determination, where many cases are still open (Kaplan-Meier)."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.evaluation.follow_rules import FollowRules
from ksd_toolkit.evaluation.follow_through import JOINED, STOPPED, FollowThrough
from ksd_toolkit.evaluation.funnel import ALL
from ksd_toolkit.evaluation.rules import EvaluationRules

_HALF: Final = 0.5
_CURVE: Final = ("days", "at_risk", "reached", "left", "waiting_share")
_TIMES: Final = (
    "periode", "step", "cases", "reached", "open", "stopped", "undated", "median_days", "no_median",
    "longest_open_days", "reached_usulan", "open_usulan", "stopped_usulan", "undated_usulan",
)  # fmt: skip


def survival(days: Sequence[float], reached: Sequence[bool]) -> pd.DataFrame:
    """The share still waiting after each number of days, by Kaplan and Meier.

    Args:
        days: Days each case was watched, 0 or more, n.
        reached: Whether it took the step on that day; else it was last seen waiting, n.

    Returns:
        One row per distinct day, ascending: `days, at_risk` (watched up to that day), `reached`,
        `left` (last seen that day) and `waiting_share` in 0..1.

    Source:
        Kaplan and Meier 1958, J. Am. Stat. Assoc. 53, 457-481: the product-limit estimate; a case last
        seen on the day of an event was at risk of it.
    """
    watched, events = np.asarray(days, dtype="float64"), np.asarray(reached, dtype=bool)
    rows, share = [], 1.0
    for day in np.unique(watched):
        here = watched == day
        at_risk, took = int((watched >= day).sum()), int((here & events).sum())
        share *= 1 - took / at_risk
        rows.append((day, at_risk, took, int((here & ~events).sum()), share))
    return pd.DataFrame(rows, columns=list(_CURVE))


def median_of(curve: pd.DataFrame) -> float:
    """The first day by which at least half took the step; missing where it never came to half."""
    half = curve.loc[curve["waiting_share"] <= _HALF + 1e-12, "days"]
    return float(half.iloc[0]) if len(half) else float("nan")


def waiting_times(
    found: FollowThrough, rules: EvaluationRules, counting: FollowRules, today: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The time from determination to each step, by period and for all, and the curves it is read from.

    An open case is watched until the reference date, a stopped one until the day it stopped, or where nobody
    wrote that down until its last dated step. Both leave unreached: an open case is no failure, and a stopped
    one is counted as stopped. A step on an unknown day, or one of a list without a day of
    determination, is counted as undated and enters no time.

    Returns:
        One row per period (`*` for all) and step: `cases = reached + open + stopped + undated`,
        `median_days` or `no_median`, why there is none (`few`, `undated` or `not_reached`),
        `longest_open_days` and the proposals of each count; and the curves, as `survival` has
        them, by `periode` and `step`.
    """
    journeys = found.journeys
    counted = journeys[(journeys["fate"] == DETERMINED) & (journeys["state"] != JOINED)]
    periods = sorted(counted["periode"].unique())
    cohorts = [(period, counted[counted["periode"] == period]) for period in periods]
    rows, curves = [], []
    for period, cohort in [*cohorts, (ALL, counted)]:
        for step in rules.steps:
            watched = _watched(cohort, found.milestones, step.code, today)
            dated = watched[watched["end"] != "undated"]
            curve = survival(dated["days"].tolist(), (dated["end"] == "reached").tolist())
            row = _row(period, step.code, watched, curve, counting)
            rows.append(row)
            curves.append(curve.assign(periode=period, step=step.code))
    times = pd.DataFrame(rows, columns=list(_TIMES))
    return times, pd.concat(curves, ignore_index=True)


def _watched(
    cohort: pd.DataFrame, milestones: pd.DataFrame, step: str, today: pd.Timestamp
) -> pd.DataFrame:
    """Each case with the days it was watched for a step, and how that ended."""
    keys = list(zip(milestones["periode"], milestones["usulan_id"], strict=True))
    of_step = milestones["step"] == step
    taken = {
        key: days for key, days, here in zip(keys, milestones["days"], of_step, strict=True) if here
    }
    latest: dict[tuple[str, str], float] = {}
    for key, days in zip(keys, milestones["days"], strict=True):
        latest[key] = max(latest.get(key, 0.0), 0.0 if np.isnan(days) else days)
    rows = []
    for row in cohort.to_dict("records"):
        key = (row["periode"], row["usulan_id"])
        days, end = _end(row, taken.get(key, _NOT_TAKEN), today)
        if end == "stopped" and np.isnan(days) and pd.notna(row["day_zero"]):
            days = latest.get(key, 0.0)
        rows.append(("/".join(key), days, "undated" if np.isnan(days) else end))
    return pd.DataFrame(rows, columns=["usulan", "days", "end"])


_NOT_TAKEN: Final = object()


def _end(row: dict[Any, Any], taken: Any, today: pd.Timestamp) -> tuple[float, str]:
    """How long a case was watched, not a number where a day is unknown, and how that ended."""
    if taken is not _NOT_TAKEN:
        return float(taken), "reached"
    until, end = (row["stopped_on"], "stopped") if row["state"] == STOPPED else (today, "open")
    watched = until - row["day_zero"]
    return (float("nan") if pd.isna(watched) else float(max(watched.days, 0))), end


def _row(
    period: str, step: str, watched: pd.DataFrame, curve: pd.DataFrame, counting: FollowRules
) -> dict[str, Any]:
    by_end = {
        end: watched[watched["end"] == end] for end in ("reached", "open", "stopped", "undated")
    }
    why = _why_no_median(len(watched), len(by_end["undated"]), curve, counting)
    return {
        "periode": period,
        "step": step,
        "cases": len(watched),
        **{end: len(part) for end, part in by_end.items()},
        "median_days": float("nan") if why else median_of(curve),
        "no_median": why or None,
        "longest_open_days": by_end["open"]["days"].max(),
        **{f"{end}_usulan": "; ".join(part["usulan"]) for end, part in by_end.items()},
    }


def _why_no_median(cases: int, undated: int, curve: pd.DataFrame, counting: FollowRules) -> str:
    """Why no median is given; nothing where one is."""
    if cases and 100 * undated / cases > counting.largest_undated_percent:
        return "undated"
    if cases - undated < max(counting.smallest_group, 1):
        return "few"
    return "not_reached" if np.isnan(median_of(curve)) else ""
