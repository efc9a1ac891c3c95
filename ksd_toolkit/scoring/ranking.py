"""Score a register: gates, points, ranks, classes and how firm they are, each with its reasons."""

import difflib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.classes import classify
from ksd_toolkit.scoring.explanation import explain_usulan
from ksd_toolkit.scoring.gates import check_gates, overall
from ksd_toolkit.scoring.jenis import derive_types
from ksd_toolkit.scoring.kernel import (
    Points,
    round_half_up,
    shared_ranks,
    unit_values,
    weighted_points,
)
from ksd_toolkit.scoring.leaves import Leaves, read_leaves
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.uncertainty import rank_acceptability
from ksd_toolkit.stamp import Stamp


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Every usulan of a period with its score and the reasons for it.

    `table` has one row per usulan that passed the gates, in printed order, indexed by `usulan_id`:
    `rank, points, worst, best, coverage, class_name, class_change, gate, jenis, family,
    judul, opd_kode, opd_nama, isu_utama, main_partner, tkksd (lengkap/sebagian/belum), gap,
    first_share, top_share, rank_low, rank_high, rank_mean` and the points of each group (`K1`...).
    `excluded` holds the usulan a gate stopped. `contributions` are points per criterion over the
    answered weight; they sum to the unrounded score. `verdicts` are the gates that did not simply
    pass; `types` the derived type of every usulan.
    """

    method: Method
    register: Register
    table: pd.DataFrame
    excluded: pd.DataFrame
    values: pd.DataFrame
    contributions: pd.DataFrame
    leaves: Leaves
    verdicts: pd.DataFrame
    types: pd.DataFrame
    stamp: Stamp

    def __repr__(self) -> str:
        return (
            f"Ranking({self.stamp.dossier}: {len(self.table)} diperingkat, "
            f"{len(self.excluded)} tidak lolos gerbang, metode {self.method.name})"
        )

    @property
    def lang(self) -> str:
        """The language of papers made from this ranking."""
        return self.stamp.lang

    def explain(self, usulan: str, lang: str = "") -> str:
        """Why this usulan stands where it stands, in one sentence a bupati would accept.

        Raises:
            MethodError: There is no such usulan.
        """
        return explain_usulan(self, self.find(usulan), lang or self.lang)

    def find(self, usulan: str) -> str:
        """The usulan with this id, whatever its letter case.

        Raises:
            MethodError: There is none; near ids are suggested.
        """
        known = list(self.types.index)
        wanted = usulan.strip().upper()
        if wanted in known:
            return wanted
        near = ", ".join(difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)) or "-"
        raise MethodError("method.unknown_usulan", usulan=usulan, near=near)


def score(register: Register, method: Method) -> Ranking:
    """Rank the usulan of a register.

    A blank leaves the base, widens the interval and lowers the coverage; nothing is filled in.
    A failed gate keeps an usulan out whatever its score.

    Raises:
        MethodError: The method weighs something nobody was asked about, or nothing can be ranked.

    Source:
        UU 23/2014 Pasal 363 (efisiensi, efektivitas, saling menguntungkan); the seed brief's
        "skala prioritas".
    """
    types = derive_types(register)
    verdicts = check_gates(register, types, method)
    leaves = read_leaves(register, method)
    gate = overall(verdicts, types.index)
    rising = np.array([criterion.direction == "+" for criterion in method.criteria])
    raw = unit_values(leaves.answers.to_numpy(), method.scale, rising)
    values = leaves.answers.copy(deep=True)
    values.loc[:, :] = raw
    weights = np.array(list(method.weights.values()))
    applicable = leaves.applicable.to_numpy()
    points = weighted_points(raw, applicable, weights)
    passed = (gate != "fail").to_numpy() & ~np.isnan(points.score)
    if not passed.any():
        raise MethodError("method.nothing_to_score")
    frame = _describe(register, types, gate, leaves, method).join(
        _points_frame(points, types.index, method)
    )
    frame = frame.join(_group_points(values, leaves, method))
    table = frame[passed].copy()
    table["rank"] = shared_ranks(table["points"].to_numpy())
    table = table.join(classify(table, register, method))
    firmness = rank_acceptability(raw[passed], applicable[passed], weights, method.uncertainty)
    table = table.join(firmness.set_index(table.index))
    table = _in_printed_order(table, leaves, method)
    return Ranking(
        method=method,
        register=register,
        table=table,
        excluded=frame[~passed].copy(),
        values=values,
        contributions=_contributions(values, leaves, method),
        leaves=leaves,
        verdicts=verdicts,
        types=types,
        stamp=register.stamp.with_method(method.name, method.sha256),
    )


def _describe(
    register: Register, types: pd.DataFrame, gate: "pd.Series[str]", leaves: Leaves, method: Method
) -> pd.DataFrame:
    """What an usulan is, before any number."""
    usulan = register.usulan.set_index("usulan_id")
    scored = [criterion.code for criterion in method.criteria if criterion.origin == "nilai"]
    official = (leaves.source[scored] == "TKKSD").sum(axis=1)
    offices = register.dossier.offices["opd_nama"]
    return pd.DataFrame(
        {
            "judul": usulan["judul"].fillna(usulan.index.to_series()),
            "opd_kode": usulan["opd_kode"],
            "opd_nama": usulan["opd_kode"].map(offices).fillna(usulan["opd_kode"]),
            "isu_utama": usulan["isu"].str.extract(r"^([^;]+)", expand=False),
            "urusan_kode": usulan["urusan_kode"],
            "jenis": types["jenis"],
            "family": types["family"],
            "main_partner": types["main_partner"],
            "gate": gate,
            "tkksd": np.select(
                [official == len(scored), official > 0], ["lengkap", "sebagian"], "belum"
            ),
            "gap": (leaves.opd - leaves.tkksd).mean(axis=1),
        },
        index=types.index,
    )


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


def _group_points(values: pd.DataFrame, leaves: Leaves, method: Method) -> pd.DataFrame:
    """The score of each group alone, 0 to 100 over its answered weight."""
    groups = {}
    for group in method.groups:
        codes = [criterion.code for criterion in method.criteria if criterion.group == group]
        points = weighted_points(
            values[codes].to_numpy(),
            leaves.applicable[codes].to_numpy(),
            np.array([method.weights[code] for code in codes]),
        )
        groups[group] = round_half_up(points.score, method.decimals)
    return pd.DataFrame(groups, index=values.index)


def _contributions(values: pd.DataFrame, leaves: Leaves, method: Method) -> pd.DataFrame:
    """Points each criterion adds to the score; NaN where it was not answered."""
    weights = pd.Series(method.weights)
    answered = values.notna() & leaves.applicable
    base = answered.mul(weights, axis=1).sum(axis=1)
    return values.where(answered).mul(weights, axis=1).div(base.where(base > 0), axis=0) * 100.0


def _in_printed_order(table: pd.DataFrame, leaves: Leaves, method: Method) -> pd.DataFrame:
    """By rank; equal ranks in the method's tie order (risk and ids rising, the rest falling)."""
    keys = table[["rank"]].rename_axis(index=None)
    rising = [True]
    for name in method.tie_order:
        if name == "usulan_id":
            keys[name] = table.index
        elif name in leaves.answers:
            keys[name] = leaves.answers.loc[table.index, name]
        else:
            keys[name] = table[name]
        falls = name in method.groups or (
            name in method.weights and method.criterion(name).direction == "+"
        )
        rising.append(not falls)
    order = keys.sort_values(list(keys.columns), ascending=rising, kind="stable").index
    return table.loc[order]
