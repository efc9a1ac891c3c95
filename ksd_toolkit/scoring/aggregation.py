"""From leaf values to points: the tree of a method, laid over the answers of its usulan."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ksd_toolkit.scoring.basis import Basis
from ksd_toolkit.scoring.kernel import Booleans, Floats, Points, weighted_points
from ksd_toolkit.scoring.method import Method


@dataclass(frozen=True, slots=True, eq=False)
class Aggregated:
    points: Points
    values: Floats
    units: Floats
    applicable: Booleans
    weights: Floats
    tree: Any
    groups: dict[str, Floats]
    contributions: Floats


def aggregate(basis: Basis, method: Method, compared: Booleans) -> Aggregated:
    values = basis.values(method)
    applicable = basis.leaves.applicable.to_numpy()
    weights = np.array(list(method.weights.values()))
    points = weighted_points(values, applicable, weights)
    groups = {}
    for group in method.groups:
        mine = np.array([c.group == group for c in method.criteria])
        part = weighted_points(values[:, mine], applicable[:, mine], weights[mine])
        groups[group] = part.score / 100
    has = ~np.isnan(values) & applicable
    base = (has * weights).sum(axis=1)
    share = np.where(has, values, np.nan) * weights * 100.0 / np.where(base > 0, base, np.nan)[:, None]
    return Aggregated(points, values, values, applicable, weights, None, groups, share)
