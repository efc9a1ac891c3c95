"""What the matching asks of an atlas: its indicators and where they came from."""

from typing import Protocol

import pandas as pd

from ksd_toolkit.stamp import Source


class Brought(Protocol):
    """Indicators an office brought: `code, indicator, year, value, unit, source, place` and more."""

    @property
    def indicators(self) -> pd.DataFrame:
        """One row per region, indicator, year and source."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files they came from."""
