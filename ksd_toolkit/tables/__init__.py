"""Results as tables of finished texts."""

from ksd_toolkit.tables import answers, evaluation, priorities

__all__ = ["answers", "evaluation", "priorities"]
