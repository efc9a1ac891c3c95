"""Why an usulan stands where it stands, what would move it, and the cells behind every number."""

from ksd_toolkit.scoring.explanation.cells import provenance, trace
from ksd_toolkit.scoring.explanation.changes import Change, Prospect, prospect
from ksd_toolkit.scoring.explanation.outlook import outlook
from ksd_toolkit.scoring.explanation.pairs import Pair, pair, why_above
from ksd_toolkit.scoring.explanation.reasons import Explanation, explain
from ksd_toolkit.scoring.explanation.sentence import class_text, explain_usulan, gate_reasons

__all__ = [
    "Change",
    "Explanation",
    "Pair",
    "Prospect",
    "class_text",
    "explain",
    "explain_usulan",
    "gate_reasons",
    "outlook",
    "pair",
    "prospect",
    "provenance",
    "trace",
    "why_above",
]
