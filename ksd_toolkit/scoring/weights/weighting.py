"""Weights of the whole criteria tree from judgements of its nodes, with what they rest on.

What members say about the criteria of a node becomes local weights; the members' local weights are
joined; the joined ones are multiplied down the tree to percents of the leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import language
from ksd_toolkit.scoring.weights.agreement import concordance_of, disagreement_of
from ksd_toolkit.scoring.weights.ahp import Priorities, ahp_weights, joined_ahp
from ksd_toolkit.scoring.weights.comparisons import Pair
from ksd_toolkit.scoring.weights.consistency import (
    check_consistency,
    consistency_of,
    revisit_of,
)
from ksd_toolkit.scoring.weights.groups import (
    Concordance,
    joined_priorities,
    member_shares,
    strikes_out,
)
from ksd_toolkit.scoring.weights.limits import check_choice, random_index
from ksd_toolkit.scoring.weights.local_weights import LocalWeights
from ksd_toolkit.scoring.weights.sentences import (
    disagreement_sentences,
    explain_weighting,
    node_in_words,
)
from ksd_toolkit.scoring.weights.tree import Labels, Tree

Combine = Literal["aip", "aij"]
"""Join the members' priorities, or their pairwise judgements."""


@dataclass(frozen=True, slots=True)
class Joining:
    """How judgements are joined and judged.

    `combine`: `aip` joins the members' priorities, `aij` their pairwise judgements. `random_index` is
    the name of the table CR is reckoned with. `acknowledged` says why a CR above the limit is accepted.
    """

    combine: Combine = "aip"
    random_index: str = ""
    acknowledged: str = ""


USUAL: Final = Joining()


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """Weights in percent by leaf (`percent`, exactly 100) and everything they rest on.

    Attributes:
        procedure: How members judged (`ahp`, `poin`, ...; several joined by `+`).
        members: Every member's share, summing to 1.
        local: Every judgement that was used.
        joined: Local weights all members together give, by node; each node sums to 1.
        kept: Nodes nobody judged, whose weights were taken over.
        combine: `aip` where priorities were joined, `aij` where pairwise judgements were.
        arithmetic: Nodes joined by the arithmetic mean, because a member gave a criterion nothing.
        percent: Weight by leaf in table order.
        consistency: One row per AHP or BWM judgement: `member, node, procedure, lambda_max, index,
            random_index, ratio, accepted`; `accepted` is missing where no limit is known.
        revisit: `member, node, first, second, judged, consistent, factor`: what fits worst.
        concordance: Kendall's W by node, and under `None` that of the leaves among the members
            who judged the whole tree.
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
    combine: Combine
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

    def disagreements(self, lang: str = "id") -> pd.DataFrame:
        """Who sees which criterion otherwise: `disagreement` with a `sentence` in every row."""
        return self.disagreement.assign(sentence=disagreement_sentences(self, language(lang)))

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
    joining = Joining(random_index=random_index, acknowledged=acknowledged)
    return weights_of_tree(nodes, Tree(groups, labels=labels or {}), joining)


def weights_of_tree(
    nodes: Mapping[str, Sequence[Pair]], tree: Tree, joining: Joining = USUAL
) -> Weighting:
    """The same for a tree whose groups may stand below groups.

    Raises:
        MethodError: As `weights_of_pairs` does.
    """
    if unknown := [node for node in nodes if node not in tree.nodes]:
        known = ", ".join(tree.groups)
        raise MethodError("weights.unknown_node", nodes=", ".join(unknown), known=known)
    local = []
    for node, pairs in nodes.items():
        found = ahp_weights(pairs, tree.nodes[node], table=joining.random_index)
        local.append(LocalWeights("", node, "ahp", found.weights, found))
    return join(local, {"": 1.0}, tree, joining)


def join(
    local: Sequence[LocalWeights],
    members: Mapping[str, float],
    tree: Tree,
    joining: Joining = USUAL,
) -> Weighting:
    """The weights several members' judgements of a tree's nodes give together.

    Args:
        local: The members' local weights, at most one per member and node.
        members: The members' weights, of any scale.
        tree: What is weighed.
        joining: How they are joined.

    Raises:
        MethodError: A node is not judged and nothing decides it, a judgement is inconsistent, or
            judgements are to be joined that were not made in pairs.
    """
    check_choice(joining.combine, get_args(Combine))
    shares = member_shares(members)
    consistency, revisit = consistency_of(local), revisit_of(local)
    check_consistency(consistency, local, joining.acknowledged, tree.labels)
    arithmetic: tuple[str, ...] = ()
    if joining.combine == "aij":
        joined = _joined_judgements(local, shares, tree, joining.random_index)
    else:
        joined, arithmetic = _joined_priorities(local, shares, tree)
    taken_over = [node for node in tree.nodes if node not in joined]
    joined |= {node: tree.kept_shares(node) for node in taken_over}
    refused = not consistency["accepted"].fillna(value=True).all()
    return Weighting(
        procedure="+".join(dict.fromkeys(judged.procedure for judged in local)),
        members=shares,
        local=tuple(local),
        joined={node: joined[node] for node in tree.nodes},
        kept=tuple(node for node in taken_over if len(tree.nodes[node]) > 1),
        combine=joining.combine,
        arithmetic=arithmetic,
        percent=tree.percents(joined),
        consistency=consistency,
        revisit=revisit,
        concordance=concordance_of(local, joined, tree),
        disagreement=disagreement_of(local, joined),
        random_index=random_index(joining.random_index).name,
        acknowledged=joining.acknowledged.strip() if refused else "",
        labels=tree.labels,
    )


def _joined_judgements(
    local: Sequence[LocalWeights], shares: Mapping[str, float], tree: Tree, table: str
) -> dict[str, Mapping[str, float]]:
    """AIJ: the weights of the joined pairwise judgements of every judged node."""
    joined: dict[str, Mapping[str, float]] = {}
    for node in tree.nodes:
        mine = [one for one in local if one.node == node]
        judged = [one.judged for one in mine if isinstance(one.judged, Priorities)]
        if len(judged) < len(mine):
            raise MethodError("weights.aij", **node_in_words(node, tree.labels))
        if judged:
            members = [shares[one.member] for one in mine]
            joined[node] = joined_ahp(judged, members, table=table).weights
    return joined


def _joined_priorities(
    local: Sequence[LocalWeights], shares: Mapping[str, float], tree: Tree
) -> tuple[dict[str, Mapping[str, float]], tuple[str, ...]]:
    """AIP: the joined local weights of every judged node, and the nodes where the mean is arithmetic."""
    joined: dict[str, Mapping[str, float]] = {}
    arithmetic = []
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
