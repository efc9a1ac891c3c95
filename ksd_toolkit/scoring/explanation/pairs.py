"""Why one usulan stands above another, and the smallest change that would swap them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, decimal, say
from ksd_toolkit.scoring.explanation.changes import Change, overtaking
from ksd_toolkit.scoring.explanation.held_to import ranked
from ksd_toolkit.scoring.explanation.outlook import change_text
from ksd_toolkit.scoring.explanation.reasons import (
    LEAST,
    LEAST_PLACES,
    Explanation,
    explain,
    reasons_text,
    with_rest,
)

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

_FOR: Final = 3
_AGAINST: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two ranked usulan, `upper` first in the list, and what parts them.

    `explanation` splits the points of `upper` over those of `lower`; `swap` is the smallest change of
    an answer of `lower`, else of a weight, that puts it above, None where no single one does.
    """

    upper: str
    lower: str
    explanation: Explanation
    swap: Change | None

    def sentence(self, lang: str = "") -> str:
        """Why one is above the other or beside it, and what would swap them."""
        ranking = self.explanation.ranking
        lang = lang or ranking.lang
        told = [_difference(self, ranking, lang), _swap(self, ranking, lang)]
        return " ".join(told)


def pair(ranking: "Ranking", a: str, b: str) -> Pair:
    """What parts two ranked usulan, whichever of them is named first.

    Raises:
        MethodError: One of them is unknown or not ranked, or both are the same.
    """
    first, second = ranked(ranking, a), ranked(ranking, b)
    if first == second:
        raise MethodError("explain.same", usulan=first)
    upper, lower = sorted((first, second), key=list(ranking.table.index).index)
    return Pair(upper, lower, explain(ranking, upper, lower), overtaking(ranking, lower, upper))


def why_above(ranking: "Ranking", a: str, b: str, lang: str = "") -> str:
    """Why one of two usulan stands above the other (or shares its rank), and what would swap them.

    Raises:
        MethodError: One of them is unknown or not ranked, or both are the same.
    """
    return pair(ranking, a, b).sentence(lang)


def _difference(found: Pair, ranking: "Ranking", lang: str) -> str:
    table, places = ranking.table, ranking.method.decimals
    upper, lower = table["points"][found.upper], table["points"][found.lower]
    facts = {
        "upper": found.upper,
        "lower": found.lower,
        "upper_points": decimal(upper, places, lang),
        "lower_points": decimal(lower, places, lang),
        "rank": count(table["rank"][found.upper], lang),
        "lower_rank": count(table["rank"][found.lower], lang),
        "gap": decimal(upper - lower, places, lang),
    }
    why, rest = _reasons(found, lang), found.explanation.rest(lang, (_FOR, _AGAINST))
    if upper == lower and why:
        why = say("explain.of_upper", lang, **facts, why=why)
    why = with_rest(why, rest, lang) or _hardly(found.explanation, lang)
    return say("explain.beside" if upper == lower else "explain.above", lang, **facts, why=why)


def _hardly(explained: Explanation, lang: str) -> str:
    """Nothing parts the two, or so little on each criterion that none can be named."""
    if explained.alike:
        return say("explain.alike", lang)
    return say("explain.hardly", lang, least=decimal(LEAST, LEAST_PLACES, lang))


def _reasons(found: Pair, lang: str) -> str:
    """The two or three criteria that make the difference, and those that work against it."""
    explained = found.explanation
    told = [
        say(code, lang, reasons=reasons_text(explained.ranking, gaps[:named], lang))
        for code, gaps, named in (
            ("explain.ahead", explained.lifting, _FOR),
            ("explain.behind", explained.holding, _AGAINST),
        )
        if len(gaps)
    ]
    if len(told) > 1:
        return say("explain.both", lang, first=told[0], second=told[1])
    return "".join(told)


def _swap(found: Pair, ranking: "Ranking", lang: str) -> str:
    facts = {"upper": found.upper, "lower": found.lower}
    if found.swap is None:
        return say("explain.no_swap", lang, **facts)
    change = change_text(ranking, found.swap, lang)
    return say("explain.swap", lang, **facts, change=change)
