"""Roll up many regions of a period: a summary of each, read together, counted and compared."""

from ksd_toolkit.rollup.reading import read_rollup
from ksd_toolkit.rollup.result import RollUp
from ksd_toolkit.rollup.summarizing import SUMMARY_FILE, summarize, summary_file
from ksd_toolkit.rollup.summary import RegionSummary

__all__ = ["SUMMARY_FILE", "RegionSummary", "RollUp", "read_rollup", "summarize", "summary_file"]
