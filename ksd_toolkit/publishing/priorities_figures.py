"""Explain the figures of the priority list that rest on scores compared, other profiles, or usulan counted."""

from collections.abc import Callable, Mapping
from typing import Final

from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.publishing.priorities_asked import AskedPriority
from ksd_toolkit.publishing.priorities_listed import LISTED_USULAN
from ksd_toolkit.publishing.priorities_profiles import PROFILES
from ksd_toolkit.publishing.priorities_rated import RATED


def prioritised(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the list came about; None where its measure is none of those explained here."""
    kind = meaning.subject.partition("/")[0]
    explain = _FIGURES.get((kind, meaning.measure.partition(":")[0]))
    if explain is None:
        return None
    try:
        return explain(AskedPriority(figure, meaning, evidence))
    except (
        GoneError,
        KeyError,
    ):  # the paper is older than the data, or its row lacks what is asked
        return None


_FIGURES: Final[Mapping[tuple[str, str], Callable[[AskedPriority], Computation]]] = {
    **RATED,
    **PROFILES,
    **LISTED_USULAN,
}
"""By kind of subject and measure."""
