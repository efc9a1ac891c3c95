"""What the plenary made of the computed order, or that it has not met yet."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Runs, joined, measured, runs, spaced, told, told_counted
from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.messages import count, date_text, say
from ksd_toolkit.plenary import Outcome, read_plenary
from ksd_toolkit.scoring import Ranking

_KINDS: Final = ("weight", "move", "merge", "postpone", "reject", "admit")
_SUBJECT: Final = "pleno/*"


def decided(ranking: Ranking, lang: str = "") -> Shown:
    """How the plenary's list differs from the computed one; that there is none yet, where there is none."""
    lang = lang or ranking.lang
    try:
        outcome = read_plenary(ranking)
    except PlenaryError:
        return Shown(Paragraph(runs(say("decided.refused", lang))), lang=lang)
    if outcome is None:
        code = "decided.scenario" if ranking.register.dossier.scenario else "decided.none"
        return Shown(Paragraph(runs(say(code, lang))), lang=lang)
    return Shown(Paragraph(spaced(_sentences(outcome, lang))), lang=lang)


def outcome_of(ranking: Ranking) -> Outcome | None:
    """What the plenary decided; None before there is a record, or one that can be used."""
    try:
        return read_plenary(ranking)
    except PlenaryError:
        return None


def _sentences(outcome: Outcome, lang: str) -> list[Runs]:
    number, quorum = len(outcome.set_list), outcome.quorum
    day = date_text(outcome.minutes.held, lang)
    set_by = measured(count(number, lang), "decision:ditetapkan", "usulan/*")
    sentences = [told_counted("decided.held", number, lang, date=day, n=set_by)]
    if not quorum.reached:
        facts = {
            "present": measured(count(quorum.present, lang), "brief_present", _SUBJECT),
            "needed": measured(count(quorum.needed, lang), "brief_needed", _SUBJECT),
        }
        sentences.append(told("decided.quorum_missed", lang, **facts))
    kinds = outcome.changes["kind"].value_counts()
    parts = [_departures(kind, int(kinds[kind]), lang) for kind in _KINDS if kind in kinds.index]
    if parts:
        sentences.append(told("decided.departures", lang, parts=joined(parts, lang)))
    else:
        sentences.append(told("decided.same", lang))
    return sentences


def _departures(kind: str, number: int, lang: str) -> Runs:
    """`4 usulan dipindahkan`, the number with what it counts."""
    changed = measured(count(number, lang), f"brief_changed:{kind}", _SUBJECT)
    return told_counted(f"decided.{kind}", number, lang, n=changed)
