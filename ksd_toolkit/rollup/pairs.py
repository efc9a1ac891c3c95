"""Mandatory pairs: kerja sama wajib that both regions name for the same affair, or only one of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.regions import region_or_none
from ksd_toolkit.rollup.found import Left, Used
from ksd_toolkit.rollup.summary import Naming
from ksd_toolkit.scoring.mandatory import pair_of

BOTH: Final = "both"
STATES: Final = (BOTH, "other_type", "other_affair", "silent", "unread", "no_dossier", "outside")
"""How a pair stands: named by both; else what the other side does: names the same affair as another type,
names the region for other affairs, names it not at all, was not read, has no dossier, or lies outside."""

_COLUMNS: Final = (
    "first", "second", "urusan", "letter", "state", "named_by", "first_usulan", "second_usulan",
    "first_told", "second_told",
)  # fmt: skip
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What every region says of every other, and which regions are not read."""

    namings: Mapping[tuple[str, str], tuple[Naming, ...]]
    used: frozenset[str]
    left: frozenset[str]
    area: str

    def mandatory(self, home: str, partner: str, urusan: str) -> list[Naming]:
        """The mandatory usulan of one region with another for an affair."""
        said = self.namings.get((home, partner), ())
        return [one for one in said if one.mandatory and one.urusan == urusan]

    def other_side(self, home: str, partner: str, urusan: str) -> str:
        """What the partner does about a pair it does not name as mandatory itself."""
        if partner in self.used:
            said = self.namings.get((partner, home), ())
            if any(urusan and one.urusan == urusan and not one.mandatory for one in said):
                return "other_type"
            return "other_affair" if said else "silent"
        if partner in self.left:
            return "unread"
        return "outside" if self.area and partner[:2] != self.area else "no_dossier"


def mandatory_pairs_of(
    used: Sequence[Used], left: Sequence[Left] = (), area: str = ""
) -> pd.DataFrame:
    """The pairs of regions of which one or both name the other in a kerja sama wajib.

    Args:
        used: The regions that are read.
        left: Those that are refused or missing.
        area: The province rolled up; empty for all.

    Returns:
        One row a pair and affair, those of both sides first: `first, second` (codes, the lower one
        first), `urusan` (blank where not stated, which no two sides share), `letter` of the law, `state`
        (see `STATES`), `named_by` (`both, first, second`), and each side's usulan, bare and with titles (`told`),
        joined by `; `.

    Source:
        UU 23/2014 Pasal 364 ayat (1)-(2); PP 28/2018 Pasal 3 ayat (2).
    """
    known = _known(used, left, area)
    rows = [row for key in sorted(_keys(known)) for row in _rows(key, known)]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    order = frame["state"].map({state: place for place, state in enumerate(STATES)})
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def unnamed_of(used: Sequence[Used]) -> pd.DataFrame:
    """The mandatory usulan that name no region by code, so that no pair can be told: `code, usulan_id, judul`."""
    rows = [
        {"code": one.code, "usulan_id": naming.usulan_id, "judul": naming.judul}
        for one in sorted(used, key=lambda one: one.code)
        for naming in one.summary.namings
        if naming.mandatory and not naming.partner
    ]
    return pd.DataFrame(rows, columns=["code", "usulan_id", "judul"])


def _known(used: Sequence[Used], left: Sequence[Left], area: str) -> _Known:
    namings: dict[tuple[str, str], tuple[Naming, ...]] = {}
    for one in used:
        for naming in one.summary.namings:
            key = one.code, naming.partner
            namings[key] = (*namings.get(key, ()), naming)
    codes = frozenset(one.code for one in used), frozenset(one.code for one in left)
    return _Known(namings, *codes, area)


def _keys(known: _Known) -> set[_Key]:
    return {
        (min(home, partner), max(home, partner), naming.urusan)
        for (home, partner), said in known.namings.items()
        for naming in said
        if naming.mandatory and region_or_none(partner) is not None
    }


def _rows(key: _Key, known: _Known) -> Iterator[dict[str, str]]:
    """One row for both sides, or one a side where they do not meet."""
    first, second, urusan = key
    mine = known.mandatory(first, second, urusan)
    theirs = known.mandatory(second, first, urusan)
    if mine and theirs and urusan:
        yield _row(key, BOTH, BOTH, mine, theirs)
        return
    if mine:
        yield _row(key, known.other_side(first, second, urusan), "first", mine, [])
    if theirs:
        yield _row(key, known.other_side(second, first, urusan), "second", [], theirs)


def _row(
    key: _Key, state: str, named_by: str, mine: list[Naming], theirs: list[Naming]
) -> dict[str, str]:
    first, second, urusan = key
    return {
        "first": first,
        "second": second,
        "urusan": urusan,
        "letter": pair_of(first, second).letter,
        "state": state,
        "named_by": named_by,
        "first_usulan": "; ".join(one.usulan_id for one in mine),
        "second_usulan": "; ".join(one.usulan_id for one in theirs),
        "first_told": "; ".join(f"{one.usulan_id} {one.judul}" for one in mine),
        "second_told": "; ".join(f"{one.usulan_id} {one.judul}" for one in theirs),
    }
