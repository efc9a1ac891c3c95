"""The weights the plenary agreed on, each change with its reason; what it left blank stays as proposed."""

import difflib
import math
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.errors import MethodError, Problem, Where
from ksd_toolkit.messages import trimmed
from ksd_toolkit.plenary.record import Entry, Record
from ksd_toolkit.plenary.rules import rules
from ksd_toolkit.questionnaire.cells import as_text
from ksd_toolkit.scoring import Ranking

_SHOWN: Final = 40
_DECIMALS: Final = 6  # as fine as a method may be


@dataclass(frozen=True, slots=True)
class Reweighed:
    """A weight that was changed: to what, why, and where it stands."""

    criterion: str
    percent: float
    reason: str
    where: Where


def read_weights(record: Record, ranking: Ranking, problems: list[Problem]) -> list[Reweighed]:
    """The weights that differ from those proposed; none where one of them cannot be used."""
    proposed = ranking.method.weights
    found: dict[str, Reweighed] = {}
    before = len(problems)
    for entry in record.section("bobot"):
        code, percent = _code(entry, ranking, problems), _percent(entry, problems)
        if not code:
            continue
        if code in found:
            problems.append(Problem("plenary.weight_twice", entry.where, {"criterion": code}))
        elif percent is not None:
            found[code] = Reweighed(code, percent, entry.text("alasan"), entry.at("alasan"))
    changed = [one for one in found.values() if one.percent != proposed[one.criterion]]
    if len(problems) == before:
        _check_sum(proposed | {one.criterion: one.percent for one in changed}, record, problems)
    problems += [
        Problem("plenary.weight_reason", one.where, {"criterion": one.criterion})
        for one in changed
        if not one.reason
    ]
    return changed if len(problems) == before else []


def reweighed(
    ranking: Ranking, changed: list[Reweighed], record: Record, problems: list[Problem]
) -> Ranking:
    """The same usulan by the agreed weights; the very same ranking where none was changed."""
    if not changed:
        return ranking
    try:
        return ranking.replace(weights={one.criterion: one.percent for one in changed})
    except MethodError as error:
        facts = {"reason": error.sentence("id"), "reason_en": error.sentence("en")}
        where = record.at("bobot")
        problems.append(Problem("plenary.weights_refused", where, facts))
        return ranking


def weights_frame(ranking: Ranking, agreed: Ranking, changed: list[Reweighed]) -> pd.DataFrame:
    """Every weight as proposed and as agreed, in percent, and why it was changed."""
    reasons = {one.criterion: one.reason for one in changed}
    frame = pd.DataFrame({"proposed": ranking.method.weights, "agreed": agreed.method.weights})
    frame["reason"] = pd.array([reasons.get(str(code), "") for code in frame.index], dtype="str")
    return frame.rename_axis(index="criterion")


def _code(entry: Entry, ranking: Ranking, problems: list[Problem]) -> str:
    codes = list(ranking.method.weights)
    text = entry.text("kriteria")
    code = next((one for one in codes if one.casefold() == text.casefold()), "")
    if not code:
        near = ", ".join(difflib.get_close_matches(text.upper(), codes, cutoff=0.4)) or ", ".join(
            codes
        )
        facts = {"found": text[:_SHOWN] or "-", "near": near}
        problems.append(Problem("plenary.unknown_criterion", entry.at("kriteria"), facts))
    return code


def _percent(entry: Entry, problems: list[Problem]) -> float | None:
    """A weight of 0 to 100; a blank keeps the one proposed."""
    text = as_text(entry.cells.get("bobot"))
    if not text:
        return None
    try:
        percent = float(text.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        percent = math.nan
    if not 0 <= percent <= rules()["weights"]["total"]:
        problems.append(Problem("plenary.weight", entry.at("bobot"), {"found": text[:_SHOWN]}))
        return None
    return round(percent, _DECIMALS)


def _check_sum(weights: dict[str, float], record: Record, problems: list[Problem]) -> None:
    wanted, total = rules()["weights"], math.fsum(weights.values())
    if abs(total - wanted["total"]) > wanted["tolerance"]:
        facts = {"total": trimmed(total, 4), "total_en": trimmed(total, 4, "en")}
        where = record.at("bobot")
        problems.append(Problem("plenary.weight_sum", where, facts))
