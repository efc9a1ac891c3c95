"""Results as figures: drawn without pyplot, the same bytes on every machine."""

from ksd_toolkit.charts import (
    agreement,
    completeness,
    evaluation,
    likert,
    mapping,
    radar,
    schedule,
)

__all__ = ["agreement", "completeness", "evaluation", "likert", "mapping", "radar", "schedule"]
