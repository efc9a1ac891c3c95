"""Mandatory cooperation: which pair of regions it is, where it is discussed, and who may take it over."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import pandas as pd

from ksd_toolkit.messages import language
from ksd_toolkit.regions import are_neighbours, party_of, region_or_none
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.jenis import derive_types

MANDATORY: Final = "KSDD-W"


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of regions: its `letter` in the law, where it is discussed and who takes it over.

    `forum` is `provinsi` or `nasional`, `takeover` `gubernur` or `pusat`. `texts` describe the pair.
    """

    letter: str
    forum: str
    takeover: str
    texts: dict[str, str]

    def label(self, lang: str = "id") -> str:
        """What kind of pair it is."""
        return self.texts[language(lang)]


def pair_of(home: str, partner: str) -> Pair:
    """The pair two different regions make.

    Args:
        home: Kemendagri code of one, `63` or `63.06`.
        partner: Of the other; the order is of no account.

    Source:
        UU 23/2014 Pasal 364 ayat (2)-(4); PP 28/2018 Pasal 5 ayat (2).
    """
    provinces = sum("." not in code for code in (home, partner))
    same = home.partition(".")[0] == partner.partition(".")[0]
    entry = next(
        entry
        for entry in _table()["pair"]
        if entry["provinces"] == provinces and entry["same_province"] == same
    )
    texts = {"id": entry["id"], "en": entry["en"]}
    return Pair(entry["letter"], entry["forum"], entry["takeover"], texts)


def mandatory_pairs(register: Register) -> pd.DataFrame:
    """The mandatory usulan with the region that makes them so.

    Returns:
        One row per usulan of the type KSDD wajib, indexed by `usulan_id`: `partner` (the first
        bordering region among its partners, else the first region), its `kode_wilayah`, and
        `letter`; the last two missing where no partner names a region we know.
    """
    types = derive_types(register)
    home = register.dossier.region.code
    mitra = register.mitra
    rows = {}
    for usulan in types.index[types["jenis"] == MANDATORY]:
        mine = mitra[(mitra["usulan_id"] == usulan) & mitra["kode_wilayah"].notna()]
        parties = [party_of(code) for code in mine["kode_wilayah"]]
        codes = [party.code for party in parties if party is not None and party.code != home]
        bordering = [code for code in codes if are_neighbours(home, code)]
        rows[usulan] = _row(home, next(iter(bordering + codes), None), types, str(usulan))
    columns = ["partner", "kode_wilayah", "letter"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def sources() -> dict[str, str]:
    """The keys of the articles behind letter, forum and takeover."""
    return {name: str(_table()[f"{name}_source"]) for name in ("letter", "forum", "takeover")}


def _row(home: str, code: str | None, types: pd.DataFrame, usulan: str) -> tuple[Any, ...]:
    region = region_or_none(code) if code is not None else None
    if region is None:
        return types["main_partner"][usulan], None, None
    return region.name, region.code, pair_of(home, region.code).letter


@cache
def _table() -> dict[str, Any]:
    text = files("ksd_toolkit.knowledge").joinpath("mandatory.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
