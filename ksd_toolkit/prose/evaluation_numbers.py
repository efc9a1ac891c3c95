"""The numbers the evaluation tells in sentences: what they count, and the origin each carries."""

import re
from typing import Final

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.document import Run, Runs, joined, measured, told
from ksd_toolkit.evaluation import Review
from ksd_toolkit.messages import count

_NUMBER: Final = re.compile(r"(?<![\w/-])\d")
"""A number that is no part of a code, as `01` is in `KB-01/2026`."""


def running_documents(review: Review) -> pd.DataFrame:
    """The documents in force on the reference date."""
    documents = review.documents
    return documents[documents["effective_status"].isin(RUNNING)]


def ending_within(review: Review, days: int) -> pd.DataFrame:
    """The documents in force that end within so many days."""
    running = running_documents(review)
    return running[running["days_left"] <= days]


def computable_indicators(review: Review) -> pd.DataFrame:
    """The indicators of the half-year under review that have a percentage."""
    found = review.achievements
    return found[(found["periode"] == str(review.semester)) & found["band"].notna()]


def counts_by_name(named: list[tuple[str, str, int]], lang: str) -> Runs:
    """`3 dilanjutkan dan 1 dihentikan`, from what they are called, their measure and their number."""
    parts = [
        told(
            "evaluation.summary.verdict",
            lang,
            count=counted_documents(number, measure, lang),
            verdict=name,
        )
        for name, measure, number in named
    ]
    return joined(parts, lang)


def counted(number: float, measure: str, subject: str, lang: str) -> Run:
    """A number with what it measures of what."""
    return measured(count(number, lang), measure, subject)


def counted_documents(number: float, measure: str, lang: str) -> Run:
    """A number of documents with what it measures."""
    return counted(number, measure, "naskah/*", lang)


def window_days(days: int) -> Run:
    """The days of a window, as the rules have them."""
    return measured(str(days), "window", "aturan/*")


def quoted(text: object, origin: str) -> Run:
    """What somebody wrote; it has an origin where a number stands in it by itself."""
    held = _NUMBER.search(str(text)) is not None
    return Run(str(text), origin=origin if held else "")


def document_number(number: object) -> Run:
    """The number of a document."""
    return quoted(number, f"no_dok@naskah/{number}")
