"""Which proposals are one journey: merged ones, and those carried on into a later period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ksd_toolkit.evaluation.determination import DETERMINED, MERGED, Key


@dataclass(frozen=True, slots=True)
class Chains:
    """Whose journey each proposal is part of.

    `head` maps every proposal to the one its journey is counted as, itself where it stands alone;
    `carried_by` maps a proposal to the later ones that name it as their origin.
    """

    head: Mapping[Key, Key]
    carried_by: Mapping[Key, Sequence[Key]] = field(default_factory=dict)

    def all_members(self) -> dict[Key, tuple[Key, ...]]:
        """The proposals of every journey by its head."""
        found: dict[Key, list[Key]] = {}
        for key, head in self.head.items():
            found.setdefault(head, [head])
            if key != head:
                found[head].append(key)
        return {head: tuple(keys) for head, keys in found.items()}


def chains_of(usulan: pd.DataFrame, carried_out: Callable[[Sequence[Key]], bool]) -> Chains:
    """The journeys of all proposals, read from the earliest period on.

    A merged proposal goes on as the one it was merged into. A determined proposal that carries on
    an earlier determined one which was not carried out yet continues that journey; carrying on one
    that was, or one that was never determined, begins a journey of its own.

    Args:
        usulan: The proposals with `fate, merged_into` and, where known, `usulan_asal, periode_asal`.
        carried_out: Whether documents of these proposals show work on the ground.
    """
    records = {
        (row["periode"], row["usulan_id"]): row
        for row in usulan.sort_values("periode", kind="stable").to_dict("records")
    }
    head = {key: key for key in records}
    for key, row in records.items():
        target = (row["periode"], row["merged_into"])
        if row["fate"] == MERGED and target in records:
            head[key] = target
    members = {key: [key] for key in records}
    for key in records:
        if (top := _top(key, head)) != key:
            members[top].append(key)
    carried: dict[Key, list[Key]] = {}
    for key, row in records.items():
        origin = _origin(row)
        if origin is None or origin not in records or origin == key:
            continue
        carried.setdefault(origin, []).append(key)
        first, own = _top(origin, head), _top(key, head)
        determined = records[first]["fate"] == records[own]["fate"] == DETERMINED
        if determined and own != first and not carried_out(members[first]):
            head[own] = first
            members[first] += members[own]
    return Chains({key: _top(key, head) for key in records}, carried)


def _origin(row: Mapping[Any, Any]) -> Key | None:
    """The proposal of an earlier period that this one names; one of its own or a later one is none."""
    period, name = row["periode_asal"], row["usulan_asal"]
    if pd.isna(period) or pd.isna(name) or not period < row["periode"]:
        return None
    return period, name


def _top(key: Key, head: Mapping[Key, Key]) -> Key:
    """Where a proposal ends up; a circle ends the search at its smallest."""
    way = [key]
    while head[way[-1]] != way[-1]:
        if head[way[-1]] in way:
            return min(way)
        way.append(head[way[-1]])
    return way[-1]
