"""What is known of a region and every candidate before any weight: relation, cells, feasibility."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.atlas import Atlas
from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.gathered import Others
from ksd_toolkit.matching.indicators import code_of
from ksd_toolkit.matching.legal_conditions import Conditions
from ksd_toolkit.matching.percentiles import Booleans, Floats, known_regions
from ksd_toolkit.matching.profiles import Heard, Profiles
from ksd_toolkit.matching.settings import PARTS, MatchSettings
from ksd_toolkit.regions import Region, Relation, all_regions, parties, relation
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.mandatory import pair_of
from ksd_toolkit.stamp import Stamp

FISCAL_CLASS: Final = "kapasitas_fiskal"
FISCAL_SCALE: Final = (1.0, 5.0)  # the five classes, very low to very high


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One region, its candidates in code order and what holds of each pair whatever the weights.

    `figures` are all indicators, long. `pairs` says how each candidate lies to the region, and `parts`
    are the parts of feasibility (NaN where unknown), both one row per candidate. `agreements` names
    the signed documents with each region, None without a register that holds any, and `strange` the
    governments in them that are no region's exact name; `named` are the usulan that name a region as
    a partner. `said` is what each usulan of ours says of its cells, `conditions` what it answered of
    the conditions of the law. `others` is what other regions in the project say.
    """

    home: Region
    candidates: tuple[Region, ...]
    register: Register | None
    others: Others
    atlas: Atlas
    figures: pd.DataFrame
    profiles: Profiles
    said: tuple[Heard, ...]
    conditions: Mapping[str, Conditions]
    pairs: pd.DataFrame
    parts: pd.DataFrame
    agreements: Mapping[str, tuple[str, ...]] | None
    strange: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]

    @property
    def codes(self) -> list[str]:
        """The codes of the candidates."""
        return [region.code for region in self.candidates]

    @property
    def level(self) -> str:
        """`province`, or `region` for a regency or city."""
        return level_of(self.home.code)

    @property
    def parts_with_meaning(self) -> tuple[str, ...]:
        """The parts of feasibility that can be asked: two provinces are never in one province."""
        return tuple(name for name in PARTS if name != "same_province" or self.level == "region")


def fiscal_figures(figures: pd.DataFrame) -> tuple[pd.DataFrame, Booleans]:
    """The figures of fiscal capacity that regions have, and which of them are one of the classes."""
    mine = known_regions(figures) & (figures["indicator"].map(code_of) == FISCAL_CLASS).to_numpy()
    rows = figures[mine & figures["value"].notna().to_numpy()]
    low, high = (int(end) for end in FISCAL_SCALE)
    return rows, rows["value"].isin(range(low, high + 1)).to_numpy(dtype=bool)


def level_of(code: str) -> str:
    """`province`, or `region` for a regency or city."""
    return "region" if "." in code else "province"


def check_party(home: Region) -> None:
    """Refuse a region that is no party of cooperation and name the one that is.

    Raises:
        InputError: It is an administrative part of a province.

    Source:
        Which regions are parties: `knowledge/regions.csv`, column `pihak_ksd`.
    """
    if not home.is_party:
        province = next(r for r in all_regions() if r.code == home.province)
        party, party_code = province.name, province.code
        raise InputError(
            "match.no_party", name=home.name, unit=home.code, party=party, party_code=party_code
        )


def candidates_of(home: Region) -> tuple[Region, ...]:
    """Every party of the same level except the region itself."""
    level = level_of(home.code)
    return tuple(r for r in parties() if level_of(r.code) == level and r.code != home.code)


def pair_table(home: Region, candidates: tuple[Region, ...]) -> pd.DataFrame:
    """Name and place of each candidate: `name, province, relation, border_km, gap_km, distance_km, letter`."""
    lies = [relation(home.code, region.code) for region in candidates]
    provinces = {
        region.code: region.short_name for region in all_regions() if "." not in region.code
    }
    return pd.DataFrame(
        {
            "name": [region.name for region in candidates],
            "province": [provinces[region.province] for region in candidates],
            "relation": [one.kind for one in lies],
            "border_km": np.array([one.border_km for one in lies], dtype=np.float64),
            "gap_km": np.array([one.gap_km for one in lies], dtype=np.float64),
            "distance_km": np.array([one.distance_km for one in lies], dtype=np.float64),
            "letter": [
                letter(home.code, region.code, one)
                for region, one in zip(candidates, lies, strict=True)
            ],
        },
        index=pd.Index([region.code for region in candidates], name="code", dtype="str"),
    )


def other_level(home: Region) -> pd.DataFrame:
    """Parties of the other level with a border or the law's bond: `code, name, relation, border_km, letter`."""
    found = [
        (region, lies)
        for region in parties()
        if level_of(region.code) != level_of(home.code)
        and (lies := relation(home.code, region.code)).may_be_mandatory
    ]
    return pd.DataFrame(
        {
            "code": [region.code for region, _ in found],
            "name": [region.name for region, _ in found],
            "relation": [lies.kind for _, lies in found],
            "border_km": [lies.border_km for _, lies in found],
            "letter": [letter(home.code, region.code, lies) for region, lies in found],
        }
    ).astype({"border_km": "float64"})


def letter(home: str, other: str, lies: Relation) -> str:
    """The letter of the pair if the cooperation were mandatory; empty where it cannot be."""
    return pair_of(home, other).letter if lies.may_be_mandatory else ""


def feasibility_parts(
    home: Region,
    candidates: tuple[Region, ...],
    fiscal_class: Floats,
    agreements: Mapping[str, tuple[str, ...]] | None,
) -> pd.DataFrame:
    """The parts of feasibility, 0 to 1, NaN where unknown or without meaning, one row per candidate.

    Two provinces are never in one province: the part has no meaning there and leaves the base. The
    weaker party's purse decides.

    Args:
        home: The region.
        candidates: n others.
        fiscal_class: n + 1 classes 1 to 5, home's last, NaN where unknown.
        agreements: Signed documents by region; None where nothing is known of any.
    """
    codes = [region.code for region in candidates]
    level = level_of(home.code)
    same = [float(r.province == home.province) if level == "region" else np.nan for r in candidates]
    low, high = FISCAL_SCALE
    weaker = np.minimum(fiscal_class[:-1], fiscal_class[-1])
    past = [np.nan if agreements is None else float(code in agreements) for code in codes]
    values = np.column_stack([same, (weaker - low) / (high - low), past])
    return pd.DataFrame(values, index=pd.Index(codes, name="code"), columns=list(PARTS))


def stamp_of(ground: Ground, settings: MatchSettings, lang: str) -> Stamp:
    """The files the result depends on; those of another region carry the name of its dossier."""
    register, sources = ground.register, ground.atlas.sources
    if register is None:
        stamp = Stamp(ground.home.code, settings.facts_date, lang, simulated=False, sources=sources)
        return stamp.with_method(settings.name, settings.sha256)
    own = register.stamp.in_language(lang)
    known = {source.sha256 for source in own.sources}
    sources = tuple(source for source in sources if source.sha256 not in known)
    stamp = replace(
        own,
        sources=(*own.sources, *ground.others.sources(), *sources),
        simulated=own.simulated or ground.others.simulated,
    )
    return stamp.with_method(settings.name, settings.sha256)
