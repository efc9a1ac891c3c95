"""Explain the figures of the evaluation from the review of the cooperation they were counted in."""

from collections.abc import Callable
from typing import Final

from ksd_toolkit.publishing.asked_figures import Row, explained_by
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evaluation_counts import COUNTS, DATES, RESULT_ASKED
from ksd_toolkit.publishing.evaluation_rows import ROWS
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure


def reviewed(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the evaluation came about; None where its measure is none of the evaluation."""
    return explained_by(_FIGURES, Asked, figure, meaning, evidence)


def _all_documents(asked: Asked) -> tuple[Row, ...]:
    return asked.documents(asked.review.documents["no_dok"])


def _all_results(asked: Asked) -> tuple[Row, ...]:
    """The results of the half-year under review that have a percentage."""
    found = asked.review.achievements
    held = (found["periode"] == str(asked.review.semester)) & found["band"].notna()
    return asked.results(found[held])


def _all_answers(asked: Asked) -> tuple[Row, ...]:
    """The monitoring of the half-year under review."""
    speaking = asked.monitoring
    held = speaking["periode"] == str(asked.review.semester)
    return tuple(("monev", str(key)) for key in speaking.loc[held, "row_key"])


def _all_cases(asked: Asked) -> tuple[Row, ...]:
    cases = asked.review.cases
    return asked.usulan(str(name) for name in cases["periode"] + "/" + cases["usulan_id"])


def _chart(
    rows: Callable[[Asked], tuple[Row, ...]], *questions: str
) -> Callable[[Asked], Computation]:
    """A drawing as a whole, or a number of its texts with the sentence it stands in."""

    def told(asked: Asked) -> Computation:
        found = asked.once(asked.measure, lambda: rows(asked))
        return asked.told(found, questions, code="told" if asked.figure.start >= 0 else "")

    return told


def _answers_drawn(asked: Asked) -> Computation:
    questions = (question.field for question in asked.review.rules.questions)
    return _chart(_all_answers, "no_dok", *questions)(asked)


def _finding(asked: Asked) -> Computation:
    """What a document breaks: its own answers, its stages or its monitoring."""
    return asked.told(asked.documents([asked.subject]))


_FIGURES: Final[dict[tuple[str, str], Callable[[Asked], Computation]]] = {
    **COUNTS,
    **ROWS,
    ("naskah", "chart_evaluation_status"): _chart(_all_documents, *DATES),
    ("capaian", "chart_evaluation_achievements"): _chart(_all_results, *RESULT_ASKED),
    ("pertanyaan", "chart_evaluation_profile"): _answers_drawn,
    ("penetapan", "chart_evaluation_steps"): _chart(_all_cases, "judul", "status_usulan"),
    ("temuan", "finding"): _finding,
}
