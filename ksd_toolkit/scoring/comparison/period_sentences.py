"""Say in sentences what became of an usulan since the period before, and why its score changed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ksd_toolkit.answers.quality.change import CONTINUED
from ksd_toolkit.columns import records
from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, decimal, join_words, language, say
from ksd_toolkit.messages.numbers import half_up
from ksd_toolkit.scoring.classes import NO_CLASS
from ksd_toolkit.scoring.comparison.period_leaves import CAUSES, METHOD, WHOLE
from ksd_toolkit.scoring.explanation import class_text, gate_reasons
from ksd_toolkit.scoring.ranking import Ranking

if TYPE_CHECKING:
    from ksd_toolkit.scoring.comparison.periods import PeriodChange

_NAMED: Final = 3  # leaves named per cause
_Row = dict[str, Any]


def explain_change(change: "PeriodChange", usulan: str, lang: str) -> str:
    """The sentence behind `PeriodChange.explain`."""
    wanted = usulan.strip().upper()
    if wanted in change.dropped.index and wanted not in change.table.index:
        return explain_dropped(change, wanted, lang)
    wanted = change.now.find(wanted)
    row = dict(records(change.table.loc[[wanted]]))[wanted]
    facts = {"usulan": wanted, "title": row["judul"], "before": change.period_before}
    match row["movement"]:
        case "stayed":
            return " ".join(_stayed(change, wanted, row, facts, lang))
        case "entered":
            why = _why_entered(change, row, lang)
            return say("period.entered", lang, **facts, rank=count(row["rank"], lang), why=why)
        case "left":
            why = _why_off(change.now, wanted, lang)
            return say("period.left", lang, **facts, rank=count(row["rank_before"], lang), why=why)
    return say("period.outside", lang, **facts, why=_why_off(change.now, wanted, lang))


def explain_dropped(change: "PeriodChange", usulan: str, lang: str) -> str:
    """An usulan of the period before, by its old id, that nobody proposed again.

    Raises:
        MethodError: The period before has no such usulan, or it goes on.
    """
    if usulan not in change.dropped.index:
        raise MethodError("comparison.not_dropped", usulan=usulan)
    row = dict(records(change.dropped.loc[[usulan]]))[usulan]
    facts = {"usulan": usulan, "title": row["judul"], "before": change.period_before}
    if pd.isna(row["rank"]):
        return say("period.dropped_unranked", lang, **facts)
    return say("period.dropped", lang, **facts, rank=count(row["rank"], lang))


def _why_entered(change: "PeriodChange", row: _Row, lang: str) -> str:
    if row["status"] == CONTINUED:
        reasons = _why_off(change.before, str(row["asal"]), lang)
        return say("period.why.passed", lang, asal=row["asal"], reasons=reasons)
    return say(f"period.why.{row['status']}", lang, asal=row["asal"])


def _why_off(ranking: Ranking, usulan: str, lang: str) -> str:
    reasons = gate_reasons(ranking, usulan, lang) or [say("explain.unanswered", lang)]
    return join_words(reasons, lang)


def _stayed(
    change: "PeriodChange", usulan: str, row: _Row, facts: dict[str, Any], lang: str
) -> Iterator[str]:
    """The move in the list, the move among usulan of both lists, and why the score changed."""
    step = int(row["rank"]) - int(row["rank_before"])
    way = "same" if step == 0 else "up" if step < 0 else "down"
    yield say(f"period.{way}", lang, **facts, **_both_ends(change, usulan, row, lang))
    both = int(change.table["common"].notna().sum())
    if both > 1:
        first, second = (count(row[name], lang) for name in ("common_before", "common"))
        code = "period.common_same" if first == second else "period.common"
        yield say(code, lang, n=count(both, lang), rank_before=first, rank=second)
    if pd.isna(row[METHOD]):
        yield say("period.no_split", lang)
        return
    places = change.now.method.decimals
    parts = [
        (row[cause], text) for cause in CAUSES if (text := _cause(change, usulan, row, cause, lang))
    ]
    if not parts:
        yield say("period.unmoved", lang)
        return
    told = [text for _, text in parts]
    rest = left_over(row["change"], [points for points, _ in parts], places)
    told += [say("period.rounding", lang, points=signed(rest, places, lang))] if rest else []
    total = signed(row["change"], places, lang)
    yield say("period.split", lang, change=total, parts="; ".join(told))


def _both_ends(change: "PeriodChange", usulan: str, row: _Row, lang: str) -> dict[str, str]:
    """Rank, points and class of both periods as a sentence shows them."""
    ends: dict[str, str] = {}
    for name, ranking in (("_before", change.before), ("", change.now)):
        ends[f"rank{name}"] = count(row[f"rank{name}"], lang)
        ends[f"of{name}"] = count(len(ranking.table), lang)
        ends[f"points{name}"] = decimal(row[f"points{name}"], ranking.method.decimals, lang)
    was = class_text(change.before, str(row["asal"]), lang)
    now = class_text(change.now, usulan, lang)
    code = "period.class_same" if was == now else "period.class"
    return ends | {"classes": say(code, lang, before=was, now=now)}


def class_or_none(ranking: Ranking, name: Any, lang: str) -> str:
    """What a class is called; a word where there is none."""
    if pd.isna(name) or name == NO_CLASS:
        return say("period.no_class", lang)
    return ranking.method.class_label(str(name), language(lang))


def _cause(change: "PeriodChange", usulan: str, row: _Row, cause: str, lang: str) -> str:
    """`jawaban +4,50 (Urgensi dari 3 menjadi 5: +4,50)`; nothing where nothing changed."""
    split = change.split
    mine = split[(split["usulan_id"] == usulan) & (split["cause"] == cause)]
    if mine.empty:
        return ""
    places = change.now.method.decimals
    order = mine["points"].abs().sort_values(ascending=False, kind="stable").index
    named, others = mine.loc[order[:_NAMED]], len(mine) - _NAMED
    told = [_leaf(change, leaf, lang) for _, leaf in records(named)]
    rest = left_over(row[cause], list(named["points"]), places)
    if others > 0:
        told.append(
            say("period.more", lang, n=count(others, lang), points=signed(rest, places, lang))
        )
    elif rest:
        told.append(say("period.rounding", lang, points=signed(rest, places, lang)))
    total = signed(row[cause], places, lang)
    return say(f"period.cause.{cause}", lang, points=total, list="; ".join(told))


def _leaf(change: "PeriodChange", leaf: _Row, lang: str) -> str:
    code = str(leaf["criterion"])
    if code == WHOLE:
        points = signed(leaf["points"], change.now.method.decimals, lang)
        return say("period.whole", lang, points=points)
    method = change.now.method if code in change.now.method.weights else change.before.method
    weight = leaf["cause"] == METHOD
    before, after = (_told(leaf[end], lang, weight=weight) for end in ("before", "after"))
    return say(
        "period.leaf", lang, label=method.criterion(code).labels[language(lang)], before=before,
        after=after, points=signed(leaf["points"], change.now.method.decimals, lang),
    )  # fmt: skip


def _told(value: Any, lang: str, *, weight: bool) -> str:
    """An answer or a weight; what was not answered is said to be missing."""
    if pd.isna(value):
        return say("period.blank", lang)
    text = decimal(value, 0 if float(value).is_integer() else 2, lang)
    return say("period.weight", lang, weight=text) if weight else text


def left_over(total: float, parts: Sequence[float], places: int) -> float:
    """What the printed parts lack of the printed total: other parts, or what rounding left.

    >>> left_over(2.62, [2.625], 2)
    -0.01
    """
    return float(half_up(total, places) - sum(half_up(part, places) for part in parts))


def signed(points: float, places: int, lang: str) -> str:
    """Points with their sign; what rounds to nothing has none."""
    text = decimal(abs(points), places, lang)
    if text == decimal(0.0, places, lang):
        return text
    return ("+" if points > 0 else "\u2212") + text
