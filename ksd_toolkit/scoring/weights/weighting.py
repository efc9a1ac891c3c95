"""Weights of the whole criteria tree from judgements of its nodes, with what they rest on.

What members say about the criteria of a node becomes local weights; the members' local weights are
joined; the joined ones are multiplied down the tree to percents of the leaves.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import Language, decimal, join_words, language
from ksd_toolkit.scoring.weights.ahp import Priorities, ahp_weights
from ksd_toolkit.scoring.weights.best_worst import BestWorst
from ksd_toolkit.scoring.weights.comparisons import Pair
from ksd_toolkit.scoring.weights.groups import (
    Concordance,
    joined_priorities,
    kendall_w,
    member_shares,
    strikes_out,
)
from ksd_toolkit.scoring.weights.limits import random_index, weighting_limits
from ksd_toolkit.scoring.weights.sentences import explain_weighting, name_of, ratio_text

ROOT: Final = ""
"""The node whose criteria are the groups."""

Labels = Mapping[str, Mapping[str, str]]
"""What a criterion or group is called, by code and language."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What is weighed: the leaves of every group.

    `kept` are weights by leaf that decide the nodes nobody judged; without them such a node is
    refused. `labels` say what criteria and groups are called.
    """

    groups: Mapping[str, Sequence[str]]
    kept: Mapping[str, float] | None = None
    labels: Labels = field(default_factory=dict)

    @property
    def nodes(self) -> dict[str, list[str]]:
        """The criteria compared at every node: the groups at the root, the leaves at each group."""
        return {ROOT: list(self.groups)} | {code: list(own) for code, own in self.groups.items()}


@dataclass(frozen=True, slots=True)
class LocalWeights:
    """What one member's judgement of one node gives: weights of its criteria, summing to 1."""

    member: str
    node: str
    procedure: str
    weights: Mapping[str, float]
    judged: Priorities | BestWorst | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """Weights in percent by leaf (`percent`, exactly 100) and everything they rest on.

    Attributes:
        procedure: How members judged (`ahp`, `poin`, ...; several joined by `+`).
        members: Every member's share, summing to 1.
        local: Every judgement that was used.
        joined: Local weights all members together give, by node; each node sums to 1.
        kept: Nodes nobody judged, whose weights were taken over.
        arithmetic: Nodes joined by the arithmetic mean, because a member gave a criterion nothing.
        percent: Weight by leaf in table order.
        consistency: One row per AHP or BWM judgement: `member, node, procedure, lambda_max, index,
            random_index, ratio, accepted`; `accepted` is missing where no limit is known.
        revisit: `member, node, first, second, judged, consistent, factor`: what fits worst.
        concordance: Kendall's W by node, and of the leaves under `None`.
        disagreement: `member, node, criterion, weight, joined, difference`, the largest first.
        random_index: Name of the table CR was reckoned with.
        acknowledged: Why inconsistent judgements were accepted; empty where none are.
        labels: What criteria are called.
    """

    procedure: str
    members: Mapping[str, float]
    local: tuple[LocalWeights, ...]
    joined: Mapping[str, Mapping[str, float]]
    kept: tuple[str, ...]
    arithmetic: tuple[str, ...]
    percent: Mapping[str, float]
    consistency: pd.DataFrame
    revisit: pd.DataFrame
    concordance: Mapping[str | None, Concordance]
    disagreement: pd.DataFrame
    random_index: str
    acknowledged: str
    labels: Labels = field(default_factory=dict)

    def __repr__(self) -> str:
        ratio = self.consistency_ratio
        shown = "" if ratio is None else f", CR terbesar {ratio:.3f} (RI {self.random_index})"
        return f"Weighting({self.procedure}: {len(self.percent)} bobot, {len(self.members)} anggota{shown})"

    @property
    def consistency_ratio(self) -> float | None:
        """The largest CR among the AHP judgements; None where there is none."""
        found = self.consistency.loc[self.consistency["procedure"] == "ahp", "ratio"]
        return float(found.max()) if len(found) else None

    def explain(self, lang: str = "id") -> str:
        """How these weights came about, in sentences a plenary can read out."""
        return explain_weighting(self, language(lang))


