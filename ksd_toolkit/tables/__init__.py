"""Results as tables of finished texts."""

from ksd_toolkit.tables import (
    agreement,
    answers,
    attention,
    codebook,
    comparison,
    evaluation,
    firmness,
    mapping,
    preparation,
    priorities,
    quality,
    raters,
    sensitivity,
    views,
    weights,
)

__all__ = [
    "agreement",
    "answers",
    "attention",
    "codebook",
    "comparison",
    "evaluation",
    "firmness",
    "mapping",
    "preparation",
    "priorities",
    "quality",
    "raters",
    "sensitivity",
    "views",
    "weights",
]
