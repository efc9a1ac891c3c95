"""What every document is on the reference date: drafted, running, lapsing, over or stopped."""

from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.agreements.amendments import with_amendments
from ksd_toolkit.agreements.rules import AgreementRules

STATUSES: Final = (
    "berlaku",
    "akan_berakhir",
    "berakhir",
    "dihentikan",
    "belum_mulai",
    "rancangan",
)
RUNNING: Final = ("berlaku", "akan_berakhir")
INTENT: Final = "LoI"
UNFINISHED: Final = ("berlaku", "akan_berakhir", "belum_mulai", "rancangan")


def documents_on(naskah: pd.DataFrame, rules: AgreementRules, today: pd.Timestamp) -> pd.DataFrame:
    """`naskah` with its status on `today` beside the stated one, as its signed addenda left it.

    Adds `effective_status` (one of STATUSES), `days_left` (to the last day in force, negative
    when past), `window_days` (the smallest expiry window that holds it, for lapsing documents)
    and `is_signed`. Signed addenda are no rows of their own; `amended_by` names them.

    Source:
        PP 28/2018 Pasal 9 dan 22 (a cooperation ends with its term, or earlier on stated grounds).
    """
    naskah = with_amendments(naskah, today)
    days_left = (_last_days(naskah, rules) - today).dt.days.astype("float64")
    status = _effective_status(naskah, days_left, max(rules.windows_days), today)
    window = _smallest_window(days_left, rules.windows_days)
    undated = naskah["tgl_ttd"].isna() & ~status.isin(["rancangan", "dihentikan"])
    return naskah.assign(
        effective_status=status,
        days_left=days_left,
        window_days=window.where(status == "akan_berakhir"),
        is_signed=(naskah["tgl_ttd"] <= today) | undated,
    )


def _last_days(naskah: pd.DataFrame, rules: AgreementRules) -> pd.Series:
    """Permendagri 25/2020 Pasal 13 ayat (3): a letter of intent lasts no longer than its year."""
    stated, longest = (
        naskah["berakhir"],
        naskah["tgl_ttd"] + pd.DateOffset(years=rules.intent_years),
    )
    beyond = (naskah["jenis_dok"] == INTENT) & longest.notna() & ~(stated <= longest)
    return stated.mask(beyond, longest)


def _effective_status(
    naskah: pd.DataFrame, days_left: pd.Series, widest: int, today: pd.Timestamp
) -> pd.Series:
    """The first condition that holds decides; a document without an end date runs until it is said to end.

    One that will be stopped on a day to come has not been stopped yet.
    """
    stated, to_come = naskah["status"], naskah["tgl_pengakhiran"] > today
    conditions = {
        "dihentikan": (stated == "dihentikan") & ~to_come,
        "rancangan": (stated == "rancangan") | (naskah["tgl_ttd"] > today),
        "berakhir": ((stated == "berakhir") & ~to_come) | (days_left < 0),
        "belum_mulai": naskah["mulai"] > today,
        "akan_berakhir": days_left <= widest,
    }
    held = [condition.to_numpy(dtype=bool) for condition in conditions.values()]
    decided = np.select(held, list(conditions), default="berlaku")
    return pd.Series(decided, index=naskah.index, dtype="str")


def _smallest_window(days_left: pd.Series, windows: tuple[int, ...]) -> pd.Series:
    """The smallest of the ascending `windows` that is no shorter than `days_left`."""
    places = np.searchsorted(windows, days_left.to_numpy(dtype="float64"), side="left")
    lengths = np.array([*windows, np.nan], dtype="float64")
    return pd.Series(lengths[places], index=days_left.index)


def running_days(documents: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
    """Days between `start` and `end`, both counted, on which each signed document was in force."""
    mulai, berakhir = documents["mulai"], documents["berakhir"]
    first = mulai.where(mulai > start, start)
    last = berakhir.where(berakhir < end, end)
    days: pd.Series = (last - first).dt.days + 1
    return days.where(documents["is_signed"] & mulai.notna(), 0).clip(lower=0)
