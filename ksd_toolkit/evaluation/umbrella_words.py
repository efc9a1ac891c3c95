"""Why an umbrella got its derived recommendation, or none, in one sentence."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ksd_toolkit.evaluation.umbrellas import NOBODY, NOT_JUDGED
from ksd_toolkit.evaluation.wording import mid_sentence, some_names
from ksd_toolkit.messages import say


def umbrella_sentence(row: Mapping[Any, Any], lang: str = "id") -> str:
    """The row of the table that held for an umbrella, and the verdicts it held for."""
    rule = str(row["row"])
    if rule in {NOBODY, NOT_JUDGED}:
        return say(f"periodic.umbrella.{rule}", lang, documents=_several(row["unjudged"], lang))
    pairs = [told.rsplit("=", 1) for told in str(row["on"]).split("; ")]
    named = [
        say(
            "periodic.umbrella.one",
            lang,
            no_dok=number,
            verdict=mid_sentence(say(f"evaluation.recommendation.{verdict}", lang)),
        )
        for number, verdict in pairs
    ]
    facts = {"row": rule, "documents": some_names(named, lang)}
    if pd.isna(row["unjudged"]):
        return say("periodic.umbrella.row", lang, **facts)
    return say(
        "periodic.umbrella.row_rest", lang, **facts, unjudged=_several(row["unjudged"], lang)
    )


def _several(numbers: Any, lang: str) -> str:
    """Numbers of documents; none where there is none."""
    return "" if pd.isna(numbers) else some_names(str(numbers).split("; "), lang)