def weights_of_pairs(
    nodes: Mapping[str, Sequence[Pair]],
    groups: Mapping[str, Sequence[str]],
    random_index: str = "",
    acknowledged: str = "",
    labels: Labels | None = None,
) -> Weighting:
    """Weights of a whole tree from one set of pairwise judgements: those of a method's table.

    Args:
        nodes: The judgements by node: "" compares the groups, "K1" the leaves of group K1.
        groups: The leaves of every group. A group of one leaf needs no judgement.
        random_index: Name of the random index table.
        acknowledged: Why a CR above the limit is accepted.
        labels: What criteria are called in sentences.

    Raises:
        MethodError: A node with several criteria is not judged or unknown, a judgement cannot be
            used, or it is inconsistent and nobody acknowledged it.
    """
    tree = Tree(groups, labels=labels or {})
    if unknown := [node for node in nodes if node not in tree.nodes]:
        raise MethodError("weights.unknown_node", nodes=", ".join(unknown), known=", ".join(groups))
    local = []
    for node, pairs in nodes.items():
        found = ahp_weights(pairs, tree.nodes[node], table=random_index)
        local.append(LocalWeights("", node, "ahp", found.weights, found))
    return join(local, {"": 1.0}, tree, table=random_index, acknowledged=acknowledged)


def join(
    local: Sequence[LocalWeights],
    members: Mapping[str, float],
    tree: Tree,
    *,
    table: str = "",
    acknowledged: str = "",
) -> Weighting:
    """The weights several members' judgements of a tree's nodes give together.

    Args:
        local: The members' local weights, at most one per member and node.
        members: The members' weights, of any scale.
        tree: What is weighed.
        table: Name of the random index table.
        acknowledged: Why a CR above the limit is accepted.

    Raises:
        MethodError: A node is not judged and nothing decides it, or a judgement is inconsistent.
    """
    shares = member_shares(members)
    consistency, revisit = _consistency(local), _revisit(local)
    _check_consistency(consistency, revisit, acknowledged, tree.labels)
    joined, arithmetic = _joined(local, shares, tree)
    taken_over = [node for node in tree.nodes if node not in joined]
    joined |= {node: _kept(node, tree) for node in taken_over}
    refused = not consistency["accepted"].fillna(value=True).all()
    return Weighting(
        procedure="+".join(dict.fromkeys(judged.procedure for judged in local)),
        members=shares,
        local=tuple(local),
        joined={node: joined[node] for node in tree.nodes},
        kept=tuple(node for node in taken_over if len(tree.nodes[node]) > 1),
        arithmetic=arithmetic,
        percent=_percents(joined, tree.groups),
        consistency=consistency,
        revisit=revisit,
        concordance=_concordance(local, joined, tree.nodes),
        disagreement=_disagreement(local, joined),
        random_index=random_index(table).name,
        acknowledged=acknowledged.strip() if refused else "",
        labels=tree.labels,
    )


def _joined(
    local: Sequence[LocalWeights], shares: Mapping[str, float], tree: Tree
) -> tuple[dict[str, dict[str, float]], tuple[str, ...]]:
    """The joined local weights of every judged node, and the nodes where the mean is arithmetic."""
    joined, arithmetic = {}, []
    for node, children in tree.nodes.items():
        mine = [judged for judged in local if judged.node == node]
        if not mine:
            continue
        weights = np.array([[judged.weights[child] for child in children] for judged in mine])
        members = np.array([shares[judged.member] for judged in mine])
        found = joined_priorities(weights, members).tolist()
        joined[node] = dict(zip(children, found, strict=True))
        if strikes_out(weights) and len(mine) > 1:
            arithmetic.append(node)
    return joined, tuple(arithmetic)


def _kept(node: str, tree: Tree) -> dict[str, float]:
    """Local weights of a node nobody judged: those of the method, or none needed."""
    children = tree.nodes[node]
    if len(children) == 1:
        return {children[0]: 1.0}
    if tree.kept is None:
        raise MethodError("weights.not_judged", node=node or "-", codes=", ".join(children))
    below = {child: tree.groups[child] if node == ROOT else [child] for child in children}
    kept = tree.kept
    sums = {child: math.fsum(kept[leaf] for leaf in leaves) for child, leaves in below.items()}
    total = math.fsum(sums.values())
    if total <= 0:
        return dict.fromkeys(children, 1.0 / len(children))
    return {child: weight / total for child, weight in sums.items()}


