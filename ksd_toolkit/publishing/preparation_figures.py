"""Explain the figures of the preparation: offices and their PPKSD, the weeks and seats of the schedule."""

from collections.abc import Callable
from typing import Final

from ksd_toolkit.answers.preparation import ENOUGH, LIAISONS_NEEDED, SHORT, SILENT
from ksd_toolkit.answers.schedule import SCHEDULE_FILE, Activity
from ksd_toolkit.dossier import OFFICES_FILE
from ksd_toolkit.messages import count, language, say
from ksd_toolkit.project import SETTINGS_FILE
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError, Row, explained_by, first_of
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_MEMBERS: Final = "tkksd_members"
_START: Final = ("start", "end")
_WEEKS: Final = ("kegiatan", "minggu_mulai", "lama_minggu")
_CODE: Final = ("opd_kode",)


def prepared(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the preparation came about; None where its measure is none of the preparation."""
    return explained_by(_FIGURES, AskedFigure, figure, meaning, evidence)


def _offices(asked: AskedFigure) -> Computation:
    """How many offices were asked, or stand where with their PPKSD, and which."""
    offices = asked.evidence.preparation.offices
    state = asked.subject if asked.kind == "keadaan" else asked.measure
    held = {
        "lacking": offices["state"] != ENOUGH,
        **{one: offices["state"] == one for one in (ENOUGH, SHORT, SILENT)},
    }
    found = offices[held[state]] if state in held else offices
    codes = [str(code) for code in found.index]
    numbers = found["named"].astype("str")
    named = [f"{code} ({number})" for code, number in zip(codes, numbers, strict=True)]
    facts = {
        "n": count(len(codes), asked.lang),
        "of": count(len(offices), asked.lang),
        "names": asked.some(named if state == SHORT else codes),
    }
    code = state if asked.kind == "keadaan" and state != "*" else ""
    listed = state not in held  # all that the list of offices holds
    rows = [(OFFICES_FILE, one) for one in codes] if listed else _rows_of(asked, codes)
    return asked.told(rows, _CODE, code=code, **facts)


def _rows_of(asked: AskedFigure, codes: list[str]) -> list[Row]:
    """The workbooks of offices, else their lines in the list of offices."""
    sent = set(asked.evidence.register.opd["opd_kode"])
    return [("opd" if code in sent else OFFICES_FILE, code) for code in codes]


def _people(asked: AskedFigure) -> Computation:
    """How many PPKSD the workbooks name, office by office."""
    codes = [str(code) for code in asked.evidence.register.opd["opd_kode"]]
    return asked.told(_rows_of(asked, codes), _CODE, of=count(len(codes), asked.lang))


def _named(asked: AskedFigure) -> Computation:
    """How many different PPKSD an office names."""
    offices = asked.evidence.preparation.offices
    row = first_of(offices[offices.index == asked.subject])
    number, code = count(row["named"], asked.lang), SILENT if row["state"] == SILENT else ""
    return asked.told(_rows_of(asked, [asked.subject]), _CODE, code=code, n=number)


def _of_office(*questions: str) -> Callable[[AskedFigure], Computation]:
    """A text about an office, as it told it."""

    def told(asked: AskedFigure) -> Computation:
        return asked.told(_rows_of(asked, [asked.subject]), questions)

    return told


def _listed(asked: AskedFigure) -> Computation:
    """The name of an office, from the list of offices."""
    return asked.told([(OFFICES_FILE, asked.subject)], ("opd_kode", "opd_nama"))


def _numbered(asked: AskedFigure) -> Computation:
    """The place of an office in the list."""
    return asked.told([(OFFICES_FILE, asked.subject)], _CODE)


def _invited(asked: AskedFigure) -> Computation:
    """How many of one office are invited to a meeting."""
    meeting = _activity(asked, asked.part)
    heads, liaisons = int("opd" in meeting.invited), int("ppksd" in meeting.invited)
    facts = {
        "activity": meeting.name[language(asked.lang)],
        "heads": count(heads, asked.lang),
        "liaisons": count(liaisons * LIAISONS_NEEDED, asked.lang),
        "n": count(heads + liaisons * LIAISONS_NEEDED, asked.lang),
    }
    rows = [(SCHEDULE_FILE, meeting.code), (OFFICES_FILE, asked.subject)]
    return asked.told(rows, ("kegiatan", "undangan", *_CODE), **facts)


def _activity(asked: AskedFigure, code: str) -> Activity:
    for activity in asked.evidence.preparation.schedule.activities:
        if activity.code == code:
            return activity
    raise GoneError


def _whole(asked: AskedFigure) -> Computation:
    """The weeks of the whole schedule: the last week of what ends last."""
    schedule = asked.evidence.preparation.schedule
    last = max(schedule.activities, key=lambda one: one.last_week, default=None)
    if last is None:
        return asked.told(code="none")
    return asked.told([(SCHEDULE_FILE, last.code)], _WEEKS, **_weeks(asked, last))


def _weeks(asked: AskedFigure, activity: Activity) -> dict[str, str]:
    return {
        "activity": activity.name[language(asked.lang)],
        "first": count(activity.first_week, asked.lang),
        "long": count(activity.weeks, asked.lang),
        "last": count(activity.last_week, asked.lang),
    }


def _span(asked: AskedFigure) -> Computation:
    """The weeks of one activity."""
    activity = _activity(asked, asked.subject)
    return asked.told([(SCHEDULE_FILE, activity.code)], _WEEKS, **_weeks(asked, activity))


def _days(asked: AskedFigure) -> Computation:
    """The days of one activity, from the start or the end the dossier sets."""
    activity = _activity(asked, asked.subject)
    rows = [(SCHEDULE_FILE, activity.code), *((SETTINGS_FILE, name) for name in _START)]
    return asked.told(rows, (*_WEEKS, *_START), **_weeks(asked, activity))


def _counted(asked: AskedFigure) -> Computation:
    """How many activities the schedule has."""
    activities = asked.evidence.preparation.schedule.activities
    names = asked.some([activity.name[language(asked.lang)] for activity in activities])
    rows = [(SCHEDULE_FILE, activity.code) for activity in activities]
    return asked.told(rows, ("kegiatan",), n=count(len(activities), asked.lang), names=names)


def _seats(asked: AskedFigure) -> Computation:
    """The seats of a meeting, group by group."""
    meeting = _activity(asked, asked.subject)
    groups = _groups(asked)
    told = [
        say("measure_preparation.group", asked.lang, n=count(groups[one], asked.lang),
            group=say(f"prepare.group_{one}", asked.lang))
        for one in meeting.invited
    ]  # fmt: skip
    facts = {
        "parts": " + ".join(told),
        "n": count(sum(groups[one] for one in meeting.invited), asked.lang),
        "activity": meeting.name[language(asked.lang)],
    }
    rows = [(SCHEDULE_FILE, meeting.code)]
    if "tkksd" in meeting.invited:
        rows += _members_rows(asked)
    if {"opd", "ppksd"} & {*meeting.invited}:
        rows += [(OFFICES_FILE, str(code)) for code in asked.evidence.preparation.offices.index]
    return asked.told(rows, ("kegiatan", "undangan", *_CODE, _MEMBERS), **facts)


def _groups(asked: AskedFigure) -> dict[str, int]:
    """The seats every group takes."""
    preparation = asked.evidence.preparation
    number = len(preparation.offices)
    return {"opd": number, "ppksd": number * LIAISONS_NEEDED, "tkksd": preparation.members}


def _members_rows(asked: AskedFigure) -> list[Row]:
    """The setting that says how many members there are; a roster is named by its file."""
    in_settings = asked.evidence.preparation.members_in == SETTINGS_FILE
    return [(SETTINGS_FILE, _MEMBERS)] if in_settings else []


def _beside_meetings(asked: AskedFigure) -> Computation:
    """The numbers the seats are counted from."""
    groups = {name: count(number, asked.lang) for name, number in _groups(asked).items()}
    rows = [(OFFICES_FILE, str(code)) for code in asked.evidence.preparation.offices.index]
    rows += _members_rows(asked)
    facts = {"needed": count(LIAISONS_NEEDED, asked.lang), **groups}
    facts["file"] = asked.evidence.preparation.members_in
    return asked.told(rows, (*_CODE, _MEMBERS), **facts)


def _beside_schedule(asked: AskedFigure) -> Computation:
    rows = [(SETTINGS_FILE, name) for name in _START]
    return asked.told(rows)


def _beside_invitations(asked: AskedFigure) -> Computation:
    """The number of PPKSD invited; a title above a column names a meeting and counts nothing."""
    titled = asked.figure.part[:1] == (0,)
    return asked.told(code="head" if titled else "", needed=count(LIAISONS_NEEDED, asked.lang))


def _quoted(*questions: str) -> Callable[[AskedFigure], Computation]:
    """A text of the schedule, word for word."""

    def told(asked: AskedFigure) -> Computation:
        return asked.told([(SCHEDULE_FILE, asked.subject)], questions)

    return told


def _drawn(asked: AskedFigure) -> Computation:
    """The schedule as a drawing, or a number of its description."""
    activities = asked.evidence.preparation.schedule.activities
    rows = [(SCHEDULE_FILE, activity.code) for activity in activities]
    return asked.told(rows, _WEEKS, code="told" if asked.figure.start >= 0 else "")


def _rule(asked: AskedFigure) -> Computation:
    return asked.told(needed=count(LIAISONS_NEEDED, asked.lang))


_FIGURES: Final[dict[tuple[str, str], Callable[[AskedFigure], Computation]]] = {
    **{("ppksd", name): _offices for name in ("offices", ENOUGH, SHORT, SILENT, "lacking")},
    ("ppksd", "people"): _people,
    ("opd", "named"): _named,
    ("opd", "seats"): _invited,
    ("opd", "person"): _of_office(*_CODE),
    ("opd", "decree"): _of_office("ppksd_sk_nomor", "ppksd_sk_tanggal"),
    ("opd", "office_name"): _listed,
    ("opd", "row_number"): _numbered,
    ("keadaan", "offices"): _offices,
    ("keadaan", "office_codes"): _offices,
    ("aturan", "liaisons_needed"): _rule,
    ("kegiatan", "weeks"): _whole,
    ("kegiatan", "activities"): _counted,
    ("kegiatan", "week_span"): _span,
    ("kegiatan", "days"): _days,
    ("kegiatan", "seats"): _seats,
    ("kegiatan", "tahap"): _quoted("tahap", "stage"),
    ("kegiatan", "kegiatan"): _quoted("kegiatan", "activity"),
    ("kegiatan", "pelaksana"): _quoted("pelaksana", "who"),
    ("kegiatan", "undangan"): _quoted("undangan"),
    ("kegiatan", "dasar"): _quoted("dasar"),
    ("kegiatan", "chart_schedule"): _drawn,
    ("kegiatan", "table_prepare_schedule"): _beside_schedule,
    ("kegiatan", "table_prepare_meetings"): _beside_meetings,
    ("kegiatan", "table_prepare_invitations"): _beside_invitations,
}
"""What figures of the preparation are, by kind of subject and measure."""
