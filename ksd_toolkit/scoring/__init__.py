"""Priority scores: gates, points, ranks, classes, how firm they are, and why."""

from ksd_toolkit.scoring.explanation import class_text, gate_reasons, trace
from ksd_toolkit.scoring.jenis import (
    derive_types,
    type_families,
    type_grounds,
    type_label,
    type_reason,
    type_short,
)
from ksd_toolkit.scoring.measures import measures
from ksd_toolkit.scoring.method import Criterion, Gate, Method, load_method, read_method
from ksd_toolkit.scoring.overview import IMMATURE_BELOW, Overview, overview, previous_overview
from ksd_toolkit.scoring.ranking import Ranking, score

__all__ = [
    "IMMATURE_BELOW",
    "Criterion",
    "Gate",
    "Method",
    "Overview",
    "Ranking",
    "class_text",
    "derive_types",
    "gate_reasons",
    "load_method",
    "measures",
    "overview",
    "previous_overview",
    "read_method",
    "score",
    "trace",
    "type_families",
    "type_grounds",
    "type_label",
    "type_reason",
    "type_short",
]
