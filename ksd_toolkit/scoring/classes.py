"""Classes I, II, III and ditunda: by points, refused without coverage, raised or capped in the open."""

from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.method import Method

NO_CLASS = "-"
Names = np.ndarray[Any, Any]
"""n texts."""

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
    points, coverage = table["points"].to_numpy(), table["coverage"].to_numpy()
    mandatory = table["jenis"].isin(method.floor_types).to_numpy()
    unknown = benefit_unknown(register, method, table.index)
    result, change = class_names(points, coverage, mandatory, unknown, method)
    return pd.DataFrame({"class_name": result, "class_change": change}, index=table.index)


def class_names(
    points: Floats, coverage: Floats, mandatory: Booleans, unknown: Booleans, method: Method
) -> tuple[Names, Names]:
    """The classes of printed points, and what changed each.

    Args:
        points: n printed points, 0 to 100.
        coverage: n shares 0 to 1 of the applicable weight that was answered.
        mandatory: n flags, True where the type raises the class to the floor; or one for all.
        unknown: n flags, True where the class is capped; or one for all.
        method: One with classes.
    """
    names = [band.name for band in method.bands]
    lowers = np.array([band.lower for band in method.bands])
    level = (points[:, None] < lowers[:-1]).sum(axis=1)  # the last takes what no other took
    change = np.full(len(points), "", dtype=object)

    capped = unknown & (level < names.index(method.cap_class))
    level[capped], change[capped] = names.index(method.cap_class), "cap"

    floor = names.index(method.floor_class)
    raised = mandatory & (level > floor)
    level[raised], change[raised] = floor, "floor"

    thin = coverage < method.coverage_minimum - _SUM_GUARD
    result = np.where(thin, NO_CLASS, np.array(names)[level])
    change[thin] = "coverage"
    return result, change


def benefit_unknown(register: Register, method: Method, usulan: "pd.Index[str]") -> Booleans:
    """Where the field of the cap has no answer although it applies (`TB` says that it does not)."""
    field = method.cap_field
    blank = remembered("benefit_unknown", field, register, lambda: _blank(register, field))
    found: Booleans = blank.loc[usulan].to_numpy(dtype=bool)
    return found


def _blank(register: Register, field: str) -> "pd.Series[bool]":
    """Of every usulan whether a field has no answer although it applies."""
    proposals = register.tables.frames["usulan"]
    off = register.tables.states["usulan"][field] == "TB"
    blank = proposals[field].isna().to_numpy() & ~off.to_numpy()
    return pd.Series(blank, index=proposals["usulan_id"].to_numpy())
