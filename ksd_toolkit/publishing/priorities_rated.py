"""Say which scores stand behind what members of the TKKSD gave, and behind the gap to the offices."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.messages import count, decimal, language, trimmed
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.priorities_asked import AskedPriority, given_in

_PANEL: Final = "TKKSD-"


def _panel(asked: AskedPriority) -> Computation:
    """What one member, or all members, of the TKKSD scored on the criterion of the row."""
    label, lang = asked.meaning.row["criterion_name"], language(asked.lang)
    codes = [one.code for one in asked.ranking.method.criteria if one.labels[lang] == label]
    scores = asked.scores
    mine = scores[(scores["usulan_id"] == asked.subject) & scores["kriteria_kode"].isin(codes)]
    given = mine["penilai"].str.startswith(_PANEL)
    if asked.part:
        given = mine["penilai"] == asked.part
    return asked.on(given_in(mine[given]))


def _panel_order(asked: AskedPriority) -> Computation:
    """The scores over which Kendall's W of one criterion is computed: of usulan every member scored."""
    scores = asked.scores[asked.scores["penilai"].str.startswith(_PANEL)]
    members = scores["penilai"].nunique()
    mine = scores[scores["kriteria_kode"] == asked.subject]
    by_all = mine.groupby("usulan_id")["penilai"].transform("nunique") == members
    judged = mine[by_all]
    if count(judged["usulan_id"].nunique(), asked.lang) != asked.meaning.row["usulan"]:
        raise GoneError  # other members were compared, or all criteria together
    return asked.on(given_in(judged))


def _compared(asked: AskedPriority) -> Computation:
    """A count or mean over the scores an office and the TKKSD both gave."""
    apart, owners = asked.apart, asked.evidence.owners
    if asked.kind == "opd":
        mine = apart[apart["usulan_id"].map(owners) == asked.subject]
    else:
        mine = apart[apart["criterion"] == asked.subject]
    signs = {"higher": mine["gap"] > 0, "lower": mine["gap"] < 0}
    mine = mine[signs[asked.measure]] if asked.measure in signs else mine
    return asked.on(_both(asked, mine))


def _both(asked: AskedPriority, apart: pd.DataFrame) -> list[Place]:
    """The scores of both sides behind some differences."""
    found = apart.merge(
        asked.scores, left_on=["usulan_id", "criterion"], right_on=["usulan_id", "kriteria_kode"]
    )
    return given_in(found)


def _gap(asked: AskedPriority) -> Computation:
    """How far the office and the TKKSD are apart on one usulan, criterion by criterion."""
    mine = asked.apart[asked.apart["usulan_id"] == asked.subject]
    if (
        mine.empty
        or decimal(abs(float(mine["gap"].mean())), 2, asked.lang) not in asked.figure.text
    ):
        raise GoneError
    leaves, lang = asked.ranking.leaves, asked.lang
    terms = [
        f"{code} {trimmed(_level(leaves.opd, asked.subject, code), 2, lang)} \u2212 "
        f"{trimmed(_level(leaves.tkksd, asked.subject, code), 2, lang)}"
        for code in mine["criterion"]
    ]
    return asked.on(_both(asked, mine), n=count(len(mine), lang), terms="; ".join(terms))


def _level(medians: pd.DataFrame, usulan: str, code: str) -> float:
    return float(medians.at[usulan, code])  # type: ignore[arg-type]


_COMPARED: Final = ("leaves", "gap", "higher", "lower")

RATED: Final[Mapping[tuple[str, str], Callable[[AskedPriority], Computation]]] = {
    ("usulan", "panel_score"): _panel,
    ("usulan", "spread"): _panel,
    ("usulan", "gap"): _gap,
    **{("opd", measure): _compared for measure in _COMPARED},
    **{("kriteria", measure): _compared for measure in _COMPARED},
    ("kriteria_tkksd", "usulan"): _panel_order,
    ("kriteria_tkksd", "panel_w"): _panel_order,
}
"""By kind of subject and measure."""
