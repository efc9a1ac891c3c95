"""Explain the figures of the candidate partners from the candidates compared anew, and from who may be one."""

from collections.abc import Callable, Mapping
from typing import Final

from ksd_toolkit.publishing.asked_figures import explained_by
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.institutions_figures import INSTITUTIONS
from ksd_toolkit.publishing.institutions_listed import LISTED
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.publishing.partners_briefed import BRIEFED
from ksd_toolkit.publishing.partners_criteria import ON_CRITERIA
from ksd_toolkit.publishing.partners_legal import LEGAL
from ksd_toolkit.publishing.partners_mapped import MAPPED
from ksd_toolkit.publishing.partners_proposed import PROPOSED
from ksd_toolkit.publishing.partners_scored import SCORED
from ksd_toolkit.publishing.partners_shared import SHARED
from ksd_toolkit.publishing.partners_told import TOLD
from ksd_toolkit.publishing.printed_figures import PrintedFigure


def partnered(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the candidate partners came about; None where its measure is none of them."""
    return explained_by(_FIGURES, AskedPartner, figure, meaning, evidence)


_FIGURES: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    **{("wilayah", measure): explain for measure, explain in {**SCORED, **ON_CRITERIA}.items()},
    **SHARED,
    **TOLD,
    **MAPPED,
    **INSTITUTIONS,
    **LISTED,
    **LEGAL,
    **PROPOSED,
    **BRIEFED,
}
"""By kind of subject and measure."""
