"""A Word file under construction: what every block needs while it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from docx.opc.part import Part

from ksd_toolkit.display.fragment import paper_labels
from ksd_toolkit.display.hostile import legible, safe_href
from ksd_toolkit.document import (
    Annex,
    Document,
    Figure,
    Heading,
    RegionMap,
    Run,
    Runs,
    Table,
    plain_text,
)
from ksd_toolkit.publishing.docx.elements import Element, add, add_text, clark
from ksd_toolkit.publishing.docx.footnotes import Footnotes
from ksd_toolkit.publishing.docx.lists import Lists
from ksd_toolkit.publishing.docx.styles import Styles, letter_look
from ksd_toolkit.publishing.sheet import Sheet

_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


@dataclass(slots=True, eq=False)
class Manuscript:
    """The file, its styles, lists and footnotes, and the sheet the text is on just now.

    `own` says that the pages are those of an office's letterhead.
    """

    document: Document
    part: Part
    body: Element
    styles: Styles
    lists: Lists
    footnotes: Footnotes
    sheet: Sheet
    own: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"table": 0, "figure": 0})
    places: dict[str, str] = field(default_factory=dict)
    _bookmarks: int = 0
    _drawings: int = 0

    def __post_init__(self) -> None:
        self.labels = paper_labels(self.document.lang) | self.document.labels
        anchors = [
            block.anchor
            for block in self.document.blocks
            if isinstance(block, Heading | Table | Figure | RegionMap | Annex) and block.anchor
        ]
        self.places = {anchor: f"ksd_{number}" for number, anchor in enumerate(anchors, start=1)}

    @property
    def formal(self) -> bool:
        """Whether it is a letter, a minute or a decree."""
        return self.document.style.layout == "formal"

    @property
    def colours(self) -> dict[str, str]:
        """The colours by name (`0B4F57`)."""
        return self.styles.colours

    def drawing_id(self) -> int:
        """A number no other drawing of the file has."""
        self._drawings += 1
        return self._drawings

    def write(self, parent: Element, line: Runs) -> None:
        """A line of text into a paragraph: emphasis, links, footnotes."""
        before: Run | None
        for before, run in zip((None, *line), line, strict=False):
            holder = self._linked(parent, run)
            if run.text:
                letters = add(holder, "w:r")
                told = add(letters, "w:rPr")
                if holder is not parent:
                    add(told, "w:rStyle", val=self.styles["Hyperlink"])
                letter_look(told, run.emphasis, self.colours)
                add_text(letters, run.text)
            if run.footnote:
                beside = before is not None and before.footnote and not run.text
                self.footnotes.mark(parent, run.footnote, beside=bool(beside))

    def bookmarked(self, parent: Element, line: Runs, *names: str) -> None:
        """A line of text that links can lead to by each of `names`."""
        numbers = [self.begin_bookmark(parent, name) for name in names if name]
        self.write(parent, line)
        for number in reversed(numbers):
            add(parent, "w:bookmarkEnd", id=number)

    def begin_bookmark(self, parent: Element, name: str) -> int:
        """Begin a place that links lead to; its number, with which it ends."""
        self._bookmarks += 1
        add(parent, "w:bookmarkStart", id=self._bookmarks, name=name)
        return self._bookmarks

    def _linked(self, parent: Element, run: Run) -> Element:
        """What the run stands in: a link where it leads somewhere it may lead to."""
        href = safe_href(run.href)
        if href.startswith("#"):
            place = self.places.get(href[1:])
            return add(parent, "w:hyperlink", anchor=place) if place else parent
        if not href or not run.text:
            return parent
        link = add(parent, "w:hyperlink")
        identifier = self.part.relate_to(href, _LINK, is_external=True)
        link.set(clark("r:id"), identifier)
        return link

    def sections(self) -> Sequence[tuple[int, str, str]]:
        """What a list of contents names: level, text and bookmark of each heading and annex."""
        found: list[tuple[int, str, str]] = []
        for block in self.document.blocks:
            if isinstance(block, Heading | Annex):
                number = len(found) + 1
                level = block.level if isinstance(block, Heading) else 1
                found.append((level, heading_text(block), f"_Toc{number:06}"))
        return found


def heading_text(block: Heading | Annex) -> str:
    """A heading as a list of contents names it; an annex by its label and its title."""
    if isinstance(block, Heading):
        return legible(plain_text(block.text))
    return legible(f"{block.label}. {block.title}")
