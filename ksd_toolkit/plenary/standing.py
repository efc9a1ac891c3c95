"""Where every usulan stands before the plenary says anything: the computed order and what it entails."""

from typing import Final

import pandas as pd

from ksd_toolkit.messages import say
from ksd_toolkit.plenary.rules import Decision, unnamed
from ksd_toolkit.scoring import Ranking, gate_reasons

UNANSWERED: Final = "unanswered"


def standing(ranking: Ranking) -> pd.DataFrame:
    """One row per usulan, ranked ones first in printed order, then the others by id.

    `rank` (Int64, <NA> for what is not ranked), `points`, `class_name`, `gate` (`unanswered` where
    nothing could be scored), and the `decision` that holds if the plenary says nothing, with `why`
    (`gate`, `unanswered`, `class`, `coverage` or nothing).
    """
    ranked, others = ranking.table, ranking.excluded.sort_index()
    gates = [*ranked["gate"], *(_of_unranked(gate) for gate in others["gate"])]
    classes = [*ranked["class_name"], *([""] * len(others))]
    frame = pd.DataFrame(
        {
            "rank": pd.array([*ranked["rank"], *([pd.NA] * len(others))], dtype="Int64"),
            "points": [*ranked["points"], *others["points"]],
            "class_name": pd.array(classes, dtype="str"),
            "gate": pd.array(gates, dtype="str"),
        },
        index=pd.Index([*ranked.index, *others.index], name="usulan_id", dtype="str"),
    )
    told = [_computed(ranking, gate, name) for gate, name in zip(gates, classes, strict=True)]
    frame["decision"] = pd.array([decision for decision, _ in told], dtype="str")
    frame["why"] = pd.array([why for _, why in told], dtype="str")
    return frame


def why_unnamed(ranking: Ranking, usulan: str) -> str:
    """The word for why one usulan is not on the list if the plenary says nothing; nothing where it is."""
    if usulan in ranking.table.index:
        row = ranking.table.loc[usulan]
        return _computed(ranking, str(row["gate"]), str(row["class_name"]))[1]
    return _computed(ranking, _of_unranked(str(ranking.excluded.at[usulan, "gate"])), "")[1]


def _computed(ranking: Ranking, gate: str, class_name: str) -> tuple[Decision, str]:
    return unnamed(gate, class_name if ranking.method.has_classes else "*")


def _of_unranked(gate: str) -> str:
    """What kept an usulan from being ranked: a gate, else that nothing was answered."""
    return gate if gate == "fail" else UNANSWERED


def reason_unnamed(ranking: Ranking, usulan: str, why: str, lang: str) -> str:
    """Why an usulan the record does not name is not on the list; nothing where it is."""
    if why == "gate":
        return say(
            "plenary.because_gate", lang, reasons="; ".join(gate_reasons(ranking, usulan, lang))
        )
    if why == "class":
        name = ranking.method.class_label(str(ranking.table.at[usulan, "class_name"]), lang)
        return say("plenary.because_class", lang, class_name=name)
    return say(f"plenary.because_{why}", lang) if why else ""
