"""What the mapping found: issues by office, affairs by type, and the five problems as levels."""

from typing import Final

import pandas as pd

from ksd_toolkit.law import all_isu
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.jenis import derive_types
from ksd_toolkit.scoring.jenis_table import type_families
from ksd_toolkit.scoring.overview import PROBLEMS, overview

TOTAL: Final = "usulan"


def issues_by_office(register: Register) -> pd.DataFrame:
    """How many usulan of each office name each strategic issue.

    Returns:
        One row per office asked, indexed by `opd_kode` in the order of `opd.csv`; one column per
        issue (`ISU-A`..`ISU-H`) and `usulan`, the office's usulan in all. An usulan with two
        issues counts under both, so a row's issues may add up to more than its usulan.

    Source:
        The seed brief: "potensi dan permasalahan" of each OPD by the strategic issues a-h.
    """
    usulan = register.usulan
    named = usulan["isu"].fillna("").str.split(";")
    pairs = usulan.assign(isu=named).explode("isu").drop_duplicates(["usulan_id", "isu"])
    counts = pd.crosstab(pairs["opd_kode"], pairs["isu"].str.strip())
    offices = register.dossier.offices.index
    codes = [topic.code for topic in all_isu()]
    matrix = counts.reindex(index=offices, columns=codes, fill_value=0)
    in_all = usulan["opd_kode"].value_counts().reindex(offices, fill_value=0)
    return matrix.assign(**{TOTAL: in_all}).astype(int)


def affairs_by_type(register: Register) -> pd.DataFrame:
    """How many usulan of each government affair are of each family of types.

    Returns:
        One row per affair somebody proposed in, by code; one column per family and `usulan`.

    Source:
        UU 23/2014 Pasal 12 (affairs) and Pasal 363 (types).
    """
    types = derive_types(register)
    affairs = register.usulan.set_index("usulan_id")["urusan_kode"].fillna("")
    matrix = pd.crosstab(affairs, types["family"])
    matrix = matrix.reindex(columns=type_families(), fill_value=0)
    return matrix.assign(**{TOTAL: matrix.sum(axis=1)}).astype(int)


def problem_levels(register: Register) -> pd.DataFrame:
    """The mean level 0-4 of each of the five problems, now and in the period before.

    Returns:
        One row per problem `d1`..`d5`: `now`, `before` (missing without an earlier period),
        `immature` and `answered` offices now.

    Source:
        The seed brief: permasalahan a-e; levels after the anchors of the questionnaire.
    """
    now = overview(register).maturity
    before = overview(register.previous).maturity["mean"] if register.previous else None
    return pd.DataFrame(
        {
            "now": now["mean"],
            "before": before if before is not None else float("nan"),
            "immature": now["immature"],
            "answered": now["answered"],
        },
        index=pd.Index(PROBLEMS),
    )
