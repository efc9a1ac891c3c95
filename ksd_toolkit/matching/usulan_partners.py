"""Partners usulan by usulan: who the office named, which regions and institutions fit, what the law asks."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.matching.finding import find_partners
from ksd_toolkit.matching.institutions import InstitutionMatches, match_institutions
from ksd_toolkit.matching.legal_case import UsulanCase, cases_of
from ksd_toolkit.matching.lenses import lens_of, needs_through
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.weighing import Weighed, printed_order, weighed
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring import Ranking

Named = tuple[str, bool]
"""A region's code or an institution's name, and whether the office named it."""

_FIRST_REGIONS: Final = 2
_MOST_TIED: Final = 5
_FIRST_INSTITUTIONS: Final = 2
_FITS: Final = "fits"
_LENS: Final = "usulan:"


@dataclass(frozen=True, slots=True, eq=False)
class UsulanPartners:
    """Candidate partners of the usulan of a ranking.

    `table` has one row per usulan in printed order, indexed by `usulan_id`: `named` (what the office
    wrote, joined by `; `), `regions` and `institutions` (the first ones that fit: pairs of a code or
    name and whether the office named it; all regions that share the first place where only nearness
    and feasibility speak), `shared_known` (whether anything is known of the needs it is about) and
    `benefit` with `benefit_level`: `stated` (1 to 5), `missing`, `caps` (missing, and the method caps
    the class for it) or `off` (does not apply). `benefits` holds the last two for every usulan.
    """

    ranking: Ranking
    matches: Matches
    institutions: InstitutionMatches
    table: pd.DataFrame
    benefits: pd.DataFrame

    def __repr__(self) -> str:
        return f"UsulanPartners({self.ranking.stamp.dossier}: {len(self.table)} usulan)"

    @property
    def lang(self) -> str:
        """The language of papers made from it."""
        return self.ranking.lang

    def chosen(self, usulan: str = "") -> str:
        """The usulan that was named; the first of the list when none was.

        Raises:
            MethodError: There is no such usulan.
        """
        return self.ranking.find(usulan) if usulan else str(self.table.index[0])

    def regions(self, usulan: str) -> Matches:
        """The regions compared on the affairs and issues of one usulan.

        Raises:
            MethodError: There is no such usulan, or nothing that weighs is known.
        """
        return self.matches.under_lens(f"{_LENS}{self.chosen(usulan)}")

    def all_cases(self) -> dict[str, list[UsulanCase]]:
        """The legal cases of every usulan of the table, read in one go."""
        found: dict[str, list[UsulanCase]] = {str(name): [] for name in self.table.index}
        for case in cases_of(self.ranking.register):
            if case.usulan_id in found:
                found[case.usulan_id].append(case)
        return found

    def cases(self, usulan: str) -> tuple[UsulanCase, ...]:
        """The legal case of an usulan with each partner the office named.

        Raises:
            MethodError: There is no such usulan.
        """
        return cases_of(self.ranking.register, self.chosen(usulan))


def partners_of_usulan(
    ranking: Ranking, matches: Matches | None = None, rows: int = 20
) -> UsulanPartners:
    """Find partners for the first usulan of a ranking, one by one.

    Args:
        ranking: Whose usulan.
        matches: The regions compared; everything the project knows unless given.
        rows: How many usulan; 0 for all that were ranked.

    Raises:
        MethodError: Nothing that weighs is known of any region.
    """
    matches = matches or find_partners(ranking.register)
    institutions = match_institutions(ranking.register, lang=ranking.lang)
    usulan = [str(name) for name in ranking.table.index[: rows or None]]
    seen = [_seen(matches, name) for name in usulan]
    fitting = _first_institutions(institutions)
    benefits = remembered("benefits", None, ranking, lambda: _benefits(ranking)).copy(deep=False)
    table = pd.DataFrame(
        {
            "named": _named(ranking, usulan),
            "regions": [one.first for one in seen],
            "shared_known": [one.shared_known for one in seen],
            "institutions": [tuple(fitting.get(name, ())) for name in usulan],
        },
        index=pd.Index(usulan, name="usulan_id", dtype="str"),
    )
    return UsulanPartners(ranking, matches, institutions, table.join(benefits), benefits)


class _Seen(NamedTuple):
    """The regions that come first for one usulan, and whether anything is known of the needs it is about."""

    first: tuple[Named, ...]
    shared_known: bool


def _seen(matches: Matches, usulan: str) -> _Seen:
    """The regions under an usulan's lens; none where nothing that weighs is known of any.

    How firm a place is belongs to the one usulan somebody opens, not to the list of all.
    """

    def under_lens() -> _Seen:
        try:
            lens = lens_of(f"{_LENS}{usulan}", matches.ground)
            seen = needs_through(lens, matches.ground)
            found = weighed(seen, matches.settings, lens)
        except MethodError:
            return _Seen((), shared_known=False)
        return _first_regions(found, seen.codes)

    return remembered("usulan_regions", usulan, matches, under_lens)


def _first_regions(found: Weighed, codes: list[str]) -> _Seen:
    """The first regions; who merely shares the first place for lying near is not told apart."""
    order, shared = printed_order(found, codes), found.shared
    ranked = order[found.ranks[order] > 0]
    is_told = bool((~np.isnan(shared[ranked])).any())
    first = ranked[:_FIRST_REGIONS] if is_told else ranked[found.ranks[ranked] == 1][:_MOST_TIED]
    named = tuple((codes[row], found.named[row]) for row in first.tolist())
    return _Seen(named, shared_known=bool((~np.isnan(shared)).any()))


def _first_institutions(found: InstitutionMatches) -> dict[str, list[Named]]:
    """The first institutions that fit each usulan; one that none fits is left out."""
    asked = ("usulan_id", "state", "mitra_nama", "named")
    first: dict[str, list[Named]] = {}
    for usulan, state, name, named in zip(
        *(found.table[one].tolist() for one in asked), strict=True
    ):
        if state == _FITS and len(mine := first.setdefault(usulan, [])) < _FIRST_INSTITUTIONS:
            mine.append((name, bool(named)))
    return first


def _named(ranking: Ranking, usulan: list[str]) -> list[str]:
    """What the office wrote of each usulan's partners."""
    mitra = ranking.register.mitra
    named: dict[str, list[str]] = {}
    for name, partner in zip(
        mitra["usulan_id"].tolist(), mitra["mitra_nama"].tolist(), strict=True
    ):
        if isinstance(partner, str):
            named.setdefault(name, []).append(partner)
    return ["; ".join(named.get(name, ())) for name in usulan]


def _benefits(ranking: Ranking) -> pd.DataFrame:
    """The partner's benefit of every usulan as it was answered, never guessed."""
    register, field = ranking.register, ranking.method.cap_field
    ids = register.usulan["usulan_id"]
    level = pd.Series(register.usulan[field].astype("float64").to_numpy(), index=ids)
    off = pd.Series((register.tables.states["usulan"][field] == "TB").to_numpy(), index=ids)
    change = ranking.table["class_change"].reindex(ids).to_numpy()
    state = pd.Series("missing", index=ids, dtype="str")
    state[change == "cap"] = "caps"
    state[level.notna().to_numpy()] = "stated"
    state[off.to_numpy()] = "off"
    return pd.DataFrame({"benefit": state, "benefit_level": level})
