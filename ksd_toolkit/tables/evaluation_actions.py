"""What the review asks for, as tables: recommendations, what a leader must decide, and who acts by when."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.messages import say
from ksd_toolkit.tables.cells import date_or_dash, text_or_dash
from ksd_toolkit.tables.evaluation_table import Titles, evaluation_table
from ksd_toolkit.tables.measures import about

_TO_DECIDE: Final = ("dihentikan", "diperluas", "diperbaiki")


def recommendations(review: Review, lang: str = "id") -> Shown:
    """What should become of the documents in force, and why; umbrellas follow what carries them out."""
    found = review.recommendations
    found = found[~found["row"].isin(["N1", "N2"])]
    columns: Titles = (("no_dok", "left", 1.2), ("judul", "left", 2.4))
    columns += (("recommendation", "left", 1.2), ("stated", "left", 1.2), ("reason", "left", 4))
    rows = [
        (
            row["no_dok"],
            text_or_dash(row["judul"]),
            _verdict(row["recommendation"], lang),
            _verdict(row["stated"], lang),
            review.reason(row, lang),
        )
        for row in found.to_dict("records")
    ]
    return evaluation_table(
        "recommendations", columns, rows, lang, subjects=about("naskah", found["no_dok"])
    )


def decisions(review: Review, lang: str = "id", *, rows: int | None = None) -> Shown:
    """The documents a leader must decide on: to be stopped, extended or mended, in this order.

    Args:
        review: The review.
        lang: Language of the table.
        rows: How many of the first; all when not given. How many more there are stands below.
    """
    found = review.recommendations
    found = found[found["recommendation"].isin(_TO_DECIDE)]
    found = found.sort_values("recommendation", key=_urgent_first, kind="stable")
    found, more = _first(found, rows)
    columns: Titles = (("document", "left", 2.6), ("recommendation", "left", 1.1))
    columns += (("reason", "left", 5),)
    body = [
        (
            f"{row['no_dok']} {text_or_dash(row['judul'])}",
            _verdict(row["recommendation"], lang),
            review.reason(row, lang),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("naskah", found["no_dok"])
    return evaluation_table("decisions", columns, body, lang, subjects=subjects, more=more)


def follow_ups(review: Review, lang: str = "id", *, rows: int | None = None) -> Shown:
    """Who must do what by when, earliest first; only the first `rows` where given."""
    found, more = _first(review.follow_ups, rows)
    columns: Titles = (("due", "left", 1.8), ("what", "left", 3.6), ("who", "left", 1.4))
    columns += (("no_dok", "left", 1.2), ("state", "left", 1.7))
    body = [
        (
            say("evaluation.action.no_date", lang)
            if pd.isna(row["due"])
            else date_or_dash(row["due"], lang),
            say("evaluation.action.renewal", lang) if pd.isna(row["what"]) else row["what"],
            say("evaluation.action.no_actor", lang) if pd.isna(row["who"]) else row["who"],
            row["no_dok"],
            say(f"evaluation.action.{_urgency(row)}", lang),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("naskah", found["no_dok"])
    return evaluation_table(
        "follow_ups", columns, body, lang, row_header=1, subjects=subjects, more=more
    )


def _urgent_first(recommendations: pd.Series) -> pd.Series:
    return recommendations.map({code: place for place, code in enumerate(_TO_DECIDE)})


def _first(found: pd.DataFrame, rows: int | None) -> tuple[pd.DataFrame, int]:
    """The first `rows` rows, and how many are left out."""
    kept = found if rows is None else found.head(rows)
    return kept, len(found) - len(kept)


def _verdict(code: object, lang: str) -> str:
    known = "none" if pd.isna(code) else code  # type: ignore[call-overload]
    return say(f"evaluation.recommendation.{known}", lang)


def _urgency(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["due"]):
        return "undated"
    return "overdue" if row["overdue"] else "ahead"
