"""Results as key figures and sentences."""

from ksd_toolkit.prose import brief, evaluation, preparation
from ksd_toolkit.prose.stamping import stamp

__all__ = ["brief", "evaluation", "preparation", "stamp"]