def _percents(
    joined: Mapping[str, Mapping[str, float]], groups: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Leaf percents that sum to exactly 100 as printed: the largest remainders are rounded up."""
    exact = {
        leaf: 100.0 * joined[ROOT][code] * joined[code][leaf]
        for code, leaves in groups.items()
        for leaf in leaves
    }
    return rounded_to_whole(exact, 100, weighting_limits().decimals)


def rounded_to_whole(exact: Mapping[str, float], whole: int, decimals: int) -> dict[str, float]:
    """Shares rounded so that they sum to `whole` exactly: the largest remainder first.

    Equal remainders are rounded up in the order given, so that the result is always the same.
    """
    unit = 10**decimals
    steps = {name: round(value * unit, 9) for name, value in exact.items()}
    floors = {name: math.floor(value) for name, value in steps.items()}
    short = whole * unit - sum(floors.values())
    order = sorted(steps, key=lambda name: floors[name] - steps[name])
    raised = set(order[:short])
    return {name: (floor + (name in raised)) / unit for name, floor in floors.items()}


def _consistency(local: Sequence[LocalWeights]) -> pd.DataFrame:
    limit = weighting_limits().consistency_limit
    rows: list[tuple[object, ...]] = []
    for one in local:
        match one.judged:
            case Priorities() as found:
                rows.append((one.member, one.node, one.procedure, found.lambda_max,
                             found.consistency_index, found.random_index, found.consistency_ratio,
                             found.consistency_ratio <= limit))  # fmt: skip
            case BestWorst() as found:
                rows.append((one.member, one.node, one.procedure, np.nan, found.deviation, np.nan,
                             found.consistency_ratio, None))  # fmt: skip
    columns = [
        "member",
        "node",
        "procedure",
        "lambda_max",
        "index",
        "random_index",
        "ratio",
        "accepted",
    ]
    kinds = dict.fromkeys(columns[3:7], "float64") | {"accepted": "boolean"}
    return pd.DataFrame(rows, columns=columns).astype(kinds)


def _revisit(local: Sequence[LocalWeights]) -> pd.DataFrame:
    rows = [
        (one.member, one.node, cell.first, cell.second, cell.judged, cell.consistent, cell.factor)
        for one in local
        if one.judged is not None
        for cell in one.judged.revisit
    ]
    columns = ["member", "node", "first", "second", "judged", "consistent", "factor"]
    return pd.DataFrame(rows, columns=columns)


def _check_consistency(
    consistency: pd.DataFrame, revisit: pd.DataFrame, acknowledged: str, labels: Labels
) -> None:
    """Refuse inconsistent judgements, naming the node and the comparisons to look at again.

    Raises:
        MethodError: A CR lies above the limit and nobody said why it is accepted.
    """
    refused = consistency[~consistency["accepted"].fillna(value=True)]
    if acknowledged.strip() or refused.empty:
        return
    limit = weighting_limits().consistency_limit
    said: dict[str, str] = {}
    for lang in ("id", "en"):
        told = [_refusal(row, revisit, labels, lang) for row in refused.itertuples(index=False)]
        said[f"found_{lang}"] = join_words(told, lang)
        said[f"limit_{lang}"] = decimal(limit, 2, lang)
    raise MethodError("weights.inconsistent", **said)


def _refusal(row: object, revisit: pd.DataFrame, labels: Labels, lang: Language) -> str:
    """`K1, TKKSD-2: CR 0,17 (Urgensi (U) : ... = 5, selaras bila 2,3; ...)`."""
    member, node, ratio = (getattr(row, name) for name in ("member", "node", "ratio"))
    mine = revisit[(revisit["member"] == member) & (revisit["node"] == node)]
    cells = [
        f"{name_of(first, labels, lang)} : {name_of(second, labels, lang)} = "
        f"{ratio_text(judged, lang)} \u2192 {ratio_text(consistent, lang)}"
        for first, second, judged, consistent in zip(
            mine["first"], mine["second"], mine["judged"], mine["consistent"], strict=True
        )
    ]
    place = " ".join(part for part in (member, name_of(node, labels, lang)) if part)
    return f"{place}: CR {decimal(ratio, 3, lang)} ({'; '.join(cells)})"


def _concordance(
    local: Sequence[LocalWeights],
    joined: Mapping[str, Mapping[str, float]],
    tree: Mapping[str, Sequence[str]],
) -> dict[str | None, Concordance]:
    """Kendall's W of every node several members judged, and of the leaves of those who judged all."""
    found: dict[str | None, Concordance] = {}
    for node, children in tree.items():
        mine = [[one.weights[child] for child in children] for one in local if one.node == node]
        if len(mine) > 1 and len(children) > 1:
            found[node] = kendall_w(mine)
    whole = list(_whole_trees(local, joined, tree))
    if len(whole) > 1 and len(whole[0]) > 1:
        found[None] = kendall_w(whole)
    return found


def _whole_trees(
    local: Sequence[LocalWeights],
    joined: Mapping[str, Mapping[str, float]],
    tree: Mapping[str, Sequence[str]],
) -> Iterator[list[float]]:
    """Leaf weights of every member who judged all that anybody judged; the rest is the same for all."""
    judged = {one.node for one in local}
    for member in dict.fromkeys(one.member for one in local):
        mine = {one.node: one.weights for one in local if one.member == member}
        if mine.keys() == judged:
            own = {**joined, **mine}
            yield [own[ROOT][code] * own[code][leaf] for code in tree[ROOT] for leaf in tree[code]]


def _disagreement(
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
    order = frame["difference"].abs().round(9).sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)
