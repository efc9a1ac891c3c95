"""Say what a figure in a row of the evaluation is: of a document, a result, a question or a decision."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, join_words, language, percent, say
from ksd_toolkit.publishing.asked_figures import GoneError, first_of
from ksd_toolkit.publishing.evaluation_asked import Asked, result_name
from ksd_toolkit.publishing.evaluation_counts import grounds
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.periodic_rows import open_follow_ups
from ksd_toolkit.questionnaire.form_reading import read_form

_Record = Mapping[str, Any]


def _document(asked: Asked) -> _Record:
    documents = asked.review.documents
    return first_of(documents[documents["no_dok"] == asked.subject])


def _days_left(asked: Asked) -> Computation:
    """The days from the reference date to the last day in force."""
    row, rules = _document(asked), asked.review.rules
    days = [count(one, asked.lang) for one in sorted(rules.windows_days)]
    facts = {
        "until": date_text(row["berakhir"], asked.lang),
        "days": count(row["days_left"], asked.lang),
        "windows": join_words(days, asked.lang),
    }
    rows = asked.documents([asked.subject])
    return asked.told(rows, ("berakhir",), no_dok=asked.subject, **facts)


def _quoted(*questions: str) -> Callable[[Asked], Computation]:
    """A text of the document, word for word."""

    def told(asked: Asked) -> Computation:
        rows = asked.documents([asked.subject])
        return Computation(
            say("measure.quoted", asked.lang, value=asked.figure.text),
            rows=rows, questions=questions,
        )  # fmt: skip

    return told


def _promised(asked: Asked) -> Computation:
    sides = tuple(f"manfaat_janji_{side}" for side in ("daerah", "mitra", "masyarakat"))
    return asked.told(asked.documents([asked.subject]), sides, no_dok=asked.subject)


def _monitored(*questions: str) -> Callable[[Asked], Computation]:
    """What the monitoring that speaks for a document says."""

    def told(asked: Asked) -> Computation:
        rows = asked.speaking(asked.subject)
        period, rater = _who_spoke(asked)
        facts = {"no_dok": asked.subject, "period": period, "rater": rater}
        return asked.told(rows, questions, **facts)

    return told


def _spent(asked: Asked) -> Computation:
    """The share of the budget that was spent."""
    found = asked.review.deliveries
    row = first_of(found[found["no_dok"] == asked.subject])
    period, rater = _who_spoke(asked)
    facts = {
        "spent": asked.number(row["realisasi_anggaran"]),
        "budget": asked.number(row["anggaran"]),
        "share": percent(row["spent_percent"], 1, asked.lang),
    }
    questions = ("no_dok", "periode", "anggaran", "realisasi_anggaran")
    about = {"no_dok": asked.subject, "period": period, "rater": rater}
    return asked.told(asked.speaking(asked.subject), questions, **about, **facts)


def _who_spoke(asked: Asked) -> tuple[str, str]:
    """Half-year and assessor of the monitoring that speaks for a document."""
    speaking = asked.monitoring
    rows = speaking[speaking["no_dok"] == asked.subject]
    if rows.empty:
        return "\u2013", "\u2013"
    last = rows.iloc[-1]
    choices = read_form("evaluasi").table("monev").field("penilai").choices
    labels = {choice.code: choice.labels[language(asked.lang)] for choice in choices}
    rater = str(last["penilai"])
    return str(last["periode"]), mid_sentence(labels.get(rater, rater))


def _why(asked: Asked) -> Computation:
    """The row of the decision table that gave a recommendation, with the answers it read."""
    given = asked.review.recommendations
    row = first_of(given[given["no_dok"] == asked.subject])
    rows, questions = grounds(asked, row)
    verdict = row["recommendation"] if not pd.isna(row["recommendation"]) else "none"
    facts = {
        "verdict": mid_sentence(say(f"evaluation.recommendation.{verdict}", asked.lang)),
        "reason": asked.review.reason(row, asked.lang),
        "no_dok": asked.subject,
    }
    return asked.told(rows, questions, **facts)


def _result(asked: Asked) -> _Record:
    """The result a row tells of."""
    return _named_result(asked, asked.subject)


def _before(asked: Asked) -> _Record:
    """The same indicator one half-year earlier."""
    earlier = {**_result(asked), "periode": asked.review.previous}
    return _named_result(asked, result_name(earlier))


def _named_result(asked: Asked, name: str) -> _Record:
    found = asked.once("told_results", asked.told_results)
    if name not in found:
        raise GoneError
    return found[name]


def _stated(question: str) -> Callable[[Asked], Computation]:
    """A target or a result as the office wrote it."""

    def told(asked: Asked) -> Computation:
        row = _result(asked)
        unit: str = "" if pd.isna(row["satuan"]) else f" {row['satuan']}"
        facts = {name: str(row[name]) for name in ("no_dok", "periode", "indikator")}
        rows = asked.results_called(result_name(row))
        return asked.told(rows, (question,), unit=unit, **facts)

    return told


def _achieved(asked: Asked) -> Computation:
    """Result over target in percent, rounded and held within what is shown."""
    before = asked.measure == "previous_percent"
    row = _before(asked) if before else _result(asked)
    rules, lang = asked.review.rules, asked.lang
    places = rules.decimals
    shown = percent(row["shown_percent"], places, lang)
    exact = percent(row["raw_percent"], places, lang)
    facts = {
        "no_dok": row["no_dok"], "period": row["periode"], "indikator": row["indikator"],
        "target": asked.number(row["target"]), "result": asked.number(row["realisasi"]),
        "exact": exact, "low": percent(rules.floor_percent, 0, lang),
        "high": percent(rules.cap_percent, 0, lang), "shown": shown,
    }  # fmt: skip
    held = "" if exact == shown else say("measure_evaluation.held", lang, **facts)
    code = "falling" if row["arah"] == "turun" else ""
    rows = asked.results_called(result_name(row))
    return asked.told(rows, ("arah", "target", "realisasi"), code=code, held=held, **facts)


def _ground(asked: Asked) -> Computation:
    """The class of a result, or why it has none."""
    row = _result(asked)
    facts = {name: row[name] for name in ("no_dok", "indikator")}
    rows = asked.results_called(result_name(row))
    return asked.told(rows, ("arah", "target", "realisasi"), **facts)


def _blank(asked: Asked) -> Computation:
    """The blank answers of the half-year under review, over all questions."""
    review, lang = asked.review, asked.lang
    period, questions = str(review.semester), [one.field for one in review.rules.questions]
    speaking = asked.monitoring
    found = speaking[speaking["periode"] == period]
    profile = review.profile[review.profile["periode"] == period].drop_duplicates("question")
    blank = {str(row["question"]): int(row["blank"]) for row in profile.to_dict("records")}
    labels = {one.field: one.label(lang) for one in review.rules.questions}
    facts = {
        "n": count(sum(blank.values()), lang),
        "questions": count(len(questions), lang),
        "asked": count(len(found), lang),
        "names": asked.some([f"{labels[one]} ({n})" for one, n in blank.items() if n]),
    }
    rows = [("monev", str(key)) for key in found["row_key"]]
    return asked.told(rows, ("no_dok", "periode", *questions), **facts)


def _own(asked: Asked) -> Computation:
    """A text of an usulan, word for word."""
    sentence = say("measure.quoted", asked.lang, value=asked.figure.text)
    rows = asked.usulan([asked.subject])
    return Computation(sentence, rows=rows, questions=("usulan_id", "judul"))


def _answers(asked: Asked) -> Computation:
    """How many documents answered a question, and how many of them chose the best option."""
    review, lang = asked.review, asked.lang
    before = asked.measure == "best_share_before"
    period = str(review.previous if before else review.semester)
    profile, question = review.profile, review.rules.question(asked.subject)
    held = (profile["periode"] == period) & (profile["question"] == asked.subject)
    best = first_of(profile[held & (profile["place"] == 0)])
    facts = {
        "question": question.label(lang),
        "option": question.option_label(question.options[0], lang),
        "period": period,
        "best": count(best["documents"], lang),
        "answered": count(best["answered"], lang),
        "asked": count(best["answered"] + best["blank"], lang),
        "blank": count(best["blank"], lang),
    }
    rows = asked.spoken_in(period)
    return asked.told(rows, (asked.subject,), **facts)


ROWS: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    ("naskah", "days_left"): _days_left,
    ("naskah", "window_days"): _days_left,
    ("naskah", "judul"): _quoted("judul"),
    ("naskah", "mitra_nama"): _quoted("mitra_nama"),
    ("naskah", "manfaat_janji"): _promised,
    ("naskah", "delivered"): _monitored("penerima_manfaat", "hasil_uang", "hasil_barang"),
    ("naskah", "kendala"): _monitored("kendala"),
    ("naskah", "tindak_lanjut"): open_follow_ups,
    ("naskah", "spent_percent"): _spent,
    ("naskah", "recommendation_reason"): _why,
    ("capaian", "indikator"): _stated("indikator"),
    ("capaian", "target"): _stated("target"),
    ("capaian", "realisasi"): _stated("realisasi"),
    ("capaian", "shown_percent"): _achieved,
    ("capaian", "previous_percent"): _achieved,
    ("capaian", "band"): _ground,
    ("pertanyaan", "best_share"): _answers,
    ("pertanyaan", "best_share_before"): _answers,
    ("pertanyaan", "answered"): _answers,
    ("pertanyaan", "blank"): _blank,
    ("penetapan", "judul"): _own,
    ("penetapan", "usulan_id"): _own,
    ("penetapan", "documents"): _own,
    ("capaian", "no_dok"): _stated("no_dok"),
    ("naskah", "no_dok"): _quoted("no_dok"),
    ("naskah", "opd_kode"): _quoted("opd_kode"),
}
"""What figures of a row are, by kind of subject and measure."""
