"""From mapping questionnaire to signed-ready policy, for Indonesian regional cooperation (KSD).

    import ksd_toolkit as ksd

    d = ksd.open_dossier("hulu-sungai-selatan/2026")
    register = ksd.read_register(d)
    ranking = ksd.score(register, ksd.read_method(d))
    ranking.explain("DINKES-01")

`ksd.tables`, `ksd.charts` and `ksd.prose` turn results into what a paper shows. Nothing is loaded
before it is used, so `import ksd_toolkit` is cheap.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ksd_toolkit import charts, prose, tables
    from ksd_toolkit.answers.preparation import Preparation, prepare
    from ksd_toolkit.answers.quality import Quality, quality
    from ksd_toolkit.dossier import Dossier, open_dossier
    from ksd_toolkit.evaluation import Review, review
    from ksd_toolkit.matching.finding import find_partners
    from ksd_toolkit.matching.institutions import InstitutionMatches, match_institutions
    from ksd_toolkit.matching.legal_case import LegalCase, legal_case
    from ksd_toolkit.matching.matches import Matches
    from ksd_toolkit.matching.proposals import proposals
    from ksd_toolkit.matching.usulan_partners import UsulanPartners, partners_of_usulan
    from ksd_toolkit.plenary import Outcome, read_plenary
    from ksd_toolkit.prose.citing import cite, references
    from ksd_toolkit.register import Register, ingest, read_register
    from ksd_toolkit.rollup import RollUp, read_rollup
    from ksd_toolkit.runs.previewing import preview
    from ksd_toolkit.scoring import Method, Ranking, read_method, score
    from ksd_toolkit.scoring.coherence import coherence
    from ksd_toolkit.scoring.comparison.periods import compare_periods, since_last_period
    from ksd_toolkit.scoring.comparison.side_by_side import side_by_side
    from ksd_toolkit.scoring.explanation import explain
    from ksd_toolkit.scoring.members import members
    from ksd_toolkit.scoring.optimism import optimism
    from ksd_toolkit.scoring.sensitivity.reversal import rank_reversal
    from ksd_toolkit.scoring.sensitivity.swaps import swap
    from ksd_toolkit.scoring.sensitivity.tornado import tornado
    from ksd_toolkit.scoring.uncertainty import acceptability
    from ksd_toolkit.scoring.uncertainty.by_source import by_source
    from ksd_toolkit.scoring.views import best_per, quadrants
    from ksd_toolkit.theme import Theme, read_theme
    from ksd_toolkit.widgets.partners import partner_what_if
    from ksd_toolkit.widgets.what_if import what_if

__version__ = version("ksd-toolkit")

_HOMES = {
    "Dossier": "dossier",
    "open_dossier": "dossier",
    "Register": "register",
    "ingest": "register",
    "read_register": "register",
    "Preparation": "answers.preparation",
    "prepare": "answers.preparation",
    "Quality": "answers.quality",
    "quality": "answers.quality",
    "Outcome": "plenary",
    "read_plenary": "plenary",
    "Method": "scoring",
    "Ranking": "scoring",
    "read_method": "scoring",
    "score": "scoring",
    "acceptability": "scoring.uncertainty",
    "best_per": "scoring.views",
    "by_source": "scoring.uncertainty.by_source",
    "coherence": "scoring.coherence",
    "compare_periods": "scoring.comparison.periods",
    "explain": "scoring.explanation",
    "members": "scoring.members",
    "optimism": "scoring.optimism",
    "quadrants": "scoring.views",
    "rank_reversal": "scoring.sensitivity.reversal",
    "since_last_period": "scoring.comparison.periods",
    "side_by_side": "scoring.comparison.side_by_side",
    "swap": "scoring.sensitivity.swaps",
    "tornado": "scoring.sensitivity.tornado",
    "InstitutionMatches": "matching.institutions",
    "LegalCase": "matching.legal_case",
    "Matches": "matching.matches",
    "UsulanPartners": "matching.usulan_partners",
    "find_partners": "matching.finding",
    "legal_case": "matching.legal_case",
    "match_institutions": "matching.institutions",
    "partners_of_usulan": "matching.usulan_partners",
    "proposals": "matching.proposals",
    "Review": "evaluation",
    "review": "evaluation",
    "RollUp": "rollup",
    "read_rollup": "rollup",
    "cite": "prose.citing",
    "preview": "runs.previewing",
    "references": "prose.citing",
    "Theme": "theme",
    "read_theme": "theme",
    "partner_what_if": "widgets.partners",
    "what_if": "widgets.what_if",
}
_FOLDERS = ("charts", "prose", "tables")

__all__ = [
    "Dossier",
    "InstitutionMatches",
    "LegalCase",
    "Matches",
    "Method",
    "Outcome",
    "Preparation",
    "Quality",
    "Ranking",
    "Register",
    "Review",
    "RollUp",
    "Theme",
    "UsulanPartners",
    "__version__",
    "acceptability",
    "best_per",
    "by_source",
    "charts",
    "cite",
    "coherence",
    "compare_periods",
    "explain",
    "find_partners",
    "ingest",
    "legal_case",
    "match_institutions",
    "members",
    "open_dossier",
    "optimism",
    "partner_what_if",
    "partners_of_usulan",
    "prepare",
    "preview",
    "proposals",
    "prose",
    "quadrants",
    "quality",
    "rank_reversal",
    "read_method",
    "read_plenary",
    "read_register",
    "read_rollup",
    "read_theme",
    "references",
    "review",
    "score",
    "side_by_side",
    "since_last_period",
    "swap",
    "tables",
    "tornado",
    "what_if",
]


def __getattr__(name: str) -> Any:
    if name in _FOLDERS:
        return import_module(f"ksd_toolkit.{name}")
    if home := _HOMES.get(name):
        return getattr(import_module(f"ksd_toolkit.{home}"), name)
    raise AttributeError(f"module 'ksd_toolkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
