"""Find partners for a region: four visible criteria, their weighted points, and how firm the first are."""

from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from ksd_toolkit.atlas import EMPTY, Atlas
from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.benchmark_list import benchmark
from ksd_toolkit.matching.explaining import explain_all, explain_match
from ksd_toolkit.matching.ground import Ground, stamp_of
from ksd_toolkit.matching.indicators import Cell
from ksd_toolkit.matching.lenses import (
    lens_of,
    lens_weights,
    other_level_through,
    seen_through,
)
from ksd_toolkit.matching.percentiles import Floats
from ksd_toolkit.matching.profiles import Profiles
from ksd_toolkit.matching.reading import read_again, read_ground
from ksd_toolkit.matching.reasons import Look, help_cells, shared_cells, strongest_shared
from ksd_toolkit.matching.settings import MatchSettings, match_settings
from ksd_toolkit.matching.unknown import what_is_unknown
from ksd_toolkit.matching.weighing import in_printed_order, top_shares, weighed
from ksd_toolkit.messages import language
from ksd_toolkit.regions import Region, find_region
from ksd_toolkit.register import Register
from ksd_toolkit.stamp import Stamp


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """The candidates of one region in printed order, with the reasons for it.

    `table` is indexed by `code`: `rank, name, province, points, worst, best, coverage`, the four
    criteria (0 to 1, NaN where unknown), `common_cells` (known for both), `few_cells` (so few that
    shared problems are no finding), `relation, border_km, gap_km, distance_km, letter, sparse, named,
    top_share`. A candidate of whom less than `min_coverage` is known while enough is known of others
    is `sparse`: it is ranked after all of those and has no `top_share`. One of whom nothing that weighs
    is known has no points and no rank and stands last. `lens` says what was looked at, `seen` is what
    is known through it.
    """

    ground: Ground
    seen: Ground
    settings: MatchSettings
    lens: str
    lang: str
    stamp: Stamp
    table: pd.DataFrame

    def __repr__(self) -> str:
        lens = f", {self.lens}" if self.lens else ""
        return f"Matches({self.home.name}: {len(self.table)} calon mitra{lens})"

    @property
    def unknown(self) -> tuple[str, ...]:
        """What the result does not rest on, a sentence each."""
        lens = lens_of(self.lens, self.ground)
        return what_is_unknown(self.seen, self.settings, lens, self.table, self.lang)

    @property
    def home(self) -> Region:
        """The region partners are sought for."""
        return self.ground.home

    @property
    def register(self) -> Register | None:
        """Its register, where the search began with one."""
        return self.ground.register

    @property
    def atlas(self) -> Atlas:
        """What an office brought about regions."""
        return self.ground.atlas

    @property
    def profiles(self) -> Profiles:
        """Needs and capacities of all regions with their evidence, as the lens shows them."""
        return self.seen.profiles

    def replace(self, **changes: Any) -> Self:
        """The same region under other settings, no file read again.

        `matches.replace(weights={"nearness": 0})`; any field of `MatchSettings` may be changed.

        Raises:
            MethodError: The changed settings make no sense, or nothing can be ranked by them.
        """
        return self.under(self.settings.replace(**changes))

    def under(self, settings: MatchSettings) -> Self:
        """The same region under these settings.

        Raises:
            MethodError: Nothing that weighs is known of any candidate.
        """
        ground = self.ground
        if settings.profile_facts != self.settings.profile_facts:
            ground = read_again(ground, settings)
        return _matched(ground, settings, self.lens, self.lang)  # type: ignore[return-value]

    def under_lens(self, lens: str) -> Self:
        """The same region seen through a lens: an isu, `without_nearness`, `usulan:ID`, or none.

        Raises:
            MethodError: There is no such lens, or nothing that weighs is known through it.
        """
        return _matched(self.ground, self.settings, lens, self.lang)  # type: ignore[return-value]

    def shared(self, partner: str, rows: int = 0, lang: str = "") -> pd.DataFrame:
        """The problems shared with a candidate, the largest first: `SHARED_COLUMNS` of `reasons`.

        The shares of all cells sum to the criterion `shared_problems`.

        Args:
            partner: Code or name of a candidate.
            rows: How many; as many as the settings say unless given.
            lang: Language of the evidence; that of the result unless given.

        Raises:
            InputError: There is no such candidate.
        """
        lens, code = lens_of(self.lens, self.ground), self.find(partner)
        look = Look(rows or self.settings.shared_rows, lang or self.lang)
        return shared_cells(self.seen, lens, code, self.settings, look)

    def strongest_shared(self, code: str, rows: int) -> list[tuple[Cell, bool]]:
        """The first cells of `shared` without what they stand on: each with its `both_high`."""
        lens = lens_of(self.lens, self.ground)
        return strongest_shared(self.seen, lens, [code], self.settings, rows)[code]

    def help(self, partner: str, rows: int = 0, lang: str = "") -> pd.DataFrame:
        """What each of the two needs and the other is able in: `HELP_COLUMNS` of `reasons`.

        Raises:
            InputError: There is no such candidate.
        """
        lens, code = lens_of(self.lens, self.ground), self.find(partner)
        look = Look(rows or self.settings.shared_rows, lang or self.lang)
        return help_cells(self.seen, lens, code, look)

    def explain(self, partner: str, lang: str = "") -> str:
        """Why a candidate stands where it stands, in words a bupati accepts.

        Raises:
            InputError: There is no such candidate.
        """
        return explain_match(self, self.find(partner), lang or self.lang)

    def explain_all(self, lang: str = "") -> dict[str, str]:
        """What `explain` says of every candidate, by code."""
        return explain_all(self, lang or self.lang)

    def benchmark(self, rows: int = 0) -> pd.DataFrame:
        """Regions to compare with, similar and not partners: `code, name, position, distance, match`."""
        return benchmark(self.ground, self.settings, rows or self.settings.benchmark_rows)

    def find(self, partner: str) -> str:
        """The code of a candidate, given its code or name.

        Raises:
            InputError: There is no such region, or it is no candidate here.
        """
        region = find_region(partner)
        if region.code not in self.table.index:
            raise InputError("match.no_candidate", name=region.name, home=self.home.name)
        return region.code

    @property
    def weights(self) -> Floats:
        """The four weights as this lens weighs them, in the order of `CRITERIA`."""
        return lens_weights(lens_of(self.lens, self.ground), self.settings)

    @property
    def other_level(self) -> pd.DataFrame:
        """Parties of the other level that the law knows as partners: `code, name, relation, border_km, letter`.

        For a regency its own province and those it borders; for a province the regencies and cities
        in it and those of other provinces that touch it.
        """
        return other_level_through(lens_of(self.lens, self.ground), self.ground)

    def in_language(self, lang: str) -> Self:
        """The same result with its sentences in another language."""
        if language(lang) == self.lang:
            return self
        return _matched(self.ground, self.settings, self.lens, language(lang))  # type: ignore[return-value]


