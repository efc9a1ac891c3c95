"""What is known before any weight, gathered: a region, or a register, and what an office brought."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ksd_toolkit.atlas import Atlas
from ksd_toolkit.columns import records
from ksd_toolkit.matching.agreements import named_in, signed_with
from ksd_toolkit.matching.gathered import Others
from ksd_toolkit.matching.ground import (
    Ground,
    candidates_of,
    check_party,
    feasibility_parts,
    fiscal_figures,
    pair_table,
)
from ksd_toolkit.matching.legal_conditions import all_conditions
from ksd_toolkit.matching.percentiles import VALUE_COLUMNS, Floats
from ksd_toolkit.matching.profiles import Heard, Profiles, no_values, profiles
from ksd_toolkit.matching.questionnaire_needs import others_of, said_in
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.matching.spoken import strongest
from ksd_toolkit.regions import find_region
from ksd_toolkit.register import Register


def read_ground(home: "Register | str", atlas: Atlas, settings: MatchSettings) -> Ground:
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
    others = others_of(register.dossier) if register is not None else Others()
    agreements, strange = signed_with(register) if register is not None else (None, ())
    candidates, values = candidates_of(region), all_values(register, atlas)
    said = said_in(register, settings) if register is not None else ()
    classes = _fiscal(values, [*(other.code for other in candidates), region.code])
    return Ground(
        home=region,
        candidates=candidates,
        register=register,
        others=others,
        atlas=atlas,
        figures=values,
        profiles=_profiles(said, others, values, settings),
        said=said,
        conditions=all_conditions(register) if register is not None else {},
        pairs=pair_table(region, candidates),
        parts=feasibility_parts(region, candidates, classes, agreements),
        agreements=agreements,
        strange=strange,
        named=named_in(register) if register is not None else {},
    )


def read_again(ground: Ground, settings: MatchSettings) -> Ground:
    """The same ground with the needs and capacities of other settings; no file is read."""
    said = said_in(ground.register, settings) if ground.register is not None else ()
    again = _profiles(said, ground.others, ground.figures, settings)
    return replace(ground, profiles=again, said=said)


def _profiles(
    said: tuple[Heard, ...],
    others: Others,
    values: pd.DataFrame,
    settings: MatchSettings,
) -> Profiles:
    """The profiles of all regions, with what our usulan and those of other registers say."""
    return profiles(values, settings, (*others.strongest(settings), *strongest(said)))


def all_values(register: Register | None, atlas: Atlas) -> pd.DataFrame:
    """Indicators of the dossier, then those of the atlas by source, in the columns `VALUE_COLUMNS`."""
    parts = []
    if register is not None and len(own := dossier_values(register)):
        parts.append(own)
    if len(atlas.indicators):
        texts = {"unit": "", "source": "", "place": ""}
        brought = atlas.indicators.fillna(texts).sort_values("source", kind="stable")
        parts.append(brought[list(VALUE_COLUMNS)])
    return pd.concat(parts, ignore_index=True) if parts else no_values()


def dossier_values(register: Register) -> pd.DataFrame:
    """The table `indikator` of a dossier, each figure with the cell it came from."""
    rows = [
        (
            row["kode_wilayah"],
            row["indikator"],
            int(row["tahun"]),
            row["nilai"],
            "" if pd.isna(row["satuan"]) else row["satuan"],
            "" if pd.isna(row["sumber"]) else row["sumber"],
            str(register.where("indikator", row["row_key"], "nilai")),
            False,
        )
        for _, row in records(register.table("indikator"))
        if not (pd.isna(row["nilai"]) or pd.isna(row["tahun"]))
    ]
    return pd.DataFrame(rows, columns=list(VALUE_COLUMNS)).astype(no_values().dtypes.to_dict())


def _fiscal(values: pd.DataFrame, codes: list[str]) -> Floats:
    """The newest class of fiscal capacity of each region, NaN where none was brought."""
    figures, are_classes = fiscal_figures(values)
    rows = figures[are_classes].sort_values(["code", "year"], kind="stable")
    newest = rows.drop_duplicates("code", keep="last").set_index("code")["value"]
    return newest.reindex(codes).to_numpy(dtype=np.float64)
