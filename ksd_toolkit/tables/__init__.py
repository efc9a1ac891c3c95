"""Results as tables of finished texts."""

from ksd_toolkit.tables import (
    agreement,
    answers,
    codebook,
    evaluation,
    mapping,
    preparation,
    priorities,
    quality,
)

__all__ = [
    "agreement",
    "answers",
    "codebook",
    "evaluation",
    "mapping",
    "preparation",
    "priorities",
    "quality",
]