def match(
    home: "Register | str",
    *,
    atlas: Atlas = EMPTY,
    settings: MatchSettings | None = None,
    lang: str = "",
) -> Matches:
    """Find partners for a region among all regions of its level.

    Args:
        home: A register, or a region by code or name: then nothing but the shipped facts and the
            atlas speak.
        atlas: Indicators an office brought.
        settings: Weights and limits; the toolkit's own unless given.
        lang: Language of the sentences; the register's own, else Indonesian, unless given.

    Raises:
        InputError: There is no such region, or it is no party of cooperation.
        MethodError: Nothing that weighs is known of any candidate.

    Source:
        The seed brief: cooperation starts from a shared issue, need or problem. UU 23/2014 Pasal 363
        to 365.
    """
    settings = settings or match_settings()
    ground = read_ground(home, atlas, settings)
    own = ground.register.lang if ground.register is not None else "id"
    return _matched(ground, settings, "", language(lang or own))


def _matched(ground: Ground, settings: MatchSettings, lens_name: str, lang: str) -> Matches:
    lens = lens_of(lens_name, ground)
    seen = seen_through(lens, ground)
    found = weighed(seen, settings, lens)
    return Matches(
        ground=ground,
        seen=seen,
        settings=settings,
        lens=lens.name,
        lang=lang,
        stamp=stamp_of(ground, settings, lang),
        table=in_printed_order(found, seen, settings, top_shares(found, settings)),
    )
