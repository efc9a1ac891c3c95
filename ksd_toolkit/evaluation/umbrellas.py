"""What becomes of an umbrella: read from what is recommended for the documents that carry it out."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.recommendations import UMBRELLA
from ksd_toolkit.evaluation.rules import EvaluationRules, UmbrellaRow

_COLUMNS: Final = (
    "no_dok", "judul", "recommendation", "row", "carried_out_by", "on", "unjudged",
)  # fmt: skip
NOBODY, NOT_JUDGED = "P0", "P9"


def umbrellas_of(
    documents: pd.DataFrame, recommendations: pd.DataFrame, rules: EvaluationRules
) -> pd.DataFrame:
    """One derived line per umbrella in force that was not itself monitored.

    Returns:
        `no_dok, judul, recommendation` (missing where none can be derived), `row` (of the table
        `[[umbrella]]`; P0: nothing carries it out yet, P9: nothing that does was judged),
        `carried_out_by` (running documents under it, joined by `; `), `on` (`number=verdict` of those
        that were judged, joined by `; `) and `unjudged` (the others).

    Source:
        `knowledge/evaluation.toml`, `[[umbrella]]`.
    """
    verdicts = dict(zip(recommendations["no_dok"], recommendations["recommendation"], strict=True))
    running = set(recommendations.loc[recommendations["row"] != "N1", "no_dok"])
    umbrellas = recommendations[recommendations["row"] == UMBRELLA]
    rows = []
    for number, title in zip(umbrellas["no_dok"], umbrellas["judul"], strict=True):
        under = [one for one in _under(number, documents) if one in running]
        rows.append({"no_dok": number, "judul": title} | _derived(under, verdicts, rules))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype("str")


def _under(number: str, documents: pd.DataFrame) -> list[str]:
    """The documents below one, in the order of the table; a circle of parents ends the search."""
    found, todo = {number}, [number]
    parents = dict(zip(documents["no_dok"], documents["induk_no"], strict=True))
    while todo:
        above = todo.pop()
        below = [one for one, parent in parents.items() if parent == above and one not in found]
        found.update(below)
        todo += below
    return [one for one in parents if one in found and one != number]


def _derived(
    under: list[str], verdicts: dict[str, Any], rules: EvaluationRules
) -> dict[str, str | None]:
    judged = {one: str(verdicts[one]) for one in under if pd.notna(verdicts[one])}
    told: dict[str, str | None] = {
        "carried_out_by": "; ".join(under) or None,
        "on": "; ".join(f"{one}={verdict}" for one, verdict in judged.items()) or None,
        "unjudged": "; ".join(one for one in under if one not in judged) or None,
    }
    if not judged:
        return told | {"row": NOT_JUDGED if under else NOBODY}
    row = _first(rules.umbrellas, set(judged.values()))
    return told | {"row": row.id, "recommendation": row.gives}


def _first(rows: tuple[UmbrellaRow, ...], verdicts: set[str]) -> UmbrellaRow:
    """The first row of the table that holds; the last one holds for all."""
    return next(row for row in rows if row.holds(verdicts))
