"""Say what evidence proposes to the scores of an usulan, and the answers that decide it."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.matching.proposals import proposals
from ksd_toolkit.messages import count, join_words
from ksd_toolkit.publishing.answers_asked import Place, usulan_places
from ksd_toolkit.publishing.asked_figures import first_of
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.publishing.partners_legal import PARTNER
from ksd_toolkit.tables.candidate_cells import level

_WRITTEN: Final = {"SAMA": "kesamaan_kekuatan"}
_LAW_ON: Final = (
    "kewenangan", "kewenangan_dasar", "bertentangan", "urusan_kode", "objek", "eksternalitas_lokasi",
    "eksternalitas_pengguna", "eksternalitas_dampak", "efisien_bersama", "studi_kelayakan",
    "syarat_pasal_18", "syarat_pasal_27", "alasan_di_luar_rencana",
)  # fmt: skip
"""The questions that decide what is proposed for HUK."""


def _proposed(asked: AskedPartner) -> pd.DataFrame:
    def find() -> pd.DataFrame:
        ranking = asked.evidence.ranking
        return proposals(asked.register, ranking, asked.under(""), asked.lang)

    return asked.once("proposed", find)


def _evidence(asked: AskedPartner) -> Computation:
    """A value that evidence proposes for a criterion, its reason, evidence or state."""
    usulan, criterion = asked.names[0], asked.names[-1]
    found = _proposed(asked)
    row = first_of(found[(found["usulan_id"] == usulan) & (found["kriteria_kode"] == criterion)])
    if asked.measure == "proposed":
        asked.must_print(level(row["skor"], asked.lang))
    facts = {
        "usulan": usulan, "criterion": criterion, "reason": str(row["alasan"]).rstrip("."),
        "score": level(row["skor"], asked.lang),
    }  # fmt: skip
    return asked.rest_on(_proposed_on(asked, usulan, criterion, str(row["bukti"])), **facts)


def _proposed_on(
    asked: AskedPartner, usulan: str, criterion: str, evidence: str
) -> tuple[Place, ...]:
    """The answers that decide a proposed value: those its evidence names, partners, documents, forum."""
    mitra = asked.register.mitra
    mine = [str(key) for key in mitra.loc[mitra["usulan_id"] == usulan, "row_key"]]
    partners = tuple(("mitra", key, field) for key in mine for field in PARTNER)
    if criterion == "HUK":
        named = tuple(("usulan", usulan, one) for one in _LAW_ON if f"{one}: " in evidence)
        return (*named, *(partners if f"{PARTNER[-1]}: " in evidence else ()))
    if criterion in _WRITTEN:
        figures = [
            place
            for (_, where), found in asked.indicator_places.items()
            if f"({where})" in evidence
            for place in found
        ]
        return (*figures, *partners, *_documents(asked, usulan), *_words(asked, usulan),
                ("usulan", usulan, _WRITTEN[criterion]))  # fmt: skip
    ratings = ("mitra_nama", "otoritas", "kompetensi", "sumber_daya", "minat")
    return (*(("mitra", key, field) for key in mine for field in ratings), *_words(asked, usulan))


def _documents(asked: AskedPartner, usulan: str) -> tuple[Place, ...]:
    rows = asked.register.table("naskah")
    mine = rows.loc[rows["usulan_id"] == usulan, "row_key"]
    return tuple(("naskah", str(key), "no_dok") for key in mine)


def _words(asked: AskedPartner, usulan: str) -> tuple[Place, ...]:
    rows = asked.register.table("forum")
    mine = rows.loc[rows["usulan_id"] == usulan, "row_key"]
    return tuple(("forum", str(key), "minat") for key in mine)


def _proposed_table(asked: AskedPartner) -> Computation:
    """How many values evidence proposes, for which criteria."""
    found = _proposed(asked)
    ids = list(dict.fromkeys(map(str, found["usulan_id"])))
    kinds = found["kriteria_kode"].value_counts(sort=False)
    told = [f"{name} {count(int(number), asked.lang)}" for name, number in kinds.items()]
    facts = {"n": count(len(found), asked.lang), "usulan": count(len(ids), asked.lang)}
    facts["kinds"] = join_words(told, asked.lang)
    return asked.on(usulan_places(ids, "judul"), counted=ids, **facts)


PROPOSED: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    **{
        ("bukti", one): _evidence
        for one in ("proposed", "proposed_why", "proposed_evidence", "proposed_state")
    },
    ("bukti", "table_proposed"): _proposed_table,
}
"""By kind of subject and measure."""
