"""Proposals that did not arrive, as tables: what stopped, what was not determined and why, and what waits."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.determination import AGREED
from ksd_toolkit.evaluation.journey_sentence import ground_text
from ksd_toolkit.evaluation.stopped import ENDED, agreed_of, refusals_of, unstarted_of
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.tables.cells import date_or_dash, text_or_dash
from ksd_toolkit.tables.follow_through_words import Titles, days_or_dash, step_name, table_of
from ksd_toolkit.tables.measures import about

_NAMED: Final = 8
_REASONS: Final = 8


def stopped(review: Review, lang: str = "id") -> Shown:
    """The determined proposals that stopped, each with its ground and what carries it on."""
    found = review.stops[review.stops["kind"] == ENDED]
    titles: Titles = (("usulan", "left", 1.6), ("judul", "left", 3), ("reached_last", "left", 1.8))
    titles += (("ground", "left", 3.4), ("carried", "left", 1.4))
    rows = [
        (
            f"{row['periode']}/{row['usulan_id']}",
            text_or_dash(row["judul"]),
            step_name(row["reached"], lang),
            ground_text(row, lang),
            text_or_dash(row["carried_by"]),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("berhenti", (row[0] for row in rows))
    return table_of("stopped", titles, rows, lang, subjects=subjects)


def not_determined(review: Review, lang: str = "id") -> Shown:
    """What was postponed, rejected, merged, or agreed and still without a decree, by period."""
    refused = review.stops[review.stops["kind"] != ENDED][["periode", "usulan_id", "kind"]]
    agreed = agreed_of(review.journeys).assign(kind=AGREED)[["periode", "usulan_id", "kind"]]
    found = pd.concat([agreed, refused], ignore_index=True)
    titles: Titles = (("period", "left", 0.8), ("decision", "left", 2))
    titles += (("usulan_count", "right", 0.8), ("which", "left", 5))
    parts = list(found.groupby(["periode", "kind"], sort=True))
    rows = [
        (
            str(period),
            say(f"follow_through.decision.{kind}", lang),
            count(len(part), lang),
            _some([str(name) for name in part["usulan_id"]], lang),
        )
        for (period, kind), part in parts
    ]
    subjects = about("keputusan", (f"{period}|{kind}" for (period, kind), _ in parts))
    return table_of("not_determined", titles, rows, lang, row_header=1, subjects=subjects)


def refused(review: Review, lang: str = "id") -> Shown:
    """Why proposals were postponed, rejected or merged: the most frequent reasons of each period."""
    found = refusals_of(review.stops)
    titles: Titles = (("period", "left", 0.8), ("decision", "left", 1.4), ("why", "left", 5))
    titles += (("usulan_count", "right", 0.8),)
    shown = found.groupby("periode", sort=False).head(_REASONS)
    rows = [
        (
            row["periode"],
            say(f"follow_through.decision.{row['kind']}", lang),
            say("follow_through.no_reason", lang) if pd.isna(row["why"]) else row["why"],
            count(row["count"], lang),
        )
        for row in shown.to_dict("records")
    ]
    subjects = about("alasan", shown.index)
    facts = {"reasons": _REASONS}
    return table_of("refused", titles, rows, lang, row_header=2, subjects=subjects, facts=facts)


def unstarted(review: Review, lang: str = "id") -> Shown:
    """The determined proposals without a single document, the longest waiting first."""
    found = unstarted_of(review.journeys)
    titles: Titles = (("usulan", "left", 1.6), ("judul", "left", 4), ("opd", "left", 1.4))
    titles += (("since", "left", 1.8), ("waiting", "right", 1.2))
    rows = [
        (
            f"{row['periode']}/{row['usulan_id']}",
            text_or_dash(row["judul"]),
            text_or_dash(row["opd_kode"]),
            date_or_dash(row["day_zero"], lang),
            days_or_dash(row["waiting_days"], lang),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("menunggu", (row[0] for row in rows))
    return table_of("unstarted", titles, rows, lang, subjects=subjects)


def _some(names: Sequence[str], lang: str) -> str:
    """The first names, and how many more there are."""
    if len(names) <= _NAMED + 1:
        return join_words(list(names), lang)
    more = say("follow_through.more", lang, n=count(len(names) - _NAMED, lang))
    return join_words([*names[:_NAMED], more], lang)
