"""The final order: what was moved stands at its position, the rest keeps the order it had.

Start from the computed order by the agreed weights; take out what was merged, postponed and rejected;
put each moved usulan at its position; the others fill the free positions in their order. An usulan that
came onto the list without a position stands at its end.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.messages import say, trimmed
from ksd_toolkit.plenary.agreed_weights import Reweighed
from ksd_toolkit.plenary.rules import DECISIONS, MERGED, POSTPONED, SET
from ksd_toolkit.plenary.rulings import Ruling
from ksd_toolkit.plenary.standing import reason_unnamed
from ksd_toolkit.scoring import Ranking

CHANGES: Final = ("kind", "subject", "before", "after", "reason", "article", "source")


def placed(order: Sequence[str], positions: Mapping[str, int]) -> list[str]:
    """The final order of a list.

    >>> placed(["A", "B", "C", "D"], {"D": 2})
    ['A', 'D', 'B', 'C']

    Args:
        order: All that is set, in the order before anything was moved.
        positions: Where some of it stands, 1 to the length of the list, no position twice.
    """
    at = {position: name for name, position in positions.items()}
    rest = iter([name for name in order if name not in positions])
    return [at[number] if number in at else next(rest) for number in range(1, len(order) + 1)]


def outcome_table(
    agreed: Ranking, standing: pd.DataFrame, rulings: Sequence[Ruling]
) -> pd.DataFrame:
    """One row per usulan as `Outcome.table` describes it."""
    by_name = {ruling.usulan: ruling for ruling in rulings}
    rows = {
        usulan: _row(agreed, str(usulan), row, by_name.get(str(usulan)))
        for usulan, row in zip(standing.index, standing.to_dict("records"), strict=True)
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("usulan_id")
    final = placed(_list_before(standing, table, rulings), _positions(rulings))
    others = [u for d in DECISIONS[1:] for u in table.index[table["decision"] == d]]
    table = table.loc[[*final, *others]]
    ranks = [*range(1, len(final) + 1), *([pd.NA] * len(others))]
    table.insert(0, "final_rank", pd.Series(ranks, table.index, dtype="Int64"))
    texts = ("class_name", "decision", "merged_into", "article", "reason", "source")
    return table.astype(dict.fromkeys(texts, "str") | {"computed_rank": "Int64", "named": "bool"})


def _positions(rulings: Sequence[Ruling]) -> dict[str, int]:
    return {one.usulan: one.position for one in rulings if one.position is not None}


def _list_before(
    standing: pd.DataFrame, table: pd.DataFrame, rulings: Sequence[Ruling]
) -> list[str]:
    """All that is set before anything was moved: the computed order, then what came onto the list."""
    chosen = table.index[table["decision"] == SET]
    listed = [u for u in standing.index[standing["decision"] == SET] if u in chosen]
    return listed + [
        one.usulan for one in rulings if one.usulan in chosen and one.usulan not in listed
    ]


def _row(
    agreed: Ranking, usulan: str, before: Mapping[Any, Any], ruling: Ruling | None
) -> dict[str, object]:
    facts = {
        "computed_rank": before["rank"],
        "points": before["points"],
        "class_name": before["class_name"],
    }
    if ruling is None:
        reason = reason_unnamed(agreed, usulan, str(before["why"]), agreed.lang)
        rest = ("", "", reason, False, "")
        decision = before["decision"]
    else:
        decision = ruling.decision
        rest = (ruling.into, ruling.article, ruling.reason, True, ruling.source)
    names = ("merged_into", "article", "reason", "named", "source")
    return {**facts, "decision": decision, **dict(zip(names, rest, strict=True))}


def changes_table(
    ranking: Ranking,
    standing: pd.DataFrame,
    table: pd.DataFrame,
    changed: Sequence[Reweighed],
    rulings: Sequence[Ruling],
) -> pd.DataFrame:
    """One row per departure from the computed result as `Outcome.changes` describes it."""
    lang, weights = ranking.lang, ranking.method.weights
    rows = [
        ("weight", one.criterion, trimmed(weights[one.criterion], 6, lang),
         trimmed(one.percent, 6, lang), one.reason, "", str(one.where))
        for one in changed
    ]  # fmt: skip
    for one in rulings:
        kind = _kind(one, str(standing.at[one.usulan, "decision"]))
        if kind:
            after = _after(kind, one, table, lang)
            before = _before(ranking, standing, one.usulan)
            rows.append((kind, one.usulan, before, after, one.reason, one.article, one.source))
    return pd.DataFrame(rows, columns=list(CHANGES)).astype("str")


def _kind(ruling: Ruling, computed: str) -> str:
    """What kind of departure a ruling is; nothing where it only confirms what was computed."""
    if ruling.decision == SET:
        return "admit" if computed != SET else "move" if ruling.position is not None else ""
    if ruling.decision == MERGED:
        return "merge"
    if ruling.decision == computed:
        return ""
    return "postpone" if ruling.decision == POSTPONED else "reject"


def _before(ranking: Ranking, standing: pd.DataFrame, usulan: str) -> str:
    """The computed rank; for what was not on the computed list, the word for that."""
    row = standing.loc[usulan]
    if row["decision"] == SET:
        return str(row["rank"])
    if row["why"] == "gate":
        stopped = ranking.verdicts.query("usulan_id == @usulan and verdict == 'fail'")["gate"]
        return say("plenary.before_gate", ranking.lang, gates=", ".join(dict.fromkeys(stopped)))
    return say(f"plenary.before_{row['why']}", ranking.lang)


def _after(kind: str, ruling: Ruling, table: pd.DataFrame, lang: str) -> str:
    if kind == "merge":
        return ruling.into
    if kind in {"move", "admit"}:
        return str(table.at[ruling.usulan, "final_rank"])
    return say(f"plenary.decision.{ruling.decision}", lang)
