"""A figure as it is printed, and those of one line of text: its runs with an origin, the numbers of the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.document import Runs, plain_text
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.printed_numbers import numbers_in

_MASK: Final = "\x00"
TITLE: Final = -1
"""The `block` of a figure in the paper's title or subtitle."""


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure of a paper: its id, what is printed, what it was computed from and where it stands.

    `origin` is `measure@subject` (see `Origin`), empty where nobody said. `place` is that of the id in
    words. `numbers` are the numbers of `text`. `block` is the place of its block among the blocks of
    the paper, `TITLE` for the title; `part` the numbers of its id after that of the block. In a line of
    text `start` and `end` say where it stands in `plain_text` of the line; -1 where the whole text is meant.
    """

    id: str
    text: str
    origin: str
    place: str
    numbers: tuple[str, ...] = ()
    block: int = TITLE
    part: tuple[int, ...] = ()
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class At:
    """A part of a block: how its id begins, where it is in words, and what its numbers come from."""

    id: str
    place: str
    lang: str
    block: int
    origin: str = ""


def figures_in(line: Runs, at: At, part: tuple[int, ...]) -> Iterator[PrintedFigure]:
    """The figures of a line of text: runs with an origin as they are, and the numbers of the others."""
    for number, (start, end, origin) in enumerate(_spans(line), start=1):
        text = plain_text(line)[start:end]
        place = say("trace.place.number", at.lang, block=at.place, n=number)
        yield PrintedFigure(
            f"{at.id}.{number}", text, origin or at.origin, place, numbers_of(text) or (text,), at.block,
            (*part, number), start, end,
        )  # fmt: skip


def _spans(line: Runs) -> list[tuple[int, int, str]]:
    spans, texts, at = [], [], 0
    for run in line:
        end = at + len(run.text)
        named = bool(run.origin) and run.text.strip() != ""
        if named:
            spans.append((at, end, run.origin))
        masked = named or run.refers or run.href.startswith("#") or run.cites
        texts.append(_MASK * len(run.text) if masked else run.text)
        at = end
    spans += [(start, end, "") for start, end in numbers_in("".join(texts))]
    return sorted(spans)


def numbers_of(text: str) -> tuple[str, ...]:
    """The numbers of a text, as they are printed."""
    return tuple(text[start:end] for start, end in numbers_in(text))


def inside(at: At, part: str, number: int, name: str = "") -> At:
    """A smaller part of a part: an item, a line, an entry."""
    place = say(f"trace.place.{part}", at.lang, block=at.place, n=number, name=name)
    return At(f"{at.id}.{number}", place, at.lang, at.block, at.origin)
