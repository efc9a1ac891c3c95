"""The rows of a table of candidates as plain facts; a home region has some five hundred."""

from typing import Any

import pandas as pd


def candidate_rows(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Every candidate's facts by column name, by its code, in the table's order."""
    names = [str(name) for name in table.columns]
    rows = zip(*(table[name].tolist() for name in table.columns), strict=True)
    told = (dict(zip(names, row, strict=True)) for row in rows)
    return dict(zip(table.index.astype("str").tolist(), told, strict=True))
