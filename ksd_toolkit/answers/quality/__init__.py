"""Quality of the answers: response, completeness, agreement of raters, flags, change since last period."""

from ksd_toolkit.answers.quality.result import Quality, quality

__all__ = ["Quality", "quality"]
