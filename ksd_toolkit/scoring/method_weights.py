"""The weights a method's table states, and where they come from: given, or won from comparisons."""

from collections.abc import Mapping, Sequence

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.method import (
    Criterion,
    Group,
    Weighting,
)
from ksd_toolkit.scoring.settings import Settings
from ksd_toolkit.scoring.weights import Joining, Tree, random_index, weights_of_tree

_PAIR = 3  # the first, the second, how many times


def weights_told(
    table: Settings, groups: Sequence[Group]
) -> tuple[dict[str, float] | None, Weighting]:
    """Weights stated apart from the criteria, and where they come from.

    A `[weights]` table lists every criterion that weighs; one it leaves out weighs nothing.
    """
    facts = table.inner("weighting")
    nodes = facts.rows("node")
    told = Weighting(
        procedure=facts.text("procedure", "direct"),
        random_index=facts.text("random_index", ""),
        consistency_ratio=facts.maybe("consistency_ratio"),
        acknowledged=facts.text("acknowledged", ""),
    )
    if told.random_index:
        random_index(told.random_index)
    if nodes:
        return _compared(table, groups, nodes, told)
    if "ahp" in told.procedure.split("+") and told.consistency_ratio is None:
        raise facts.wrong("missing", "consistency_ratio")
    if "weights" not in table.keys:
        return None, told
    stated = table.inner("weights")
    return {code: stated.weight(code) for code in stated.keys}, told


def _compared(
    table: Settings, groups: Sequence[Group], nodes: Sequence[Settings], told: Weighting
) -> tuple[dict[str, float], Weighting]:
    """Weights from the comparisons that stand in the table itself."""
    members: dict[str, list[str]] = {group.code: [] for group in groups}
    for row in table.rows("criterion"):
        members.setdefault(row.text("group"), []).append(row.text("code"))
    labels = {group.code: group.labels for group in groups} | {
        row.text("code"): row.texts("label") for row in table.rows("criterion")
    }
    parents = {group.code: group.parent for group in groups if group.parent}
    pairs = {str(node.get("code")): _pairs(node) for node in nodes}
    joining = Joining(random_index=told.random_index, acknowledged=told.acknowledged)
    found = weights_of_tree(pairs, Tree(members, parents=parents, labels=labels), joining)
    ratio = found.consistency_ratio
    return dict(found.percent), Weighting(
        told.procedure, found.random_index, ratio, told.acknowledged
    )


def _pairs(node: Settings) -> list[tuple[str, str, str]]:
    pairs = node.get("pairs")
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list) and len(pair) == _PAIR for pair in pairs
    ):
        raise node.wrong("no_pairs", "pairs")
    return [(str(first), str(second), str(times)) for first, second, times in pairs]


def check_weights_are_of_criteria(
    weights: Mapping[str, float] | None, criteria: Sequence[Criterion]
) -> None:
    """Refuse weights of criteria there are not."""
    unknown = (weights or {}).keys() - {criterion.code for criterion in criteria}
    if unknown:
        raise MethodError("method.unknown_criterion", codes=", ".join(sorted(unknown)))
