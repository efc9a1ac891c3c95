"""The policy brief's sentences: chosen by the facts, with the figures in them."""

from ksd_toolkit.prose.brief.context import (
    region_context,
    since_last_period,
)
from ksd_toolkit.prose.brief.decided import decided
from ksd_toolkit.prose.brief.decisions import (
    legal_basis,
    limits,
    policy_options,
    recommendations,
)
from ksd_toolkit.prose.brief.findings import (
    families_text,
    issues_text,
    key_figures,
    mapping_result,
    priorities_text,
    summary,
)
from ksd_toolkit.prose.brief.partnering import partners
from ksd_toolkit.prose.priorities import explanation

__all__ = [
    "decided",
    "explanation",
    "families_text",
    "issues_text",
    "key_figures",
    "legal_basis",
    "limits",
    "mapping_result",
    "partners",
    "policy_options",
    "priorities_text",
    "recommendations",
    "region_context",
    "since_last_period",
    "summary",
]
