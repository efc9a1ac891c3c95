"""Say what a figure in a row of the periodic evaluation is: of a document, a view, a side, a follow-up."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.criteria_rules import read_criteria_rules
from ksd_toolkit.evaluation.umbrella_words import umbrella_sentence
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, percent, say
from ksd_toolkit.publishing.asked_figures import GoneError, Row, first_of
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evidence import Computation

MONEY: Final = ("no_dok", "periode", "anggaran", "realisasi_anggaran", "hasil_uang", "hasil_barang")
"""The answers on money and goods."""
PLANNED: Final = ("no_dok", "periode", "tindak_lanjut", "tindak_lanjut_pelaku", "tindak_lanjut_tenggat")  # fmt: skip
"""The answers that plan a follow-up."""
TOLD: Final = ("tindak_lanjut_lalu", "tindak_lanjut_lalu_periode", "tindak_lanjut_lalu_bukti")
"""The answers that say what became of one."""
_RECEIVED: Final = ("manfaat_diterima", "pemenuhan")


def monitoring_rows(asked: Asked, number: str = "", period: str = "") -> tuple[Row, ...]:
    """The monitoring rows of a document or of all, of a half-year or of all, every assessor's."""
    return tuple(
        ("monev", key)
        for document, half_year, key in asked.once("monev_keys", lambda: _monitored(asked))
        if (not number or document == number) and (not period or half_year == period)
    )


def _monitored(asked: Asked) -> list[tuple[str, str, str]]:
    """Document, half-year and key of every monitoring row."""
    table = asked.evidence.register.table("monev")
    told = zip(table["no_dok"], table["periode"], table["row_key"], strict=True)
    return [(str(document), str(half_year), str(key)) for document, half_year, key in told]


def parts(asked: Asked) -> tuple[str, str]:
    """What the subject names before and behind its bar."""
    first, _, second = asked.subject.rpartition("|")
    return (first, second) if first else (second, "")


def _quoted(table: str, *questions: str) -> Callable[[Asked], Computation]:
    """A text word for word, from the document or from its monitoring."""

    def told(asked: Asked) -> Computation:
        number, _ = parts(asked)
        rows = asked.documents([number])
        if table == "monev":
            rows = monitoring_rows(asked, number) or rows
        return Computation(
            say("measure.quoted", asked.lang, value=asked.figure.text),
            rows=rows, questions=questions,
        )  # fmt: skip

    return told


def _view(asked: Asked) -> Computation:
    """The answers of the assessors to one question, and how far apart they are."""
    number, field = parts(asked)
    found = asked.review.views
    row = first_of(found[(found["no_dok"] == number) & (found["question"] == field)])
    question = asked.review.rules.question(field)
    answers = [
        say(
            "measure_periodic.answer",
            asked.lang,
            rater=mid_sentence(say(f"periodic.rater.{rater}", asked.lang)),
            answer=mid_sentence(question.option_label(row[rater], asked.lang)),
        )
        for rater in asked.review.rules.raters
        if pd.notna(row[rater])
    ]
    facts = {"no_dok": number, "question": question.label(asked.lang)}
    facts |= {"answers": "; ".join(answers), "scale": " > ".join(_scale(asked, field))}
    rows = monitoring_rows(asked, number, str(asked.review.semester))
    return asked.told(rows, ("penilai", field), **facts)


def _scale(asked: Asked, field: str) -> list[str]:
    question = asked.review.rules.question(field)
    return [mid_sentence(question.option_label(code, asked.lang)) for code in question.scale]


def _views_of_document(asked: Asked) -> Computation:
    """How many questions on a document can be compared, and on which the views differ."""
    found = asked.review.views
    mine = found[(found["no_dok"] == asked.subject) & found["steps"].notna()]
    labels = {one.field: one.label(asked.lang) for one in asked.review.rules.questions}
    differing = [labels[name] for name in mine.loc[mine["steps"] > 0, "question"]]
    facts = {
        "no_dok": asked.subject,
        "compared": count(len(mine), asked.lang),
        "differing": count(len(differing), asked.lang),
        "same": count(len(mine) - len(differing), asked.lang),
        "names": asked.some(differing),
    }
    rows = monitoring_rows(asked, asked.subject, str(asked.review.semester))
    questions = ("penilai", *labels)
    return asked.told(rows, questions, **facts)


def _criterion(asked: Asked) -> Computation:
    """A criterion of a document: the sentence of the review, with the answers it was read from."""
    number, _ = parts(asked)
    name = asked.part
    criterion = read_criteria_rules().find(name)
    monitored = asked.once("monitored_documents", lambda: set(asked.review.criteria["no_dok"]))
    if criterion is None or number not in monitored:
        raise GoneError
    sentence = asked.review.explain_criterion(number, name, asked.lang)
    rows = asked.speaking(number) or asked.documents([number])
    return Computation(
        sentence, rows=rows, questions=("periode", *criterion.sources, *MONEY[2:4])
    )  # fmt: skip


def _money(asked: Asked) -> Computation:
    """Budget, spending, revenue or goods of a document; its share spent, now or one half-year before."""
    found = asked.review.money
    row = first_of(found[found["no_dok"] == asked.subject])
    before = asked.measure == "absorption_before"
    period = str(asked.review.previous if before else asked.review.semester)
    code = ""
    facts = {"no_dok": asked.subject, "period": period}
    if asked.measure == "absorption":
        facts |= {
            "spent": asked.number(row["realisasi_anggaran"]),
            "budget": asked.number(row["anggaran"]),
            "share": percent(row["absorption_percent"], 1, asked.lang),
        }
    return asked.told(monitoring_rows(asked, asked.subject, period), MONEY, code=code, **facts)


