"""Explain the figures of the evaluation from the review of the cooperation they were counted in."""

from collections.abc import Callable
from typing import Final

from ksd_toolkit.publishing.asked_figures import GoneError, Row
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evaluation_counts import COUNTS
from ksd_toolkit.publishing.evaluation_rows import ROWS
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_ids import PrintedFigure
from ksd_toolkit.publishing.figure_origins import Meaning


def reviewed(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the evaluation came about; None where its measure is none of the evaluation."""
    kind = meaning.subject.partition("/")[0]
    explain = _FIGURES.get((kind, meaning.measure.partition(":")[0]))
    if explain is None:
        return None
    try:
        return explain(Asked(figure, meaning, evidence))
    except GoneError:  # the paper is older than the register
        return None


def _chart_documents(asked: Asked) -> Computation:
    numbers = asked.review.documents["no_dok"]
    rows = asked.documents(numbers)
    questions = ("no_dok", "tgl_ttd", "mulai", "berakhir", "status")
    return _drawn(asked, rows, questions)


def _chart_results(asked: Asked) -> Computation:
    """The results that have a percentage, by class."""
    review = asked.review
    found = review.achievements
    found = found[(found["periode"] == str(review.semester)) & found["band"].notna()]
    questions = ("no_dok", "indikator", "target", "realisasi")
    return _drawn(asked, asked.results(found), questions)


def _chart_answers(asked: Asked) -> Computation:
    """The answers to all questions in the half-year under review."""
    speaking = asked.monitoring
    held = speaking["periode"] == str(asked.review.semester)
    rows: tuple[Row, ...] = tuple(("monev", str(key)) for key in speaking.loc[held, "row_key"])
    questions = ("no_dok", *(one.field for one in asked.review.rules.questions))
    return _drawn(asked, rows, questions)


def _chart_steps(asked: Asked) -> Computation:
    cases = asked.review.cases
    names = [str(name) for name in cases["periode"] + "/" + cases["usulan_id"]]
    questions = ("usulan_id", "judul", "status_usulan")
    return _drawn(asked, asked.usulan(names), questions)


def _finding(asked: Asked) -> Computation:
    """What a document breaks: its own answers, its stages or its monitoring."""
    return asked.told(asked.documents([asked.subject]))


def _drawn(asked: Asked, rows: tuple[Row, ...], questions: tuple[str, ...]) -> Computation:
    """A drawing as a whole, or a number of its texts with the sentence it stands in."""
    return asked.told(rows, questions, code="told" if asked.figure.start >= 0 else "")


_FIGURES: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    **COUNTS,
    **ROWS,
    ("naskah", "chart_evaluation_status"): _chart_documents,
    ("capaian", "chart_evaluation_achievements"): _chart_results,
    ("pertanyaan", "chart_evaluation_profile"): _chart_answers,
    ("penetapan", "chart_evaluation_steps"): _chart_steps,
    ("temuan", "finding"): _finding,
}
