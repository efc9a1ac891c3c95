"""Obstacles as they were told, and follow-ups of earlier half-years with what became of them, as tables."""

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.tables.cells import DASH, date_or_dash, text_or_dash
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.reviewed import Title, reviewed


def obstacles(review: Review, lang: str = "id") -> Shown:
    """What hindered in the half-year, word for word; the same words once, with their documents."""
    found = review.obstacles
    titles: list[Title] = [("obstacle", "left", 4), ("no_dok", "left", 2), ("told_by", "left", 2)]
    rows = [
        (
            row["obstacle"],
            row["no_dok"],
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
    titles: list[Title] = [
        ("no_dok", "left", 1.2),
        ("asked_in", "left", 0.9),
        ("what", "left", 2.8),
    ]
    titles += [("who", "left", 1.3), ("due", "left", 1.5), ("state", "left", 1.6)]
    titles += [("days_overdue", "right", 0.8), ("evidence", "left", 1.6)]
    rows = [
        (
            row["no_dok"],
            row["asked_in"],
            row["what"],
            say("evaluation.action.no_actor", lang) if pd.isna(row["who"]) else row["who"],
            date_or_dash(row["due"], lang),
            state_text(row["state"], row["answered_in"], lang),
            DASH if pd.isna(row["days_overdue"]) else count(row["days_overdue"], lang),
            text_or_dash(row["evidence"]),
        )
        for row in found.to_dict("records")
    ]
    facts = {"period": now, "date": date_or_dash(review.tanggal_acuan, lang)}
    subjects = about("tindaklanjut", found["no_dok"] + "|" + found["asked_in"])
    return reviewed("carried", titles, rows, lang, subjects=subjects, facts=facts, row_header=2)


def state_text(state: str, answered_in: object, lang: str = "id") -> str:
    """What became of a follow-up, and in which half-year that was told."""
    name = say(f"periodic.answer.{state}", lang)
    if pd.isna(answered_in):  # type: ignore[call-overload]  # one cell
        return name
    return say("periodic.answered_in", lang, answer=name, period=answered_in)
