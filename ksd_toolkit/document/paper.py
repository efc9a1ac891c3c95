"""A paper as a whole: its head, its look and its blocks in reading order."""

import dataclasses
from dataclasses import dataclass, field
from typing import Literal, Self

from ksd_toolkit.document.blocks import (
    Callout,
    Figure,
    Heading,
    Items,
    KeyFigures,
    Paragraph,
    Provenance,
    Table,
)
from ksd_toolkit.document.formal import (
    Annex,
    Clauses,
    Letterhead,
    Particulars,
    References,
    Signatures,
)
from ksd_toolkit.document.maps import RegionMap

Block = (
    Heading
    | Paragraph
    | Items
    | Table
    | Figure
    | RegionMap
    | Callout
    | KeyFigures
    | Provenance
    | Particulars
    | Clauses
    | Signatures
    | Annex
    | References
)

BLOCKS: dict[str, type[Block]] = {
    block.kind: block
    for block in (
        Heading,
        Paragraph,
        Items,
        Table,
        Figure,
        RegionMap,
        Callout,
        KeyFigures,
        Provenance,
        Particulars,
        Clauses,
        Signatures,
        Annex,
        References,
    )
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a paper looks, whatever it says.

    `layout` is `policy` (a brief, a report: coloured, sans headings) or `formal` (a letter, a minute, a
    decree: centred head with a double rule, black, serif). `paper` is A4 (210 x 297 mm) or F4, also
    called Folio (215 x 330 mm). `colours` replaces named colours of the palette. The fonts
    are families that come with the toolkit.
    """

    layout: Literal["policy", "formal"] = "policy"
    paper: Literal["A4", "F4"] = "A4"
    colours: tuple[tuple[str, str], ...] = ()
    text_font: str = "Source Serif Pro"
    head_font: str = "Source Sans Pro"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: who issues it, what it is called, and its blocks in reading order.

    `banner` is printed on every page (used for simulated data); empty for none. `watermark` stands
    large and pale behind the text (`RANCANGAN`). `running_foot` is the short provenance line of every page.
    `contents` prints a list of contents after the title.
    """

    title: str
    subtitle: str
    lang: str
    letterhead: Letterhead
    place_and_date: str
    blocks: tuple[Block, ...]
    banner: str = ""
    running_foot: str = ""
    keywords: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    style: Style = field(default_factory=Style)
    watermark: str = ""
    contents: bool = False

    def with_blocks(self, blocks: tuple[Block, ...]) -> Self:
        """The same paper with other contents."""
        return dataclasses.replace(self, blocks=blocks)
