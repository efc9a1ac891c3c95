"""Why the list stands as it stands: one usulan, two of them, and what would move the first ones."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Items, Paragraph, Runs, runs, strong
from ksd_toolkit.messages import say
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.explanation import explain, outlook, why_above

_FIRST: Final = 10


def explanation(ranking: Ranking, usulan: str = "", lang: str = "") -> Shown:
    """Why one usulan stands where it stands; the first of the list when none is named.

    Raises:
        MethodError: There is no such usulan.
    """
    lang = lang or ranking.lang
    chosen = ranking.find(usulan) if usulan else str(ranking.table.index[0])
    origin = f"explain@usulan/{ranking.find(chosen)}"
    return Shown(Paragraph(runs(ranking.explain(chosen, lang)), origin=origin), lang=lang)


def against(ranking: Ranking, usulan: str, held_to: str = "mean", lang: str = "") -> Shown:
    """What parts an usulan from the `mean` of all, the border of its `class`, or another usulan.

    Raises:
        MethodError: An usulan is unknown or not ranked, or the method gives no classes.
    """
    lang = lang or ranking.lang
    told = explain(ranking, usulan, held_to).sentence(lang)
    origin = f"explain@usulan/{ranking.find(usulan)}"
    return Shown(Paragraph(runs(told), origin=origin), lang=lang)


def pair(ranking: Ranking, usulan: str = "", other: str = "", lang: str = "") -> Shown:
    """Why one of two usulan stands above the other; the first two of the list when none are named.

    Raises:
        MethodError: One of them is unknown or not ranked, or both are the same.
    """
    lang = lang or ranking.lang
    listed = [str(name) for name in ranking.table.index]
    if len(listed) == 1 and not (usulan and other):
        return Shown(Paragraph(runs(say("explain.only_one", lang))), lang=lang)
    first = ranking.find(usulan) if usulan else listed[0]
    second = ranking.find(other) if other else next(name for name in listed if name != first)
    told = why_above(ranking, first, second, lang)
    return Shown(Paragraph(runs(told), origin=f"explain_pair@usulan/{first}"), lang=lang)


def turning_points(ranking: Ranking, first: int = _FIRST, lang: str = "") -> Shown:
    """What would move each of the first usulan of the list out of its class (or rank)."""
    lang = lang or ranking.lang
    told = {str(name): outlook(ranking, str(name), lang) for name in ranking.table.index[:first]}
    items: tuple[Runs, ...] = tuple(
        runs(strong(usulan), f": {moved}.") for usulan, moved in told.items() if moved
    )
    if not items:
        return Shown(Paragraph(runs(say("explain.nothing_moves", lang))), lang=lang)
    return Shown(Items(items, origin="turning_point@usulan/*"), lang=lang)
