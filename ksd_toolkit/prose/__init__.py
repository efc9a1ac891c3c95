"""Results as key figures and sentences."""

from ksd_toolkit.prose import (
    brief,
    evaluation,
    follow_through,
    institution,
    partners,
    periodic,
    preparation,
    priorities,
    rollup,
)
from ksd_toolkit.prose.citing import cite, references
from ksd_toolkit.prose.stamping import stamp

__all__ = [
    "brief",
    "cite",
    "evaluation",
    "follow_through",
    "institution",
    "partners",
    "periodic",
    "preparation",
    "priorities",
    "references",
    "rollup",
    "stamp",
]
