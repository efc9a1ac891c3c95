"""Everything that falls due, in one frame: what, for which document, who acts, when, and by which article."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.agreements.duties import Due, DutyCase, duties_of

COLUMNS: Final = (
    "kind", "no_dok", "judul", "jenis_dok", "jenis_ksd", "office", "partner", "due", "days_left",
    "window", "state", "ground",
)  # fmt: skip
STATES: Final = ("overdue", "due", "later")


def reminders_of(
    cases: Iterable[DutyCase], windows_days: tuple[int, ...], today: pd.Timestamp
) -> pd.DataFrame:
    """One row per thing that falls due, earliest first; counted from `today`, never from the clock.

    `days_left` is negative once the day is past. `window` is the smallest of `windows_days` that holds
    it, blank when past or further away than the widest. `state` is one of STATES.

    Args:
        cases: The documents with their histories.
        windows_days: The windows in days, ascending.
        today: The reference date.
    """
    rows = [_row(case, due, today) for case in cases for due in duties_of(case)]
    frame = pd.DataFrame(rows, columns=[c for c in COLUMNS if c not in {"window", "state"}])
    days = frame["days_left"].astype("float64")
    places = np.searchsorted(windows_days, days.to_numpy(), side="left")
    windows = np.array([*windows_days, np.nan], dtype="float64")[places]
    state = np.select([days < 0, days <= max(windows_days)], ["overdue", "due"], default="later")
    frame = frame.assign(
        days_left=days,
        window=pd.Series(windows, index=frame.index).where(days >= 0),
        state=pd.Series(state, index=frame.index, dtype="str"),
        due=frame["due"].astype("datetime64[ns]"),
    )
    frame = frame.sort_values(["due", "kind", "no_dok"], kind="stable", ignore_index=True)
    return frame[list(COLUMNS)]


def _row(case: DutyCase, due: Due, today: pd.Timestamp) -> dict[str, Any]:
    document = case.document
    return {
        "kind": due.kind,
        "no_dok": document["no_dok"],
        "judul": document["judul"],
        "jenis_dok": document["jenis_dok"],
        "jenis_ksd": document["jenis_ksd"],
        "office": document["opd_kode"],
        "partner": document["mitra_nama"],
        "due": pd.Timestamp(due.day),
        "days_left": (due.day - today.date()).days,
        "ground": due.ground,
    }
