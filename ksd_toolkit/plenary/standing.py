"""Where every usulan stands before the plenary says anything: the computed order and what it entails."""

from typing import Final

import pandas as pd

from ksd_toolkit.messages import say
from ksd_toolkit.plenary.rules import unnamed
from ksd_toolkit.scoring import Ranking, gate_reasons

UNANSWERED: Final = "unanswered"


def standing(ranking: Ranking) -> pd.DataFrame:
    """One row per usulan, ranked ones first in printed order, then the others by id.

    `rank` (Int64, <NA> for what is not ranked), `points`, `class_name`, `gate` (`unanswered` where
    nothing could be scored), and the `decision` that holds if the plenary says nothing, with `why`
    (`gate`, `unanswered`, `class`, `coverage` or nothing).
    """
    ranked, others = ranking.table, ranking.excluded.sort_index()
    gates = [*ranked["gate"], *others["gate"].where(others["gate"] == "fail", UNANSWERED)]
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
    has_classes = ranking.method.has_classes
    told = [
        unnamed(gate, name if has_classes else "*")
        for gate, name in zip(gates, classes, strict=True)
    ]
    frame["decision"] = pd.array([decision for decision, _ in told], dtype="str")
    frame["why"] = pd.array([why for _, why in told], dtype="str")
    return frame


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
