"""Which documents were due for monitoring in each half-year, and which of them nobody monitored."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import running_days
from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester

GIVEN, MISSING, NOT_DUE = "ada", "belum", "tidak_wajib"
_COLUMNS: Final = ("no_dok", "judul", "opd_kode", "periode", "state")


def half_years(semester: Semester, number: int) -> tuple[Semester, ...]:
    """`semester` and those before it, the earliest first."""
    found = [semester]
    while len(found) < number:
        found.insert(0, found[0].previous())
    return tuple(found)


def due_documents(
    documents: pd.DataFrame, rules: EvaluationRules, semester: Semester
) -> pd.DataFrame:
    """The documents that carry work and ran long enough in a half-year to be monitored.

    One that was stopped or ended early is left out: the day on which it ended is not recorded.

    Source:
        Permendagri 25/2020 Pasal 39 (at least twice a year), here for every type of cooperation.
    """
    ended_early = (documents["status"] == "berakhir") & ~(documents["days_left"] < 0)
    carries_work = documents["jenis_dok"].isin(rules.monitored)
    carries_work &= (documents["status"] != "dihentikan") & ~ended_early
    days = running_days(documents, pd.Timestamp(semester.start), pd.Timestamp(semester.end))
    return documents[carries_work & (days >= rules.minimum_days_running)]


def monitoring_calendar(
    documents: pd.DataFrame,
    speaking: pd.DataFrame,
    rules: EvaluationRules,
    semesters: tuple[Semester, ...],
) -> pd.DataFrame:
    """Every document that was due or monitored in one of `semesters`, half-year by half-year.

    Returns:
        `no_dok, judul, opd_kode, periode` and `state`: `ada` (monitored), `belum` (due, not monitored)
        or `tidak_wajib` (not due, not monitored).
    """
    given = set(zip(speaking["no_dok"], speaking["periode"], strict=True))
    due = {
        (number, str(semester))
        for semester in semesters
        for number in due_documents(documents, rules, semester)["no_dok"]
    }
    rows = list(_rows(documents, given, due, [str(semester) for semester in semesters]))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype("str")


def _rows(
    documents: pd.DataFrame,
    given: set[tuple[Any, Any]],
    due: set[tuple[Any, Any]],
    periods: list[str],
) -> Iterator[dict[str, Any]]:
    known = given | due
    for document in documents[["no_dok", "judul", "opd_kode"]].to_dict("records"):
        number = document["no_dok"]
        if not any((number, period) in known for period in periods):
            continue
        for period in periods:
            missing = MISSING if (number, period) in due else NOT_DUE
            state = GIVEN if (number, period) in given else missing
            about = {str(name): value for name, value in document.items()}
            yield about | {"periode": period, "state": state}


def gaps_of(calendar: pd.DataFrame) -> pd.DataFrame:
    """The rows of `monitoring_calendar` that are due and not monitored."""
    return calendar[calendar["state"] == MISSING].reset_index(drop=True)
