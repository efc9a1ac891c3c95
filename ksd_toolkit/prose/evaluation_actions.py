"""What follows from the review in sentences: proposals carried out, recommendations, and who acts next."""

from collections.abc import Iterator

import pandas as pd

from ksd_toolkit.document import Runs, told
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.recommendations import RECOMMENDATIONS
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import date_text, say
from ksd_toolkit.prose.evaluation_numbers import (
    counted,
    counted_documents,
    counts_by_name,
    document_number,
    quoted,
)


def followed(review: Review, lang: str) -> Runs:
    """How many determined proposals were carried out, wait, or stopped."""
    cases = review.cases
    if cases.empty:
        return told("evaluation.summary.no_usulan", lang)
    states = cases["state"].value_counts()
    numbers = {
        "determined": len(cases),
        "implemented": states.get("selesai", 0),
        "open": states.get("terbuka", 0),
        "stopped": states.get("berhenti", 0),
    }
    facts = {name: counted(number, name, "penetapan/*", lang) for name, number in numbers.items()}
    return told("evaluation.summary.followed", lang, **facts)


def recommended(review: Review, lang: str) -> Runs:
    """How many documents were given each recommendation."""
    given = review.recommendations["recommendation"].value_counts()
    if given.empty:
        return told("evaluation.summary.no_recommendations", lang)
    named = [
        (
            mid_sentence(say(f"evaluation.recommendation.{code}", lang)),
            f"recommended:{code}",
            number,
        )
        for code in RECOMMENDATIONS
        if (number := given.get(code, 0))
    ]
    return told("evaluation.summary.recommended", lang, verdicts=counts_by_name(named, lang))


def actions_due(review: Review, lang: str) -> Iterator[Runs]:
    """The oldest overdue action and the nearest one ahead."""
    actions = review.follow_ups
    dated = actions[actions["due"].notna()]
    overdue, ahead = dated[dated["overdue"]], dated[~dated["overdue"]]
    if not overdue.empty:
        oldest = overdue.iloc[0]
        yield told(
            "evaluation.summary.actions_overdue",
            lang,
            count=counted_documents(len(overdue), "overdue", lang),
            who=quoted(_who(oldest, lang), f"tindak_lanjut@naskah/{oldest['no_dok']}"),
            due=date_text(oldest["due"], lang),
            no_dok=document_number(oldest["no_dok"]),
        )
    if not ahead.empty:
        nearest = ahead.iloc[0]
        renewal = say("evaluation.action.renewal", lang)
        what = str(renewal if pd.isna(nearest["what"]) else nearest["what"])
        origin = f"tindak_lanjut@naskah/{nearest['no_dok']}"
        yield told(
            "evaluation.summary.action",
            lang,
            who=quoted(_who(nearest, lang), origin),
            what=quoted(mid_sentence(what), origin),
            due=date_text(nearest["due"], lang),
        )
    if dated.empty:
        yield told("evaluation.summary.no_action", lang)


def _who(action: pd.Series, lang: str) -> str:
    return say("evaluation.action.no_actor", lang) if pd.isna(action["who"]) else str(action["who"])
