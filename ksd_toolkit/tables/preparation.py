"""The preparation as tables: the schedule, who is invited to what, the offices and their PPKSD."""

from collections.abc import Iterable, Iterator
from typing import Final

from ksd_toolkit.answers.preparation import ENOUGH, LIAISONS_NEEDED, SHORT, SILENT, Preparation
from ksd_toolkit.answers.schedule import Activity
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Run, Table
from ksd_toolkit.errors import LawError
from ksd_toolkit.messages import count, date_text, join_words, language, say, say_counted
from ksd_toolkit.register.people import people_of
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import about

INTERNAL: Final = "internal"
_STATES: Final = (ENOUGH, SHORT, SILENT)


def schedule(preparation: Preparation, lang: str = "") -> Shown:
    """Every activity with its weeks, its days where a start is set, who does it and on which ground."""
    lang = lang or preparation.lang
    dated = preparation.schedule.start is not None
    columns = (
        Column(_head("stage", lang), width=1.3, measure="tahap"),
        Column(_head("activity", lang), width=3.6, measure="kegiatan"),
        Column(_head("weeks", lang), measure="week_span"),
        *((Column(_head("days", lang), width=2.3, measure="days"),) if dated else ()),
        Column(_head("by_whom", lang), width=2.1, measure="pelaksana"),
        Column(_head("ground", lang), width=3.2, measure="dasar"),
    )
    body = tuple(
        (
            activity.stage[language(lang)],
            activity.name[language(lang)],
            weeks_text(activity),
            *((days_text(preparation, activity, lang),) if dated else ()),
            activity.who[language(lang)],
            _ground(activity.ground, lang),
        )
        for activity in preparation.schedule.activities
    )
    note = say("prepare.schedule_note" if dated else "prepare.undated_note", lang)
    caption, subjects = say("prepare.schedule", lang), _about(preparation.schedule.activities)
    table = Table(caption, columns, body, note, 1, subjects, origin=_of_rules("schedule"))
    return Shown(table, lang=lang)


def meetings(preparation: Preparation, lang: str = "") -> Shown:
    """Every meeting: when, who is invited, and how many seats that makes."""
    lang = lang or preparation.lang
    columns = (
        Column(_head("activity", lang), width=4.2, measure="kegiatan"),
        Column(_head("days", lang), width=2.4, measure="days"),
        Column(_head("invited", lang), width=3.4, measure="undangan"),
        Column(_head("seats", lang), "right", kind="integer", measure="seats"),
    )
    body = tuple(
        (
            activity.name[language(lang)],
            days_text(preparation, activity, lang),
            join_words([say(f"prepare.group_{group}", lang) for group in activity.invited], lang),
            count(sum(_seats(preparation, group) for group in activity.invited), lang),
        )
        for activity in preparation.schedule.meetings
    )
    facts = {
        "offices": count(len(preparation.offices), lang),
        "liaisons": count(_seats(preparation, "ppksd"), lang),
        "members": count(_seats(preparation, "tkksd"), lang),
        "file": preparation.members_in,
    }
    note = say("prepare.meetings_note", lang, **facts)
    caption, subjects = say("prepare.meetings", lang), _about(preparation.schedule.meetings)
    table = Table(caption, columns, body, note, subjects=subjects, origin=_of_rules("meetings"))
    return Shown(table, lang=lang)


def _of_rules(name: str) -> str:
    """What the numbers beside a table are."""
    return str(Origin(f"table_prepare_{name}", "kegiatan/*"))


def _about(activities: Iterable[Activity]) -> tuple[str, ...]:
    return about("kegiatan", (activity.code for activity in activities))


def offices(preparation: Preparation, edition: str = "public", lang: str = "") -> Shown:
    """Who is short of two PPKSD: all offices with names inside, only the codes of the short in public."""
    lang = lang or preparation.lang
    if edition == INTERNAL:
        return _offices_by_name(preparation, lang)
    table = preparation.offices
    columns = (
        Column(_head("status", lang), width=2.6),
        Column(_head("offices", lang), "right", kind="integer", measure="offices"),
        Column(_head("codes", lang), width=5.0, measure="office_codes"),
    )
    body = []
    for state in _STATES:
        codes = [str(code) for code in table.index[table["state"] == state]]
        shown = DASH if state == "enough" or not codes else ", ".join(codes)
        body.append((say(f"prepare.state_{state}", lang), count(len(codes), lang), shown))
    body.append((say("answers.total", lang), count(len(table), lang), ""))
    note = say("prepare.offices_note", lang, n=LIAISONS_NEEDED)
    caption, subjects = say("prepare.offices", lang), about("keadaan", (*_STATES, "*"))
    origin = "liaisons_needed@aturan/*"
    counted = Table(caption, columns, tuple(body), note, subjects=subjects, origin=origin)
    return Shown(counted, lang=lang)


