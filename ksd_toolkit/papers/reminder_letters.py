"""One draft letter on a page of its own: head left blank, what falls due, what is asked and by when."""

from typing import Final

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

_SIGNS: Final = {"office": "chair", "partner": "leader"}
"""Who signs a letter to whom, by the roles of the theme."""
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
        _table(told, letter),
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
        "attachments": runs("-"),
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


def _table(told: Reminding, letter: Letter) -> Table:
    """A row per thing due: the document, what and by which article, the day, and what is asked."""
    lang = told.lang
    titles = (("document", 2.6, "document"), ("what_law", 2.6, "law"), ("day", 1.8, "due_left"),
              ("asked", 3.4, "asked"))  # fmt: skip
    columns = tuple(
        Column(say(f"reminders.column_{name}", lang), width=width, measure=measure)
        for name, width, measure in titles
    )
    rows = [row for _, row in records(letter.rows)]
    body = tuple(
        (
            titled(row),
            say("reminders.what_law", lang, what=say(f"reminders.what.{row['kind']}", lang),
                law=row["ground"].cited(lang)),
            say("reminders.due_left", lang, date=date_text(row["due"].date(), lang),
                days=days_text(row["days_left"], lang)),
            asked(letter.to, row["kind"], lang, told.case.dossier.issuer.unit),
        )
        for row in rows
    )  # fmt: skip
    caption = say("reminders.letter_caption", lang)
    return Table(caption, columns, body, "", 0, tuple(subject_of(row) for row in rows))


def asked(to: str, kind: str, lang: str, unit: str) -> str:
    """What an office or a partner is asked for when something of a kind falls due."""
    return say(f"reminders.ask_{to}.{kind}", lang, unit=unit)
