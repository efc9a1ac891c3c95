"""The words for what would move an usulan: `akan turun ke Prioritas II bila nilai Urgensi turun ...`."""

from typing import TYPE_CHECKING, Final

from ksd_toolkit.messages import count, decimal, join_words, language, say
from ksd_toolkit.scoring.explanation.changes import Change, Prospect, prospect
from ksd_toolkit.scoring.explanation.lifts import Lift

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

_MOST_PLACES: Final = 2  # of a level or a weight; trailing zeros are not said
_CRITERIA_NAMED: Final = 4


def outlook(ranking: "Ranking", usulan: str, lang: str = "id") -> str:
    """What would move a ranked usulan, as a clause; empty where it has nowhere to go."""
    found = prospect(ranking, usulan)
    if found is None:
        return ""
    if found.unanswered:
        return _wanting(ranking, found.unanswered, lang)
    if found.lift and found.way == "fall":
        rise, fall = _lifted(ranking, found.lift, lang), _moved(ranking, found, lang)
        return say("explain.both", lang, first=rise, second=fall)
    label = ranking.method.class_label(str(ranking.table.at[usulan, "class_name"]), language(lang))
    held = [
        say(f"explain.{what}_holds", lang, label=label)
        for what, holds in (("floor", found.floor), ("cap", found.cap))
        if holds and not (what == "cap" and found.lift)
    ]
    if found.lift:
        held.append(_lifted(ranking, found.lift, lang))
    if not found.cap:
        held.append(_moved(ranking, found, lang))
    return join_words(held, lang)


def _lifted(ranking: "Ranking", lift: Lift, lang: str) -> str:
    facts = {"to": ranking.method.class_label(lift.class_name, language(lang))}
    if lift.certain:
        return say("explain.rise_answered", lang, **facts)
    lower = decimal(lift.lower, ranking.method.decimals, lang)
    return say("explain.rise_if_kept", lang, **facts, lower=lower)


def _moved(ranking: "Ranking", found: Prospect, lang: str) -> str:
    change, code = found.change, f"explain.{found.way}_{found.of}"
    if change is None:
        return say(f"explain.no_{found.way}_{found.of}", lang)
    label = ranking.method.class_label(change.class_name, language(lang))
    return say(
        code,
        lang,
        to=label if found.of == "class" else count(change.rank, lang),
        change=change_text(ranking, change, lang),
    )


def change_text(ranking: "Ranking", change: Change, lang: str = "id") -> str:
    """`nilai Urgensi turun dari 5 menjadi 3`, or the same of a weight."""
    way = "up" if change.after > change.before else "down"
    before, after = (_plain(figure, lang) for figure in (change.before, change.after))
    criterion = ranking.method.criterion(change.code).labels[language(lang)]
    facts = {"criterion": criterion, "before": before, "after": after}
    return say(f"explain.{change.kind}_{way}", lang, **facts)


def _wanting(ranking: "Ranking", codes: tuple[str, ...], lang: str) -> str:
    """Which answers are still needed for a class."""
    labels = [ranking.method.criterion(code).labels[language(lang)] for code in codes]
    named = join_words(labels[:_CRITERIA_NAMED], lang)
    if len(labels) <= _CRITERIA_NAMED:
        return say("explain.wanting", lang, criteria=named)
    return say("explain.wanting_many", lang, criteria=named, n=count(len(labels), lang))


def _plain(figure: float, lang: str) -> str:
    """A level or weight with the decimals it needs: `5`, `3,5`, `13,37`."""
    places = next(
        n
        for n in range(_MOST_PLACES + 1)
        if n == _MOST_PLACES or round(figure, n) == round(figure, _MOST_PLACES)
    )
    return decimal(figure, places, lang)
