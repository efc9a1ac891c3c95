"""Explain the figures that tell how far an agreement has come, what comes next, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements import Agreements, History, agreements
from ksd_toolkit.agreements.stages import stage_label
from ksd_toolkit.messages import count, date_text, join_words, say
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError, Row, explained_by, first_of
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.tables.agreements import REMINDER, STANDING, kind_and_type

_ANSWERS: Final = ("jenis_dok", "jenis_ksd", "induk_no", "tgl_ttd", "berakhir")


def agreed_upon(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the agreements came about; None where its measure is none of theirs."""
    return explained_by(_FIGURES, AskedFigure, figure, meaning, evidence)


def _found(asked: AskedFigure) -> Agreements:
    return asked.once("reminder_agreements", lambda: agreements(asked.evidence.register))


def _document(asked: AskedFigure) -> Mapping[str, Any]:
    documents = _found(asked).documents
    return first_of(documents[documents["no_dok"] == asked.subject])


def _history(asked: AskedFigure) -> History:
    """The history of the document.

    Raises:
        GoneError: The register no longer has it.
    """
    history = _found(asked).histories.get(asked.subject)
    if history is None:
        raise GoneError
    return history


def _behind(numbers: Iterable[object], document: Mapping[str, Any]) -> tuple[Row, ...]:
    """Some documents with the addenda of one."""
    told = document["amended_by"]
    addenda = [] if pd.isna(told) else str(told).split("; ")
    return tuple(("naskah", str(number)) for number in [*numbers, *addenda])


def _stages(asked: AskedFigure) -> tuple[Row, ...]:
    """The stages on record of the document."""
    table = asked.evidence.register.table("tahapan")
    held = table["no_dok"] == asked.subject
    return tuple(("tahapan", str(key)) for key in table.loc[held, "row_key"])


def _quoted(asked: AskedFigure) -> Computation:
    """Number and title of the document, word for word."""
    sentence = say("measure.quoted", asked.lang, value=asked.figure.text)
    return Computation(sentence, rows=(("naskah", asked.subject),), questions=("no_dok", "judul"))


def _stage(asked: AskedFigure) -> Computation:
    """The furthest stage on record, in the order of the course, and its place in it."""
    history, lang = _history(asked), asked.lang
    stage = history.stage
    rows = (("naskah", asked.subject), *_stages(asked))
    if stage is None:
        return asked.told(rows, ("tahap", "tanggal"), code="none", **_course(history, lang))
    day = history.passed_on(stage.code)
    facts = {
        "stage": stage_label(stage.code, lang), "law": stage.ground.cited(lang),
        "day": "\u2013" if day is None else date_text(day, lang),
        "place": count(history.path.index(stage) + 1, lang),
    }  # fmt: skip
    return asked.told(
        rows, ("tahap", "tanggal", "tgl_ttd"), code="", **facts, **_course(history, lang)
    )


def _next_stage(asked: AskedFigure) -> Computation:
    """The first stage after the one reached that may not be left out; or why none comes."""
    history, lang = _history(asked), asked.lang
    rows = (*_behind([asked.subject], _document(asked)), *_stages(asked))
    questions = ("jenis_dok", "jenis_ksd", "tahap", "tanggal", "alasan_berakhir", "tgl_pengakhiran")
    course = _course(history, lang)
    if history.end is not None:
        end, ground = history.end, history.ground_of(history.end)
        law = ground.cited(lang) if ground else say("law.unverified", lang)
        return asked.told(
            rows, questions, code="over", day=date_text(end.on, lang), law=law, **course
        )
    following = history.next_stage
    if following is None:
        return asked.told(rows, questions, code="done", **course)
    facts = {
        "next": stage_label(following.code, lang), "law": following.ground.cited(lang),
        "place": count(history.path.index(following) + 1, lang),
    }  # fmt: skip
    return asked.told(rows, questions, **facts, **course)


