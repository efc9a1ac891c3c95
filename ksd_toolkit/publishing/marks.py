"""What the marks in a line lead to in print: its footnotes, its links, its places in the paper."""

from dataclasses import dataclass, field
from typing import Any, Self

from ksd_toolkit.display.hostile import safe_href
from ksd_toolkit.document import Document, Run
from ksd_toolkit.publishing.letters import printable


@dataclass(slots=True)
class Marks:
    """Runs as data, met in reading order.

    What a section cites twice has one footnote there, whose mark is printed again; a new section prints
    the footnote anew, so that nobody leafs back far. `places` names the anchors of the paper.
    """

    places: dict[str, str]
    _noted: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    @classmethod
    def of(cls, document: Document) -> Self:
        """The marks of a paper, none of them met yet."""
        anchors = [getattr(block, "anchor", "") for block in document.blocks]
        return cls({anchor: f"place-{n}" for n, anchor in enumerate(anchors) if anchor})

    def place(self, anchor: str) -> str:
        """The name of an anchor in the PDF; empty for none."""
        return self.places.get(anchor, "")

    def begin_section(self) -> None:
        """From here on a footnote is printed again."""
        self._noted.clear()

    def run_data(self, run: Run) -> dict[str, Any]:
        """A stretch of text with where it leads and what stands at the foot of its page.

        A link to a place the paper does not have is no link. `note` names the footnote, `note_text` is
        empty where it is already printed.
        """
        href = safe_href(run.href)
        inside = self.places.get(href[1:], "") if href.startswith("#") else ""
        data: dict[str, Any] = {
            "text": printable(run.text),
            "emphasis": run.emphasis,
            "href": "" if href.startswith("#") else href,
            "to": inside,
        }
        return data | self._note(run) if run.footnote else data

    def _note(self, run: Run) -> dict[str, str]:
        key = run.cites or run.footnote
        if key in self._noted:
            return {"note": self._noted[key], "note_text": ""}
        self._count += 1
        self._noted[key] = f"note-{self._count}"
        return {"note": self._noted[key], "note_text": printable(run.footnote)}
