"""What falls due for the agreements within the time of the letters, and who is written to about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements import Agreements, agreements
from ksd_toolkit.document import Run, Runs, measured, runs, told
from ksd_toolkit.messages import count, say_counted
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.office_heads import head_of
from ksd_toolkit.papers.opening import BLANK

REMINDER: Final = "pengingat"
"""The kind of subject the figures of the reminders tell of."""
LAPSES: Final = frozenset({"expiry", "intent"})
"""What the partner is written to about; all else is for the office alone."""
_PERSON: Final = "perseorangan"
_OWN_OFFICE: Final = "opd_internal"


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """A letter to be drafted: whom it addresses, and what of theirs falls due.

    `to` is what precedes the table in words: `office` or `partner`.
    """

    to: str
    addressee: str
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Reminding:
    """The agreements with what is due, earliest first."""

    case: Case
    found: Agreements
    rows: pd.DataFrame

    @property
    def lang(self) -> str:
        """The language of the paper."""
        return self.case.lang

    def sentence(self, code: str, **facts: object) -> Runs:
        """A sentence of the letters."""
        return told(f"reminders.{code}", self.lang, **facts)

    def fact(self, measure: str, text: str) -> Run:
        """A number that holds for all of what is due."""
        return measured(text, measure, f"{REMINDER}/*")

    def days(self) -> Run:
        """Within how many days the letters look ahead."""
        return self.fact("letters_days", count(self.found.rules.letters_days, self.lang))

    def head(self, office: Any) -> str:
        """How the head of an office is addressed; left open where no office is named."""
        if pd.isna(office):
            return BLANK
        return head_of(str(self.case.dossier.offices["opd_nama"].get(office, office)), self.lang)

    def partner_head(self, partner: Any, kind: object) -> str:
        """How a partner is addressed: a person by name, an institution by its head."""
        if pd.isna(partner):
            return BLANK
        if kind == _PERSON:
            return str(partner)
        if kind == _OWN_OFFICE:
            return head_of(str(partner), self.lang)
        return head_of(str(partner), self.lang, otherwise="reminders.partner_head")

    def letters(self) -> tuple[Letter, ...]:
        """One for every office, then one for every partner whose document lapses, in the order of their days."""
        lapsing = self.rows[self.rows["kind"].isin(LAPSES)]
        return (*self._to("office", self.rows, "office"), *self._to("partner", lapsing, "partner"))

    def _to(self, to: str, rows: pd.DataFrame, column: str) -> Iterator[Letter]:
        for _, held in rows.groupby(column, sort=False, dropna=False):
            first = held.iloc[0]
            named = (
                self.head(first["office"])
                if to == "office"
                else self.partner_head(first["partner"], first["mitra_jenis"])
            )
            yield Letter(to, named, held)


def subject_of(row: Mapping[Any, Any]) -> str:
    """What names one thing that is due in a trace."""
    return f"{REMINDER}/{row['kind']}|{row['no_dok']}"


def reminding(case: Case) -> Reminding:
    """What is overdue or falls due within the days of the letters, counted from the reference date.

    Raises:
        InputError: `hari_libur.csv` cannot be used.
    """
    found = agreements(case.register)
    rows = found.reminders
    kinds = found.documents.set_index("no_dok")["mitra_jenis"]
    due = rows[rows["days_left"] <= found.rules.letters_days].reset_index(drop=True)
    return Reminding(case, found, due.assign(mitra_jenis=due["no_dok"].map(kinds)))


def titled(row: Mapping[Any, Any]) -> str:
    """A document by its number and title."""
    return f"{row['no_dok']} {'' if pd.isna(row['judul']) else row['judul']}".strip()


def days_text(days: float, lang: str) -> str:
    """How many days are left, or since when the day is past."""
    n = int(days)
    code = "today" if n == 0 else "left" if n > 0 else "past"
    return say_counted(f"reminders.days_{code}", abs(n), lang, n=count(abs(n), lang))


def quoted_heading(text: str, subject: str) -> Runs:
    """An addressee as a heading; the figures in a name are traced to its document."""
    held = any(letter.isdigit() for letter in text)
    return runs(measured(text, "addressee", subject) if held else text)
