"""The type of cooperation of every usulan, derived from its partners and object by a rule table."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.messages import language
from ksd_toolkit.regions import are_neighbours
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.rules import first_match

_EXTERNALITIES: Final = ("eksternalitas_lokasi", "eksternalitas_pengguna", "eksternalitas_dampak")


def derive_types(register: Register) -> pd.DataFrame:
    """`jenis`, `family`, the rule that gave it and the border of every usulan, indexed by `usulan_id`.

    The first partner of an usulan is its main partner and decides the rule; a border with any
    partner region counts. No type is ever typed in.

    Source:
        UU 23/2014 Pasal 363-367; PP 28/2018 Pasal 15, 46; the decision table of the Kota
        Yogyakarta mapping guide 2022, as rows of `knowledge/jenis.toml`.
    """
    facts = _facts(register)
    table = _table()
    rules = table["rule"]
    decided = first_match(facts, [rule["when"] for rule in rules])
    codes = [rules[number]["jenis"] for number in decided]
    families = {entry["code"]: entry["family"] for entry in table["type"]}
    return pd.DataFrame(
        {
            "jenis": codes,
            "family": [families[code] for code in codes],
            "jenis_rule": decided,
            "berbatasan": facts["berbatasan"],
            "main_partner": facts["mitra_nama"],
        },
        index=facts.index,
    )


def type_label(code: str, lang: str = "id") -> str:
    """What a type is called: `KSDD wajib`."""
    entry = next(entry for entry in _table()["type"] if entry["code"] == code)
    return str(entry[f"label_{language(lang)}"])


def type_codes() -> list[str]:
    """The codes of all types, in the table's order."""
    return [entry["code"] for entry in _table()["type"]]


def type_families() -> list[str]:
    """The families of types, in the table's order."""
    return list(dict.fromkeys(entry["family"] for entry in _table()["type"]))


def type_reason(rule: int, lang: str = "id") -> tuple[str, str]:
    """Why a rule gave its type, and the key of its article."""
    row = _table()["rule"][rule]
    return str(row[f"reason_{language(lang)}"]), str(row["article"])


def type_short(rule: int, lang: str = "id") -> str:
    """The other procedure that a rule points to, in a few words: `pengadaan barang/jasa`."""
    return str(_table()["rule"][rule][f"short_{language(lang)}"])


def table_sha256() -> str:
    """The fingerprint of the rule table, part of every method's own."""
    return hashlib.sha256(_table_text().encode()).hexdigest()


def _facts(register: Register) -> pd.DataFrame:
    """The columns the rule table may ask about, one row per usulan."""
    usulan = register.usulan.set_index("usulan_id")
    mitra = register.mitra
    main = mitra.drop_duplicates("usulan_id").set_index("usulan_id")
    home = register.dossier.region.code
    regions = mitra["kode_wilayah"].fillna("")
    borders = pd.Series([are_neighbours(home, code) for code in regions], dtype=bool)
    bordering = set(mitra.loc[borders.to_numpy(), "usulan_id"])
    externalities = (usulan[list(_EXTERNALITIES)] == "ya").sum(axis=1)
    enough = externalities >= _table()["min_externalities"]
    return pd.DataFrame(
        {
            "mitra_jenis": main["mitra_jenis"].reindex(usulan.index),
            "mitra_nama": main["mitra_nama"].reindex(usulan.index),
            "objek": usulan["objek"],
            "efisien_bersama": usulan["efisien_bersama"],
            "berbatasan": np.where(usulan.index.isin(bordering), "ya", "tidak"),
            "eksternalitas": np.where(enough, "ya", "tidak"),
        },
        index=usulan.index,
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_table_text())


def _table_text() -> str:
    return files("ksd_toolkit.knowledge").joinpath("jenis.toml").read_text(encoding="utf-8")
