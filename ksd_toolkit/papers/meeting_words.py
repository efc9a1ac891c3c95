"""The meeting in words: when, where, under whom, with how many; blanks to fill in while none was held."""

from typing import Final

from ksd_toolkit.document import (
    Block,
    Items,
    Runs,
    Signatory,
    Signatures,
    measured,
    plain_text,
    runs,
    told_counted,
)
from ksd_toolkit.messages import count, date_in_words, date_text, say, weekday
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.opening import BLANK, letter_number, opening
from ksd_toolkit.papers.refused_record import not_held
from ksd_toolkit.plenary import Minutes, Quorum

CONDITIONS = frozenset({"held", "refused", "agenda", "quorum", "excused", "times", "unclear"})
_ALL: Final = "pleno/*"
"""What figures about the meeting itself tell of."""


def meeting_words(case: Case, paper: str) -> dict[str, str | Runs]:
    """What a paper about the plenary may name, beside region and issuer.

    Args:
        case: What is known.
        paper: The name of the paper, for the pattern of its number.
    """
    words: dict[str, str | Runs] = {**opening(case.dossier, case.theme)}
    number = letter_number(case.theme, paper, case.dossier.period)
    words |= {"number": number or BLANK, "draft_mark": say("formal.draft", case.lang)}
    words["not_held"] = not_held(case)
    words |= dict.fromkeys(
        ("weekday", "day_words", "held", "venue", "chair", "secretary", "present", "entitled",
         "needed"), BLANK,
    )  # fmt: skip
    words |= dict.fromkeys(("starts", "ends", "quorum_rule", "excuse"), "")
    if case.outcome is not None:
        words |= _minutes(case.outcome.minutes, number or BLANK, case.lang)
        words |= _quorum(case.outcome.quorum, case.lang)
        words["draft_mark"] = ""
    return words


def meeting_conditions(case: Case) -> set[str]:
    """Which of `CONDITIONS` hold."""
    if case.outcome is None:
        return set() if case.refused is None else {"refused"}
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
    return (
        (Items(tuple(_written(point, "agenda") for point in points), "number"),) if points else ()
    )


def signatures(case: Case) -> tuple[Block, ...]:
    """Chair, secretary and one for the offices; names are written in by hand unless the theme has them."""
    theme, lang = case.theme, case.lang
    people = tuple(theme.signatories.get(role, Signatory("")) for role in ("chair", "secretary"))
    offices = Signatory(say("formal.for_offices", lang))
    return (Signatures((*people, offices)),)


def _minutes(minutes: Minutes, number: str, lang: str) -> dict[str, str | Runs]:
    return {
        "number": minutes.number or number,
        "weekday": weekday(minutes.held, lang),
        "day_words": date_in_words(minutes.held, lang),
        "held": date_text(minutes.held, lang),
        "venue": _written(minutes.place, "tempat") or BLANK,
        "starts": _written(minutes.starts, "mulai"),
        "ends": _written(minutes.ends, "selesai"),
        "chair": _written(minutes.chair, "ketua") or BLANK,
        "secretary": _written(minutes.secretary, "sekretaris") or BLANK,
    }


def _written(text: str, key: str) -> Runs:
    """What the record says, as it was written: a figure where it holds a number; nothing where it is blank."""
    if any(letter.isdigit() for letter in text):
        return (measured(text, "meeting_text", f"pleno/{key}"),)
    return runs(text)


def _quorum(quorum: Quorum, lang: str) -> dict[str, str | Runs]:
    return {
        "present": (measured(count(quorum.present, lang), "quorum_present", _ALL),),
        "entitled": (measured(count(quorum.entitled, lang), "quorum_entitled", _ALL),),
        "needed": (measured(count(quorum.needed, lang), "quorum_needed", _ALL),),
        "quorum_rule": (measured(quorum.rule, "quorum_rule", _ALL),),
        "excuse": _written(quorum.excuse, "alasan_tanpa_kuorum"),
    }


def counted(code: str, number: int, lang: str, measure: str, subject: str = _ALL) -> Runs:
    """A number of things as words of a sentence; the whole of it is the figure where it is spelled out."""
    line = told_counted(
        f"formal.{code}", number, lang, n=measured(count(number, lang), measure, subject)
    )
    if any(run.origin for run in line):
        return line
    return (measured(plain_text(line), measure, subject),)
