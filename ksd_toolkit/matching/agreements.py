"""Which regions a register knows as partners: signed with, or named in an usulan."""

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.questionnaire.places import region_named
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.register import Register

_REGION: Final = "pemda"
_DRAFT: Final = "rancangan"


def signed_with(register: Register) -> tuple[Mapping[str, tuple[str, ...]] | None, tuple[str, ...]]:
    """The signed documents with each region, by code.

    Returns:
        Numbers of documents by region, None where the register holds no document at all; and names
        of governments that are no region's exact name.
    """
    naskah = register.table("naskah")
    if naskah.empty:
        return None, ()
    signed = naskah[(naskah["mitra_jenis"] == _REGION) & (naskah["status"] != _DRAFT)]
    found: dict[str, tuple[str, ...]] = {}
    strange = []
    for _, row in records(signed):
        code = region_named(str(row["mitra_nama"]), register.dossier.region.code)
        if code:
            found[code] = (*found.get(code, ()), str(row["no_dok"]))
        else:
            strange.append(str(row["mitra_nama"]))
    return found, tuple(dict.fromkeys(strange))


def named_in(register: Register) -> Mapping[str, tuple[str, ...]]:
    """The usulan that name each region as a partner, by code."""
    found: dict[str, tuple[str, ...]] = {}
    for code, usulan_id in _named(register.mitra, register.dossier.region.code):
        found[code] = tuple(dict.fromkeys((*found.get(code, ()), usulan_id)))
    return found


def _named(mitra: pd.DataFrame, home: str) -> Iterator[tuple[str, str]]:
    for _, row in records(mitra[mitra["mitra_jenis"] == _REGION]):
        code, name = row["kode_wilayah"], row["mitra_nama"]
        if isinstance(code, str) and region_or_none(code):
            yield code, str(row["usulan_id"])
        elif isinstance(name, str) and (meant := region_named(name, home)):
            yield meant, str(row["usulan_id"])
