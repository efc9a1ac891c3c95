"""How far members agree on weights: Kendall's W by node, and who sees which criterion otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from ksd_toolkit.scoring.weights.groups import Concordance, kendall_w
from ksd_toolkit.scoring.weights.local_weights import LocalWeights
from ksd_toolkit.scoring.weights.tree import Tree

_PLACES: Final = 9  # differences that floating point alone makes keep the order of the members


def concordance_of(
    local: Sequence[LocalWeights], joined: Mapping[str, Mapping[str, float]], tree: Tree
) -> dict[str | None, Concordance]:
    """Kendall's W of every node several members judged, and of the leaves for those who judged all."""
    found: dict[str | None, Concordance] = {}
    for node, children in tree.nodes.items():
        mine = [[one.weights[child] for child in children] for one in local if one.node == node]
        if len(mine) > 1 and len(children) > 1:
            found[node] = kendall_w(mine)
    whole = list(_whole_trees(local, joined, tree))
    if len(whole) > 1 and len(whole[0]) > 1:
        found[None] = kendall_w(whole)
    return found


def _whole_trees(
    local: Sequence[LocalWeights], joined: Mapping[str, Mapping[str, float]], tree: Tree
) -> Iterator[list[float]]:
    """Leaf weights of every member who judged the whole tree.

    A node somebody left to others would make that member agree with them.
    """
    several = {node for node, children in tree.nodes.items() if len(children) > 1}
    for member in dict.fromkeys(one.member for one in local):
        mine = {one.node: one.weights for one in local if one.member == member}
        if mine.keys() >= several:
            yield list(tree.leaf_shares({**joined, **mine}).values())


def disagreement_of(
    local: Sequence[LocalWeights], joined: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    """Every member's weight beside the joined one, the largest difference first."""
    several = {
        node
        for node in joined
        if sum(one.node == node and len(one.weights) > 1 for one in local) > 1
    }
    rows = [
        (
            one.member,
            one.node,
            code,
            weight,
            joined[one.node][code],
            weight - joined[one.node][code],
        )
        for one in local
        if one.node in several
        for code, weight in one.weights.items()
    ]
    columns = ["member", "node", "criterion", "weight", "joined", "difference"]
    frame = pd.DataFrame(rows, columns=columns)
    order = (
        frame["difference"].abs().round(_PLACES).sort_values(ascending=False, kind="stable").index
    )
    return frame.loc[order].reset_index(drop=True)
