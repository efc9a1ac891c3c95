"""What is offered to whom at a forum: the chosen proposals with every candidate of the register that fits them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ksd_toolkit.matching.candidates import partner_keys
from ksd_toolkit.matching.fit import first_in_order, ranks_in_rows
from ksd_toolkit.matching.forum_rules import ForumRules
from ksd_toolkit.matching.institutions import InstitutionMatches
from ksd_toolkit.matching.meeting_plan import meeting_plan
from ksd_toolkit.matching.pairs import FITS, pair_frame

_OWN: str = "opd_internal"


@dataclass(frozen=True, slots=True, eq=False)
class ForumPairs:
    """The proposals brought to a forum and the candidates that fit them.

    `usulan` are the chosen proposals in their order. `pairs` has a row per proposal and candidate that fits
    it, proposals in that order and candidates by rank: the columns of `InstitutionMatches.table` and
    `opd_kode`. `others` are partners the offices named for these proposals that `calon_mitra.csv` lacks:
    `key, mitra_nama, mitra_jenis` and `usulan`, their proposals joined by `;`.
    """

    found: InstitutionMatches
    rules: ForumRules
    usulan: tuple[str, ...]
    pairs: pd.DataFrame
    others: pd.DataFrame

    @property
    def partners(self) -> tuple[str, ...]:
        """The candidates that fit at least one proposal, by name."""
        return tuple(
            sorted(set(self.pairs["mitra_nama"]), key=lambda name: (name.casefold(), name))
        )

    @property
    def alone(self) -> tuple[str, ...]:
        """The chosen proposals no candidate fits."""
        paired = set(self.pairs["usulan_id"])
        return tuple(usulan for usulan in self.usulan if usulan not in paired)

    @property
    def uninvited(self) -> tuple[str, ...]:
        """The candidates of the register that fit none of the proposals, by name."""
        names = {str(name) for name in self.found.candidates["mitra_nama"].dropna()}
        return tuple(sorted(names - set(self.partners), key=lambda name: (name.casefold(), name)))

    @property
    def offered(self) -> pd.DataFrame:
        """The pairs that are talked about: the best proposals of every candidate, candidates by name."""
        ordered = self.pairs.assign(
            _name=self.pairs["mitra_nama"].str.casefold(), _place=np.arange(len(self.pairs))
        ).sort_values(
            ["_name", "mitra_nama", "points", "_place"], ascending=[True, True, False, True]
        )
        best = ordered.groupby("mitra_nama", sort=False).head(self.rules.usulan_per_partner)
        return best.drop(columns=["_name", "_place"]).reset_index(drop=True)

    @property
    def meetings(self) -> pd.DataFrame:
        """Who meets whom when: `partner, office, usulan` (joined by `;`), `session, table`."""
        talks = (
            self.offered.groupby(["mitra_nama", "opd_kode"], sort=False)["usulan_id"]
            .agg(";".join)
            .reset_index()
            .rename(columns={"mitra_nama": "partner", "opd_kode": "office", "usulan_id": "usulan"})
        )
        return meeting_plan(talks, self.rules.tables)


def forum_pairs(found: InstitutionMatches, usulan: Sequence[str], rules: ForumRules) -> ForumPairs:
    """The chosen proposals with every candidate that fits them.

    A candidate fits where it is ranked for the proposal: it shares the affair, the type rule makes it a
    cooperation, and enough is known of it.

    Args:
        found: Every proposal fitted to every candidate.
        usulan: The chosen proposals in their order; those the register lacks are left out.
        rules: How much is listed.
    """
    chosen = tuple(one for one in usulan if one in found.usulan.index)
    return ForumPairs(found, rules, chosen, _pairs(found, chosen), _others(found, chosen))


def _pairs(found: InstitutionMatches, usulan: tuple[str, ...]) -> pd.DataFrame:
    number = {str(one): n for n, one in enumerate(found.usulan.index)}
    rows = np.array([number[one] for one in usulan], dtype=np.intp)
    group, points = found.group[rows], found.fit.points[rows]
    order = first_in_order(group, points, len(found.candidates))
    at = np.maximum(order, 0)
    sorted_group = np.take_along_axis(group, at, axis=1)
    ranks = ranks_in_rows(sorted_group, np.take_along_axis(points, at, axis=1))
    fits = (order >= 0) & (sorted_group == FITS)
    of = np.repeat(rows, order.shape[1]).reshape(order.shape)[fits]
    pairs = pair_frame(found, of, order[fits]).assign(rank=ranks[fits])
    offices = found.usulan["opd_kode"].to_numpy()[of]
    return pairs.assign(opd_kode=pd.Series(offices, pairs.index, dtype="str"))


def _others(found: InstitutionMatches, usulan: tuple[str, ...]) -> pd.DataFrame:
    """The partners the offices named that are no candidates of the register; own offices are none."""
    mitra = found.register.mitra
    keys = partner_keys(mitra, found.register.dossier.region.code)
    mine = mitra.assign(key=keys)[["key", "mitra_nama", "mitra_jenis", "usulan_id"]]
    is_named = mine["mitra_nama"].notna() & (mine["mitra_jenis"] != _OWN)
    mine = mine[
        is_named & mine["usulan_id"].isin(usulan) & ~mine["key"].isin(found.candidates["key"])
    ]
    grouped = mine.drop_duplicates(["key", "usulan_id"]).groupby("key", sort=True)
    told = grouped.agg(
        mitra_nama=("mitra_nama", "first"), mitra_jenis=("mitra_jenis", "first"),
        usulan=("usulan_id", ";".join),
    )  # fmt: skip
    return told.reset_index().sort_values("mitra_nama", kind="stable", ignore_index=True)
