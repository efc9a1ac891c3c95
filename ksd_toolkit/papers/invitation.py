"""The invitation to the briefing, with the briefing sheet: what cooperation is and how the mapping works."""

from typing import Final

from ksd_toolkit.answers.preparation import Preparation, prepare
from ksd_toolkit.answers.schedule import Activity
from ksd_toolkit.columns import label, records
from ksd_toolkit.document import (
    Block,
    Column,
    Items,
    Run,
    Runs,
    Table,
    measured,
    runs,
    spaced,
    told,
    told_counted,
)
from ksd_toolkit.messages import capital, count, date_text, language, say, say_counted
from ksd_toolkit.papers import briefing
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.office_heads import head_of
from ksd_toolkit.papers.opening import (
    blocks_of,
    closing_prepared,
    letter_number,
    opening,
    signed_by,
)
from ksd_toolkit.tables import preparation as tables
from ksd_toolkit.theme import Theme

NAME: Final = "invitation"
CONDITIONS: Final = frozenset(
    {"offices", "one_office", "many_offices", "meeting", "dated", "deadline", "schedule"}
)
_INVITED: Final = frozenset({"opd", "ppksd"})


def invitation(case: Case) -> PaperFacts:
    """The letter to the heads of all offices asked; it needs no answers.

    Raises:
        InputError: `jadwal.csv` cannot be used.
        MethodError: The method or its gates cannot be read.
    """
    return invitation_of(prepare(case.dossier, register=case.register), case.theme)


def invitation_of(preparation: Preparation, theme: Theme) -> PaperFacts:
    """The letter of a preparation; when and where is left blank where the dossier does not say it."""
    dossier, lang = preparation.dossier, preparation.lang
    meeting = briefing_meeting(preparation)
    asked = len(dossier.offices)
    words: dict[str, str | Runs] = {
        **opening(dossier, theme),
        "number": _number(theme, dossier.period),
        "attachments": say("mapping_papers.attachments", lang),
        "recipients": _recipients(preparation, lang),
        "when": _when(preparation, meeting, lang),
        "event": (tables.activity_name(meeting, lang),) if meeting else "",
        "guests": told_counted("mapping_papers.guests", asked, lang, n=_asked(asked, lang)),
        "deadline": date_text(dossier.deadline, lang) if dossier.deadline else "",
    }
    blocks = {
        "signatures": signed_by(theme, "chair"),
        "recipients": _addressed(preparation, lang),
        "stages": _stages(preparation, lang),
        "schedule": blocks_of(tables.schedule(preparation)),
        "kinds": (briefing.kinds(lang),),
        "corrections": (briefing.corrections(lang),),
        "sheets": (briefing.sheets(dossier, lang),),
        "gates": (briefing.gates(dossier, lang),),
        "protection": (briefing.protection(lang),),
        "stamp": closing_prepared(preparation.stamp),
    }
    holds = {
        "offices": asked > 0, "one_office": asked == 1, "many_offices": asked > 1,
        "meeting": meeting is not None, "dated": preparation.schedule.start is not None,
        "deadline": dossier.deadline is not None, "schedule": bool(preparation.schedule.activities),
    }  # fmt: skip
    return PaperFacts(
        words, blocks, frozenset(n for n, is_so in holds.items() if is_so), CONDITIONS
    )


def briefing_meeting(preparation: Preparation) -> Activity | None:
    """The first meeting of the schedule the offices are invited to."""
    meetings = preparation.schedule.meetings
    return next((one for one in meetings if _INVITED & {*one.invited}), None)


def _recipients(preparation: Preparation, lang: str) -> str:
    """The one office by name; more of them by their list."""
    names = [str(row["opd_nama"]) for _, row in records(preparation.offices)]
    if len(names) == 1:
        return head_of(names[0], lang)
    return say("mapping_papers.to_all" if names else "mapping_papers.to_none", lang)


def _number(theme: Theme, period: str) -> Runs:
    """The number of the letter, as the theme has its pattern."""
    text, pattern = letter_number(theme, NAME, period), theme.numbers.get(NAME, "")
    held = any(letter.isdigit() for letter in pattern)
    return runs(measured(text, "letter_number", "tema/*") if held else text)


def _asked(number: int, lang: str) -> Run:
    return measured(count(number, lang), "offices", "ppksd/*")


def _when(preparation: Preparation, meeting: Activity | None, lang: str) -> str | Runs:
    """The week the schedule has for it, said to be over where it is; the day is nobody's to guess."""
    if meeting is None:
        return ""
    days: str | Run = tables.days_text(preparation, meeting, lang)
    if preparation.schedule.start is None:
        days = measured(str(days), "days", f"kegiatan/{meeting.code}")
    dates = preparation.schedule.dates(meeting)
    past = dates is not None and dates[1] < preparation.dossier.tanggal_acuan
    return told("mapping_papers.when_past" if past else "mapping_papers.when", lang, days=days)


def _addressed(preparation: Preparation, lang: str) -> tuple[Block, ...]:
    """Every office asked; no persons."""
    number = say("mapping_papers.column_number", lang)
    columns = (
        Column(number, "right", kind="integer", measure="row_number"),
        Column(label("office", lang), width=6.0, measure="office_name"),
    )
    offices = records(preparation.offices)
    body = tuple(
        (count(place, lang), capital(head_of(str(row["opd_nama"]), lang)))
        for place, (_, row) in enumerate(offices, start=1)
    )
    subjects = tuple(f"opd/{code}" for code, _ in offices)
    caption = say_counted("mapping_papers.addressed", len(body), lang, n=count(len(body), lang))
    table = Table(
        caption, columns, body, row_header=1, subjects=subjects, anchor="recipients",
        origin="offices@ppksd/*",
    )  # fmt: skip
    return (table,)


def _stages(preparation: Preparation, lang: str) -> tuple[Block, ...]:
    """The stages of the schedule in their order, each with what is done in it."""
    done: dict[str, list[Run]] = {}
    for activity in preparation.schedule.activities:
        name = tables.activity_name(activity, lang)
        done.setdefault(activity.stage[language(lang)], []).append(name)
    items = tuple(
        told("mapping_papers.stage", lang, stage=stage, activities=spaced(names, "; "))
        for stage, names in done.items()
    )
    return (Items(items, "number"),) if items else ()
