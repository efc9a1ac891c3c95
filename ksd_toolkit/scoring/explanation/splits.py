"""The difference between two scores, split exactly over the criteria, for added and multiplied values.

What one of the two did not answer counts as the value of the node it hangs on, which is what leaving
it out of the base comes to. So equal answers are no difference, whatever else was left blank. What
neither of the two answered takes no part.
"""

from dataclasses import dataclass

import numpy as np

from ksd_toolkit.scoring.contributions import logarithmic_mean
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.tree import Node, node_values


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of n comparisons: n x m units and whether each was answered, and the nodes' values."""

    units: Floats
    has: Booleans
    nodes: dict[str, Floats]

    def answered(self, columns: list[int], weights: Floats) -> Floats:
        """The answered weight of some columns; n x m weights."""
        return _sum(self.has[:, columns] * weights[:, columns])


def side(units: Floats, applicable: Booleans, weights: Floats, root: Node, lowest: float) -> Side:
    """Usulan as one side of comparisons.

    Args:
        units: n x m values 0 to 1, or net flows on an additive tree; NaN where unanswered.
        applicable: n x m, False where a criterion leaves the base.
        weights: m weights, not negative.
        root: The tree over the m columns.
        lowest: What a geometric node takes the value 0 for.
    """
    nodes = node_values(units, applicable, weights, root, lowest)
    has = ~np.isnan(units) & applicable
    known = {code: np.nan_to_num(value) for code, value in nodes.items()}
    return Side(units, has, known)


def split(mine: Side, others: Side, weights: Floats, root: Node, lowest: float) -> Floats:
    """Points per criterion by which `mine` surpasses `others`, n x m; rows sum to the difference.

    Args:
        mine: n usulan, or one that is compared with each of the others.
        others: What they are compared with.
        weights: m weights, not negative.
        root: The tree over the m columns.
        lowest: What a geometric node takes the value 0 for.

    Source:
        Ang (2005), The LMDI approach to decomposition analysis, Energy Policy 33:867-871.
    """
    parts = np.zeros(np.broadcast_shapes(mine.units.shape, others.units.shape))
    asked = weights * np.broadcast_to(mine.has | others.has, parts.shape)
    walk = _Walk(mine, others, mine.has & others.has, asked, lowest, parts)
    walk.share_out(_merged(root), np.full(len(parts), 100.0))
    return parts


def _merged(node: Node) -> Node:
    """The same tree with added nodes below added ones taken into them, which changes no score."""
    leaves: list[int] = list(node.leaves)
    children: list[Node] = []
    for child in map(_merged, node.children):
        if child.aggregation == node.aggregation == "additive":
            leaves += child.leaves
            children += child.children
        else:
            children.append(child)
    return Node(node.code, node.aggregation, tuple(leaves), tuple(children))


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    mine: Side
    others: Side
    common: Booleans
    weights: Floats
    lowest: float
    parts: Floats

    def share_out(self, node: Node, factor: Floats) -> None:
        """Give every leaf below a node its part of `factor` times the difference of the node."""
        weight = _sum(self.weights[:, _columns(node)])
        if not weight.any():
            return
        factor = factor * self._worth(node, node) / np.where(weight > 0, weight, np.inf)
        for column in node.leaves:
            one, other = (self._leaf(node, one, column) for one in (self.mine, self.others))
            self.parts[:, column] += factor * self.weights[:, column] * (one - other)
        for child in node.children:
            self._child(node, child, factor)

    def _child(self, node: Node, child: Node, factor: Floats) -> None:
        """What both answered goes down the tree; the rest lies on what only one of them answered."""
        columns = _columns(child)
        weight = _sum(self.weights[:, columns])
        both = _sum(self.common[:, columns] * self.weights[:, columns])
        rest = np.zeros(len(self.parts))
        for one, sign in ((self.mine, 1.0), (self.others, -1.0)):
            answered = one.answered(columns, self.weights)
            value, end = (self._term(node, one.nodes[at.code]) for at in (child, node))
            rest += sign * ((answered - both) * value + (weight - answered) * end)
        alone = ~self.common[:, columns] * self.weights[:, columns]
        left = weight - both
        share = alone / np.where(left > 0, left, np.inf)[:, None]
        self.parts[:, columns] += (factor * rest)[:, None] * share
        self.share_out(child, factor * both / self._worth(node, child))

    def _leaf(self, node: Node, one: Side, column: int) -> Floats:
        """What a node adds up of a leaf; of one that was not answered, the node's own value."""
        own = self._term(node, one.nodes[node.code])
        return np.where(one.has[:, column], self._term(node, one.units[:, column]), own)

    def _term(self, node: Node, value: Floats) -> Floats:
        """What a node adds up of a value below it."""
        if node.aggregation == "additive":
            return value
        return np.log(self.lowest + (1.0 - self.lowest) * value)

    def _worth(self, node: Node, at: Node) -> Floats:
        """Difference of the values of `at` per difference of the terms `node` adds up."""
        if node.aggregation == "additive":
            return np.ones(len(self.parts))
        raised = (
            self.lowest + (1.0 - self.lowest) * one.nodes[at.code]
            for one in (self.mine, self.others)
        )
        return np.broadcast_to(logarithmic_mean(*raised) / (1.0 - self.lowest), (len(self.parts),))


def _columns(node: Node) -> list[int]:
    """The leaves below a node."""
    return [*node.leaves, *(column for child in node.children for column in _columns(child))]


def _sum(weights: Floats) -> Floats:
    """The weight of each row, column by column."""
    total = np.zeros(len(weights))
    for column in weights.T:
        total += column
    return total
