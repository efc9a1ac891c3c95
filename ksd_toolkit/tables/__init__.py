"""Results as tables of finished texts."""

from ksd_toolkit.tables import answers, evaluation, mapping, priorities

__all__ = ["answers", "evaluation", "mapping", "priorities"]
