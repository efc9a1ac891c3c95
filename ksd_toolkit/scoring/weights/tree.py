"""What is weighed: a tree of groups and leaves, and local weights multiplied down to percents."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.limits import weighting_limits
from ksd_toolkit.scoring.weights.sentences import node_in_words

ROOT: Final = ""
"""The node whose criteria are the groups."""
_NOISE_PLACES: Final = 9  # below this, a remainder is what floating point adds or lacks

Labels = Mapping[str, Mapping[str, str]]
"""What a criterion or group is called, by code and language."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The leaves of every group, and the group above a group where that is not the root.

    `kept` are weights by leaf that decide the nodes nobody judged; without them such a node is
    refused. `labels` say what criteria and groups are called.
    """

    groups: Mapping[str, Sequence[str]]
    parents: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, float] | None = None
    labels: Labels = field(default_factory=dict)

    @property
    def nodes(self) -> dict[str, list[str]]:
        """The criteria compared at every node: groups at the root, groups and leaves at a group."""
        own = {code: [*self.subgroups(code), *leaves] for code, leaves in self.groups.items()}
        return {ROOT: self.subgroups(ROOT)} | own

    def subgroups(self, node: str) -> list[str]:
        """The groups directly below a node."""
        return [code for code in self.groups if self.parents.get(code, ROOT) == node]

    def leaves_below(self, node: str) -> list[str]:
        """Every leaf below a node."""
        deeper = [leaf for code in self.subgroups(node) for leaf in self.leaves_below(code)]
        return [*deeper, *self.groups.get(node, ())]

    def leaf_shares(self, joined: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
        """Local weights multiplied down to the leaves, in the order of the groups; they sum to 1."""
        found: dict[str, float] = {}
        self._descend(ROOT, 1.0, joined, found)
        return {leaf: found[leaf] for leaves in self.groups.values() for leaf in leaves}

    def percents(self, joined: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
        """Leaf percents that sum to exactly 100 as printed.

        Raises:
            MethodError: A group holds nothing, so that its weight would go nowhere.
        """
        if empty := [code for code in self.groups if not self.leaves_below(code)]:
            raise MethodError("weights.empty_group", groups=", ".join(empty))
        exact = {leaf: 100.0 * share for leaf, share in self.leaf_shares(joined).items()}
        return rounded_to_whole(exact, 100, weighting_limits().decimals)

    def kept_shares(self, node: str) -> dict[str, float]:
        """Local weights of a node nobody judged: those kept, or none needed.

        Raises:
            MethodError: It holds several criteria and nothing says how to divide its weight.
        """
        children = self.nodes[node]
        if len(children) == 1:
            return {children[0]: 1.0}
        if self.kept is None and children:
            raise MethodError(
                "weights.not_judged", codes=", ".join(children), **node_in_words(node, self.labels)
            )
        kept, groups = self.kept or {}, self.subgroups(node)
        sums = {
            child: math.fsum(
                kept[leaf] for leaf in (self.leaves_below(child) if child in groups else [child])
            )
            for child in children
        }
        total = math.fsum(sums.values())
        if total <= 0:
            return dict.fromkeys(children, 1.0 / max(1, len(children)))
        return {child: weight / total for child, weight in sums.items()}

    def _descend(
        self,
        node: str,
        share: float,
        joined: Mapping[str, Mapping[str, float]],
        found: dict[str, float],
    ) -> None:
        for leaf in self.groups.get(node, ()):
            found[leaf] = share * joined[node][leaf]
        for code in self.subgroups(node):
            self._descend(code, share * joined[node][code], joined, found)


def rounded_to_whole(exact: Mapping[str, float], whole: int, decimals: int) -> dict[str, float]:
    """Shares rounded so that they sum to `whole` exactly: the largest remainders are rounded up.

    Equal remainders are rounded up in the order given, so that the result is always the same.

    Source:
        The largest remainder method (Hamilton), as seats are shared out.

    >>> rounded_to_whole({"a": 100 / 3, "b": 100 / 3, "c": 100 / 3}, 100, 2)
    {'a': 33.34, 'b': 33.33, 'c': 33.33}
    """
    unit = 10**decimals
    steps = {name: round(value * unit, _NOISE_PLACES) for name, value in exact.items()}
    floors = {name: math.floor(value) for name, value in steps.items()}
    short = whole * unit - sum(floors.values())
    order = sorted(steps, key=lambda name: round(floors[name] - steps[name], _NOISE_PLACES))
    raised = set(order[:short])
    return {name: (floor + (name in raised)) / unit for name, floor in floors.items()}
