"""What the monitoring forms say: one speaking row per document and half-year, and what it adds up to."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.evaluation.rules import EvaluationRules, Question
from ksd_toolkit.evaluation.semesters import Semester, semester_or_none

_DELIVERED = [
    "periode",
    "penerima_manfaat",
    "anggaran",
    "realisasi_anggaran",
    "hasil_uang",
    "hasil_barang",
    "kendala",
]
_PROMISED = ["manfaat_janji_daerah", "manfaat_janji_mitra", "manfaat_janji_masyarakat"]


def speaking_rows(monev: pd.DataFrame, rules: EvaluationRules, until: Semester) -> pd.DataFrame:
    """One row per document and half-year up to `until`: that of the assessor who comes first.

    Where the cooperation unit has assessed, its row speaks; else the office's, else the partner's.
    """
    semesters = monev["periode"].map(semester_or_none)
    ended = semesters.map(lambda semester: semester is not None and semester <= until).astype(bool)
    order = {rater: place for place, rater in enumerate(rules.raters)}
    place = monev["penilai"].map(order).fillna(len(order))
    ranked = monev.assign(_place=place)[ended].sort_values(
        ["no_dok", "periode", "_place"], kind="stable"
    )
    return ranked.drop_duplicates(["no_dok", "periode"]).drop(columns="_place")


def latest_rows(speaking: pd.DataFrame) -> pd.DataFrame:
    """The latest speaking row of every document."""
    return speaking.drop_duplicates("no_dok", keep="last")


def profile_of(
    speaking: pd.DataFrame, rules: EvaluationRules, semesters: tuple[Semester, ...]
) -> pd.DataFrame:
    """How the eleven questions were answered in each half-year, counted over documents.

    Returns:
        Columns `periode, question, option, place` (0 is best), `documents, answered, blank` and
        `share_percent` of the answered.
    """
    rows: list[dict[str, object]] = []
    for semester in semesters:
        then = speaking[speaking["periode"] == str(semester)]
        for question in rules.questions:
            rows += _answer_counts(then[question.field].tolist(), question, semester)
    return pd.DataFrame(rows)


def _answer_counts(
    answers: list[str], question: Question, semester: Semester
) -> Iterator[dict[str, object]]:
    options = question.options
    counts = Counter(answer for answer in answers if answer in options)
    answered = counts.total()
    for place, option in enumerate(options):
        yield {
            "periode": str(semester),
            "question": question.field,
            "option": option,
            "place": place,
            "documents": counts[option],
            "answered": answered,
            "blank": len(answers) - answered,
            "share_percent": 100 * counts[option] / answered if answered else float("nan"),
        }


def deliveries_of(documents: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    """What each document promised to the three sides and what its latest monitoring reports.

    Adds `spent_percent`, the share of the budget spent; missing where there is no budget.

    Source:
        UU 23/2014 Pasal 363 (mutual benefit); PP 28/2018 Pasal 20 (money and goods that result).
    """
    promised = documents.loc[documents["is_signed"], ["no_dok", "judul", "mitra_nama", *_PROMISED]]
    merged = promised.merge(latest[["no_dok", *_DELIVERED]], on="no_dok", how="left")
    budget = merged["anggaran"]
    spent = 100 * merged["realisasi_anggaran"] / budget.where(budget > 0)
    return merged.assign(spent_percent=spent)


def follow_ups_of(
    documents: pd.DataFrame, open_follow_ups: pd.DataFrame, today: pd.Timestamp
) -> pd.DataFrame:
    """Who must do what by when: every follow-up still open, and a decision per lapsing document.

    Args:
        documents: As `documents_on` gives them.
        open_follow_ups: Those of all half-years nobody closed, as `follow_up_chain` gives them.
        today: The reference date.

    Returns:
        Columns `no_dok, judul, source` (`monev` or `masa_berlaku`), `what` (missing for
        `masa_berlaku`: deciding on renewal), `who, due, asked_in` (the half-year that planned it;
        missing for `masa_berlaku`) and `overdue`; earliest first, undated last.
    """
    shared = ["no_dok", "judul", "what", "who", "due", "asked_in"]
    planned = open_follow_ups[shared].assign(source="monev")
    lapsing = documents[documents["effective_status"] == RUNNING[1]]
    blank = pd.Series(index=lapsing.index, dtype="str")
    renewals = pd.DataFrame(
        {
            "no_dok": lapsing["no_dok"],
            "judul": lapsing["judul"],
            "source": "masa_berlaku",
            "what": blank,
            "who": lapsing["opd_kode"],
            "due": lapsing["berakhir"],
            "asked_in": blank,
        }
    )
    actions = pd.concat([planned[renewals.columns], renewals], ignore_index=True)
    actions = actions.sort_values(["due", "no_dok"], kind="stable", ignore_index=True)
    return actions.assign(overdue=actions["due"] < today)
