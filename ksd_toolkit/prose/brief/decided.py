"""What the plenary made of the computed order, or that it has not met yet."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Run, runs
from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.messages import count, date_text, join_words, say, say_counted
from ksd_toolkit.plenary import Outcome, read_plenary
from ksd_toolkit.scoring import Ranking

_KINDS: Final = ("weight", "move", "merge", "postpone", "reject", "admit")


def decided(ranking: Ranking, lang: str = "") -> Shown:
    """How the plenary's list differs from the computed one; that there is none yet, where there is none."""
    lang = lang or ranking.lang
    try:
        outcome = read_plenary(ranking)
    except PlenaryError:
        return _shown([say("decided.refused", lang)], lang)
    if outcome is None:
        return _shown([say("decided.none", lang)], lang)
    return _shown(_sentences(outcome, lang), lang, "decision:ditetapkan@usulan/*")


def outcome_of(ranking: Ranking) -> Outcome | None:
    """What the plenary decided; None before there is a record, or one that can be used."""
    try:
        return read_plenary(ranking)
    except PlenaryError:
        return None


def _sentences(outcome: Outcome, lang: str) -> list[str]:
    number, quorum = len(outcome.set_list), outcome.quorum
    day = date_text(outcome.minutes.held, lang)
    sentences = [say_counted("decided.held", number, lang, date=day, n=count(number, lang))]
    if not quorum.reached:
        facts = {"present": count(quorum.present, lang), "needed": count(quorum.needed, lang)}
        sentences.append(say("decided.quorum_missed", lang, **facts))
    kinds = outcome.changes["kind"].value_counts()
    parts = [
        say_counted(f"decided.{kind}", int(kinds[kind]), lang, n=count(kinds[kind], lang))
        for kind in _KINDS
        if kind in kinds.index
    ]
    if parts:
        sentences.append(say("decided.departures", lang, parts=join_words(parts, lang)))
    else:
        sentences.append(say("decided.same", lang))
    return sentences


def _shown(sentences: list[str], lang: str, origin: str = "") -> Shown:
    """The sentences as one paragraph; `origin` is that of the number in the first."""
    first, rest = sentences[0], " ".join(sentences[1:])
    return Shown(Paragraph(runs(Run(first, origin=origin), f" {rest}" if rest else "")), lang=lang)
