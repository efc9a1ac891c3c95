"""What is known before any weight, gathered: a region, or a register, and what an office brought."""

import numpy as np
import pandas as pd

from ksd_toolkit.matching.brought import Brought
from ksd_toolkit.matching.ground import (
    FISCAL_CLASS,
    Ground,
    candidates_of,
    check_party,
    feasibility_parts,
    relations_of,
)
from ksd_toolkit.matching.indicators import code_of
from ksd_toolkit.matching.percentiles import VALUE_COLUMNS, Floats, known_regions
from ksd_toolkit.matching.profiles import no_values, profiles
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.regions import find_region
from ksd_toolkit.register import Register


def read_ground(home: "Register | str", atlas: Brought | None, settings: MatchSettings) -> Ground:
    """Everything the matching of one region stands on.

    Args:
        home: A register, or a region by code or name.
        atlas: Indicators an office brought.
        settings: Which of them make needs and capacities.

    Raises:
        InputError: There is no such region, or it is no party of cooperation.
    """
    register = None if isinstance(home, str) else home
    region = find_region(home) if isinstance(home, str) else home.dossier.region
    check_party(region)
    candidates = candidates_of(region)
    values = all_values(register, atlas)
    codes = [other.code for other in candidates]
    return Ground(
        home=region,
        candidates=candidates,
        register=register,
        atlas=atlas,
        values=values,
        profiles=profiles(values, settings),
        relations=relations_of(region, candidates),
        parts=feasibility_parts(region, candidates, _fiscal(values, [*codes, region.code]), None),
        agreements=None,
        named={},
    )


def all_values(register: Register | None, atlas: Brought | None) -> pd.DataFrame:
    """Indicators of the dossier, then those of the atlas, in the columns `VALUE_COLUMNS`."""
    parts = [no_values()]
    if atlas is not None and len(atlas.indicators):
        brought = atlas.indicators
        if "suspect" not in brought:
            brought = brought.assign(suspect=False)
        parts.append(brought[list(VALUE_COLUMNS)])
    return pd.concat(parts[1:], ignore_index=True) if parts[1:] else parts[0]


def _fiscal(values: pd.DataFrame, codes: list[str]) -> Floats:
    """The newest class of fiscal capacity of each region, NaN where none was brought."""
    rows = values[known_regions(values) & (values["indicator"].map(code_of) == FISCAL_CLASS)]
    rows = rows[rows["value"].isin([1, 2, 3, 4, 5])].sort_values(["code", "year"], kind="stable")
    newest = rows.drop_duplicates("code", keep="last").set_index("code")["value"]
    return newest.reindex(codes).to_numpy(dtype=np.float64)
