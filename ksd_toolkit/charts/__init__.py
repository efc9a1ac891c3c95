"""Results as figures: drawn without pyplot, the same bytes on every machine."""

from ksd_toolkit.charts import evaluation, mapping, radar

__all__ = ["evaluation", "mapping", "radar"]
