"""Candidate partners the secretariat keeps, and which names in its tables mean the same partner."""

import re
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import Where
from ksd_toolkit.questionnaire.places import region_named
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered

RATINGS: Final = ("otoritas", "kompetensi", "sumber_daya", "minat", "rekam_jejak")
TABLE: Final = "calon_mitra"
_REGION: Final = "pemda"
_LETTERS: Final = re.compile(r"[^\w]+")
_SHOWN: Final = (
    "mitra_nama", "mitra_jenis", "kode_wilayah", "urusan", "isu", "output", *RATINGS, "kontribusi",
    "sumber", "tahun",
)  # fmt: skip


def candidates(register: Register) -> pd.DataFrame:
    """The candidate partners as the secretariat wrote them down, in the order of the file.

    The contact of an institution stays in the private store and is no part of any result.

    Returns:
        One row each: `key` (what names the partner), `mitra_nama, mitra_jenis, kode_wilayah`; the
        codes `urusan, isu, output` joined by `;`; the ratings `otoritas, kompetensi, sumber_daya,
        minat, rekam_jejak` 1 to 5, NaN where unknown; `kontribusi, sumber, tahun`; `not_asked`, the
        ratings that do not apply (`TB`), joined by `;`; `place`, file and cell of the name.
    """
    return remembered("candidates", None, register, lambda: _candidates(register)).copy(deep=False)


def _candidates(register: Register) -> pd.DataFrame:
    rows = register.table(TABLE)
    states = register.tables.states[TABLE]
    found = rows[list(_SHOWN)].assign(**{name: rows[name].astype("float64") for name in RATINGS})
    off = states[list(RATINGS)].to_numpy() == "TB"
    joined = [
        ";".join(name for name, is_off in zip(RATINGS, one, strict=True) if is_off) for one in off
    ]
    found.insert(0, "key", partner_keys(rows, register.dossier.region.code))
    return found.assign(
        not_asked=pd.Series(joined, found.index, dtype="str"),
        place=places(register, TABLE, rows, "mitra_nama"),
    )


def partner_keys(rows: pd.DataFrame, home: str) -> "pd.Series[str]":
    """What names the partner of each row: a region's code where it is a region, else its folded name.

    Args:
        rows: With `mitra_nama`, `mitra_jenis` and `kode_wilayah`.
        home: The region where they were written, which tells initials apart.
    """
    kinds, codes, names = (
        rows[name].fillna("") for name in ("mitra_jenis", "kode_wilayah", "mitra_nama")
    )
    found = [
        (kind == _REGION and _region(code, name, home)) or folded_name(name)
        for kind, code, name in zip(kinds, codes, names, strict=True)
    ]
    return pd.Series(found, rows.index, dtype="str")


def _region(code: str, name: str, home: str) -> str:
    """The code of the region that is meant, by code or exact name; blank where it is none."""
    return code if region_or_none(code) is not None else region_named(name, home)


def folded_name(name: str) -> str:
    """A name without case, marks and spaces too many: `PT. Bank  Kalsel` is `pt bank kalsel`."""
    return _LETTERS.sub(" ", name.casefold()).strip()


def places(register: Register, table: str, rows: pd.DataFrame, field: str) -> "pd.Series[str]":
    """File, sheet and cell of an answer in each row; blank where a register has none."""
    found = [place(register, table, key, field) for key in rows["row_key"]]
    return pd.Series(found, rows.index, dtype="str")


def place(register: Register, table: str, row_key: str, field: str) -> str:
    """File, sheet and cell of one answer; blank where there is no such answer."""
    return str(where_of(register, table, row_key, field))


def where_of(register: Register, table: str, row_key: str, field: str) -> Where:
    """The place of one answer; an empty place where there is no such answer."""
    try:
        return register.where(table, row_key, field)
    except KeyError:
        return Where()


def code_flags(
    texts: "pd.Series[str]", codes: list[str]
) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Which of `codes` each text names; codes are joined by `;`.

    Returns:
        A row per text, a column per code.
    """
    named = [frozenset(text.split(";")) for text in texts.fillna("")]
    flags = np.zeros((len(named), len(codes)), dtype=bool)
    for column, code in enumerate(codes):
        flags[:, column] = [code in one for one in named]
    return flags
