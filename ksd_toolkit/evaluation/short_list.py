"""The short list: every determined proposal between its first document and work on the ground."""

from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.evaluation.follow_through import (
    DONE,
    JOINED,
    OPEN,
    STOPPED,
    FollowThrough,
    short_steps,
)
from ksd_toolkit.evaluation.rules import EvaluationRules

_CASE_COLUMNS: Final = (
    "periode", "usulan_id", "judul", "opd_kode", "path", "reached", "next", "state", "documents",
)  # fmt: skip


def cases_of(found: FollowThrough, rules: EvaluationRules) -> pd.DataFrame:
    """Every determined proposal with the last step towards work on the ground that it reached.

    Returns:
        Columns `periode, usulan_id, judul, opd_kode, path` (SINERGI or KSD), `reached, next`
        (the step that is missing), `state` and `documents` (their numbers, joined by `; `).
    """
    journeys = found.journeys
    counted = journeys[(journeys["fate"] == DETERMINED) & (journeys["state"] != JOINED)]
    short = [step.code for step in short_steps(rules)]
    place = {DETERMINED: 0} | {step.code: n for n, step in enumerate(rules.steps, start=1)}
    rows = []
    for row in counted.to_dict("records"):
        done = [code for code in short if place[code] <= place[row["reached"]]]
        missing = short[len(done)] if len(done) < len(short) else None
        state = DONE if missing is None else row["state"]
        reached = done[-1] if done else DETERMINED
        rows.append({**row, "reached": reached, "next": missing, "state": state})
    return pd.DataFrame(rows, columns=list(_CASE_COLUMNS)).astype("str")


def steps_of(cases: pd.DataFrame, rules: EvaluationRules) -> pd.DataFrame:
    """The cases counted step by step.

    Returns:
        Columns `step, entered, reached, open, stopped`, `conversion_percent` (of all that entered),
        `decided_percent` (of those no longer open) and the proposals of each count as `period/id`
        lists: `reached_usulan, open_usulan, stopped_usulan`.
    """
    names = cases["periode"] + "/" + cases["usulan_id"]
    entered = names
    rows = [_step_row(DETERMINED, entered, entered, entered[:0], entered[:0])]
    for step in short_steps(rules):
        waiting = cases["next"] == step.code
        open_ = names[waiting & (cases["state"] == OPEN)]
        stopped = names[waiting & (cases["state"] == STOPPED)]
        passed = entered[~entered.index.isin(names[waiting].index)]
        rows.append(_step_row(step.code, entered, passed, open_, stopped))
        entered = passed
    return pd.DataFrame(rows)


def _step_row(
    step: str, entered: pd.Series, passed: pd.Series, open_: pd.Series, stopped: pd.Series
) -> dict[str, object]:
    decided = len(passed) + len(stopped)
    return {
        "step": step,
        "entered": len(entered),
        "reached": len(passed),
        "open": len(open_),
        "stopped": len(stopped),
        "conversion_percent": 100 * len(passed) / len(entered) if len(entered) else float("nan"),
        "decided_percent": 100 * len(passed) / decided if decided else float("nan"),
        "reached_usulan": "; ".join(passed),
        "open_usulan": "; ".join(open_),
        "stopped_usulan": "; ".join(stopped),
    }
