"""Which criterion gives an usulan how many points: exact parts that sum to a score or to a difference.

Added values part by themselves. A geometric node is parted by the logarithmic mean: the difference of
two products is the difference of their logarithms times that mean, and logarithms add.
"""

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.tree import Node, node_values


def contributions(
    units: Floats, applicable: Booleans, weights: Floats, root: Node, lowest: float = 0.01
) -> Floats:
    """Points every leaf adds to the score, n x m; they sum to it, NaN where unanswered.

    Against an usulan that is lowest everywhere and has 0 points. Added values give weight x value
    over the answered weight; under a geometric node the logarithms share the points.

    Args:
        units: n x m values 0 to 1, or net flows -1 to 1 on an additive tree; NaN where unanswered.
        applicable: n x m, False where the criterion leaves the base.
        weights: m weights, not negative.
        root: The tree over the m columns.
        lowest: What a geometric node takes the value 0 for.

    Source:
        Ang (2005), The LMDI approach to decomposition analysis, Energy Policy 33:867-871.
    """
    has = ~np.isnan(units) & applicable
    values, answered = np.nan_to_num(units), has * weights
    if root.additive:
        total = _weight_below(root, answered)[:, None]
        share = values * answered / np.where(total > 0, total, np.inf)
    else:
        share = np.zeros(units.shape)
        found = node_values(units, applicable, weights, root, lowest)
        _share_out(root, np.ones(len(units)), values, answered, found, lowest, share)
    return np.where(has, 100.0 * share, np.nan)


def _share_out(  # noqa: PLR0913, PLR0917  a step of the walk knows where it is and what it fills
    node: Node,
    factor: Floats,
    values: Floats,
    answered: Floats,
    found: dict[str, Floats],
    lowest: float,
    share: Floats,
) -> None:
    """Give every leaf below a node its part of `factor` times the node's value."""
    total = _weight_below(node, answered)
    base = np.where(total > 0, total, np.inf)  # of no weight nobody gets a part
    stretch = _stretch(node, found, lowest)
    for column in node.leaves:
        share[:, column] = (
            factor * stretch * _term(node, values[:, column], lowest) * answered[:, column] / base
        )
    for child in node.children:
        value = np.nan_to_num(found[child.code])
        term = _term(node, value, lowest) * stretch * _weight_below(child, answered) / base
        inner = term / np.where(value != 0, value, np.inf)
        _share_out(child, factor * inner, values, answered, found, lowest, share)


def _term(node: Node, value: Floats, lowest: float) -> Floats:
    if node.aggregation == "additive":
        return value
    return np.log1p((1.0 - lowest) / lowest * value)


def _stretch(node: Node, found: dict[str, Floats], lowest: float) -> Floats:
    """What a logarithm below a geometric node is worth in the node's value."""
    value = np.nan_to_num(found[node.code])
    if node.aggregation == "additive":
        return np.ones(len(value))
    raised = lowest + (1.0 - lowest) * value
    return logarithmic_mean(raised, np.full(len(value), lowest)) / (1.0 - lowest)


def _weight_below(node: Node, answered: Floats) -> Floats:
    total = np.zeros(len(answered))
    for column in _columns(node):
        total += answered[:, column]
    return total


def _columns(node: Node) -> list[int]:
    """The leaves below a node, in the order of the tree."""
    return [*node.leaves, *(column for child in node.children for column in _columns(child))]


def logarithmic_mean(a: Floats, b: Floats) -> Floats:
    """(a - b) / (ln a - ln b), and a where both are equal; both positive."""
    gap = np.asarray(a - b)
    with np.errstate(invalid="ignore"):  # 0 of 0 where both are equal
        # exact for near numbers too, where the two logarithms cancel
        mean = gap / np.log1p(gap / b)
    return np.where(gap == 0, a, mean)
