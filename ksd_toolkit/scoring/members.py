"""The members of the TKKSD one by one: how far they agree, where they differ, on whom a rank hangs.

Members appear as `TKKSD-1`, `TKKSD-2`...; who stands behind a number is no business of a score.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.answers.quality.coefficients import kendall_w
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.answers.quality.ratings import scores_of
from ksd_toolkit.columns import records
from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, decimal, join_words, language, say
from ksd_toolkit.scoring.kernel import weighted_points
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.some_raters import ranks_without

ALL: Final = "SEMUA"
"""The row of all criteria together."""

FEW_MEMBERS, FEW_USULAN, CONSTANT = "few_members", "few_usulan", "constant"
_ROLE: Final = "TKKSD"
_PAIR: Final = 2
_SUM_GUARD: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """What the scores of the TKKSD's members say beside their median.

    `names`: the members compared. `steps`: from how many levels apart a difference is told.
    `concordance`: by criterion and `SEMUA` the number of `usulan` all members scored, `w` (Kendall's
    W with ties, 0 to 1) and `why` it does not exist (`few_members, few_usulan, constant` or empty).
    `disputes`: usulan and criterion where members are `steps` or more apart, widest first:
    `usulan_id, criterion, spread, lowest, highest` (names), `median` and a column per member.
    `by_member`: `scored` (leaves), `gap` (mean distance from the median of the other members, with
    its sign) and `apart` (leaves `steps` or more away from it).
    `without`: by usulan the `rank` and, per member, the rank when this member had not scored.
    """

    ranking: Ranking
    names: tuple[str, ...]
    steps: float
    concordance: pd.DataFrame
    disputes: pd.DataFrame
    by_member: pd.DataFrame
    without: pd.DataFrame

    def __repr__(self) -> str:
        return f"Members({len(self.names)} anggota, {len(self.disputes)} nilai berselisih)"

    def explain(self, usulan: str, lang: str = "") -> str:
        """Where members differ on an usulan and whether its rank hangs on one of them.

        Raises:
            MethodError: There is no such usulan.
        """
        lang = lang or self.ranking.lang
        usulan = self.ranking.find(usulan)
        mine = self.disputes[self.disputes["usulan_id"] == usulan]
        told = [_dispute(self, row, lang) for _, row in records(mine)]
        facts = {"usulan": usulan, "steps": _level(self.steps, lang)}
        code = "members.disputes" if told else "members.no_disputes"
        sentence = say(code, lang, **facts, list=join_words(told, lang))
        return f"{sentence} {self._hangs_on(usulan, lang)}".rstrip()

    def _hangs_on(self, usulan: str, lang: str) -> str:
        if usulan not in self.without.index:
            return ""
        row = dict(records(self.without.loc[[usulan]]))[usulan]
        moved = {
            name: row[name] for name in self.names if pd.isna(row[name]) or row[name] != row["rank"]
        }
        now = count(row["rank"], lang)
        if not moved:
            return say("members.steady", lang, rank=now) if self.names else ""
        list_ = [
            say("members.off_the_list", lang, member=name)
            if pd.isna(other)
            else say("members.without", lang, member=name, rank=count(other, lang))
            for name, other in moved.items()
        ]
        return say("members.moved", lang, rank=now, list=join_words(list_, lang))


def members(
    ranking: Ranking, steps: float | None = None, compared: Sequence[str] | None = None
) -> Members:
    """The members of the TKKSD beside each other.

    Args:
        ranking: The list their medians gave.
        steps: From how many levels apart a difference is told; the limit of
            `knowledge/quality.toml` (`wide_gap`) unless given.
        compared: Members by name; all who scored unless given.

    Raises:
        MethodError: A member named did not score, or `steps` is not a positive number.

    Source:
        Kendall and Babington Smith (1939), W corrected for ties.
    """
    steps = float(limits()["agreement"]["wide_gap"]) if steps is None else float(steps)
    if not 0 < steps < math.inf:
        raise MethodError("comparison.steps", steps=steps)
    scores = scores_of(ranking.register, _ROLE).droplevel("opd_kode")
    names = tuple(str(name) for name in (scores.columns if compared is None else compared))
    if unknown := [name for name in names if name not in scores.columns]:
        raise MethodError("comparison.member_unknown", names=", ".join(unknown))
    asked = [c.code for c in ranking.method.criteria if c.origin == "nilai"]
    scores = scores.loc[scores.index.isin(asked, level="kriteria_kode"), list(names)]
    return Members(
        ranking=ranking,
        names=names,
        steps=steps,
        concordance=_concordance(scores, asked, ranking.method),
        disputes=_disputes(scores, asked, steps),
        by_member=_by_member(scores, steps),
        without=ranks_without(ranking, names),
    )


def _concordance(scores: pd.DataFrame, asked: list[str], method: Method) -> pd.DataFrame:
    """W of each criterion, and of the points each member alone would give."""
    codes = scores.index.get_level_values("kriteria_kode")
    rows = {code: _w(scores[codes == code]) for code in asked}
    rows[ALL] = _w(_points_of_each(scores, asked, method))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["usulan", "w", "why"])


def _w(scores: pd.DataFrame) -> tuple[int, float, str]:
    """Only usulan that every compared member scored."""
    judged = scores.dropna()
    if scores.shape[1] < _PAIR:
        return len(judged), math.nan, FEW_MEMBERS
    if len(judged) < int(limits()["agreement"]["panel_from_units"]):
        return len(judged), math.nan, FEW_USULAN
    w = kendall_w(judged.to_numpy(dtype="float64"))
    return len(judged), w, CONSTANT if math.isnan(w) else ""


def _points_of_each(scores: pd.DataFrame, asked: list[str], method: Method) -> pd.DataFrame:
    """The points 0 to 100 each member alone gives an usulan, over the leaves all of them scored.

    An usulan counts when these leaves hold the method's coverage of the rated weight.
    """
    usulan = scores.index.get_level_values("usulan_id").unique()
    common = scores.dropna()
    weights = np.array([method.weights[code] for code in asked])
    points, enough = {}, np.zeros(len(usulan), dtype=bool)
    for name in scores.columns:
        answers = common[name].unstack("kriteria_kode").reindex(index=usulan, columns=asked)  # noqa: PD010
        values = _unit(answers, method)
        found = weighted_points(values, np.ones(values.shape, dtype=bool), weights)
        enough = found.coverage >= method.coverage_minimum - _SUM_GUARD
        points[name] = np.round(found.score, 9)  # equal on paper, equal here
    return pd.DataFrame(points, index=usulan)[enough]


def _unit(answers: pd.DataFrame, method: Method) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Answers of some criteria as values 0 to 1, higher is better."""
    columns = []
    for code in answers.columns:
        criterion = method.criterion(str(code))
        low, high = criterion.scale
        value = (answers[code].to_numpy(dtype="float64") - low) / (high - low)
        columns.append(value if criterion.direction == "+" else 1.0 - value)
    return np.column_stack(columns) if columns else np.zeros((len(answers), 0))


