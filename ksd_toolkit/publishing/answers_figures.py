"""Explain the figures of the answers from the questionnaires they were counted in."""

from collections.abc import Callable
from typing import Final

from ksd_toolkit.publishing.answers_asked import AskedAnswer
from ksd_toolkit.publishing.answers_counted import COUNTS
from ksd_toolkit.publishing.answers_mapped import MAPPED
from ksd_toolkit.publishing.answers_maturity import MATURITY
from ksd_toolkit.publishing.answers_quoted import QUOTED
from ksd_toolkit.publishing.answers_rated import RATINGS
from ksd_toolkit.publishing.asked_figures import explained_by
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure


def answered(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the answers came about; None where its measure is none of them."""
    return explained_by(_FIGURES, AskedAnswer, figure, meaning, evidence)


_FIGURES: Final[dict[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    **COUNTS,
    **RATINGS,
    **MAPPED,
    **MATURITY,
    **QUOTED,
}
