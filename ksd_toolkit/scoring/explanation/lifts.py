"""What answering the field of the cap would do: the class the points reach without it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.basis import SUPPOSED
from ksd_toolkit.scoring.explanation.arrays import arrays_of
from ksd_toolkit.scoring.kernel import round_half_up, unit_values
from ksd_toolkit.scoring.leaves import read_leaves
from ksd_toolkit.scoring.tree import tree_points

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

_NO_ANSWER: Final = {"TT", "TB"}  # not known; does not apply, which counts as no part in a balance


@dataclass(frozen=True, slots=True)
class Lift:
    """The class a capped usulan rises to once the partner's benefit is answered.

    `lower`: the points that class begins with; `certain`: it has them whatever the answer is. Where
    it is not certain, the answer may also cost the points it needs.
    """

    class_name: str
    lower: float
    certain: bool


def lifted(ranking: "Ranking", usulan: str) -> Lift | None:
    """What the answer would do; None where no cap holds it, or no answer keeps the points it needs."""
    bands, row = ranking.method.bands, ranking.table.loc[usulan]
    names = [band.name for band in bands]
    reached = next((n for n, band in enumerate(bands) if row["points"] >= band.lower), len(bands))
    if row["class_name"] not in names[reached + 1 :]:
        return None
    lower = bands[reached].lower
    points = [_points_if(ranking, usulan, answer) for answer in _choices(ranking)]
    if points and max(points) < lower:
        return None
    return Lift(names[reached], lower, certain=bool(points) and min(points) >= lower)


def _choices(ranking: "Ranking") -> list[str]:
    """What may be answered to the question of the cap; none where it is an open one."""
    form = form_of(ranking.register.dossier)
    codes = [choice.code for choice in form.table("usulan").field(ranking.method.cap_field).choices]
    return [code for code in codes if code not in _NO_ANSWER]


def _points_if(ranking: "Ranking", usulan: str, answer: str) -> float:
    """The printed points with the field of the cap answered, all else as it is."""
    method, known = ranking.method, arrays_of(ranking)
    place = known.places[usulan]
    read = _leaves_if(ranking, answer).loc[usulan].to_numpy(dtype="float64")
    kept = (ranking.leaves.source.loc[usulan] == SUPPOSED).to_numpy()
    ends = np.array([criterion.scale for criterion in method.criteria]).T
    rising = np.array([criterion.direction == "+" for criterion in method.criteria])
    given = np.where(kept, known.answers[place], read)
    values = unit_values(given[None, :], (ends[0], ends[1]), rising)
    applicable, lowest = known.applicable[[place]], method.geometric_lowest
    found = tree_points(values, applicable, known.weights, ranking.tree, lowest)
    return float(round_half_up(found.score, method.decimals)[0])


def _leaves_if(ranking: "Ranking", answer: str) -> pd.DataFrame:
    """The answers of every usulan if it had this one in the field of the cap; a leaf is of one usulan alone."""
    register, method = ranking.register, ranking.method

    def read() -> pd.DataFrame:
        return read_leaves(_answered(register, method.cap_field, answer), method).answers

    return remembered("leaves_if", (method.sha256, answer), register, read)


def _answered(register: Register, field: str, answer: str) -> Register:
    """The register with one field answered."""
    frames = register.tables.frames
    proposals = frames["usulan"].copy()
    proposals[field] = pd.Series(answer, index=proposals.index, dtype=proposals[field].dtype)
    tables = replace(register.tables, frames={**frames, "usulan": proposals})
    return replace(register, tables=tables)
