"""Sentences whose numbers keep saying what they were computed from.

`say` gives plain text; `told` gives the same words as runs, so that a fact which is a run with an origin
stays one inside its sentence.
"""

from collections.abc import Iterable

from ksd_toolkit.document.origin import Origin
from ksd_toolkit.document.text import Run, Runs, runs
from ksd_toolkit.messages import counted_code, join_words, sentence_parts

Fact = object
"""What a sentence is given: a run, runs, or whatever `say` takes."""


def measured(text: str, measure: str, subject: str = "") -> Run:
    """A printed number with its origin, e.g. `measured("111", "ranked", "usulan/*")`."""
    return Run(text, origin=str(Origin(measure, subject)))


def told(code: str, /, lang: str = "id", **facts: Fact) -> Runs:
    """The sentence `code` as `say` gives it, its facts as runs where they are runs.

    Raises:
        KeyError: There is no such sentence, or a fact it needs is missing.
    """
    line: list[Run] = []
    for text, name, spec in sentence_parts(code, lang):
        line += runs(text)
        if name:
            line += _as_runs(facts[name], spec)
    return tuple(line)


def told_counted(code: str, count: int, /, lang: str = "id", **facts: Fact) -> Runs:
    """The sentence `code` about a number of things, as `say_counted` chooses it."""
    return told(counted_code(code, count), lang, **facts)


def joined(parts: Iterable[str | Run | Runs], lang: str = "id") -> Runs:
    """`a`, `a dan b`, `a, b, dan c`, every part as it is."""
    lines = [_as_runs(part) for part in parts]
    marks = join_words(["\x00"] * len(lines), lang).split("\x00")
    line = list(runs(marks[0]))
    for part, after in zip(lines, marks[1:], strict=False):
        line += [*part, *runs(after)]
    return tuple(line)


def spaced(parts: Iterable[str | Run | Runs], space: str = " ") -> Runs:
    """The parts one after another with a space between; empty ones fall away."""
    line: list[Run] = []
    for part in filter(None, (_as_runs(one) for one in parts)):
        line += [*runs(space if line else ""), *part]
    return tuple(line)


def _as_runs(fact: Fact, spec: str = "") -> Runs:
    if isinstance(fact, Run):
        return runs(fact) if fact.text or fact.refers or fact.footnote else ()
    if isinstance(fact, tuple) and all(isinstance(part, Run) for part in fact):
        return fact
    return runs(format(fact, spec))
