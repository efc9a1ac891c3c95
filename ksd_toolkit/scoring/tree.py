"""The criteria tree as arithmetic: leaf values in, the value of every node and the points of its root out.

A node's weight is the sum of the answered weights below it, so that a tree of additive nodes is the
plain additive score. A geometric node raises the lowest value of its scale a little (`lowest`), so that
one lowest answer does not erase all others, and gives its result back on the scale 0 to 1.

Leaves are added one after the other, never by a matrix product: printed figures must not depend on
the processor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats, Points, weighted_points


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree; `leaves` are the columns directly below it, `children` its further nodes."""

    code: str
    aggregation: Literal["additive", "geometric"]
    leaves: tuple[int, ...]
    children: tuple["Node", ...] = ()

    @property
    def additive(self) -> bool:
        """Whether all values below are added, so that the tree has no part in the score."""
        return self.aggregation == "additive" and all(child.additive for child in self.children)


@dataclass(frozen=True, slots=True)
class _Leaves:
    """How a walk over the tree gets at its leaves: value (0 where unanswered) and weight by column."""

    value: Callable[[int], Floats]
    weight: Callable[[int], Floats]
    lowest: float


def flat(count: int, aggregation: Literal["additive", "geometric"] = "additive") -> Node:
    """The tree of `count` leaves that hang on the root."""
    return Node("", aggregation, tuple(range(count)))


def tree_points(
    values: Floats, applicable: Booleans, weights: Floats, root: Node, lowest: float = 0.01
) -> Points:
    """The score of the root over the answered weight, with its interval and coverage.

    Args:
        values: n x m values 0 to 1 (net flows -1 to 1 on an additive tree), NaN where unanswered.
        applicable: n x m, False where the criterion does not apply and leaves the base.
        weights: m weights, not negative.
        root: The tree over the m columns.
        lowest: What a geometric node takes the value 0 for, more than 0.
    """
    added = weighted_points(values, applicable, weights)
    if root.additive:
        return added
    has = ~np.isnan(values) & applicable
    score = _walk(root, _leaves(values, has, weights, lowest))[0]
    worst, best = (
        _walk(root, _leaves(np.where(has, values, end), applicable, weights, lowest))[0]
        for end in (0.0, 1.0)
    )
    # A group weighs what was answered below it. Where nodes add and multiply, a good answer may so lift
    # the weight of a weak group; the interval then reaches to the score.
    worst, best = np.fmin(worst, score), np.fmax(best, score)
    return Points(100.0 * score, 100.0 * worst, 100.0 * best, added.coverage)


def tree_scores(
    values: Floats, applicable: Booleans, draws: Floats, root: Node, lowest: float = 0.01
) -> Floats:
    """The score of the root, 0 to 1, for every draw of weights.

    Args:
        values: n x m values, or S x n x m where each draw has its own; NaN where unanswered.
        applicable: n x m, False where the criterion leaves the base.
        draws: S x m weights, not negative.
        root: The tree over the m columns.
        lowest: What a geometric node takes the value 0 for.

    Returns:
        S x n scores, NaN where nothing was answered.
    """
    has = ~np.isnan(values) & applicable
    known = np.where(has, values, 0.0)
    leaves = _Leaves(
        value=lambda column: known[..., column],
        weight=lambda column: draws[:, column, None] * has[..., column],
        lowest=lowest,
    )
    # One leaf after the other, as `weighted_points` adds them: the last bit is the same.
    return _walk(flat(draws.shape[1]) if root.additive else root, leaves)[0]


def node_values(
    values: Floats, applicable: Booleans, weights: Floats, root: Node, lowest: float = 0.01
) -> dict[str, Floats]:
    """The value 0 to 1 of every node by code, NaN where nothing below it was answered."""
    has = ~np.isnan(values) & applicable
    found: dict[str, Floats] = {}
    _walk(root, _leaves(values, has, weights, lowest), found)
    return found


def _leaves(values: Floats, has: Booleans, weights: Floats, lowest: float) -> _Leaves:
    known = np.where(has, values, 0.0)
    return _Leaves(
        value=lambda column: known[:, column],
        weight=lambda column: weights[column] * has[:, column],
        lowest=lowest,
    )


def _walk(
    node: Node, leaves: _Leaves, found: dict[str, Floats] | None = None
) -> tuple[Floats, Floats]:
    """The value of a node and the answered weight below it."""
    parts = [(leaves.value(column), leaves.weight(column)) for column in node.leaves]
    # A child nothing of which was answered has no value and no weight; a leaf has the value 0 already.
    for value, weight in (_walk(child, leaves, found) for child in node.children):
        parts.append((np.where(weight > 0, value, 0.0), weight))
    shape = np.broadcast_shapes(*(np.shape(weight) for _, weight in parts))
    gained, total = np.zeros(shape), np.zeros(shape)
    for value, weight in parts:
        known = value
        if node.aggregation == "geometric":
            known = np.log(leaves.lowest + (1.0 - leaves.lowest) * value)
        gained += weight * known
        total += weight
    with np.errstate(invalid="ignore"):  # without weight nothing is gained
        mean = np.where(total > 0, gained / total, np.nan)
    if node.aggregation == "geometric":
        mean = np.clip((np.exp(mean) - leaves.lowest) / (1.0 - leaves.lowest), 0.0, 1.0)
    if found is not None:
        found[node.code] = mean
    return mean, total
