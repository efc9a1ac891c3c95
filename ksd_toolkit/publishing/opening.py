"""How a formal paper opens: the lines of its title and the place of its date, alike in every form."""

from ksd_toolkit.document import Document, Signatures
from ksd_toolkit.messages import say


def title_lines(document: Document) -> list[str]:
    """A formal title before, at and after its word `tentang`; any other title is one line.

    In minutes and decrees the number stands after the first line: `KEPUTUSAN BUPATI ...`, `NOMOR ...`,
    `TENTANG`, what it is about.
    """
    title, about = document.title, _about(document)
    before, found, after = title.partition(f" {about} ")
    parted = found and document.style.layout == "formal"
    return [before, about, after] if parted else [title]


def subtitle_lines(document: Document) -> list[str]:
    """A subtitle that begins with that word, at it and after it."""
    subtitle, about = document.subtitle, _about(document)
    begun = subtitle.startswith(f"{about} ")
    return [about, subtitle.removeprefix(f"{about} ")] if begun else [subtitle]


def dated_below(document: Document) -> bool:
    """Whether the date of a formal paper stands above its last signature."""
    return document.style.layout == "formal" and any(
        isinstance(block, Signatures) and block.dated for block in document.blocks
    )


def _about(document: Document) -> str:
    return say("typesetting.about", document.lang)
