"""Every pair of a proposal and a candidate: what they share, the current interest, points, and who is listed."""

import numpy as np
import pandas as pd

from ksd_toolkit.matching.candidates import RATINGS, code_flags, partner_keys
from ksd_toolkit.matching.fit import Fit, shared_part, weighed
from ksd_toolkit.matching.institution_rules import FitRules
from ksd_toolkit.matching.interest import GENERAL
from ksd_toolkit.matching.pairs import FITS, OPEN, OUT, RELATED, SPARSE, Numbers
from ksd_toolkit.matching.type_rules import TypeRules
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.kernel import Booleans, Floats, round_half_up


def shared_parts(asked: "pd.Series[str]", offered: "pd.Series[str]") -> Floats:
    """Which part of what each proposal asks each candidate offers."""
    codes = sorted({code for text in asked.dropna() for code in text.split(";")} - {""})
    wanted, has = code_flags(asked, codes), code_flags(offered, codes)
    known = offered.notna().to_numpy()[None, :] & (wanted.sum(axis=1) > 0)[:, None]
    return np.where(known, np.nan_to_num(shared_part(wanted, has)), np.nan)


def current_interest(usulan: pd.DataFrame, known: pd.DataFrame, told: pd.DataFrame) -> Floats:
    """The interest of every candidate in every proposal: of the forum first, else as registered."""
    registered = known["minat"].to_numpy(dtype=np.float64)
    minat = np.broadcast_to(registered, (len(usulan), len(known))).copy()
    spoken = told[told["interest"].notna()]
    general = spoken[spoken["usulan_id"] == GENERAL]
    columns = pd.Index(known["key"])
    for at, level in zip(_places(columns, general["key"]), general["interest"], strict=True):
        if at >= 0:
            minat[:, at] = level
    own = spoken[spoken["usulan_id"] != GENERAL]
    rows, places = _places(usulan.index, own["usulan_id"]), _places(columns, own["key"])
    both = (rows >= 0) & (places >= 0)
    minat[rows[both], places[both]] = own["interest"].to_numpy()[both]
    return minat


def _places(index: "pd.Index[str]", names: "pd.Series[str]") -> Numbers:
    """Where each name stands in an index, -1 where it does not."""
    return index.get_indexer(pd.Index(names))


def fitted(rules: FitRules, shared: dict[str, Floats], known: pd.DataFrame, minat: Floats) -> Fit:
    """Points, interval and coverage of every pair, rounded as printed."""
    off = code_flags(known["not_asked"], list(RATINGS))
    values, applies = [], []
    for criterion in rules.criteria:
        if criterion.kind == "fit":
            values.append(shared[criterion.code])
            applies.append(np.ones((1, len(known)), dtype=bool))
            continue
        level = minat if criterion.code == "minat" else known[criterion.code].to_numpy()[None, :]
        values.append((level - rules.low) / (rules.high - rules.low))
        applies.append(~off[:, RATINGS.index(criterion.code)][None, :] | ~np.isnan(level))
    fit = weighed(values, applies, rules.weights)
    points, worst, best = (round_half_up(one, rules.decimals) for one in fit[:3])
    return Fit(points, worst, best, fit.coverage)


def groups_of(rules: FitRules, shared: dict[str, Floats], fit: Fit, types: TypeRules) -> Floats:
    """Which pairs are ranked, listed without a rank, or not listed at all."""
    ranked, listed_too = (
        np.any([np.nan_to_num(shared[name]) > 0 for name in names], axis=0)
        for names in (rules.ranked_by, rules.listed_by)
    )
    maybe = np.any([np.isnan(shared[name]) for name in rules.listed_by], axis=0)
    enough = fit.coverage >= rules.min_coverage
    told = ~types.is_open
    return np.select(
        [
            types.is_out,
            told & ranked & enough,
            told & ranked,
            told & listed_too,
            listed_too | maybe,
        ],
        [OUT, FITS, SPARSE, RELATED, OPEN],
        OUT,
    )


def named_already(register: Register, usulan: pd.DataFrame, known: pd.DataFrame) -> Booleans:
    """Which candidates the offices named for their proposals already."""
    mitra = register.mitra
    rows = _places(usulan.index, mitra["usulan_id"])
    keys = partner_keys(mitra, register.dossier.region.code)
    columns = _places(pd.Index(known["key"]), keys)
    both = (rows >= 0) & (columns >= 0)
    named = np.zeros((len(usulan), len(known)), dtype=bool)
    named[rows[both], columns[both]] = True
    return named
