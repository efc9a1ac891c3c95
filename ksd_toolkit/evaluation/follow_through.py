"""What became of determined proposals: umbrella, implementing document, work on the ground."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import UNFINISHED
from ksd_toolkit.evaluation.rules import EvaluationRules

DETERMINED: Final = "ditetapkan"
DONE, OPEN, STOPPED = "selesai", "terbuka", "berhenti"

_CASE_COLUMNS: Final = (
    "periode",
    "usulan_id",
    "judul",
    "opd_kode",
    "path",
    "reached",
    "next",
    "state",
    "documents",
)


_Key = tuple[str, str]
_Record = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class _Progress:
    """What the documents say about each proposal, by its period and id."""

    documents: Mapping[_Key, Sequence[_Record]]
    reached: Mapping[str, Set[_Key]]


def cases_of(
    usulan: pd.DataFrame,
    documents: pd.DataFrame,
    tahapan: pd.DataFrame,
    rules: EvaluationRules,
    today: pd.Timestamp,
) -> pd.DataFrame:
    """Every determined proposal with the last step it reached.

    A step counts only when every step before it was reached. A proposal stays open (`terbuka`)
    while it has no document or one that is drafted or running; it has stopped (`berhenti`) when
    all its documents ended or were stopped before the next step.

    Returns:
        Columns `periode, usulan_id, judul, opd_kode, path` (SINERGI or KSD), `reached, next`
        (the step that is missing), `state` and `documents` (their numbers, joined by `; `).

    Source:
        Seed: "tidak dapat ditindaklanjutinya ... PKS"; PP 28/2018 Pasal 6 ayat (1); NK and RK
        take the place of KB and PKS in Sinergi (PP 28/2018 Pasal 46).
    """
    linked = with_proposals(documents)
    linked = linked[linked["usulan_key"].notna()]
    records: dict[_Key, list[_Record]] = {}
    for record in linked.to_dict("records"):
        records.setdefault(record["usulan_key"], []).append(record)
    progress = _Progress(records, _reached_by_step(linked, tahapan, rules, today))
    determined = usulan[usulan["status_usulan"] == DETERMINED]
    rows = [_case(record, progress, rules) for record in determined.to_dict("records")]
    return pd.DataFrame(rows, columns=list(_CASE_COLUMNS)).astype("str")


def with_proposals(documents: pd.DataFrame) -> pd.DataFrame:
    """`documents` with `usulan_key` (period, id): its own, or else that of the document above it."""
    own = pd.Series(
        [
            (period, usulan) if pd.notna(period) and pd.notna(usulan) else None
            for period, usulan in zip(
                documents["periode_usulan"], documents["usulan_id"], strict=True
            )
        ],
        index=documents.index,
        dtype="object",
    )
    parent = dict(zip(documents["no_dok"], documents["induk_no"], strict=True))
    known = dict(zip(documents["no_dok"], own, strict=True))
    keys = [_inherited(no_dok, parent, known) for no_dok in documents["no_dok"]]
    return documents.assign(usulan_key=pd.Series(keys, index=documents.index, dtype="object"))


def _inherited(
    no_dok: str, parent: Mapping[str, str], known: Mapping[str, _Key | None]
) -> _Key | None:
    """The proposal of the nearest document upwards; a circle of parents ends the search."""
    seen: set[str] = set()
    while no_dok in known and no_dok not in seen:
        if (key := known[no_dok]) is not None:
            return key
        seen.add(no_dok)
        no_dok = parent[no_dok]
    return None


def _reached_by_step(
    linked: pd.DataFrame, tahapan: pd.DataFrame, rules: EvaluationRules, today: pd.Timestamp
) -> dict[str, set[_Key]]:
    """The proposals that meet each step, whether or not they met the ones before."""
    signed = linked[linked["is_signed"]]
    past = tahapan[tahapan["tanggal"] <= today]
    reached = {}
    for step in rules.steps:
        if step.stage:
            numbers = past.loc[past["tahap"] == step.stage, "no_dok"]
            reached[step.code] = set(linked.loc[linked["no_dok"].isin(numbers), "usulan_key"])
        else:
            reached[step.code] = set(
                signed.loc[signed["jenis_dok"].isin(step.documents), "usulan_key"]
            )
    return reached


def _case(usulan: _Record, progress: _Progress, rules: EvaluationRules) -> dict[str, str | None]:
    key = (usulan["periode"], usulan["usulan_id"])
    mine = progress.documents.get(key, ())
    reached, missing = DETERMINED, None
    for step in rules.steps:
        if key not in progress.reached[step.code]:
            missing = step.code
            break
        reached = step.code
    return {
        **{name: usulan[name] for name in ("periode", "usulan_id", "judul", "opd_kode")},
        "path": _path(mine),
        "reached": reached,
        "next": missing,
        "state": _state(mine, missing),
        "documents": "; ".join(record["no_dok"] for record in mine) or None,
    }


def _path(mine: Sequence[_Record]) -> str | None:
    """Which documents the proposal needs; unknown before it has the first."""
    if not mine:
        return None
    return "SINERGI" if any(record["jenis_ksd"] == "SINERGI" for record in mine) else "KSD"


def _state(mine: Sequence[_Record], missing: str | None) -> str:
    if missing is None:
        return DONE
    if not mine or any(record["effective_status"] in UNFINISHED for record in mine):
        return OPEN
    return STOPPED


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
    for step in rules.steps:
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
