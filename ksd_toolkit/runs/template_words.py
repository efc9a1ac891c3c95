"""Tell the figures a template itself is worded with from those the toolkit filled in."""

from collections.abc import Iterator
from dataclasses import replace

from ksd_toolkit.document import Document, Run, Runs
from ksd_toolkit.papers.facts import PaperFacts
from ksd_toolkit.publishing.figure_ids import PrintedFigure, figures_of
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.template_reading import Template, fill

_Place = tuple[int, tuple[int, ...], int, int, str]
_FILLED = "x"
"""What stands for a digit of a word that was filled in."""


def figures_of_template(
    template: Template, facts: PaperFacts, front: FrontMatter, document: Document
) -> frozenset[str]:
    """The ids of the figures that stand in the template's own words.

    The template is filled once more with words that hold no digits: a number that is still there, at the
    same place, is the template's. What a block `{{name}}` holds is never its own.

    Args:
        template: As it was written.
        facts: What filled it.
        front: How the paper looks.
        document: The paper they made.
    """
    words = {name: _without_digits(word) for name, word in facts.words.items()}
    bare = fill(template, replace(facts, words=words), front)
    if len(bare.blocks) != len(document.blocks):
        return frozenset()
    placed = {block for blocks in facts.blocks.values() for block in blocks}
    own = {number for number, block in enumerate(document.blocks) if block not in placed}
    still = set(_places(figures_of(bare)))
    return frozenset(
        figure.id
        for figure in figures_of(document)
        if not figure.origin and (figure.block in own or figure.block < 0)
        if _place(figure) in still
    )


def _places(figures: tuple[PrintedFigure, ...]) -> Iterator[_Place]:
    return (_place(figure) for figure in figures)


def _place(figure: PrintedFigure) -> _Place:
    inside = figure.start >= 0  # a number in a line: its place there, not its turn
    part = figure.part[:-1] if inside else figure.part
    return figure.block, part, figure.start, figure.end, figure.text


def _without_digits(word: str | Runs) -> str | Runs:
    """A word of the same length without digits; what has an origin explains itself and stays."""
    if isinstance(word, str):
        return "".join(_FILLED if letter.isdigit() else letter for letter in word)
    return tuple(_plain(run) for run in word)


def _plain(run: Run) -> Run:
    return run if run.origin else replace(run, text=str(_without_digits(run.text)))
