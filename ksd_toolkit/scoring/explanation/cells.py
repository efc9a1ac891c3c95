"""The cells behind every number: answers, whose median is official, and the weight they meet."""

from typing import TYPE_CHECKING, Final

import pandas as pd

from ksd_toolkit.scoring.basis import SUPPOSED

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

_ROLES: Final = ("TKKSD", "OPD")


def trace(ranking: "Ranking", usulan: str) -> pd.DataFrame:
    """Every answer behind an usulan's score: `criterion, question, rater, answer, file, sheet, cell`."""
    register = ranking.register
    found: list[tuple[str, ...]] = []
    for key, field in _answers_behind(ranking, usulan):
        table, row_key, criterion, rater = key
        told = register.tables.told.get((table, row_key, field))
        if told is not None:
            answer, place = told
            found.append((criterion, field, rater, answer, place.file, place.sheet, place.cell))
    return pd.DataFrame(
        found, columns=["criterion", "question", "rater", "answer", "file", "sheet", "cell"]
    )


_FIELDS_OF_RULE = {
    "K2A": ("rpjmd_ref", "rkpd_ref", "renstra_ref", "alasan_di_luar_rencana", "indikator"),
    "K2B": ("urusan_kode", "isu"),
    "K3B": ("manfaat_daerah", "manfaat_mitra", "manfaat_masyarakat"),
    "RISK": tuple(
        f"risiko_{risk}_{side}"
        for risk in ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
        for side in ("k", "d")
    ),
    "SIAP": ("bukti_uraian", "bukti_tahun", "bukti_sumber", "dokumen_siap"),
}


def _answers_behind(ranking: "Ranking", usulan: str) -> list[tuple[tuple[str, str, str, str], str]]:
    register = ranking.register
    behind = []
    nilai = register.nilai
    mine = nilai.loc[nilai["usulan_id"] == usulan, ["kriteria_kode", "row_key", "penilai"]]
    rated = list(mine.itertuples(index=False, name=None))
    partners = register.mitra
    for criterion in ranking.method.criteria:
        if criterion.origin == "nilai":
            behind += [
                (("nilai", key, code, rater), "skor")
                for code, key, rater in rated
                if code == criterion.code
            ]
        elif criterion.code == "MITRA":
            keys = partners.loc[partners["usulan_id"] == usulan, "row_key"]
            behind += [
                (("mitra", key, "MITRA", ""), field)
                for key in keys
                for field in ("otoritas", "kompetensi", "sumber_daya", "minat")
            ]
        else:
            fields = (criterion.field,) if criterion.field else _FIELDS_OF_RULE[criterion.code]
            behind += [(("usulan", usulan, criterion.code, ""), field) for field in fields]
    return behind


def provenance(ranking: "Ranking", usulan: str) -> pd.DataFrame:
    """Where every part of an usulan's score comes from, one row per criterion in table order.

    Returns:
        Indexed by criterion: `level` (missing where unanswered), `applicable`, `source` (`TKKSD` or
        `OPD` whose median it is, `rule`, or what a what-if supposed), `raters` and `cells` behind it
        (`file!sheet!cell`, none where it was supposed), `weight_percent` with `method` and
        `method_sha256` that state it, and the `points` it adds.
    """
    leaves, method = ranking.leaves, ranking.method
    behind = trace(ranking, usulan)
    rows = {}
    for code in method.weights:
        source = str(leaves.source.at[usulan, code])
        mine = behind[_counts(behind, code, source)]
        rows[code] = {
            "level": leaves.answers.at[usulan, code],
            "applicable": bool(leaves.applicable.at[usulan, code]),
            "source": source,
            "raters": "; ".join(sorted(set(mine["rater"]) - {""})),
            "cells": "; ".join(
                "!".join(place)
                for place in zip(mine["file"], mine["sheet"], mine["cell"], strict=True)
            ),
            "weight_percent": method.weights[code],
            "method": method.name,
            "method_sha256": method.sha256,
            "points": ranking.contributions.at[usulan, code],
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("criterion")


def _counts(behind: pd.DataFrame, code: str, source: str) -> "pd.Series[bool]":
    """The cells a level rests on: of the official role where it is a median, none where supposed."""
    mine = behind["criterion"] == code
    if source == SUPPOSED:
        return mine & False
    return mine & behind["rater"].str.startswith(f"{source}-") if source in _ROLES else mine
