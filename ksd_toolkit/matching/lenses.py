"""A lens looks at part of the cells, or leaves nearness out: the same formula, another question."""

import difflib
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.law import all_isu
from ksd_toolkit.matching.ground import Ground, other_level
from ksd_toolkit.matching.indicators import cells
from ksd_toolkit.matching.legal_case import legal_case
from ksd_toolkit.matching.percentiles import Booleans, Floats
from ksd_toolkit.matching.settings import CRITERIA, MatchSettings
from ksd_toolkit.matching.spoken import usulan_cells

WITHOUT_NEARNESS: Final = "without_nearness"
USULAN: Final = "usulan:"


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """Which of the 256 cells count and which criteria weigh nothing. `usulan` is its id, if of one."""

    name: str
    mask: Booleans
    without: tuple[str, ...] = ()
    usulan: str = ""


def no_lens() -> Lens:
    """All cells, all criteria."""
    return Lens("", np.ones(len(cells()), dtype=bool))


def lens_of(name: str, ground: Ground) -> Lens:
    """The lens called `name`: empty, an isu, `without_nearness`, or `usulan:` with an id.

    Raises:
        MethodError: There is no such lens or usulan.
    """
    if name == "":
        return no_lens()
    if name == WITHOUT_NEARNESS:
        return Lens(name, no_lens().mask, without=("nearness",))
    if name in {isu.code for isu in all_isu()}:
        return Lens(name, np.array([isu == name for _, isu in cells()]))
    if name.startswith(USULAN):
        return _of_usulan(name, ground)
    known = ", ".join((*(isu.code for isu in all_isu()), WITHOUT_NEARNESS, f"{USULAN}ID"))
    raise MethodError("match.lens", name=name, known=known)


def _of_usulan(name: str, ground: Ground) -> Lens:
    """The cells of one usulan: each of its urusan with each of its isu."""
    wanted = name.removeprefix(USULAN).strip().upper()
    if ground.register is None:
        raise MethodError("match.no_usulan", usulan=wanted, region=ground.home.name)
    usulan = ground.register.usulan
    known = usulan["usulan_id"].tolist()
    if wanted not in known:
        near = ", ".join(near_ids(wanted, known))
        raise MethodError("match.unknown_usulan", usulan=wanted, near=near or "-")
    row = known.index(wanted)
    mine = set(usulan_cells({name: usulan[name].iloc[row] for name in ("urusan_kode", "isu")}))
    return Lens(f"{USULAN}{wanted}", np.array([cell in mine for cell in cells()]), usulan=wanted)


def lens_mark(lens: str) -> str:
    """What the origin of a figure says behind a region: the lens it was seen through; empty without one."""
    return f"|{lens}" if lens else ""


def seen_through(lens: Lens, ground: Ground) -> Ground:
    """What is known where the lens looks: through an usulan, of ours nothing but what it says itself.

    Another usulan's strength in the same cell is of no account; what this one does not rate falls to
    the indicators. Where its answers rule mandatory cooperation out, no letter is left.
    """
    if not lens.usulan:
        return ground
    letters = _letters(ground.pairs["letter"], lens, ground)
    return replace(needs_through(lens, ground), pairs=ground.pairs.assign(letter=letters))


def needs_through(lens: Lens, ground: Ground) -> Ground:
    """What `seen_through` gives but for the letters, which weigh nothing."""
    if not lens.usulan:
        return ground
    own = tuple(one for one in ground.said if one.usulan == (lens.usulan,))
    asked = tuple(cell for cell, is_seen in zip(cells(), lens.mask, strict=True) if is_seen)
    return replace(ground, profiles=ground.profiles.with_own(ground.home.code, own, asked))


def other_level_through(lens: Lens, ground: Ground) -> pd.DataFrame:
    """The parties of the other level the law knows, their letters as the lens leaves them."""
    found = other_level(ground.home).set_index("code", drop=False)
    if lens.usulan:
        found = found.assign(letter=_letters(found["letter"], lens, ground))
    return found.reset_index(drop=True)


def _letters(letters: "pd.Series[str]", lens: Lens, ground: Ground) -> "pd.Series[str]":
    """The letters by code, empty where the usulan's answers make the cooperation voluntary."""
    home, conditions = ground.home.code, ground.conditions[lens.usulan]
    voluntary = [
        bool(letter) and legal_case(home, str(code), conditions).kind == "sukarela"
        for code, letter in letters.items()
    ]
    return letters.mask(np.array(voluntary, dtype=bool), "")


def near_ids(wanted: str, known: list[str]) -> list[str]:
    """Ids that look like the one wanted."""
    return difflib.get_close_matches(wanted, known, cutoff=0.5)


def lens_weights(lens: Lens, settings: MatchSettings) -> Floats:
    """The four weights, those the lens leaves out at 0.

    Raises:
        MethodError: None is left.
    """
    kept = [0.0 if name in lens.without else settings.weights[name] for name in CRITERIA]
    if not sum(kept) > 0:
        raise MethodError("match.no_weight", known=", ".join(CRITERIA))
    return np.array(kept)
