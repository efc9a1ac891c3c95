"""Say why an usulan stands where it stands, how firm that is, and what would move it."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from ksd_toolkit.law import cite
from ksd_toolkit.messages import count, decimal, join_words, language, percent, say
from ksd_toolkit.remembering import remembering_meanwhile
from ksd_toolkit.scoring.explanation.outlook import outlook
from ksd_toolkit.scoring.explanation.reasons import explain, with_rest
from ksd_toolkit.scoring.jenis import not_ksd_reason, type_grounds
from ksd_toolkit.scoring.uncertainty.acceptability import judged_of, shaken_words
from ksd_toolkit.scoring.uncertainty.counting import shaken_sources

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking


@remembering_meanwhile()
def explain_usulan(ranking: "Ranking", usulan: str, lang: str = "id") -> str:
    """The sentence behind `ranking.explain`; many suppositions about the same answers are held for it."""
    if usulan not in ranking.table.index:
        return _why_excluded(ranking, usulan, lang)
    row = _row(ranking.table, usulan)
    facts = {
        "usulan": usulan,
        "title": row["judul"],
        "rank": _rank(ranking, usulan, lang),
        "of": count(len(ranking.table), lang),
        "points": decimal(row["points"], ranking.method.decimals, lang),
        "class": class_text(ranking, usulan, lang),
        "why": _above_and_below(ranking, usulan, lang),
    }
    sentence = say("explain.ranked", lang, **facts)
    return " ".join(
        part
        for part in (
            sentence,
            _firmness(ranking, usulan, lang),
            _gates(ranking, usulan, lang),
            _type_set(ranking, usulan, lang),
        )
        if part
    )


def class_text(ranking: "Ranking", usulan: str, lang: str = "id") -> str:
    """The class with what raised, capped or prevented it."""
    row = _row(ranking.table, usulan)
    change = row["class_change"]
    label = ranking.method.class_label(str(row["class_name"]), language(lang))
    if change == "coverage":
        return say("explain.no_class", lang, coverage=percent(100 * row["coverage"], 0, lang))
    if change == "method":
        return say("explain.class_method", lang)
    return say(f"explain.class_{change}", lang, label=label) if change else label


def _rank(ranking: "Ranking", usulan: str, lang: str) -> str:
    rank = _row(ranking.table, usulan)["rank"]
    shared = int((ranking.table["rank"] == rank).sum())
    return say("explain.rank_shared", lang, rank=rank, others=shared) if shared > 1 else str(rank)


def _above_and_below(ranking: "Ranking", usulan: str, lang: str) -> str:
    """What lifts and what holds back, against the mean of all ranked usulan, and what would move it."""
    if len(ranking.table) == 1:
        why = say("explain.alone", lang)
    else:
        found = explain(ranking, usulan)
        why, rest = found.why(lang), found.rest(lang)
        first = why or rest or say("explain.average", lang)
        why = with_rest(say("explain.compared", lang, why=first), rest if why else "", lang)
    moved = outlook(ranking, usulan, lang)
    return say("explain.with_outlook", lang, why=why, outlook=moved) if moved else why


def _firmness(ranking: "Ranking", usulan: str, lang: str) -> str:
    """How firm the rank is, and how far the answers still missing could move the points."""
    row = _row(ranking.table, usulan)
    told = []
    settings = ranking.method.uncertainty
    if shaken_sources(judged_of(ranking, raters=settings.raters), settings):
        steady = row["rank_low"] == row["rank_high"]
        facts = {
            "shaken": shaken_words(ranking, lang),
            "low": count(row["rank_low"], lang),
            "high": count(row["rank_high"], lang),
            "draws": count(settings.draws, lang),
            "share": percent(100 * (settings.interval[1] - settings.interval[0]), 0, lang),
        }
        told.append(say("explain.steady" if steady else "explain.firm", lang, **facts))
    if row["worst"] != row["best"]:
        places = ranking.method.decimals
        facts = {
            "worst": decimal(row["worst"], places, lang),
            "best": decimal(row["best"], places, lang),
            "coverage": percent(100 * row["coverage"], 0, lang),
        }
        told.append(say("explain.interval", lang, **facts))
    return " ".join(told)


def _gates(ranking: "Ranking", usulan: str, lang: str) -> str:
    reasons = gate_reasons(ranking, usulan, lang)
    return say("explain.review", lang, reasons=join_words(reasons, lang)) if reasons else ""


def gate_reasons(ranking: "Ranking", usulan: str, lang: str = "id") -> list[str]:
    """Why each gate did not simply pass, with its article."""
    mine = ranking.verdicts[ranking.verdicts["usulan_id"] == usulan]
    gates = {gate.code: gate for gate in ranking.method.gates}
    reasons = []
    for code, number in zip(mine["gate"], mine["row"], strict=True):
        gate = gates[code]
        reason, article = gate.rows[number][f"reason_{language(lang)}"], gate.article
        kind = _row(ranking.types, usulan)
        if kind["jenis"] == "BUKAN" and gate.code == "G6":
            reason, article = not_ksd_reason(kind, lang)
        reasons.append(f"{reason} ({cite(article, lang).citation})")
    return reasons


def _type_set(ranking: "Ranking", usulan: str, lang: str) -> str:
    """A type that was set otherwise than by rule is never passed over in silence."""
    kind = _row(ranking.types, usulan)
    return "" if pd.isna(kind["set_why"]) else type_grounds(kind, lang)


def _why_excluded(ranking: "Ranking", usulan: str, lang: str) -> str:
    row = _row(ranking.excluded, usulan)
    reasons = gate_reasons(ranking, usulan, lang) or [say("explain.unanswered", lang)]
    sentence = say(
        "explain.excluded",
        lang,
        usulan=usulan,
        title=row["judul"],
        reasons=join_words(reasons, lang),
    )
    return f"{sentence} {_type_set(ranking, usulan, lang)}".rstrip()


def _row(frame: pd.DataFrame, usulan: str) -> dict[str, Any]:
    """One usulan's facts by column name."""
    return {str(name): value for name, value in frame.loc[usulan].items()}
