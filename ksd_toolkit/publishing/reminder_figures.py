"""Explain the figures of the reminders: from which answers each day was counted, and by which rule."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements import Agreements, agreements
from ksd_toolkit.agreements.council import time_of
from ksd_toolkit.agreements.stages import type_label
from ksd_toolkit.messages import count, date_text, say
from ksd_toolkit.papers.reminder_case import LAPSES, REMINDER
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError, Row, first_of
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_READ: Final[Mapping[str, tuple[str, ...]]] = {
    "expiry": ("berakhir",),
    "intent": ("berakhir", "tgl_ttd"),
    "notice": ("berakhir",),
    "report": ("tgl_ttd", "tahap", "tanggal"),
    "council": ("tgl_permohonan_dprd",),
}
"""The answers the day of each kind is counted from."""


def reminded(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the reminders came about; None where its measure is none of theirs."""
    kind = meaning.subject.partition("/")[0]
    explain = _FIGURES.get(meaning.measure)
    if kind != REMINDER or explain is None:
        return None
    try:
        return explain(AskedFigure(figure, meaning, evidence))
    except GoneError:  # the paper is older than the register
        return None


def _found(asked: AskedFigure) -> Agreements:
    return asked.once("reminder_agreements", lambda: agreements(asked.evidence.register))


def _due(asked: AskedFigure) -> pd.DataFrame:
    """What the letters are about, as it stands today."""
    found = _found(asked)

    def find() -> pd.DataFrame:
        rows = found.reminders
        return rows[rows["days_left"] <= found.rules.letters_days]

    return asked.once("reminder_rows", find)


def _row(asked: AskedFigure) -> dict[str, Any]:
    kind, _, number = asked.subject.partition("|")
    rows = _found(asked).reminders
    return first_of(rows[(rows["kind"] == kind) & (rows["no_dok"] == number)])


def _document(asked: AskedFigure, number: str) -> dict[str, Any]:
    documents = _found(asked).documents
    return first_of(documents[documents["no_dok"] == number])


def _behind(asked: AskedFigure, row: Mapping[Any, Any]) -> tuple[Row, ...]:
    """The document with its addenda; for a report, the reports recorded so far too."""
    number = str(row["no_dok"])
    addenda = _addenda(_document(asked, number))
    rows: list[Row] = [("naskah", number), *(("naskah", name) for name in addenda)]
    if row["kind"] == "report":
        stages = asked.evidence.register.table("tahapan")
        stage = _found(asked).rules.report_stage
        held = (stages["no_dok"] == number) & (stages["tahap"] == stage)
        rows += [("tahapan", str(key)) for key in stages.loc[held, "row_key"]]
    return tuple(rows)


def _addenda(document: Mapping[str, Any]) -> list[str]:
    told = document["amended_by"]
    return [] if pd.isna(told) else str(told).split("; ")


def _day(asked: AskedFigure) -> Computation:
    """The day something is due and how far away it is, by the rule of its kind."""
    row, rules, lang = _row(asked), _found(asked).rules, asked.lang
    document = _document(asked, str(row["no_dok"]))
    days, due = int(row["days_left"]), date_text(row["due"].date(), lang)
    facts: dict[str, str] = {
        "no_dok": str(row["no_dok"]),
        "due": due,
        "left": say(f"reminders.{'counted' if days >= 0 else 'counted_past'}", lang, due=due,
                    date=asked.given()["date"], n=count(abs(days), lang)),
        "changed": _changed(document, lang),
        "until": _date(document["berakhir"], lang),
        "signed": _date(document["tgl_ttd"], lang),
        "received": _date(document["tgl_permohonan_dprd"], lang),
        "months": count(rules.notice_months, lang),
        "years": count(rules.intent_years, lang),
        "year": str(row["due"].year - 1),
        **_council(asked, document),
    }  # fmt: skip
    kind = str(row["kind"])
    name = f"measure.{REMINDER}.due_{kind}"
    return Computation(say(name, lang, **facts), rows=_behind(asked, row), questions=_READ[kind])


