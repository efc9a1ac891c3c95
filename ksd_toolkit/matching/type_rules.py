"""What type of cooperation every proposal would be with every candidate, by the rows of `knowledge/jenis.toml`.

A type that a plenary set otherwise holds with every partner for whom the rule says the same; one
that is set to be no cooperation is none with anybody.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.regions import are_neighbours
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.jenis import derive_types, type_facts
from ksd_toolkit.scoring.jenis_table import deciding_rules, type_of_rule
from ksd_toolkit.scoring.kernel import Booleans

NOT_KSD: Final = "BUKAN"
UNCLEAR: Final = "BELUM"
_OF_USULAN: Final = ["objek", "eksternalitas", "efisien_bersama", "derived", "jenis", "is_set"]
_OF_PARTNER: Final = ["mitra_jenis", "berbatasan"]
_Numbers = np.ndarray[tuple[int], np.dtype[np.intp]]


@dataclass(frozen=True, slots=True, eq=False)
class TypeRules:
    """The deciding rule and the type of every pair: `rule[usulan_group[i], partner_group[j]]`.

    Only few combinations of object, conditions and kind of partner differ; each is decided once.
    `by_plenary` has the shape of `rule`: the type is not the rule's. `types` are those of the
    proposals with the partners their offices named.
    """

    rule: "np.ndarray[tuple[int, int], np.dtype[np.intp]]"
    jenis: "np.ndarray[tuple[int, int], np.dtype[np.object_]]"
    by_plenary: Booleans
    usulan_group: _Numbers
    partner_group: _Numbers
    types: pd.DataFrame

    def where_type(self, code: str) -> Booleans:
        """Which pairs would be of a type, proposals by candidates."""
        return np.asarray(self.jenis == code)[np.ix_(self.usulan_group, self.partner_group)]

    @property
    def is_out(self) -> Booleans:
        """Which pairs are no regional cooperation at all."""
        return self.where_type(NOT_KSD)

    @property
    def is_open(self) -> Booleans:
        """Which pairs cannot be told yet: kind of partner or object is not stated."""
        return self.where_type(UNCLEAR)


def type_rules(register: Register, known: pd.DataFrame) -> TypeRules:
    """The deciding rule and the type of every proposal with every candidate.

    Args:
        register: Whose proposals.
        known: The candidates, with `mitra_jenis` and `kode_wilayah`.

    Source:
        UU 23/2014 Pasal 363-367; PP 28/2018 Pasal 14, 15, 46; rows of `knowledge/jenis.toml`.
    """
    types = derive_types(register)
    facts = type_facts(register).assign(
        derived=types["derived"],
        jenis=types["jenis"],
        is_set=np.where(types["set_why"].notna(), "ya", "tidak"),
    )
    usulan, usulan_group = _groups(facts[_OF_USULAN])
    home = register.dossier.region.code
    borders = [
        "ya" if code and are_neighbours(home, code) else "tidak"
        for code in known["kode_wilayah"].fillna("")
    ]
    partners, partner_group = _groups(known[["mitra_jenis"]].assign(berbatasan=borders))
    pairs = usulan.merge(partners, how="cross")
    rule = deciding_rules(pairs)
    told = np.array([type_of_rule(number) for number in rule.tolist()], dtype=object)
    set_otherwise = (pairs["is_set"] == "ya").to_numpy() & (
        (pairs["derived"].to_numpy() == told) | (pairs["jenis"] == NOT_KSD).to_numpy()
    )
    shape = (len(usulan), len(partners))
    return TypeRules(
        rule=rule.astype(np.intp).reshape(shape),
        jenis=np.where(set_otherwise, pairs["jenis"].to_numpy(dtype=object), told).reshape(shape),
        by_plenary=set_otherwise.reshape(shape),
        usulan_group=usulan_group,
        partner_group=partner_group,
        types=types,
    )


def _groups(facts: pd.DataFrame) -> tuple[pd.DataFrame, _Numbers]:
    """The rows that differ, and for every row the number of its own."""
    filled = facts.fillna("").reset_index(drop=True)
    distinct = filled.drop_duplicates(ignore_index=True)
    rows = list(zip(*(filled[name].tolist() for name in filled.columns), strict=True))
    number = {row: at for at, row in enumerate(dict.fromkeys(rows))}
    return distinct, np.array([number[row] for row in rows], dtype=np.intp)
