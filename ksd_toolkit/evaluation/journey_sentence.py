"""The journey of one proposal in a few sentences: what was decided, what was reached, what is missing."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.evaluation.determination import AGREED, DETERMINED, MERGED, UNDECIDED
from ksd_toolkit.evaluation.follow_through import DONE, JOINED, OPEN, FollowThrough
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, join_words, say

Row = Mapping[Any, Any]


def journey_sentence(row: Row, stop: Row | None, found: FollowThrough, lang: str = "id") -> str:
    """Why a row of the journeys stands where it stands.

    Args:
        row: The row.
        stop: Its row among those that stopped, None where it did not.
        found: All journeys and the steps they took.
        lang: Language of the sentence.
    """
    parts = [_decided(row, lang), *_steps(row, found, lang), *_now(row, stop, lang)]
    parts += _chain(row, lang)
    name, title = f"{row['periode']}/{row['usulan_id']}", _text(row["judul"])
    head = say("follow_through.explain.head", lang, usulan=name, judul=title)
    return f"{head} {' '.join(parts)}"


def _decided(row: Row, lang: str) -> str:
    fate = row["fate"]
    if fate == DETERMINED:
        if pd.isna(row["day_zero"]):
            return say("follow_through.explain.determined_undated", lang)
        day = date_text(row["day_zero"], lang)
        return say(f"follow_through.explain.determined_{row['day_source']}", lang, date=day)
    if fate in {AGREED, UNDECIDED}:
        return say(f"follow_through.explain.{fate}", lang)
    facts = {"into": row["merged_into"]} if fate == MERGED else {}
    told = say(f"follow_through.explain.{fate}", lang, **facts)
    why = _text(row["why"])
    return f"{told} {say('follow_through.explain.why', lang, why=why)}" if why else told


def _steps(row: Row, found: FollowThrough, lang: str) -> Iterator[str]:
    took = found.milestones
    mine = took[(took["periode"] == row["periode"]) & (took["usulan_id"] == row["usulan_id"])]
    told = [_step(one, lang) for one in mine.to_dict("records")]
    if told:
        yield say("follow_through.explain.steps", lang, steps="; ".join(told))


def _step(one: Row, lang: str) -> str:
    name = mid_sentence(say(f"follow_through.step.{one['step']}", lang))
    if pd.isna(one["document"]):
        return say("follow_through.explain.implied", lang, step=name)
    if pd.isna(one["day"]):
        return say("follow_through.explain.undated", lang, step=name, no_dok=one["document"])
    day = date_text(one["day"], lang)
    return say("follow_through.explain.dated", lang, step=name, date=day, no_dok=one["document"])


def _now(row: Row, stop: Row | None, lang: str) -> Iterator[str]:
    if row["state"] == DONE:
        yield say("follow_through.explain.done", lang)
    elif row["state"] == OPEN and row["fate"] == DETERMINED:
        missing = mid_sentence(say(f"follow_through.step.{row['next']}", lang))
        if pd.isna(row["waiting_days"]):
            yield say("follow_through.explain.open", lang, step=missing)
        else:
            days = count(row["waiting_days"], lang)
            yield say("follow_through.explain.open_days", lang, step=missing, days=days)
    elif stop is not None and pd.notna(stop["last_document"]):
        missing = mid_sentence(say(f"follow_through.step.{row['next']}", lang))
        yield say(
            "follow_through.explain.stopped", lang, step=missing, ground=ground_text(stop, lang)
        )


def ground_text(stop: Row, lang: str) -> str:
    """On what ground the last document ended, with day and article where they are known."""
    number = stop["last_document"]
    if pd.isna(stop["ended_by"]):
        return say("follow_through.ground.unknown", lang, no_dok=number)
    name = mid_sentence(say(f"follow_through.ended.{stop['ended_by']}", lang))
    facts = {"no_dok": number, "ground": _with_article(name, stop, lang)}
    if pd.isna(stop["stopped_on"]):
        return say("follow_through.ground.undated", lang, **facts)
    code = "stated" if stop["stated"] else "by_date"
    return say(
        f"follow_through.ground.{code}", lang, date=date_text(stop["stopped_on"], lang), **facts
    )


def _with_article(name: str, stop: Row, lang: str) -> str:
    """A ground with the article that names it for this type; the ground alone where none does."""
    grounds = read_agreement_rules().endings.get(_text(stop["jenis"]), {})
    article = grounds.get(str(stop["ended_by"]))
    return name if article is None else f"{name} ({article.cited(lang)})"


def _chain(row: Row, lang: str) -> Iterator[str]:
    name = f"{row['periode']}/{row['usulan_id']}"
    if row["state"] == JOINED and row["fate"] != MERGED:
        yield say("follow_through.explain.joined", lang, head=row["head"])
    others = [one for one in str(row["members"]).split("; ") if one != name]
    if row["state"] != JOINED and others:
        yield say("follow_through.explain.members", lang, usulan=join_words(others, lang))
    later = [one for one in _text(row["carried_by"]).split("; ") if one and one not in others]
    if later:
        yield say("follow_through.explain.carried", lang, usulan=join_words(later, lang))


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
