"""The funnel from proposal to benefit, by period; and determined proposals by office, type and partner."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.evaluation.follow_rules import FollowRules
from ksd_toolkit.evaluation.follow_through import JOINED, OPEN, PROPOSED, STOPPED
from ksd_toolkit.evaluation.rules import EvaluationRules

ALL: Final = "*"
STATES: Final = ("open", "stopped", "joined")
GROUPINGS: Final = ("opd_kode", "jenis", "mitra_jenis")
_NONE: Final = float("nan")


def step_codes(rules: EvaluationRules) -> tuple[str, ...]:
    """Every step from proposal to benefit."""
    return (PROPOSED, DETERMINED, *(step.code for step in rules.steps))


def funnel_of(
    journeys: pd.DataFrame, rules: EvaluationRules, counting: FollowRules
) -> pd.DataFrame:
    """How many proposals of each period, and of all, came to each step and took it.

    Returns:
        One row per period (`*` for all) and step: `entered = reached + open + stopped + joined`;
        `joined` go on as another proposal. `conversion_percent` is of all that entered and do not go on
        as another, `decided_percent` of those of them no longer open; both are missing where fewer entered
        than a percentage is given for. `<count>_usulan` lists each count as `period/id`, joined by `; `.
    """
    periods = sorted(journeys["periode"].unique())
    parts = [(period, journeys[journeys["periode"] == period]) for period in periods]
    rows = [
        {"periode": period, **row}
        for period, part in [*parts, (ALL, journeys)]
        for row in _steps(part, step_codes(rules), counting)
    ]
    return pd.DataFrame(rows)


def _steps(
    journeys: pd.DataFrame, codes: Sequence[str], counting: FollowRules
) -> list[dict[str, Any]]:
    place = {code: number for number, code in enumerate(codes)}
    names = journeys["periode"] + "/" + journeys["usulan_id"]
    state = journeys["state"]
    joined = state == JOINED
    last = journeys["reached"].map(place).where(~joined, 0)
    entered, rows = names, []
    for code in codes:
        here = names.index.isin(entered.index)
        waiting = here & (last < place[code])
        counts = {
            "entered": entered,
            "reached": names[here & ~waiting],
            "open": names[waiting & ~joined & (state == OPEN)],
            "stopped": names[waiting & ~joined & (state == STOPPED)],
            "joined": names[waiting & joined],
        }
        rows.append({"step": code, **_counted(counts, counting)})
        entered = counts["reached"]
    return rows


def _counted(counts: dict[str, pd.Series], counting: FollowRules) -> dict[str, Any]:
    numbers = {name: len(found) for name, found in counts.items()}
    own = numbers["entered"] - numbers["joined"]
    decided = numbers["reached"] + numbers["stopped"]
    return {
        **numbers,
        "conversion_percent": share_of(numbers["reached"], own, counting),
        "decided_percent": share_of(numbers["reached"], decided, counting),
        **{f"{name}_usulan": "; ".join(found) for name, found in counts.items()},
    }


def share_of(part: int, whole: int, counting: FollowRules) -> float:
    """A share in percent; missing where the whole is too small for one."""
    return 100 * part / whole if whole >= max(counting.smallest_group, 1) else _NONE


def cohorts_shown(funnel: pd.DataFrame) -> tuple[str, str]:
    """The period follow-through is told of, and the one beside it; empty where there is none.

    Told is the latest period with a determined proposal, else the latest. Beside it stands the
    period before, else the one after, whose list waits for its decree.
    """
    periods = [period for period in funnel["periode"].unique() if period != ALL]
    if not periods:
        return "", ""
    determined = funnel[(funnel["step"] == DETERMINED) & (funnel["reached"] > 0)]["periode"]
    told = max((period for period in determined if period != ALL), default=periods[-1])
    place = periods.index(told)
    beside = periods[place - 1] if place else next(iter(periods[1:]), "")
    return told, beside


def groups_of(
    journeys: pd.DataFrame, rules: EvaluationRules, counting: FollowRules
) -> pd.DataFrame:
    """Determined proposals of each period by office, type of cooperation and kind of partner.

    Returns:
        One row per `grouping` (opd_kode, jenis, mitra_jenis), `group` and period: `determined`, how many
        reached each step (a column per step), how many are `open` and `stopped`, `carried_out_percent`
        (missing for a small group) and the proposals in `usulan`. What is not known is the group of
        the missing name.
    """
    counted = journeys[(journeys["fate"] == DETERMINED) & (journeys["state"] != JOINED)]
    rows = [
        _group(grouping, name, str(period), part, rules, counting)
        for grouping in GROUPINGS
        for (name, period), part in counted.groupby([grouping, "periode"], dropna=False)
    ]
    columns = ["grouping", "group", "periode", "determined", *(s.code for s in rules.steps)]
    columns += ["open", "stopped", "carried_out_percent", "usulan"]
    return pd.DataFrame(rows, columns=columns).astype({"group": "str"})


def _group(  # noqa: PLR0913, PLR0917  a group is its name, period, rows and the rules
    grouping: str,
    name: Any,
    period: str,
    part: pd.DataFrame,
    rules: EvaluationRules,
    counting: FollowRules,
) -> dict[str, Any]:
    place = {code: number for number, code in enumerate(step_codes(rules))}
    last = part["reached"].map(place)
    reached = {step.code: int((last >= place[step.code]).sum()) for step in rules.steps}
    carried_out = reached[[step.code for step in rules.steps if step.short][-1]]
    return {
        "grouping": grouping,
        "group": name,
        "periode": period,
        "determined": len(part),
        **reached,
        "open": int((part["state"] == OPEN).sum()),
        "stopped": int((part["state"] == STOPPED).sum()),
        "carried_out_percent": share_of(carried_out, len(part), counting),
        "usulan": "; ".join(part["periode"] + "/" + part["usulan_id"]),
    }
