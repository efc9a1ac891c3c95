"""Results as figures: drawn without pyplot, the same bytes on every machine."""

from ksd_toolkit.charts import (
    acceptability,
    agreement,
    completeness,
    evaluation,
    likert,
    mapping,
    maps,
    maturity,
    priorities,
    quadrant,
    radar,
    ranks_by_method,
    schedule,
    score_bars,
    tornado,
    waterfall,
)

__all__ = [
    "acceptability",
    "agreement",
    "completeness",
    "evaluation",
    "likert",
    "mapping",
    "maps",
    "maturity",
    "priorities",
    "quadrant",
    "radar",
    "ranks_by_method",
    "schedule",
    "score_bars",
    "tornado",
    "waterfall",
]