def _offices_by_name(preparation: Preparation, lang: str) -> Shown:
    """The list the secretariat works with: every office, its PPKSD and how to reach them."""
    people = _people(preparation, "nama", "kontak")
    columns = (
        Column(_head("office", lang), width=2.8, measure="office_name"),
        Column(_head("status", lang), width=1.4),
        Column(_head("liaison", lang, n=1), width=4.2, measure="person"),
        Column(_head("liaison", lang, n=2), width=4.2, measure="person"),
        Column(_head("decree", lang)),
    )
    body = tuple(
        (
            f"{code} \u2013 {row['opd_nama']}",
            say(f"prepare.state_{row['state']}", lang),
            people.get((code, "ppksd_1"), DASH),
            people.get((code, "ppksd_2"), DASH),
            say("prepare.yes" if row["decree"] else "prepare.no", lang),
        )
        for code, row in records(preparation.offices)
    )
    number = len(preparation.short)
    note = say_counted("prepare.short", number, lang, n=count(number, lang))
    caption, subjects = (
        say("prepare.offices_internal", lang),
        about("opd", preparation.offices.index),
    )
    origin = "lacking@ppksd/*"
    table = Table(caption, columns, body, note, subjects=subjects, origin=origin)
    return Shown(table, lang=lang)


def invitations(preparation: Preparation, edition: str = "public", lang: str = "") -> Shown:
    """Whom each office sends: its code and seats in public, the persons by name inside."""
    lang = lang or preparation.lang
    inside = edition == INTERNAL
    invited = [a for a in preparation.schedule.meetings if {"opd", "ppksd"} & {*a.invited}]
    columns = (
        Column(_head("office", lang), width=3.6 if inside else 1.6, measure="office_name"),
        *((Column(_head("guests", lang), width=4.0, measure="person"),) if inside else ()),
        *(
            Column(activity.name[language(lang)], "right", 1.6, "integer", f"seats:{activity.code}")
            for activity in invited
        ),
    )
    people = _people(preparation, "nama") if inside else {}
    body = []
    for code, row in records(preparation.offices):
        guests = [text for (office, _), text in people.items() if office == code]
        head = say("prepare.head", lang, office=row["opd_nama"])
        named = (
            (f"{code} \u2013 {row['opd_nama']}", "; ".join([head, *guests])) if inside else (code,)
        )
        body.append((*named, *(_places(activity, lang) for activity in invited)))
    note = say("prepare.invitations_note", lang, n=LIAISONS_NEEDED)
    caption, subjects = say("prepare.invitations", lang), about("opd", preparation.offices.index)
    origin = "table_prepare_invitations@kegiatan/*"
    table = Table(caption, columns, tuple(body), note, subjects=subjects, origin=origin)
    return Shown(table, lang=lang)


def _ground(text: str, lang: str) -> str:
    """The citation of an article we know; what else the secretariat wrote, as it stands."""
    try:
        return cited(text, lang) if text else DASH
    except LawError:
        return text


def _head(name: str, lang: str, **facts: object) -> str:
    """What a column is called."""
    return say(f"prepare.column_{name}", lang, **facts)


def weeks_text(activity: Activity) -> str:
    """`3` or `5\u20138`."""
    first, last = activity.first_week, activity.last_week
    return str(first) if first == last else f"{first}\u2013{last}"


def days_text(preparation: Preparation, activity: Activity, lang: str) -> str:
    """The first and last day in words; the weeks where no start is set."""
    dates = preparation.schedule.dates(activity)
    if dates is None:
        return say("prepare.in_weeks", lang, weeks=weeks_text(activity))
    return say(
        "prepare.days", lang, first=date_text(dates[0], lang), last=date_text(dates[1], lang)
    )


def activity_name(activity: Activity, lang: str) -> Run:
    """What an activity is called; its name has an origin where it holds a number."""
    name = activity.name[language(lang)]
    held = any(letter.isdigit() for letter in name)
    origin = str(Origin("kegiatan", f"kegiatan/{activity.code}"))
    return Run(name, origin=origin if held else "")


def _seats(preparation: Preparation, group: str) -> int:
    """How many places a group takes."""
    asked = len(preparation.offices)
    return {"opd": asked, "ppksd": asked * LIAISONS_NEEDED, "tkksd": preparation.members}[group]


def _places(activity: Activity, lang: str) -> str:
    """How many of one office are invited to a meeting."""
    heads, liaisons = "opd" in activity.invited, "ppksd" in activity.invited
    return count(int(heads) + LIAISONS_NEEDED * int(liaisons), lang)


def _people(preparation: Preparation, *facts: str) -> dict[tuple[str, str], str]:
    """What the private store tells of every PPKSD, by office and slot."""
    told: Iterator[tuple[tuple[str, str], list[str]]] = (
        ((str(row["opd_kode"]), str(row["slot"])), [row[fact] for fact in facts])
        for _, row in records(people_of(preparation.dossier))
    )
    return {
        key: ", ".join(str(part) for part in parts if part == part and part)  # noqa: PLR0124  NaN
        for key, parts in told
    }
