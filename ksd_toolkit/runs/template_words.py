"""Tell the figures a template itself is worded with from those the toolkit filled in."""

from dataclasses import replace

from ksd_toolkit.document import Block, Document, Heading, Items, Paragraph, Run, Runs, runs
from ksd_toolkit.papers.facts import PaperFacts
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import Template

_Place = tuple[int, tuple[int, ...], int, int, str]
_FILLED = "x"
"""What stands for a digit of a word that was filled in."""


def figures_of_template(
    template: Template, facts: PaperFacts, front: FrontMatter, document: Document
) -> frozenset[str]:
    """The ids of the figures that stand in the template's own words.

    The template is filled once more with words and blocks that hold no digits: a number that is still there,
    at the same place, is the template's.

    Args:
        template: As it was written.
        facts: What filled it.
        front: How the paper looks.
        document: The paper they made.
    """
    words = {name: _without_digits(word) for name, word in facts.words.items()}
    blocks = {name: tuple(map(_bare, placed)) for name, placed in facts.blocks.items()}
    bare = fill(template, replace(facts, words=words, blocks=blocks), front)
    if len(bare.blocks) != len(document.blocks):
        return frozenset()
    still = {_place(figure) for figure in figures_of(bare) if not figure.origin}
    return frozenset(
        figure.id
        for figure in figures_of(document)
        if not figure.origin and _place(figure) in still
    )


def _bare(block: Block) -> Block:
    """A block that prints no number by itself, of the kind a frame of a template expects."""
    match block:
        case Paragraph() | Heading():
            return replace(block, text=_bare_line(block.text))
        case Items():
            return replace(block, items=tuple(map(_bare_line, block.items)))
    return Paragraph(runs(_FILLED))


def _bare_line(line: Runs) -> Runs:
    return tuple(_plain(run) for run in line)


def _place(figure: PrintedFigure) -> _Place:
    inside = figure.start >= 0  # a number in a line: its place there, not its turn
    part = figure.part[:-1] if inside else figure.part
    return figure.block, part, figure.start, figure.end, figure.text


def _without_digits(word: str | Runs) -> str | Runs:
    """A word of the same length without digits; what has an origin explains itself and stays."""
    if isinstance(word, str):
        return "".join(_FILLED if letter.isdigit() else letter for letter in word)
    return _bare_line(word)


def _plain(run: Run) -> Run:
    return run if run.origin else replace(run, text=str(_without_digits(run.text)))
