"""Explain the figures of the periodic evaluation from the review they were counted in."""

from ksd_toolkit.publishing.asked_figures import explained_by
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.periodic_counts import PERIODIC_COUNTS
from ksd_toolkit.publishing.periodic_rows import PERIODIC_ROWS
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_FIGURES = {**PERIODIC_COUNTS, **PERIODIC_ROWS}


def periodic_told(
    figure: PrintedFigure, meaning: Meaning, evidence: Evidence
) -> Computation | None:
    """How a figure of the periodic evaluation came about; None where its measure is none of it."""
    return explained_by(_FIGURES, Asked, figure, meaning, evidence)
