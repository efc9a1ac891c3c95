"""What type of cooperation every proposal would be with every candidate, by the rows of `knowledge/jenis.toml`."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.regions import are_neighbours
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.jenis import deciding_rules, type_facts, type_of_rule
from ksd_toolkit.scoring.kernel import Booleans

NOT_KSD: Final = "BUKAN"
UNCLEAR: Final = "BELUM"
_OF_USULAN: Final = ["objek", "eksternalitas", "efisien_bersama"]
_OF_PARTNER: Final = ["mitra_jenis", "berbatasan"]


@dataclass(frozen=True, slots=True, eq=False)
class TypeRules:
    """The deciding rule of every pair: `rule[usulan_group[i], partner_group[j]]`.

    Only few combinations of object, conditions and kind of partner differ; each is decided once.
    """

    rule: "np.ndarray[tuple[int, int], np.dtype[np.intp]]"
    usulan_group: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    partner_group: "np.ndarray[tuple[int], np.dtype[np.intp]]"

    def of(self, usulan: int, candidate: int) -> int:
        """The number of the rule that decides a pair."""
        return int(self.rule[self.usulan_group[usulan], self.partner_group[candidate]])

    def where_type(self, code: str) -> Booleans:
        """Which pairs would be of a type, proposals by candidates."""
        given = np.array(
            [[type_of_rule(rule) == code for rule in row] for row in self.rule.tolist()]
        )
        given = given.reshape(self.rule.shape)
        return given[np.ix_(self.usulan_group, self.partner_group)].astype(bool)

    @property
    def is_out(self) -> Booleans:
        """Which pairs are no regional cooperation at all."""
        return self.where_type(NOT_KSD)

    @property
    def is_open(self) -> Booleans:
        """Which pairs cannot be told yet: kind of partner or object is not stated."""
        return self.where_type(UNCLEAR)


def type_rules(register: Register, known: pd.DataFrame) -> TypeRules:
    """The deciding rule of every proposal with every candidate.

    Args:
        register: Whose proposals.
        known: The candidates, with `mitra_jenis` and `kode_wilayah`.

    Source:
        UU 23/2014 Pasal 363-367; PP 28/2018 Pasal 14, 15, 46; rows of `knowledge/jenis.toml`.
    """
    usulan, usulan_group = _groups(type_facts(register)[_OF_USULAN])
    home = register.dossier.region.code
    borders = [
        "ya" if code and are_neighbours(home, code) else "tidak"
        for code in known["kode_wilayah"].fillna("")
    ]
    partners, partner_group = _groups(known[["mitra_jenis"]].assign(berbatasan=borders))
    pairs = usulan.merge(partners, how="cross")
    rule = deciding_rules(pairs).reshape(len(usulan), len(partners))
    return TypeRules(rule.astype(np.intp), usulan_group, partner_group)


def _groups(
    facts: pd.DataFrame,
) -> "tuple[pd.DataFrame, np.ndarray[tuple[int], np.dtype[np.intp]]]":
    """The rows that differ, and for every row the number of its own."""
    filled = facts.fillna("").reset_index(drop=True)
    distinct = filled.drop_duplicates(ignore_index=True)
    number = pd.MultiIndex.from_frame(distinct).get_indexer(pd.MultiIndex.from_frame(filled))
    return distinct, number.astype(np.intp)
