"""One draft letter on a page of its own: head left blank, what falls due, what is asked and by when."""

from collections.abc import Mapping
from typing import Any, Final

from ksd_toolkit.columns import records
from ksd_toolkit.document import (
    Block,
    Column,
    Heading,
    Paragraph,
    Particulars,
    Run,
    Runs,
    Table,
    measured,
    runs,
)
from ksd_toolkit.messages import date_text, say
from ksd_toolkit.papers.opening import BLANK, letter_number, signed_by
from ksd_toolkit.papers.reminder_case import (
    Letter,
    Reminding,
    days_text,
    quoted_heading,
    subject_of,
    titled,
)
from ksd_toolkit.tables.cells import DASH

_SIGNS: Final = {"office": "chair", "partner": "leader"}
"""Who signs a letter to whom, by the roles of the theme."""
_COLUMNS: Final = (
    ("document", 2.6, "document"), ("what", 2.0, ""), ("law", 2.0, "law"),
    ("day", 1.9, "due_left"), ("asked", 3.8, "asked"),
)  # fmt: skip
"""Title, width and measure of what is told of each thing that is due."""
_PARTICULARS: Final = ("number", "date", "nature", "attachments", "subject")


def letter_blocks(told: Reminding, letter: Letter) -> tuple[Block, ...]:
    """The letter: particulars, addressee, what falls due, what is asked, place to sign."""
    lang = told.lang
    subject = subject_of(letter.rows.iloc[0].to_dict())
    where = say("reminders.place", lang)
    addressee = told.sentence("dear", name=quoted_heading(letter.addressee, subject))
    return (
        Heading(1, told.sentence("heading", name=quoted_heading(letter.addressee, subject)),
                new_page=True),
        _particulars(told, letter),
        Paragraph(addressee),
        Paragraph(runs(where)),
        Paragraph(_opening(told, letter)),
        _due(told, letter),
        Paragraph(told.sentence(f"closing_{letter.to}", unit=told.case.dossier.issuer.unit)),
        Paragraph(told.sentence("thanks")),
        *signed_by(told.case.theme, _SIGNS[letter.to]),
    )  # fmt: skip


def _particulars(told: Reminding, letter: Letter) -> Block:
    lang = told.lang
    values: dict[str, Runs] = {
        "number": _number(told),
        "date": runs(BLANK),
        "nature": runs(say("reminders.ordinary", lang)),
        "attachments": runs(DASH),
        "subject": runs(say(f"reminders.subject_{letter.to}", lang)),
    }
    entries = tuple((say(f"reminders.head_{name}", lang), values[name]) for name in _PARTICULARS)
    return Particulars(entries)


def _number(told: Reminding) -> Runs:
    """The theme's pattern with its running part left open; blank without one."""
    text = letter_number(told.case.theme, "reminders", told.case.dossier.period)
    held = any(letter.isdigit() for letter in text)
    return runs(measured(text, "letter_number", "tema/*") if held else text or BLANK)


def _opening(told: Reminding, letter: Letter) -> Runs:
    """Since when and how far the letter looks, and that some days are past."""
    day = date_text(told.case.dossier.tanggal_acuan, told.lang)
    facts = {"date": told.fact("reference", day), "days": told.days()}
    line = told.sentence(
        f"opening_{letter.to}", government=told.case.dossier.issuer.government, **facts
    )
    if not (letter.rows["days_left"] < 0).any():
        return line
    return (*line, Run(" "), *told.sentence("some_past"))


def _due(told: Reminding, letter: Letter) -> Block:
    """What falls due: as particulars where it is one thing, else a row for each."""
    rows = [row for _, row in records(letter.rows)]
    titles = [say(f"reminders.column_{name}", told.lang) for name, _, _ in _COLUMNS]
    body = tuple(_cells(told, letter.to, row) for row in rows)
    if len(rows) == 1:
        named = zip(_COLUMNS, titles, body[0], strict=True)
        entries = ((title, _traced(text, m, rows[0])) for (_, _, m), title, text in named)
        return Particulars(tuple(entries))
    columns = tuple(
        Column(title, width=width, measure=measure)
        for title, (_, width, measure) in zip(titles, _COLUMNS, strict=True)
    )
    caption = say("reminders.letter_caption", told.lang)
    return Table(caption, columns, body, "", 0, tuple(subject_of(row) for row in rows))


def _traced(text: str, measure: str, row: dict[str, Any]) -> Runs:
    return runs(measured(text, measure, subject_of(row)) if measure else text)


def _cells(told: Reminding, to: str, row: dict[str, Any]) -> tuple[str, ...]:
    """The document, what falls due, its article, the day, and what is asked."""
    lang = told.lang
    return (
        titled(row),
        say(f"reminders.what.{row['kind']}", lang),
        row["ground"].cited(lang),
        due_text(row, lang),
        _asked(told, to, row),
    )


def _asked(told: Reminding, to: str, row: dict[str, Any]) -> str:
    """What is asked; of the council's answer also what its silence would mean."""
    lang, unit = told.lang, told.case.dossier.issuer.unit
    text = say(f"reminders.ask_{to}.{row['kind']}", lang, unit=unit)
    deadline = told.found.rules.council_deadline(row["jenis_ksd"])
    if row["kind"] != "council" or deadline is None:
        return text
    ground = deadline.silence_ground
    silence = (
        say("reminders.silence_unread", lang)
        if ground is None
        else say("reminders.silence_approves", lang, law=ground.cited(lang))
    )
    return f"{text} {silence}"


def due_text(row: Mapping[Any, Any], lang: str) -> str:
    """The day something is due, and how far away it is."""
    day = date_text(row["due"].date(), lang)
    return say("reminders.due_left", lang, date=day, days=days_text(row["days_left"], lang))
