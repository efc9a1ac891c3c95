"""Review what became of the cooperation: documents, results, follow-through and what to do next."""

from ksd_toolkit.evaluation.evaluating import evaluate
from ksd_toolkit.evaluation.from_register import review
from ksd_toolkit.evaluation.result import Review
from ksd_toolkit.evaluation.rules import EvaluationRules, read_evaluation_rules

__all__ = ["EvaluationRules", "Review", "evaluate", "read_evaluation_rules", "review"]
