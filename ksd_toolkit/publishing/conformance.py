"""What every paper must have before any writer takes it: words for each drawing, and an order of headings.

A reader who cannot see a drawing hears its alternative text, and moves through a paper by its headings. The
PDF standard refuses a paper that lacks them; pages, Word files and workbooks are held to the same.
"""

from collections.abc import Callable, Iterable
from typing import Final, get_args

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import Annex, Block, Document, Figure, Heading, RegionMap, plain_text
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import Language

_LANGUAGES: Final = get_args(Language)


def check_conformance(document: Document) -> None:
    """Refuse a paper that some readers could not read.

    Raises:
        RunError: A drawing has no alternative text, a heading skips a level on the way down, or the paper
            is in a language that its own words (`Tabel`, `Halaman`) do not exist in.

    **Source**: ISO 14289-1:2014 (PDF/UA-1), 7.3 and 7.4.2; WCAG 2.1, 1.1.1 and 1.3.1.
    """
    if document.lang not in _LANGUAGES:
        known = ", ".join(_LANGUAGES)
        raise RunError(
            "conformance.language", title=document.title, language=document.lang, known=known
        )
    _check_drawings(document)
    check_levels(
        document.blocks,
        lambda heading, above: RunError(
            "conformance.level_skipped",
            title=document.title,
            heading=plain_text(heading.text),
            marks="#" * (heading.level + 1),  # as its author writes it: one for the title
            above="#" * (above + 1),
        ),
    )


def check_levels(blocks: Iterable[Block], refused: Callable[[Heading, int], RunError]) -> None:
    """Raise what `refused` makes of the first heading that is more than one level below the one above it.

    A section is of level 1; so is an annex, and its headings lie below it or beside it.
    """
    above = 0
    for block in blocks:
        if isinstance(block, Annex):
            above = 1
        elif isinstance(block, Heading):
            if not 1 <= block.level <= above + 1:
                raise refused(block, above)
            above = block.level


def _check_drawings(document: Document) -> None:
    drawings = [block for block in document.blocks if isinstance(block, Figure | RegionMap)]
    for number, block in enumerate(drawings, start=1):
        if not legible(block.alt).strip():
            raise RunError(
                "conformance.no_alternative",
                title=document.title,
                number=number,
                caption=block.caption,
            )
