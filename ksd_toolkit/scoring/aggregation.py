"""From leaf values to points: the tree of a method, laid over the answers of its usulan."""

from dataclasses import dataclass

import numpy as np

from ksd_toolkit.scoring.basis import Basis
from ksd_toolkit.scoring.contributions import contributions
from ksd_toolkit.scoring.kernel import Booleans, Floats, Points
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.promethee import flow_points, flows_matrix
from ksd_toolkit.scoring.tree import Node, node_values, tree_points


@dataclass(frozen=True, slots=True, eq=False)
class Aggregated:
    """Points of n usulan and what they are made of.

    `values` are leaf values 0 to 1; `units` n x m is what is weighed: the values, or under PROMETHEE II
    the net flows -1 to 1. `groups` holds each group's own value by code. `contributions` are points
    per leaf that sum to the score.
    """

    points: Points
    values: Floats
    units: Floats
    applicable: Booleans
    weights: Floats
    tree: Node
    groups: dict[str, Floats]
    contributions: Floats


def tree_of(method: Method) -> Node:
    """The criteria tree of a method, its leaves by column number.

    Under PROMETHEE II all net flows are added; how groups aggregate plays no part.
    """
    flows = method.aggregation == "promethee"
    columns = {code: number for number, code in enumerate(method.weights)}
    leaves: dict[str, list[int]] = {code: [] for code in method.groups}
    for criterion in method.criteria:
        leaves[criterion.group].append(columns[criterion.code])

    def node(code: str) -> Node:
        group = method.groups[code]
        return Node(
            code,
            "additive" if flows else group.aggregation,
            tuple(leaves[code]),
            tuple(node(below.code) for below in method.groups.values() if below.parent == code),
        )

    top = tuple(node(group.code) for group in method.groups.values() if not group.parent)
    return Node("", "geometric" if method.aggregation == "geometric" else "additive", (), top)


def aggregate(basis: Basis, method: Method, compared: Booleans) -> Aggregated:
    """The points of every usulan under a method.

    Args:
        basis: What was answered.
        method: Weights and the way they are applied.
        compared: n flags: the usulan that are ranked. Net flows compare only these; the others have none.
    """
    values = basis.values(method)
    applicable = basis.leaves.applicable.to_numpy()
    weights = np.array(list(method.weights.values()))
    tree, lowest = tree_of(method), method.geometric_lowest
    if method.aggregation == "promethee":
        units = np.full(values.shape, np.nan)
        answers = np.where(applicable, _rising_answers(basis, method), np.nan)
        preferences = [criterion.preference for criterion in method.criteria]
        units[compared] = flows_matrix(answers[compared], preferences)
        points = flow_points(
            answers, units, applicable, weights, preferences, _ends(method), compared
        )
    else:
        units = values
        points = tree_points(values, applicable, weights, tree, lowest)
    return Aggregated(
        points=points,
        values=values,
        units=units,
        applicable=applicable,
        weights=weights,
        tree=tree,
        groups=node_values(units, applicable, weights, tree, lowest),
        contributions=contributions(units, applicable, weights, tree, lowest),
    )


def _rising_answers(basis: Basis, method: Method) -> Floats:
    """Answers as given, with the sign turned where a high answer is bad."""
    signs = np.array([1.0 if c.direction == "+" else -1.0 for c in method.criteria])
    return np.asarray(basis.leaves.answers.to_numpy(dtype=np.float64) * signs)


def _ends(method: Method) -> Floats:
    """The worst and the best answer of every criterion on its signed scale, 2 x m."""
    ends = [c.scale if c.direction == "+" else (-c.scale[1], -c.scale[0]) for c in method.criteria]
    return np.array(ends).T
