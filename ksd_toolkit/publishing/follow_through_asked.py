"""Find the rows that the journeys of some usulan are read from, and name the usulan."""

from functools import partial
from typing import Any, Final

import pandas as pd

from ksd_toolkit.messages import count
from ksd_toolkit.publishing.asked_figures import Row
from ksd_toolkit.publishing.evaluation_asked import Asked
from ksd_toolkit.publishing.evidence import Computation

READ: Final = (
    "usulan_id", "judul", "status_usulan", "no_dok", "jenis_dok", "tgl_ttd", "berakhir", "status",
    "alasan_berakhir", "tahap", "tanggal", "periode", "penerima_manfaat", "hasil_uang", "hasil_barang",
)  # fmt: skip


def names_in(text: Any) -> list[str]:
    """The usulan a cell lists."""
    return [name for name in str(text).split("; ") if name]


def behind(asked: Asked, names: list[str]) -> list[Row]:
    """The usulan, the documents of their journeys, and the stages and monitoring of these."""
    documents = asked.once("documents_of_journeys", lambda: _documents_of(asked.review.journeys))
    told = {number for name in names for number in documents.get(name, ())}
    rows: list[Row] = [*asked.usulan(names), *(("naskah", number) for number in sorted(told))]
    for name in ("tahapan", "monev"):
        held = asked.once(f"{name}_by_document", partial(_by_document, asked, name))
        rows += [(name, key) for number, key in held if number in told]
    return rows


def _documents_of(journeys: pd.DataFrame) -> dict[str, list[str]]:
    """The numbers of the documents of every journey, by `period/usulan`."""
    names = journeys["periode"] + "/" + journeys["usulan_id"]
    told = journeys["documents"].fillna("")
    return {name: names_in(text) for name, text in zip(names, told, strict=True)}


def _by_document(asked: Asked, name: str) -> list[tuple[str, str]]:
    """The document and the key of every row of a table."""
    table = asked.evidence.register.table(name)
    return list(zip(map(str, table["no_dok"]), map(str, table["row_key"]), strict=True))


def listed(asked: Asked, found: pd.DataFrame, **facts: str) -> Computation:
    """How many usulan, and which."""
    names = list(found["periode"] + "/" + found["usulan_id"])
    n = count(len(names), asked.lang)
    told = asked.some([str(name) for name in names])
    return asked.told(behind(asked, names), READ, n=n, names=told, **facts)
