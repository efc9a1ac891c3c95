"""Reminders: everything that is due in one table, then a draft letter to each office and partner concerned."""

from typing import Final

from ksd_toolkit.columns import records
from ksd_toolkit.document import Alignment, Block, Column, ColumnKind, Runs, Table, measured
from ksd_toolkit.messages import count, date_text, say, say_counted
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.opening import closing, opening
from ksd_toolkit.papers.reminder_case import (
    LAPSES,
    REMINDER,
    Letter,
    Reminding,
    reminding,
    subject_of,
    titled,
)
from ksd_toolkit.papers.reminder_letters import letter_blocks
from ksd_toolkit.tables.cells import MINUS

NAME: Final = "reminders"
POSSIBLE: Final = frozenset({"due", "overdue", "offices", "partners", "holidays_missing"})

_COLUMNS: Final[tuple[tuple[str, float, ColumnKind, str], ...]] = (
    ("document", 2.9, "text", "document"), ("what", 1.9, "text", ""), ("law", 2.0, "text", "law"),
    ("day", 1.7, "date", "due_day"), ("left", 0.0, "integer", "days_left"),
    ("to", 2.8, "text", "addressees"),
)  # fmt: skip


def nothing_due(case: Case) -> str:
    """Why there are no letters: nothing is overdue and nothing falls due in time; empty where there is."""
    told = reminding(case)
    if not told.rows.empty:
        return ""
    days = told.found.rules.letters_days
    return say("reminders.left_out", case.lang, days=count(days, case.lang), name=NAME)


def reminders(case: Case) -> PaperFacts:
    """Draft letters about what falls due; number, date and signature stay blank.

    Source:
        PP 28/2018 Pasal 9 dan 22; Permendagri 25/2020 Pasal 13, 17, 32, 33 dan 35.
    """
    told = reminding(case)
    letters = told.letters()
    overdue = int((told.rows["days_left"] < 0).sum())
    counts = {
        "due": len(told.rows) - overdue, "overdue": overdue,
        "documents": told.rows["no_dok"].nunique(), "letters": len(letters),
        "offices": _to(letters, "office"), "partners": _to(letters, "partner"),
    }  # fmt: skip
    words: dict[str, str | Runs] = {**opening(case.dossier, case.theme), "days": (told.days(),)}
    words["date"] = (told.fact("reference", date_text(case.dossier.tanggal_acuan, told.lang)),)
    words |= {f"{name}_count": _counted(name, n, told.lang) for name, n in counts.items()}
    blocks = {
        "due": _due(told),
        "letters": tuple(block for one in letters for block in letter_blocks(told, one)),
        "stamp": closing(case.stamp, files=False),
    }
    holds = {
        "due": len(told.rows) > 0, "overdue": overdue > 0, "offices": counts["offices"] > 0,
        "partners": counts["partners"] > 0,
        "holidays_missing": not told.found.holidays and "council" in set(told.rows["kind"]),
    }  # fmt: skip
    return PaperFacts(words, blocks, frozenset(n for n, is_so in holds.items() if is_so), POSSIBLE)


def _to(letters: tuple[Letter, ...], to: str) -> int:
    return sum(letter.to == to for letter in letters)


def _counted(name: str, number: int, lang: str) -> Runs:
    text = say_counted(f"reminders.{name}", number, lang, n=count(number, lang))
    return (measured(text, name, f"{REMINDER}/*"),)


def _due(told: Reminding) -> tuple[Block, ...]:
    """A row for everything due: what, when, who is written to, and by which article."""
    lang = told.lang
    if told.rows.empty:
        return ()
    columns = tuple(
        Column(say(f"reminders.column_{name}", lang), _align(kind), width, kind, measure)
        for name, width, kind, measure in _COLUMNS
    )
    rows = [row for _, row in records(told.rows)]
    body = tuple(
        (
            titled(row), say(f"reminders.what.{row['kind']}", lang), row["ground"].cited(lang),
            date_text(row["due"].date(), lang), count(int(row["days_left"]), lang).replace("-", MINUS),
            _addressees(told, row),
        )
        for row in rows
    )  # fmt: skip
    caption = say("reminders.caption", lang)
    subjects = tuple(subject_of(row) for row in rows)
    note = say("reminders.note", lang)
    return (Table(caption, columns, body, note, 0, subjects, anchor="due"),)


def _align(kind: ColumnKind) -> Alignment:
    return "right" if kind == "integer" else "left"


def _addressees(told: Reminding, row: dict[str, object]) -> str:
    """The office, and the partner where the document lapses."""
    named = [told.head(row["office"])]
    if row["kind"] in LAPSES:
        named.append(told.partner_head(row["partner"], row["mitra_jenis"]))
    return "; ".join(named)