def _disputes(scores: pd.DataFrame, asked: list[str], steps: float) -> pd.DataFrame:
    """Leaves on which members are far apart, the widest first, then in the order of the form."""
    names = [str(name) for name in scores.columns]
    columns = ["usulan_id", "criterion", "spread", "lowest", "highest", "median", *names]
    far = scores[scores.max(axis=1) - scores.min(axis=1) >= steps]
    rows = [
        {"usulan_id": usulan, "criterion": code, **_ends(given), **given}
        for (usulan, code), given in zip(far.index, far.to_dict("records"), strict=True)
    ]
    place = {code: number for number, code in enumerate(asked)}
    rows.sort(key=lambda row: (-row["spread"], row["usulan_id"], place[row["criterion"]]))
    return pd.DataFrame(rows, columns=columns)


def _ends(given: "dict[Hashable, Any]") -> dict[str, Any]:
    """Who stands at either end of the scores one leaf was given."""
    known = {str(name): level for name, level in given.items() if not math.isnan(level)}
    low, high = min(known.values()), max(known.values())
    return {
        "spread": high - low,
        "lowest": ", ".join(name for name, level in known.items() if level == low),
        "highest": ", ".join(name for name, level in known.items() if level == high),
        "median": float(np.median(list(known.values()))),
    }


def _by_member(scores: pd.DataFrame, steps: float) -> pd.DataFrame:
    """Each member against the median of the others, on leaves others scored too."""
    rows = {}
    for name in scores.columns:
        others = scores.drop(columns=name).median(axis=1)
        gap = (scores[name] - others).dropna()
        rows[str(name)] = {
            "scored": int(scores[name].notna().sum()),
            "gap": gap.mean() if len(gap) else math.nan,
            "apart": int((gap.abs() >= steps).sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["scored", "gap", "apart"])


def _dispute(found: Members, row: dict[str, Any], lang: str) -> str:
    """`urgensinya (TKKSD-1: 5, TKKSD-2: 2)`."""
    criterion = found.ranking.method.criterion(str(row["criterion"]))
    given = [
        say("members.given", lang, member=name, level=_level(row[name], lang))
        for name in found.names
        if not pd.isna(row[name])
    ]
    label = criterion.labels[language(lang)]
    return say("members.dispute", lang, criterion=label, given=", ".join(given))


def _level(level: float, lang: str) -> str:
    return decimal(level, 0 if float(level).is_integer() else 1, lang)
