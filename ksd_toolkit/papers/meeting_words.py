"""The meeting in words: when, where, under whom, with how many; blanks to fill in while none was held."""

from ksd_toolkit.document import Block, Items, Run, Signatory, Signatures
from ksd_toolkit.messages import count, date_in_words, date_text, say, say_counted, weekday
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.opening import BLANK, letter_number, opening
from ksd_toolkit.plenary import Minutes, Quorum

CONDITIONS = frozenset({"held", "agenda", "quorum", "excused", "times", "unclear"})


def meeting_words(case: Case, paper: str) -> dict[str, str]:
    """What a paper about the plenary may name, beside region and issuer.

    Args:
        case: What is known.
        paper: The name of the paper, for the pattern of its number.
    """
    words = opening(case.dossier, case.theme)
    number = letter_number(case.theme, paper, case.dossier.period)
    words |= {"number": number or BLANK, "draft_mark": say("formal.draft", case.lang)}
    words |= dict.fromkeys(
        ("weekday", "day_words", "held", "venue", "chair", "secretary", "present", "entitled",
         "needed"), BLANK,
    )  # fmt: skip
    words |= dict.fromkeys(("starts", "ends", "quorum_rule", "excuse"), "")
    if case.outcome is not None:
        words |= _minutes(case.outcome.minutes, words["number"], case.lang)
        words |= _quorum(case.outcome.quorum, case.lang)
        words["draft_mark"] = ""
    return words


def meeting_conditions(case: Case) -> set[str]:
    """Which of `CONDITIONS` hold."""
    if case.outcome is None:
        return set()
    minutes, quorum = case.outcome.minutes, case.outcome.quorum
    holds = {
        "held": True,
        "agenda": bool(minutes.agenda),
        "quorum": quorum.reached,
        "excused": not quorum.reached and bool(quorum.excuse),
        "times": bool(minutes.starts and minutes.ends),
        "unclear": not quorum.reached and not quorum.excuse,
    }
    return {name for name, holding in holds.items() if holding}


def agenda(case: Case) -> tuple[Block, ...]:
    """The points of the meeting; nothing where none were written down."""
    points = () if case.outcome is None else case.outcome.minutes.agenda
    return (Items(tuple((Run(point),) for point in points), "number"),) if points else ()


def signatures(case: Case) -> tuple[Block, ...]:
    """Chair, secretary and one for the offices; names are written in by hand unless the theme has them."""
    theme, lang = case.theme, case.lang
    people = tuple(theme.signatories.get(role, Signatory("")) for role in ("chair", "secretary"))
    offices = Signatory(say("formal.for_offices", lang))
    return (Signatures((*people, offices)),)


def _minutes(minutes: Minutes, number: str, lang: str) -> dict[str, str]:
    return {
        "number": minutes.number or number,
        "weekday": weekday(minutes.held, lang),
        "day_words": date_in_words(minutes.held, lang),
        "held": date_text(minutes.held, lang),
        "venue": minutes.place or BLANK,
        "starts": minutes.starts,
        "ends": minutes.ends,
        "chair": minutes.chair or BLANK,
        "secretary": minutes.secretary or BLANK,
    }


def _quorum(quorum: Quorum, lang: str) -> dict[str, str]:
    return {
        "present": count(quorum.present, lang),
        "entitled": count(quorum.entitled, lang),
        "needed": count(quorum.needed, lang),
        "quorum_rule": quorum.rule,
        "excuse": quorum.excuse,
    }


def counted(code: str, number: int, lang: str) -> str:
    """A number of things as words of a sentence."""
    return say_counted(f"formal.{code}", number, lang, n=count(number, lang))
