"""Priority scores: gates, points, ranks, classes, how firm they are, and why."""

from ksd_toolkit.scoring.explanation import class_text, gate_reasons, trace
from ksd_toolkit.scoring.jenis import derive_types, type_grounds
from ksd_toolkit.scoring.jenis_table import type_families, type_label, type_reason, type_short
from ksd_toolkit.scoring.measures import measures
from ksd_toolkit.scoring.method import Criterion, Gate, Group, Method, Uncertainty
from ksd_toolkit.scoring.method_reading import load_method, method_names, read_method
from ksd_toolkit.scoring.overview import IMMATURE_BELOW, Overview, overview, previous_overview
from ksd_toolkit.scoring.ranking import Ranking, rank, score

__all__ = [
    "IMMATURE_BELOW",
    "Criterion",
    "Gate",
    "Group",
    "Method",
    "Overview",
    "Ranking",
    "Uncertainty",
    "class_text",
    "derive_types",
    "gate_reasons",
    "load_method",
    "measures",
    "method_names",
    "overview",
    "previous_overview",
    "rank",
    "read_method",
    "score",
    "trace",
    "type_families",
    "type_grounds",
    "type_label",
    "type_reason",
    "type_short",
]
