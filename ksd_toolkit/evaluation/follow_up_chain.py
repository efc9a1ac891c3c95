"""Follow-ups through the half-years: every one stays open until a later monitoring says what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.rules import EvaluationRules
from ksd_toolkit.evaluation.semesters import Semester, semester_or_none

ANSWERS: Final = ("selesai", "berjalan", "belum", "batal")
CLOSED: Final = frozenset({"selesai", "batal"})
UNANSWERED: Final = "belum_dijawab"
_COLUMNS: Final = (
    "no_dok", "judul", "asked_in", "restated_in", "rater", "what", "who", "due", "state", "answered_in",
    "evidence", "is_open", "carried", "days_overdue",
)  # fmt: skip
_READ: Final = [
    "no_dok", "periode", "penilai", "tindak_lanjut", "tindak_lanjut_pelaku", "tindak_lanjut_tenggat",
    "tindak_lanjut_lalu", "tindak_lanjut_lalu_periode", "tindak_lanjut_lalu_bukti",
]  # fmt: skip

_Row = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A follow-up as it stands after some half-years."""

    no_dok: str
    asked_in: str
    rater: str
    what: str
    who: Any
    due: Any
    restated_in: str | None = None
    state: str = UNANSWERED
    answered_in: str | None = None
    evidence: Any = None

    @property
    def last_told(self) -> str:
        return self.restated_in or self.asked_in


def follow_up_chain(
    monev: pd.DataFrame,
    documents: pd.DataFrame,
    rules: EvaluationRules,
    semester: Semester,
    today: pd.Timestamp,
) -> pd.DataFrame:
    """Every follow-up of the half-years up to `semester`, with what later ones say became of it.

    In each half-year the first assessor who plans a follow-up, in the order in which they speak, plans
    it for the document. `tindak_lanjut_lalu` of a later half-year answers the latest one before it, or
    those of the half-years that `tindak_lanjut_lalu_periode` names; the latest answer holds. The same
    words planned again while still open are the same follow-up with a new due date.

    Returns:
        `no_dok, judul, asked_in, restated_in, rater, what, who, due, state` (`selesai`, `berjalan`,
        `belum`, `batal` or `belum_dijawab`), `answered_in, evidence, is_open, carried` (planned before
        `semester` and still open) and `days_overdue` (missing unless open and past its day); the
        earliest due first, undated last.

    Source:
        Permendagri 25/2020 Pasal 37 (rencana tindak lanjut).
    """
    titles = dict(zip(documents["no_dok"], documents["judul"], strict=True))
    told = _ended(monev, rules, semester)[_READ].to_dict("records")
    found = [
        asked
        for _, rows in groupby(told, key=lambda row: row["no_dok"])
        for asked in _through(list(rows))
    ]
    rows = [
        {name: getattr(asked, name) for name in _COLUMNS[:-3] if name != "judul"}
        | {"judul": titles.get(asked.no_dok)}
        for asked in found
    ]
    kinds: dict[str, Any] = dict.fromkeys(_COLUMNS[:-3], "str") | {"due": "datetime64[ns]"}
    frame = pd.DataFrame(rows, columns=list(_COLUMNS[:-3])).astype(kinds)
    frame = frame.sort_values(["due", "no_dok", "asked_in"], kind="stable", ignore_index=True)
    is_open = ~frame["state"].isin(CLOSED)
    late = (today - frame["due"]).dt.days.astype("float64")
    return frame.assign(
        is_open=is_open,
        carried=is_open & (frame["asked_in"] < str(semester)),
        days_overdue=late.where(is_open & (late > 0)),
    )


def _ended(monev: pd.DataFrame, rules: EvaluationRules, until: Semester) -> pd.DataFrame:
    """The rows of half-years that are over, in time, and in the order in which assessors speak."""
    semesters = monev["periode"].map(semester_or_none)
    over = semesters.map(lambda found: found is not None and found <= until).astype(bool)
    order = {rater: place for place, rater in enumerate(rules.raters)}
    place = monev["penilai"].map(order).fillna(len(order))
    rows = monev.assign(_place=place)[over]
    return rows.sort_values(["no_dok", "periode", "_place"], kind="stable")


def _through(rows: Sequence[_Row]) -> list[_Asked]:
    """The follow-ups of one document, half-year by half-year."""
    asked: list[_Asked] = []
    for period, group in groupby(rows, key=lambda row: row["periode"]):
        told = list(group)
        asked = [_answered(one, asked, told, str(period)) for one in asked]
        asked = _planned(asked, told, str(period))
    return asked


def _answered(one: _Asked, asked: Sequence[_Asked], told: Sequence[_Row], period: str) -> _Asked:
    """A follow-up after the answers of a half-year; of several assessors the first who speaks of it is heard."""
    latest = max(other.last_told for other in asked)
    for row in told:
        if row["tindak_lanjut_lalu"] in ANSWERS and _speaks_of(row, one, latest):
            state, evidence = str(row["tindak_lanjut_lalu"]), row["tindak_lanjut_lalu_bukti"]
            return replace(one, state=state, answered_in=period, evidence=evidence)
    return one


def _speaks_of(row: _Row, one: _Asked, latest: str) -> bool:
    named = row["tindak_lanjut_lalu_periode"]
    if pd.isna(named):
        return one.last_told == latest
    periods = {part.strip() for part in str(named).split(";")}
    return bool(periods & {one.asked_in, one.last_told})


def _planned(asked: list[_Asked], told: Sequence[_Row], period: str) -> list[_Asked]:
    """The follow-ups after what a half-year plans: a new one, or an open one planned again."""
    row = next((row for row in told if pd.notna(row["tindak_lanjut"])), None)
    if row is None:
        return asked
    words = _folded(row["tindak_lanjut"])
    for place, one in enumerate(asked):
        if one.state not in CLOSED and _folded(one.what) == words:
            return [*asked[:place], _restated(one, row, period), *asked[place + 1 :]]
    names = ("no_dok", "penilai", "tindak_lanjut")
    number, rater, what = (str(row[name]) for name in names)
    who, due = row["tindak_lanjut_pelaku"], row["tindak_lanjut_tenggat"]
    return [*asked, _Asked(number, period, rater, what, who, due)]


def _restated(one: _Asked, row: _Row, period: str) -> _Asked:
    who, due = row["tindak_lanjut_pelaku"], row["tindak_lanjut_tenggat"]
    return replace(
        one,
        restated_in=period,
        who=who if pd.notna(who) else one.who,
        due=due if pd.notna(due) else one.due,
    )


def _folded(text: object) -> str:
    return " ".join(str(text).casefold().split())
