"""Score a register: gates, points, ranks, classes and how firm they are, each with its reasons."""

import difflib
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.aggregation import Aggregated, aggregate
from ksd_toolkit.scoring.basis import Answers, Basis, read_basis
from ksd_toolkit.scoring.classes import classify
from ksd_toolkit.scoring.explanation import explain_usulan
from ksd_toolkit.scoring.kernel import Points, round_half_up, shared_ranks
from ksd_toolkit.scoring.leaves import Leaves
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.tree import Node
from ksd_toolkit.scoring.uncertainty import judged, rank_firmness
from ksd_toolkit.scoring.uncertainty.packed import quick_firmness
from ksd_toolkit.stamp import Stamp


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Every usulan of a period with its score and the reasons for it.

    `table` has one row per usulan that passed the gates, in printed order, indexed by `usulan_id`:
    `rank, points, worst, best, coverage, class_name, class_change, gate, jenis, family,
    judul, opd_kode, opd_nama, isu_utama, main_partner, tkksd (lengkap/sebagian/belum), gap,
    first_share, top_share, rank_low, rank_high, rank_mean` and the points of each group (`K1`...).
    `excluded` holds the usulan a gate stopped or nobody answered. `values` are leaf values 0 to 1, `units` what is
    weighed (the values, or net flows -1 to 1), `tree` the way they become one number.
    `contributions` are points per criterion over the answered weight; they sum to the unrounded
    score. `basis` is all that does not depend on the weights.
    """

    method: Method
    basis: Basis
    table: pd.DataFrame
    excluded: pd.DataFrame
    values: pd.DataFrame
    units: pd.DataFrame
    contributions: pd.DataFrame
    tree: Node
    stamp: Stamp

    def __repr__(self) -> str:
        return (
            f"Ranking({self.stamp.dossier}: {len(self.table)} diperingkat, "
            f"{len(self.excluded)} tidak diperingkat, metode {self.method.name})"
        )

    @property
    def register(self) -> Register:
        """The register that was ranked."""
        return self.basis.register

    @property
    def leaves(self) -> Leaves:
        """The leaf answers of every usulan, 1 to 5, and whose they are."""
        return self.basis.leaves

    @property
    def verdicts(self) -> pd.DataFrame:
        """The gates that did not simply pass, one row each."""
        return self.basis.verdicts

    @property
    def types(self) -> pd.DataFrame:
        """The derived type of every usulan."""
        return self.basis.types

    @property
    def lang(self) -> str:
        """The language of papers made from this ranking."""
        return self.stamp.lang

    def replace(self, **changes: Any) -> Self:
        """The same usulan ranked under other settings of the method, nothing read again.

        `ranking.replace(weights={"U": 12, "S": 6})`; any field of `Method` may be changed.

        Raises:
            MethodError: The changed method contradicts itself or nothing can be ranked by it.
        """
        return self.under(self.method.replace(**changes))

    def under(self, method: Method, *, quick: bool = False) -> Self:
        """The same usulan ranked by another method.

        Args:
            method: The other method.
            quick: Whether firmness is counted as sliders need it, see `rank`.

        Raises:
            MethodError: The method weighs something nobody was asked about, or ranks nothing.
        """
        basis = self.basis if self.basis.fits(method) else read_basis(self.register, method)
        return rank(basis, method, quick=quick)  # type: ignore[return-value]

    def with_answers(self, answers: Answers) -> Self:
        """The ranking as it were if some answers were others.

        `ranking.with_answers({"DINKES-01": {"U": 5, "HUK": None}})`: a level of the criterion's scale,
        None for unanswered. What is supposed is marked in `leaves.source`.

        Raises:
            MethodError: An usulan or criterion is unknown, or an answer lies beside its scale.
        """
        return rank(self.basis.with_answers(answers, self.method), self.method)  # type: ignore[return-value]

    def explain(self, usulan: str, lang: str = "") -> str:
        """Why this usulan stands where it stands, in one sentence a bupati would accept.

        Raises:
            MethodError: There is no such usulan.
        """
        found, lang = self.find(usulan), lang or self.lang
        return remembered("explain", (found, lang), self, lambda: explain_usulan(self, found, lang))

    def find(self, usulan: str) -> str:
        """The usulan with this id, whatever its letter case.

        Raises:
            MethodError: There is none; near ids are suggested.
        """
        known = list(self.types.index)
        wanted = usulan.strip().upper()
        if wanted in known:
            return wanted
        near = ", ".join(difflib.get_close_matches(wanted, known, cutoff=0.5)) or "-"
        raise MethodError("method.unknown_usulan", usulan=usulan, near=near)


def score(register: Register, method: Method) -> Ranking:
    """Rank the usulan of a register.

    A blank leaves the base, widens the interval and lowers the coverage; nothing is filled in.
    A failed gate keeps an usulan out whatever its score.

    Raises:
        MethodError: The method weighs something nobody was asked about or nobody answered, or
            nothing can be ranked.

    Source:
        UU 23/2014 Pasal 363 (efisiensi, efektivitas, saling menguntungkan); the seed brief's
        "skala prioritas".
    """
    return remembered(
        "score", method.sha256, register, lambda: rank(read_basis(register, method), method)
    )


def rank(basis: Basis, method: Method, *, quick: bool = False) -> Ranking:
    """Rank what was read: the one path of a run, a what-if, a slider and a batch.

    Args:
        basis: What was answered.
        method: By what it is ranked.
        quick: Whether the columns of firmness are counted many times faster for a screen; points, ranks
            and classes are the same, see `quick_firmness`.

    Raises:
        MethodError: The method weighs something nobody answered, or nothing can be ranked.
    """
    open_to_all = (basis.gate != "fail").to_numpy()
    found = aggregate(basis, method, open_to_all)
    passed = open_to_all & ~np.isnan(found.points.score)
    if not passed.any():
        raise MethodError("method.nothing_to_score")
    _check_answered(basis, method, open_to_all)
    index = basis.types.index
    frame = basis.facts.join(_points_frame(found.points, index, method))
    frame = frame.join(_group_points(found, index, method))
    table = frame[passed].copy()
    table["rank"] = shared_ranks(table["points"].to_numpy())
    table = table.join(classify(table, basis.register, method))
    table = _in_printed_order(table, basis.leaves, method)
    # In printed order, as `acceptability` draws: the same seed then reaches the same cells.
    ranked = judged(basis, method, found.tree, index.get_indexer(table.index))
    firmness = (quick_firmness if quick else rank_firmness)(ranked, method.uncertainty)
    table = table.join(firmness.set_index(table.index))
    codes = list(method.weights)
    return Ranking(
        method=method,
        basis=basis,
        table=table,
        excluded=frame[~passed].copy(),
        values=pd.DataFrame(found.values, index, codes),
        units=pd.DataFrame(found.units, index, codes),
        contributions=pd.DataFrame(found.contributions, index, codes),
        tree=found.tree,
        stamp=basis.register.stamp.with_method(method.name, method.sha256),
    )


def _check_answered(basis: Basis, method: Method, passed: "np.ndarray[Any, Any]") -> None:
    """What weighs must have been answered for at least one usulan, unless the method says otherwise."""
    answers = basis.leaves.answers.to_numpy()[passed]
    asked = basis.leaves.applicable.to_numpy()[passed]
    silent = asked.any(axis=0) & ~((~np.isnan(answers)) & asked).any(axis=0)
    codes = [
        criterion.code
        for criterion, nobody in zip(method.criteria, silent, strict=True)
        if nobody
        and criterion.weight_percent > 0
        and criterion.code not in method.may_be_unanswered
    ]
    if codes:
        raise MethodError("method.nobody_answered", codes=", ".join(codes))


def _points_frame(points: Points, index: "pd.Index[str]", method: Method) -> pd.DataFrame:
    """Points as printed; coverage stays exact because a border is checked on it."""
    rounded = {
        name: round_half_up(column, method.decimals)
        for name, column in (
            ("points", points.score),
            ("worst", points.worst),
            ("best", points.best),
        )
    }
    return pd.DataFrame(rounded | {"coverage": points.coverage}, index=index)


def _group_points(found: Aggregated, index: "pd.Index[str]", method: Method) -> pd.DataFrame:
    """The score of each group alone, over its answered weight."""
    groups = {
        code: round_half_up(100.0 * found.groups[code], method.decimals) for code in method.groups
    }
    return pd.DataFrame(groups, index=index)


def _in_printed_order(table: pd.DataFrame, leaves: Leaves, method: Method) -> pd.DataFrame:
    """By rank; equal ranks in the method's tie order (risk and ids rising, the rest falling)."""
    keys = table[["rank"]].rename_axis(index=None)
    rising = {"rank": True}
    for name in (*method.tie_order, "usulan_id"):  # ids differ, so that nothing is left to chance
        if name == "usulan_id":
            keys[name] = table.index
        elif name in leaves.answers:
            keys[name] = leaves.answers.loc[table.index, name]
        else:
            keys[name] = table[name]
        falls = name in method.groups or (
            name in method.weights and method.criterion(name).direction == "+"
        )
        rising[name] = not falls
    order = keys.sort_values(list(rising), ascending=list(rising.values())).index
    return table.loc[order]
