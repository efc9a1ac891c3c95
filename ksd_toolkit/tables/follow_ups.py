"""Obstacles as they were told, and follow-ups of earlier half-years with what became of them, as tables."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.wording import mid_sentence, some_names
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.tables.cells import DASH, date_or_dash
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.reviewed import Title, reviewed


def obstacles(review: Review, lang: str = "id") -> Shown:
    """What hindered in the half-year, word for word; the same words once, with their documents."""
    found = review.obstacles
    titles: list[Title] = [("obstacle", "left", 4), ("no_dok", "left", 2), ("told_by", "left", 2)]
    rows = [
        (
            row["obstacle"],
            some_names(row["no_dok"].split("; "), lang),
            join_words(
                [mid_sentence(say(f"periodic.rater.{r}", lang)) for r in row["raters"].split("; ")],
                lang,
            )
            if row["raters"]
            else DASH,
        )
        for row in found.to_dict("records")
    ]
    facts = {"period": review.semester}
    subjects = about("hambatan", (number.split("; ")[0] for number in found["no_dok"]))
    return reviewed("obstacles", titles, rows, lang, subjects=subjects, facts=facts, row_header=1)


def carried(review: Review, lang: str = "id") -> Shown:
    """The follow-ups planned before the half-year under review: still open, or closed in it."""
    every, now = review.all_follow_ups, str(review.semester)
    news = every["is_open"] | (every["answered_in"] == now)
    found = every[(every["asked_in"] < now) & news]
    titles: list[Title] = [("no_dok", "left", 1.2), ("asked_in", "left", 1)]
    titles += [("what", "left", 2.6), ("who", "left", 1.3), ("due", "left", 1.6)]
    titles += [("state", "left", 2.8), ("days_overdue", "right", 0.8)]
    rows = [
        (
            row["no_dok"],
            row["asked_in"],
            row["what"],
            say("evaluation.action.no_actor", lang) if pd.isna(row["who"]) else row["who"],
            date_or_dash(row["due"], lang),
            state_text(row, lang),
            DASH if pd.isna(row["days_overdue"]) else count(row["days_overdue"], lang),
        )
        for row in found.to_dict("records")
    ]
    facts = {"period": now, "date": date_or_dash(review.tanggal_acuan, lang)}
    subjects = about("tindaklanjut", found["no_dok"] + "|" + found["asked_in"])
    return reviewed("carried", titles, rows, lang, subjects=subjects, facts=facts, row_header=2)


def state_text(row: Mapping[Any, Any], lang: str = "id") -> str:
    """What became of a follow-up, in which half-year that was told, and the evidence named for it."""
    name = say(f"periodic.answer.{row['state']}", lang)
    if pd.isna(row["answered_in"]):
        return name
    facts = {"answer": name, "period": row["answered_in"]}
    if pd.isna(row["evidence"]):
        return say("periodic.answered_in", lang, **facts)
    return say("periodic.answered_with", lang, **facts, evidence=row["evidence"])