def _side(asked: Asked) -> Computation:
    """What a side was promised or received."""
    number, side = parts(asked)
    questions = [f"manfaat_janji_{side}", *(f"{name}_{side}" for name in _RECEIVED)]
    rows = (*asked.documents([number]), *asked.speaking(number))
    return Computation(
        say("measure.quoted", asked.lang, value=asked.figure.text),
        rows=rows, questions=("periode", *questions),
    )  # fmt: skip


def _follow_up(asked: Asked) -> Computation:
    """A follow-up: who planned it when, and what became of it."""
    number, period = parts(asked)
    found = asked.review.all_follow_ups
    row = first_of(found[(found["no_dok"] == number) & (found["asked_in"] == period)])
    facts: dict[str, Any] = {"no_dok": number, "period": period}
    facts["rater"] = mid_sentence(say(f"periodic.rater.{row['rater']}", asked.lang))
    facts["state"] = mid_sentence(say(f"periodic.answer.{row['state']}", asked.lang))
    answered = row["answered_in"]
    facts["answered"] = "\u2013" if pd.isna(answered) else str(answered)
    facts["due"] = "\u2013" if pd.isna(row["due"]) else date_text(row["due"].date(), asked.lang)
    rows = monitoring_rows(asked, number, period)
    if pd.notna(answered):
        rows += monitoring_rows(asked, number, str(answered))
    return asked.told(rows, (*PLANNED, *TOLD), **facts)


def open_follow_ups(asked: Asked) -> Computation:
    """What has still to be done for a document, by the half-years that planned it."""
    found = asked.review.open_follow_ups
    found = found[found["no_dok"] == asked.subject]
    periods = [str(period) for period in found["asked_in"]]
    rows = [row for one in periods for row in monitoring_rows(asked, asked.subject, one)]
    facts = {"no_dok": asked.subject, "periods": asked.some(periods)}
    return asked.told(rows or asked.documents([asked.subject]), PLANNED, **facts)


def _gaps(asked: Asked) -> Computation:
    """In how many half-years a document was due without monitoring, and in which."""
    found = asked.review.monev_gaps
    periods = [str(one) for one in found.loc[found["no_dok"] == asked.subject, "periode"]]
    days = asked.review.rules.minimum_days_running
    facts = {"no_dok": asked.subject, "n": count(len(periods), asked.lang)}
    facts |= {"names": asked.some(periods), "days": count(days, asked.lang)}
    return asked.told(asked.documents([asked.subject]), ("no_dok", "mulai", "berakhir"), **facts)


def _postponed(asked: Asked) -> Computation:
    """An usulan the period before postponed, and the one that takes it up."""
    found = asked.review.postponed
    names = found["periode"] + "/" + found["usulan_id"]
    row = first_of(found[names == asked.subject])
    heirs = [] if pd.isna(row["taken_up_as"]) else str(row["taken_up_as"]).split("; ")
    facts = {"usulan": asked.subject, "names": asked.some(heirs)}
    facts["ground"] = mid_sentence(say(f"periodic.ground.{row['ground']}", asked.lang))
    rows = asked.usulan([asked.subject, *heirs])
    return asked.told(rows, ("usulan_id", "judul", "status_usulan", "usulan_asal"), **facts)


def _umbrella(asked: Asked) -> Computation:
    """An umbrella's derived line, with the documents it follows."""
    found = asked.review.umbrellas
    row = first_of(found[found["no_dok"] == asked.subject])
    under = [] if pd.isna(row["carried_out_by"]) else str(row["carried_out_by"]).split("; ")
    facts = {"no_dok": asked.subject, "reason": umbrella_sentence(row, asked.lang)}
    rows = asked.documents([asked.subject, *under])
    return asked.told(rows, ("no_dok", "induk_no", "judul"), **facts)


PERIODIC_ROWS: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    ("pandangan", "no_dok"): _quoted("naskah", "no_dok"),
    ("pandangan", "judul"): _quoted("naskah", "judul"),
    ("pandangan", "question"): _view,
    ("pandangan", "view"): _view,
    ("pandangan", "steps"): _view,
    ("pandangan", "widest"): _views_of_document,
    ("kriteria", "no_dok"): _quoted("naskah", "no_dok"),
    ("kriteria", "periode"): _quoted("monev", "periode"),
    ("kriteria", "value"): _criterion,
    ("uang", "no_dok"): _quoted("naskah", "no_dok"),
    ("uang", "absorption_before"): _money,
    ("manfaat", "no_dok"): _quoted("naskah", "no_dok"),
    ("manfaat", "promised"): _side,
    ("manfaat", "received"): _side,
    ("manfaat", "periode"): _side,
    ("hambatan", "obstacle"): _quoted("monev", "kendala"),
    ("hambatan", "no_dok"): _quoted("monev", "no_dok", "kendala"),
    **{
        ("tindaklanjut", name): _follow_up
        for name in ("no_dok", "asked_in", "told", "due", "state", "days_overdue")
    },
    ("kekosongan", "no_dok"): _quoted("naskah", "no_dok"),
    ("kekosongan", "judul"): _quoted("naskah", "judul"),
    ("kekosongan", "gaps"): _gaps,
    **{("tertunda", name): _postponed for name in ("usulan_id", "judul", "became")},
    **{("payung", name): _umbrella for name in ("no_dok", "judul", "carried_out_by", "why")},
}
"""What figures of a row are, by kind of subject and measure."""
ONE_OR_ALL: Final[dict[str, Callable[[Asked], Computation]]] = {
    "pandangan": _views_of_document,
    "uang": _money,
}
"""What a measure is of one document, where the same measure is also counted over all."""
