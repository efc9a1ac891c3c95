"""Results as figures: drawn without pyplot, the same bytes on every machine."""

from ksd_toolkit.charts import evaluation, mapping

__all__ = ["evaluation", "mapping"]
