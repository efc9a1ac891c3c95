"""Many problems of one kind become one sentence with their number; all of them lie in the file of problems."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.errors import InputError, Problem
from ksd_toolkit.messages import count, say

SILENT: Final = "opd.silent"
EMPTY: Final = "register.empty"
NAMED: Final = 3
"""How many of many are told by name; so many, or one more, are told each for itself."""


def without_silent(problems: Sequence[Problem]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems beside offices that sent nothing, and those offices where they are too many to list."""
    silent = tuple(problem for problem in problems if problem.code == SILENT)
    if len(silent) <= NAMED + 1:
        return tuple(problems), ()
    return tuple(problem for problem in problems if problem.code != SILENT), silent


def silent_sentence(silent: Sequence[Problem], offices: int, lang: str) -> str:
    """How many offices sent nothing, the first of them by name, and where the others are listed.

    Args:
        silent: The problems of these offices, more than are named.
        offices: How many offices the dossier has.
        lang: The language of the sentence.
    """
    first = ", ".join(str(problem.facts["office"]) for problem in silent[:NAMED])
    return legible(
        say(
            "remark.silent",
            lang,
            n=count(len(silent), lang),
            all=count(offices, lang),
            first=first,
            rest=count(len(silent) - NAMED, lang),
        )
    )


def sentences_of(error: InputError, lang: str) -> list[str]:
    """Every problem of a refusal; where a dossier has no answer, those of one kind are told once.

    A record or a theme somebody mends by hand is told whole: each line is a place to mend. What is only
    remarked on comes last, under a line of its own, for it is not counted among what must be mended.
    """
    if error.code != EMPTY:
        grave = [one.sentence(lang) for one in error.problems if one.severity == "error"]
        others = [one.sentence(lang) for one in error.problems if one.severity != "error"]
        head = [say("remark.only_remarked", lang, n=count(len(others), lang))] if others else []
        return [*grave, *head, *others]
    return list(_folded(error.problems, lang))


def _folded(problems: Sequence[Problem], lang: str) -> Iterator[str]:
    """The first of each kind, then how many more there are; the kinds in the order they came."""
    for code, times in Counter(problem.code for problem in problems).items():
        alike = [problem for problem in problems if problem.code == code]
        named = times if times <= NAMED + 1 else NAMED
        yield from (problem.sentence(lang) for problem in alike[:named])
        if times > named:
            yield say("remark.alike", lang, n=count(times - named, lang))