def _course(history: History, lang: str) -> dict[str, str]:
    """The document, its kind and type, and how many stages its course has."""
    agreement = history.agreement
    kind, jenis = kind_and_type(agreement.jenis_dok, agreement.jenis_ksd, lang)
    return {
        "no_dok": agreement.no_dok,
        "kind": kind,
        "type": jenis,
        "stages": count(len(history.path), lang),
    }


def _left(asked: AskedFigure) -> Computation:
    """The last day in force, which addenda move and a letter of intent's year limits, less the reference date."""
    row, lang = _document(asked), asked.lang
    if pd.isna(row["days_left"]):
        raise GoneError
    last = _found(asked).tanggal_acuan + timedelta(days=int(row["days_left"]))
    changed = "" if pd.isna(row["amended_by"]) else str(row["amended_by"])
    facts = {
        "no_dok": asked.subject, "until": date_text(last, lang),
        "days": count(abs(row["days_left"]), lang),
        "changed": say("reminders.changed", lang, names=changed) if changed else "",
    }  # fmt: skip
    rows = _behind([asked.subject], row)
    return asked.told(rows, ("berakhir", "tgl_ttd"), **facts)


def _wrong(asked: AskedFigure) -> Computation:
    """What the rules find in a document, and the remedies that name the articles."""
    found, lang = _found(asked), asked.lang
    remedies = [problem.remedy(lang) for problem in found.problems_of(asked.subject)]
    if not remedies:
        raise GoneError
    rows = (*_behind([asked.subject], _document(asked)), *_stages(asked))
    facts = {"no_dok": asked.subject, "fixes": " ".join(remedies), "n": count(len(remedies), lang)}
    return asked.told(rows, (*_ANSWERS, "status", "tahap", "tanggal"), **facts)


def _window(asked: AskedFigure) -> Computation:
    """The smallest window that holds the days left."""
    kind, _, number = asked.subject.partition("|")
    found, lang = _found(asked), asked.lang
    rows = found.reminders
    row = first_of(rows[(rows["kind"] == kind) & (rows["no_dok"] == number)])
    windows = join_words([count(one, lang) for one in found.rules.windows_days], lang)
    days, due = count(row["days_left"], lang), date_text(row["due"], lang)
    behind = (("naskah", number),)
    return asked.told(
        behind, ("berakhir", "tgl_permohonan_dprd"), windows=windows, days=days, due=due
    )


def _all_reminders(asked: AskedFigure) -> Computation:
    """How far the table looks ahead, and how many days lie further away."""
    found, lang = _found(asked), asked.lang
    rows = found.reminders
    later, near = rows[rows["state"] == "later"], rows[rows["state"] != "later"]
    facts = {
        "days": count(max(found.rules.windows_days), lang),
        "later": count(len(later), lang), "near": count(len(near), lang),
        "names": asked.some(list(dict.fromkeys(map(str, rows["no_dok"])))),
    }  # fmt: skip
    behind = dict.fromkeys(("naskah", str(number)) for number in rows["no_dok"])
    return asked.told(behind, ("berakhir", "tgl_ttd", "tgl_permohonan_dprd"), **facts)


def _all_documents(asked: AskedFigure) -> Computation:
    """How many documents there are; the table may show the first of them only."""
    numbers = [str(number) for number in _found(asked).documents["no_dok"]]
    rows = tuple(("naskah", number) for number in numbers)
    n, names = count(len(numbers), asked.lang), asked.some(numbers)
    return asked.told(rows, ("jenis_dok", "jenis_ksd", "tgl_ttd"), n=n, names=names)


_FIGURES: Final[Mapping[tuple[str, str], Callable[[AskedFigure], Computation]]] = {
    (STANDING, "document"): _quoted,
    (STANDING, "stage"): _stage,
    (STANDING, "next_stage"): _next_stage,
    (STANDING, "standing_left"): _left,
    (STANDING, "wrong"): _wrong,
    (STANDING, "table_reminders"): _all_reminders,
    (STANDING, "table_standing"): _all_documents,
    (REMINDER, "window"): _window,
}
"""What figures are, by their kind of subject and their measure."""
