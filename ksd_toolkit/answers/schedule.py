"""The schedule of the mapping: what is done in which week, by whom, on which ground, and who is invited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError, Problem
from ksd_toolkit.questionnaire import Answer, Submission, read_csv_table, read_form

SCHEDULE_FILE: Final = "jadwal.csv"
"""The dossier's own schedule; the secretariat edits it."""
_FORM: Final = "jadwal"
_SHIPPED: Final = "schedule.csv"
_WEEK: Final = timedelta(weeks=1)
_DAY: Final = timedelta(days=1)

Texts = Mapping[str, str]
"""By language; Indonesian where an office wrote no English."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of the schedule. `first_week` counts from 1; `invited` are groups: opd, ppksd, tkksd."""

    code: str
    stage: Texts
    name: Texts
    first_week: int
    weeks: int
    who: Texts
    invited: tuple[str, ...]
    ground: str

    @property
    def last_week(self) -> int:
        """The last week it takes."""
        return self.first_week + self.weeks - 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """All activities in the order of the file. Without a `start` they have weeks, but no dates."""

    activities: tuple[Activity, ...]
    start: date | None = None

    @property
    def weeks(self) -> int:
        """How many weeks the whole takes."""
        return max((activity.last_week for activity in self.activities), default=0)

    def dates(self, activity: Activity) -> tuple[date, date] | None:
        """The first and the last day of an activity; None where no start is set."""
        if self.start is None:
            return None
        first = self.start + (activity.first_week - 1) * _WEEK
        return first, first + activity.weeks * _WEEK - _DAY

    @property
    def meetings(self) -> tuple[Activity, ...]:
        """The activities somebody is invited to."""
        return tuple(activity for activity in self.activities if activity.invited)


def schedule_text() -> str:
    """The shipped schedule as a new dossier receives it."""
    return files("ksd_toolkit.knowledge").joinpath(_SHIPPED).read_text("utf-8")


def read_schedule(dossier: Dossier, start: date | None = None) -> Schedule:
    """The dossier's schedule, or the shipped one; dated from a start, or back from an end.

    Args:
        dossier: Its `jadwal.csv` holds the activities, `[schedule]` of its settings a start or end.
        start: The first day of week 1; the dossier's own when None.

    Raises:
        InputError: The file cannot be used; every problem of it is named.

    Source:
        Seed brief: preparation, mapping, plenary, determination; lengths in weeks are a proposal of
        this toolkit that the secretariat changes.
    """
    own = dossier.folder / SCHEDULE_FILE
    if own.is_file():
        activities = _read(own, dossier)
    else:
        with as_file(files("ksd_toolkit.knowledge").joinpath(_SHIPPED)) as shipped:
            activities = _read(shipped, dossier)
    undated = Schedule(activities, start or dossier.schedule_start)
    if undated.start is not None or dossier.schedule_end is None:
        return undated
    return Schedule(activities, dossier.schedule_end + _DAY - undated.weeks * _WEEK)


def _read(path: Path, dossier: Dossier) -> tuple[Activity, ...]:
    form = read_form(_FORM)
    told = read_csv_table(path, form.table(_FORM), form, dossier)
    if isinstance(told, Problem):
        raise InputError("prepare.schedule", [told], file=path.name)
    problems = [problem for problem in told.problems if problem.severity == "error"]
    if problems:
        raise InputError("prepare.schedule", problems, file=path.name)
    return tuple(_activities(told))


def _activities(told: Submission) -> Iterator[Activity]:
    rows: dict[str, list[Answer]] = {}
    for answer in told.answers:
        rows.setdefault(answer.row_key, []).append(answer)
    for answers in rows.values():
        cells = _cells(answers)
        yield Activity(
            code=cells["kode"],
            stage=_texts(cells, "tahap", "stage"),
            name=_texts(cells, "kegiatan", "activity"),
            first_week=int(cells["minggu_mulai"]),
            weeks=int(cells["lama_minggu"]),
            who=_texts(cells, "pelaksana", "who"),
            invited=tuple(part for part in cells["undangan"].split(";") if part),
            ground=cells["dasar"],
        )


def _cells(answers: Iterable[Answer]) -> dict[str, str]:
    """The values of a row as text; whole numbers without their point."""
    return {
        a.field: f"{a.value:g}" if isinstance(a.value, float) else str(a.value or "")
        for a in answers
    }


def _texts(cells: Mapping[str, str], indonesian: str, english: str) -> Texts:
    return {"id": cells[indonesian], "en": cells[english] or cells[indonesian]}
