"""One move of a slider answered: the same usulan ranked under a scenario, as arrays a page can draw at once."""

import dataclasses
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.columns import records
from ksd_toolkit.messages import language
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.scenario import Scenario
from ksd_toolkit.scoring.sensitivity import holding, tornado

DRAWS: Final = 1_000
"""How often a screen draws the weights; a paper draws as often as its method says."""


def under(base: Ranking, scenario: Scenario, method: Method) -> Ranking:
    """The usulan of a list under a scenario, as a screen needs it: points, ranks and classes are a run's.

    Args:
        base: The list.
        scenario: What is supposed.
        method: The method the scenario is based on.

    Raises:
        MethodError: The scenario contradicts itself, or nothing can be ranked by it.
    """
    supposed = scenario.of(method)
    drawn = dataclasses.replace(supposed.uncertainty, draws=DRAWS, missing=False, raters=False)
    return base.under(supposed.replace(uncertainty=drawn), quick=True)


def answer(ranking: Ranking) -> dict[str, Any]:
    """A ranking as arrays in the order of the usulan, and the printed order as places in them.

    `rank` is 0 and `class` empty for what is not ranked. `low` to `high` are ranks of the middle of all
    draws, `first` and `top` shares 0 to 1 of the draws.
    """
    index = ranking.basis.types.index
    table = ranking.table.reindex(index)
    points = ranking.table["points"].reindex(index).fillna(ranking.excluded["points"])
    return {
        "shares": ranking.method.weights,
        "points": _plain(points.to_numpy(dtype=np.float64)),
        "rank": _whole(table["rank"]),
        "class": ["" if pd.isna(name) else str(name) for name in table["class_name"]],
        "change": ["" if pd.isna(name) else str(name) for name in table["class_change"]],
        "worst": _plain(table["worst"].to_numpy(dtype=np.float64)),
        "best": _plain(table["best"].to_numpy(dtype=np.float64)),
        "coverage": _plain(table["coverage"].to_numpy(dtype=np.float64).round(6)),
        "low": _whole(table["rank_low"]),
        "high": _whole(table["rank_high"]),
        "first": _plain(table["first_share"].to_numpy(dtype=np.float64).round(4)),
        "top": _plain(table["top_share"].to_numpy(dtype=np.float64).round(4)),
        "order": index.get_indexer(ranking.table.index).tolist(),
    }


def reasons(ranking: Ranking, usulan: str) -> dict[str, Any]:
    """Why an usulan stands where it stands: a sentence, and what each criterion gives.

    Raises:
        MethodError: There is no such usulan.
    """
    usulan = ranking.find(usulan)
    given = ranking.contributions.loc[usulan]
    levels, method = ranking.leaves.answers.loc[usulan], ranking.method
    parts = [
        {
            "code": code,
            "level": _one(levels[code]),
            "points": _one(given[code]),
            "source": str(ranking.leaves.source.at[usulan, code]),
        }
        for code in method.weights
    ]
    return {"usulan": usulan, "sentence": ranking.explain(usulan), "parts": parts}


def later(ranking: Ranking, usulan: str = "") -> dict[str, Any]:
    """What may follow when the sliders rest: how far each weight may move, and what each is worth.

    Args:
        ranking: The list under the scenario.
        usulan: Whose rank and points; the first of the list unless it is ranked.
    """
    chosen = usulan if usulan in ranking.table.index else str(ranking.table.index[0])
    held, worth = holding(ranking, chosen), tornado(ranking, chosen, answers=False)
    lang = language(ranking.lang)
    return {
        "usulan": chosen,
        "rank": held.rank,
        "points": worth.now.points,
        "change_percent": worth.change_percent,
        "holding": [
            {"code": code, **{name: round(float(row[name]), 4) for name in row}}
            | {"sentence": held.explain(str(code), lang)}
            for code, row in records(held.table)
        ],
        "tornado": [
            {"code": code, "low": row["low_points"], "high": row["high_points"]}
            | {"low_rank": row["low_rank"], "high_rank": row["high_rank"]}
            for code, row in records(worth.weights)
        ],
    }


def _plain(values: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _whole(column: "pd.Series[Any]") -> list[int]:
    return [int(value) for value in column.fillna(0)]


def _one(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
