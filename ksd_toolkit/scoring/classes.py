"""Classes I, II, III and ditunda: by points, refused without coverage, raised or capped in the open."""

from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.scoring.method import Method

NO_CLASS = "-"
_SUM_GUARD = 1e-9  # weights such as 8.4 add up to a hair less than they do on paper


def classify(table: pd.DataFrame, register: Register, method: Method) -> pd.DataFrame:
    """The class of every ranked usulan and what changed it.

    Returns:
        `class_name` (`-` while too little was answered) and `class_change`: empty, `coverage`,
        `floor` (raised because mandatory), `cap` (partner's benefit unknown) or `method` (net flows
        rank, and fall into no class).

    Source:
        UU 23/2014 Pasal 364 (mandatory cooperation is taken over when not carried out);
        the seed's "saling menguntungkan".
    """
    if not method.has_classes:
        return pd.DataFrame({"class_name": NO_CLASS, "class_change": "method"}, index=table.index)
    names = [band.name for band in method.bands]
    lowers = np.array([band.lower for band in method.bands])
    points = table["points"].to_numpy()
    level = (points[:, None] < lowers[:-1]).sum(axis=1)  # the last takes what no other took
    change = np.full(len(table), "", dtype=object)

    capped = _unknown(register, method.cap_field, table.index) & (
        level < names.index(method.cap_class)
    )
    level[capped], change[capped] = names.index(method.cap_class), "cap"

    floor = names.index(method.floor_class)
    raised = table["jenis"].isin(method.floor_types).to_numpy() & (level > floor)
    level[raised], change[raised] = floor, "floor"

    thin = table["coverage"].to_numpy() < method.coverage_minimum - _SUM_GUARD
    result = np.where(thin, NO_CLASS, np.array(names)[level])
    change[thin] = "coverage"
    return pd.DataFrame({"class_name": result, "class_change": change}, index=table.index)


def _unknown(register: Register, field: str, usulan: "pd.Index[str]") -> "np.ndarray[Any, Any]":
    """Where a field has no answer although it applies (`TB` says that it does not)."""
    ids = register.usulan["usulan_id"].to_numpy()
    blank = pd.Series(register.usulan[field].isna().to_numpy(), index=ids)
    off = pd.Series((register.tables.states["usulan"][field] == "TB").to_numpy(), index=ids)
    return (blank & ~off).loc[usulan].to_numpy()