def _council(asked: AskedFigure, document: Mapping[str, Any]) -> dict[str, str]:
    """The working days of the council and the holidays known; blank for what is no request."""
    found, lang = _found(asked), asked.lang
    time = time_of(document, found.rules, found.holidays)
    if time is None:
        return {"working": "", "holidays": ""}
    days, known = time.deadline.working_days, len(found.holidays)
    return {"working": count(days, lang), "holidays": count(known, lang)}


def _changed(document: Mapping[str, Any], lang: str) -> str:
    names = "; ".join(_addenda(document))
    return say("reminders.changed", lang, names=names) if names else ""


def _date(value: Any, lang: str) -> str:
    return "\u2013" if pd.isna(value) else date_text(value, lang)


def _law(asked: AskedFigure) -> Computation:
    """The article a duty rests on for a type of cooperation."""
    row = _row(asked)
    what = say(f"reminders.what.{row['kind']}", asked.lang)
    kind = type_label(str(row["jenis_ksd"]), asked.lang)
    return asked.told(
        (("naskah", str(row["no_dok"])),), ("jenis_ksd", "jenis_dok"), what=what, type=kind
    )


def _quoted(*questions: str) -> Callable[[AskedFigure], Computation]:
    """A text of the document, word for word."""

    def told(asked: AskedFigure) -> Computation:
        rows = (("naskah", asked.subject.partition("|")[2]),)
        sentence = say("measure.quoted", asked.lang, value=asked.figure.text)
        return Computation(sentence, rows=rows, questions=questions)

    return told


def _asked(asked: AskedFigure) -> Computation:
    """The standing sentence for what falls due."""
    row = _row(asked)
    what = say(f"reminders.what.{row['kind']}", asked.lang)
    return asked.told(_behind(asked, row), ("no_dok", "judul"), what=what)


def _count(asked: AskedFigure) -> Computation:
    """How many things are due, of which documents, and how many letters that makes."""
    rows, lang = _due(asked), asked.lang
    lapsing = rows[rows["kind"].isin(LAPSES)]
    past = rows["days_left"] < 0
    held = {"overdue": rows[past], "due": rows[~past], "partners": lapsing}
    mine = held.get(asked.measure, rows)
    column = {"offices": "office", "partners": "partner"}.get(asked.measure, "no_dok")
    names = list(dict.fromkeys(mine[column].dropna().astype("str")))
    offices, partners = _different(rows["office"]), _different(lapsing["partner"])
    behind = [row for one in mine.to_dict("records") for row in _behind(asked, one)]
    facts = {
        "n": count(len(mine), lang), "documents": count(mine["no_dok"].nunique(), lang),
        "names": asked.some(names), "offices": count(offices, lang),
        "partners": count(partners, lang), "letters": count(offices + partners, lang),
        "days": count(_found(asked).rules.letters_days, lang),
    }  # fmt: skip
    questions = {question for kind in mine["kind"] for question in _READ[kind]}
    return asked.told(dict.fromkeys(behind), sorted(questions), **facts)


def _different(values: "pd.Series[Any]") -> int:
    return len(values.drop_duplicates())


def _rule(asked: AskedFigure) -> Computation:
    """A number that the tables of rules or the dossier give."""
    return asked.told()


_FIGURES: Final[Mapping[str, Callable[[AskedFigure], Computation]]] = {
    **dict.fromkeys(("due", "overdue", "documents", "letters", "offices", "partners"), _count),
    "letters_days": _rule,
    "reference": _rule,
    **dict.fromkeys(("due_left", "due_day", "days_left"), _day),
    "law": _law,
    "document": _quoted("no_dok", "judul"),
    "addressee": _quoted("opd_kode", "mitra_nama"),
    "addressees": _quoted("opd_kode", "mitra_nama"),
    "asked": _asked,
}
"""What figures are, by their measure."""
