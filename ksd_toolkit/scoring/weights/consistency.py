"""How consistent judgements are, which to talk over, and the refusal where that is too little."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import decimal, say
from ksd_toolkit.scoring.weights.ahp import Priorities
from ksd_toolkit.scoring.weights.best_worst import BestWorst
from ksd_toolkit.scoring.weights.limits import weighting_limits
from ksd_toolkit.scoring.weights.local_weights import LocalWeights
from ksd_toolkit.scoring.weights.sentences import name_of, revisit_sentences
from ksd_toolkit.scoring.weights.tree import Labels

_FIGURES: Final = ("lambda_max", "index", "random_index", "ratio")
_COLUMNS: Final = ("member", "node", "procedure", *_FIGURES, "accepted")


def consistency_of(local: Sequence[LocalWeights]) -> pd.DataFrame:
    """How consistent every AHP and BWM judgement is, one row each."""
    limit = weighting_limits().consistency_limit
    rows: list[tuple[object, ...]] = []
    for one in local:
        match one.judged:
            case Priorities() as found:
                rows.append((one.member, one.node, one.procedure, found.lambda_max,
                             found.consistency_index, found.random_index, found.consistency_ratio,
                             found.consistency_ratio <= limit))  # fmt: skip
            case BestWorst() as found:
                rows.append((one.member, one.node, one.procedure, np.nan, found.deviation, np.nan,
                             found.consistency_ratio, None))  # fmt: skip
    kinds = dict.fromkeys(_FIGURES, "float64") | {"accepted": "boolean"}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(kinds)


def revisit_of(local: Sequence[LocalWeights]) -> pd.DataFrame:
    """The judgements of every member and node that fit the others worst."""
    rows = [
        (one.member, one.node, cell.first, cell.second, cell.judged, cell.consistent, cell.factor)
        for one in local
        if one.judged is not None
        for cell in one.judged.revisit
    ]
    columns = ["member", "node", "first", "second", "judged", "consistent", "factor"]
    return pd.DataFrame(rows, columns=columns)


def check_consistency(
    consistency: pd.DataFrame, local: Sequence[LocalWeights], acknowledged: str, labels: Labels
) -> None:
    """Refuse inconsistent judgements, naming the node and the comparisons to look at again.

    Every comparison is named with the cell it stands in, where it stands in one.

    Raises:
        MethodError: A CR lies above the limit and nobody said why it is accepted.
    """
    refused = consistency[~consistency["accepted"].fillna(value=True)]
    if acknowledged.strip() or refused.empty:
        return
    limit = weighting_limits().consistency_limit
    said: dict[str, str] = {}
    for lang in ("id", "en"):
        told = [_refusal(row, local, labels, lang) for row in refused.itertuples(index=False)]
        said[f"found_{lang}"] = "; ".join(told)
        said[f"limit_{lang}"] = decimal(limit, 2, lang)
    raise MethodError("weights.inconsistent", **said)


def _refusal(row: object, local: Sequence[LocalWeights], labels: Labels, lang: str) -> str:
    member, node, ratio = (getattr(row, name) for name in ("member", "node", "ratio"))
    one = next(one for one in local if (one.member, one.node) == (member, node))
    mine = revisit_of([one])
    pairs = zip(mine["first"], mine["second"], strict=True)
    places = [one.places.get(frozenset(pair), "") for pair in pairs]
    told = revisit_sentences(mine, labels, lang)
    return say(
        "weights.refusal",
        lang,
        place=" ".join(part for part in (member, name_of(node, labels, lang)) if part),
        ratio=decimal(ratio, 3, lang),
        cells="; ".join(
            f"{cell} ({place})" if place else cell for cell, place in zip(told, places, strict=True)
        ),
    )
