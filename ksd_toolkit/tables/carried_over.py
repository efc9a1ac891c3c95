"""What the period carries over: monitoring that is missing, postponed usulan, and umbrellas by what is under them."""

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.umbrella_words import umbrella_sentence
from ksd_toolkit.evaluation.wording import some_names
from ksd_toolkit.messages import count, say
from ksd_toolkit.tables.cells import DASH, text_or_dash
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.reviewed import Title, reviewed


def calendar(review: Review, lang: str = "id") -> Shown:
    """Every document that was due or monitored, half-year by half-year."""
    found = review.monitoring_calendar
    periods = sorted(found["periode"].unique())
    titles: list[Title] = [("no_dok", "left", 1.3), ("judul", "left", 3)]
    titles = [
        *titles,
        *((f"half_year:{period}", "left", 1.1) for period in periods),
        ("gaps", "right", 0.9),
    ]
    rows: list[tuple[str, ...]] = []
    numbers: list[str] = []
    for number, group in found.groupby("no_dok", sort=False):
        states = dict(zip(group["periode"], group["state"], strict=True))
        told = [say(f"periodic.calendar.{states[period]}", lang) for period in periods]
        gaps = (group["state"] == "belum").sum()
        rows.append((str(number), text_or_dash(group["judul"].iloc[0]), *told, count(gaps, lang)))
        numbers.append(str(number))
    facts = {
        "yearly": review.rules.yearly_evaluations,
        "days": review.rules.minimum_days_running,
        "period": review.semester,
    }
    subjects = about("kekosongan", numbers)
    return reviewed("calendar", titles, rows, lang, subjects=subjects, facts=facts)


def postponed(review: Review, lang: str = "id") -> Shown:
    """The usulan the period before postponed, with what became of each this period."""
    found = review.postponed
    titles: list[Title] = [("usulan", "left", 1.6), ("judul", "left", 3.4), ("ground", "left", 1.6)]
    titles += [("became", "left", 2.4)]
    rows = [
        (
            f"{row['periode']}/{row['usulan_id']}",
            text_or_dash(row["judul"]),
            say(f"periodic.ground.{row['ground']}", lang),
            say("periodic.became.belum_diajukan", lang)
            if pd.isna(row["taken_up_as"])
            else say("periodic.became.diajukan_lagi", lang, usulan=row["taken_up_as"]),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("tertunda", (row[0] for row in rows))
    return reviewed("postponed", titles, rows, lang, subjects=subjects)


def umbrellas(review: Review, lang: str = "id") -> Shown:
    """The umbrellas in force, each judged through the documents that carry it out."""
    found = review.umbrellas
    titles: list[Title] = [
        ("no_dok", "left", 1.2),
        ("judul", "left", 2.6),
        ("carried_out_by", "left", 1.6),
    ]
    titles += [("verdict", "left", 1.3), ("why", "left", 3.4)]
    rows = [
        (
            row["no_dok"],
            text_or_dash(row["judul"]),
            DASH
            if pd.isna(row["carried_out_by"])
            else some_names(row["carried_out_by"].split("; "), lang),
            say("evaluation.recommendation.none", lang)
            if pd.isna(row["recommendation"])
            else say(f"evaluation.recommendation.{row['recommendation']}", lang),
            umbrella_sentence(row, lang),
        )
        for row in found.to_dict("records")
    ]
    return reviewed("umbrellas", titles, rows, lang, subjects=about("payung", found["no_dok"]))
