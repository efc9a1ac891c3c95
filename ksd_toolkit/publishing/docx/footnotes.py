"""Footnotes a word processor numbers itself: a part of the file of its own, one note for each mark."""

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ksd_toolkit.publishing.docx.elements import (
    Element,
    add,
    add_text,
    clark,
    paragraph,
    root,
    serialised,
)
from ksd_toolkit.publishing.docx.styles import Styles

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The footnotes of a file under construction."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.notes: list[Element] = []

    def mark(self, parent: Element, text: str, *, beside: bool = False) -> None:
        """The mark of a new footnote, and the note; `beside` another mark a comma parts the two."""
        number = len(self.notes) + 1
        if beside:
            add_text(self._mark_run(parent), ", ")
        run = self._mark_run(parent)
        add(run, "w:footnoteReference", id=number)
        note = root("w:footnote")
        note.set(clark("w:id"), str(number))
        block = paragraph(note, self.styles["footnote text"])
        add(self._mark_run(block), "w:footnoteRef")
        add_text(add(block, "w:r"), f" {text}")
        self.notes.append(note)

    def attach(self, body: Part, settings: Element) -> None:
        """Give the file its part of footnotes; none where there is no mark.

        A part an office's letterhead brought is replaced: no mark of our text points into it.
        """
        for key in [key for key, one in body.rels.items() if one.reltype == _RELATION]:
            del body.rels[key]
        if not self.notes:
            return
        notes = root("w:footnotes")
        for number, kind in _SEPARATORS:
            run = add(add(add(notes, "w:footnote", type=kind, id=number), "w:p"), "w:r")
            add(run, f"w:{kind}")
        for note in self.notes:
            notes.append(note)
        uri = PackURI("/word/footnotes.xml")
        body.relate_to(Part(uri, _TYPE, serialised(notes), body.package), _RELATION)
        self._settle(settings)

    def _settle(self, settings: Element) -> None:
        """Name the two lines that part notes from text; the place among settings is prescribed."""
        for old in settings.findall(clark("w:footnotePr")):
            settings.remove(old)
        told = settings.makeelement(clark("w:footnotePr"))
        for number, _ in _SEPARATORS:
            add(told, "w:footnote", id=number)
        later = settings.find(clark("w:compat"))
        if later is None:
            settings.append(told)
        else:
            later.addprevious(told)

    def _mark_run(self, parent: Element) -> Element:
        run = add(parent, "w:r")
        add(add(run, "w:rPr"), "w:rStyle", val=self.styles["footnote reference"])
        return run
