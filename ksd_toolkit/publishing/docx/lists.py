"""Lists that begin at their first number: each gets a numbering of its own."""

from typing import Final, Literal

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ksd_toolkit.publishing.docx.elements import Element, add, clark, root, serialised

Marker = Literal["bullet", "number", "letter"]
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_FORMS: Final[dict[Marker, tuple[str, str]]] = {
    "bullet": ("bullet", "\u2022"),
    "number": ("decimal", "%1."),
    "letter": ("lowerLetter", "%1."),
}
_INDENT: Final = 340  # twips


class Lists:
    """The numberings of a file under construction."""

    def __init__(self, held: Element | None = None) -> None:
        """Begin with the numberings an office's letterhead has, or with none."""
        self.root = root("w:numbering") if held is None else held
        self.forms: dict[Marker, int] = {}
        self.numbers: list[Element] = []
        self._next_form = 1 + max(self._ids("w:abstractNum", "w:abstractNumId"), default=-1)
        self._next_number = 1 + max(self._ids("w:num", "w:numId"), default=0)

    def begin(self, marker: Marker) -> int:
        """The number of a new list."""
        if marker not in self.forms:
            self.forms[marker] = self._form(marker)
        number = self._next_number + len(self.numbers)
        told = self.root.makeelement(clark("w:num"), {clark("w:numId"): str(number)})
        add(told, "w:abstractNumId", val=self.forms[marker])
        if marker != "bullet":
            add(add(told, "w:lvlOverride", ilvl=0), "w:startOverride", val=1)
        self.numbers.append(told)
        return number

    def attach(self, body: Part) -> None:
        """Give the file its part of numberings."""
        for number in self.numbers:
            self.root.append(number)
        for key in [key for key, one in body.rels.items() if one.reltype == _RELATION]:
            del body.rels[key]
        uri = PackURI("/word/numbering.xml")
        body.relate_to(Part(uri, _TYPE, serialised(self.root), body.package), _RELATION)

    def _form(self, marker: Marker) -> int:
        number = self._next_form + len(self.forms)
        told = self.root.makeelement(
            clark("w:abstractNum"), {clark("w:abstractNumId"): str(number)}
        )
        add(told, "w:multiLevelType", val="singleLevel")
        level = add(told, "w:lvl", ilvl=0)
        style, text = _FORMS[marker]
        add(level, "w:start", val=1)
        add(level, "w:numFmt", val=style)
        add(level, "w:lvlText", val=text)
        add(level, "w:lvlJc", val="left")
        add(add(level, "w:pPr"), "w:ind", left=_INDENT, hanging=_INDENT)
        later = self.root.find(clark("w:num"))
        if later is None:
            self.root.append(told)
        else:
            later.addprevious(told)
        return number

    def _ids(self, name: str, fact: str) -> list[int]:
        return [int(one.get(clark(fact), "0")) for one in self.root.iterchildren(clark(name))]
