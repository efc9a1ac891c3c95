"""One sentence about what the plenary did with an usulan: where it was computed, where it stands, why."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from ksd_toolkit.messages import count, say
from ksd_toolkit.plenary.article import article_text
from ksd_toolkit.plenary.rules import SET
from ksd_toolkit.plenary.standing import reason_unnamed, why_unnamed
from ksd_toolkit.remembering import remembered

if TYPE_CHECKING:
    from ksd_toolkit.plenary.outcome import Outcome


def explain_decision(outcome: "Outcome", usulan: str, lang: str) -> str:
    """Computed rank, final rank, reason, article and source of an usulan in one sentence."""
    row = {str(name): value for name, value in outcome.table.loc[usulan].items()}
    computed = row["computed_rank"]
    facts = {
        "usulan": usulan,
        "computed": say("plenary.explain_unranked", lang)
        if pd.isna(computed)
        else say("plenary.explain_rank", lang, rank=count(int(computed), lang)),
        "reason": _reason(outcome, usulan, row, lang).rstrip("."),
        "into": row["merged_into"],
        "final": "" if pd.isna(row["final_rank"]) else count(int(row["final_rank"]), lang),
    }
    told = say(f"plenary.explain_{_how(outcome, usulan, row)}", lang, **facts)
    article = article_text(str(row["article"]), lang)
    if article:
        told += say("plenary.explain_article", lang, article=article)
    return told + (
        say("plenary.explain_source", lang, source=row["source"]) if row["source"] else "."
    )


def _reason(outcome: "Outcome", usulan: str, row: dict[str, Any], lang: str) -> str:
    """The reason as it was recorded; what we say ourselves where the record is silent, in `lang`."""
    if row["named"] or lang == outcome.lang:
        return str(row["reason"])
    return reason_unnamed(outcome.agreed, usulan, why_unnamed(outcome.agreed, usulan), lang)


def _how(outcome: "Outcome", usulan: str, row: dict[str, Any]) -> str:
    """The sentence that fits."""
    if row["decision"] != SET:
        return f"{row['decision']}_named" if row["named"] else str(row["decision"])
    kinds, ties = remembered("decisions", None, outcome, lambda: _kinds_and_ties(outcome))
    if usulan in kinds:
        return kinds[usulan]
    rank, final = int(row["computed_rank"]), int(row["final_rank"])
    return "kept" if rank <= final < rank + ties[rank] else "shifted"


def _kinds_and_ties(outcome: "Outcome") -> tuple[dict[str, str], Counter[int]]:
    """The first change of each usulan, and how many share each computed rank."""
    changes = outcome.changes
    kinds: dict[str, str] = {}
    for subject, kind in zip(changes["subject"], changes["kind"], strict=True):
        kinds.setdefault(str(subject), str(kind))
    return kinds, Counter(outcome.table["computed_rank"].dropna().astype(int))
