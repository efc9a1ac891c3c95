"""What a plenary has before it: the computed order, how firm it is, what to look at, and a card per usulan."""

import dataclasses
from typing import Final

from ksd_toolkit.charts import priorities as charts
from ksd_toolkit.columns import records
from ksd_toolkit.document import Block
from ksd_toolkit.papers.berita_acara import weights
from ksd_toolkit.papers.carried import carried_blocks
from ksd_toolkit.papers.decided_list import answers_of, main_cases
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.meeting_words import counted, meeting_words
from ksd_toolkit.papers.opening import blocks_of, closing, closing_by
from ksd_toolkit.papers.usulan_card import Carded, card
from ksd_toolkit.prose import priorities as prose
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.tables import attention, priorities

CONDITIONS: Final = frozenset({"ranked", "excluded", "gaps", "carried"})
_CHARTED: Final = 20
"""As many usulan as the chart of scores shows."""
_PARTS: Final = (
    "order", "chart", "classes", "turning_points", "unscored", "reviews", "gaps",
    "excluded", "cards",
)  # fmt: skip


def plenary_material(case: Case) -> PaperFacts:
    """The material by the computed order, whatever a plenary made of it later."""
    ranking, lang = case.ranking, case.lang
    parts = dict.fromkeys(_PARTS, ()) if ranking is None else _parts(case, ranking)
    ranked = 0 if ranking is None else len(ranking.table)
    stopped = 0 if ranking is None else len(ranking.excluded)
    words = {
        **meeting_words(case, "plenary-material"),
        "ranked_count": counted("set", ranked, lang, "ranked", "usulan/*"),
        "stopped_count": counted("set", stopped, lang, "stopped", "usulan/*"),
    }
    carried = carried_blocks(case) if ranked else ()
    blocks = {
        **parts,
        "carried": carried,
        "weights": weights(dataclasses.replace(case, outcome=None)),
        "stamp": _closing(case),
    }
    holds = {
        "ranked": ranked > 0,
        "excluded": stopped > 0,
        "carried": bool(carried),
        "gaps": ranking is not None and bool(ranking.table["gap"].notna().any()),
    }
    conditions = frozenset(name for name, holding in holds.items() if holding)
    return PaperFacts(words, blocks, conditions, CONDITIONS)


def _closing(case: Case) -> tuple[Block, ...]:
    """The stamp of the page's foot; after a plenary also the method of the order it had before it."""
    if case.ranking is None:
        return closing(case.stamp, files=False)
    before = case.ranking.stamp
    return closing_by(case.stamp, "computed", before.method, before.method_sha256)


def _parts(case: Case, ranking: Ranking) -> dict[str, tuple[Block, ...]]:
    lang = case.lang
    return {
        "order": blocks_of(priorities.top(ranking, len(ranking.table), lang)),
        "chart": blocks_of(charts.scores(ranking, _CHARTED, lang)),
        "classes": blocks_of(priorities.classes(ranking, lang)),
        "turning_points": blocks_of(prose.turning_points(ranking, _CHARTED, lang)),
        "unscored": blocks_of(attention.unscored(ranking, lang)),
        "reviews": blocks_of(attention.reviews(ranking, lang)),
        "gaps": blocks_of(priorities.gap(ranking, lang=lang)),
        "excluded": blocks_of(priorities.excluded(ranking, lang=lang)),
        "cards": _cards(case, ranking),
    }


def _cards(case: Case, ranking: Ranking) -> tuple[Block, ...]:
    answers, legal = answers_of(case), main_cases(case)
    return tuple(
        block
        for usulan, row in records(ranking.table)
        for block in card(case, ranking, Carded(usulan, row, answers[usulan], legal[usulan]))
    )
