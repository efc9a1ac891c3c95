"""Weights from an order of importance alone: rank-order centroid, rank sum, reciprocal, equal."""

import math
from collections.abc import Mapping
from typing import Final, Literal, get_args

import numpy as np

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.eigen import Floats
from ksd_toolkit.scoring.weights.limits import check_choice

Rule = Literal["roc", "rank_sum", "reciprocal", "equal"]

RULES: Final[tuple[Rule, ...]] = get_args(Rule)


def surrogate_weights(size: int, rule: Rule = "roc") -> Floats:
    """The weights of `size` places without ties, the first place first; they sum to 1.

    Source:
        Barron & Barrett (1996) Management Science 42:1515-1523 (roc); Stillwell, Seaver & Edwards
        (1981) Org. Behavior and Human Performance 28:62-77 (rank sum, reciprocal).
    """
    places = np.arange(1, size + 1, dtype=np.float64)
    match rule:
        case "roc":
            return np.cumsum(1.0 / places[::-1])[::-1] / size
        case "rank_sum":
            return 2.0 * (size + 1 - places) / (size * (size + 1))
        case "reciprocal":
            return (1.0 / places) / math.fsum(1.0 / places)
        case "equal":
            return np.full(size, 1.0 / size)


def rank_weights(ranks: Mapping[str, float], rule: Rule = "roc") -> dict[str, float]:
    """The weights of criteria put in order; criteria on the same place share the mean of theirs.

    Args:
        ranks: Place by criterion, 1 the most important. Only the order counts: 1, 2, 2, 4 and
            1, 2, 2, 3 say the same.
        rule: How places become weights.

    Raises:
        MethodError: There is no criterion, no such rule, or a place is no positive number.

    >>> rank_weights({"U": 1, "S": 2})
    {'U': 0.75, 'S': 0.25}
    """
    check_choice(rule, RULES)
    wrong = [code for code, place in ranks.items() if not 0 < place < math.inf]
    if not ranks or wrong:
        raise MethodError("weights.rank_place", codes=", ".join(wrong) or "-")
    by_place = surrogate_weights(len(ranks), rule).tolist()
    order = sorted(ranks, key=lambda code: ranks[code])
    shared: dict[float, list[float]] = {}
    for place, code in enumerate(order):
        shared.setdefault(ranks[code], []).append(by_place[place])
    return {code: math.fsum(mine := shared[place]) / len(mine) for code, place in ranks.items()}
