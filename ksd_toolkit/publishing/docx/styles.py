"""The named styles of a paper: what an office changes in Word to change the look of all of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ksd_toolkit.display.palette import LIGHT
from ksd_toolkit.document import Document
from ksd_toolkit.publishing.docx.elements import Element, add, clark, twips
from ksd_toolkit.publishing.fonts import MONO

LANGUAGES: Final = {"id": "id-ID", "en": "en-GB"}
TABLE_SIZES: Final = {"policy": 8.7, "formal": 9.4}
"""The type size of a table where there is room, in points."""

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_BLACK: Final = dict.fromkeys(("ink", "teal", "accent", "green"), "#000000") | {
    "muted": "#444444", "line": "#9a9a9a", "shade": "#f4f4f4", "teal_shade": "#ededed",
    "accent_shade": "#f4f4f4", "green_shade": "#f4f4f4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks: sizes and spaces in points, `leading` in lines, colours by name.

    `font` is `text` or `head`; `outline` the level of a heading, 0 for none.
    """

    name: str
    font: str = "text"
    size: float = 0
    colour: str = ""
    bold: bool = False
    italic: bool = False
    align: str = ""
    before: float = 0
    after: float = 0
    leading: float = 1.0
    next: bool = False
    outline: int = 0
    caps: bool = False


def _looks(*, formal: bool) -> tuple[Look, ...]:
    size = 11.0 if formal else 10.3
    centre = "center" if formal else "left"
    table = TABLE_SIZES["formal" if formal else "policy"]
    heading = (size, size, size) if formal else (14.5, 11.5, 10.3)
    return (
        Look("Normal", size=size, colour="ink", after=6, leading=1.15, align="both"),
        Look("Title", "head", 12.5 if formal else 21.5, "teal", True, False, centre, 12, 6, 1.05, caps=formal),
        Look("Subtitle", "head", size if formal else 12.5, "ink" if formal else "muted", align=centre, after=6, caps=formal),
        Look("heading 1", "head", heading[0], "teal", True, False, "left", 16, 6, 1.05, True, 1),
        Look("heading 2", "head", heading[1], "teal", True, False, "left", 12, 5, 1.05, True, 2),
        Look("heading 3", "head", heading[2], "ink", True, formal, "left", 10, 4, 1.05, True, 3),
        Look("KSD Tanggal", "head", 9, "muted", align="right" if formal else "left", after=14),
        Look("KSD Pembuka", size=12, colour="ink", align="left", after=10, leading=1.15),
        Look("caption", "head", 9.2, "teal", True, align="left", before=10, after=4, next=True),
        Look("KSD Gambar", "head", 9, align="center", before=8, after=2, next=True),
        Look("KSD Kepala Tabel", "head", table, "teal", True, align="left"),
        Look("KSD Isi Tabel", "head", table, "ink", align="left"),
        Look("KSD Catatan", "head", 8, "muted", align="left", before=3, after=6),
        Look("KSD Sela", "head", 4, align="left", after=4),
        Look("KSD Jarak", "head", 4, align="left", after=14, next=True),
        Look("KSD Kotak", "head", 9.6, "ink", align="left", after=4, leading=1.08),
        Look("KSD Judul Kotak", "head", 10.2, "teal", True, align="left", after=4, next=True),
        Look("KSD Angka", "head", 18, "teal", True, align="left", after=2),
        Look("KSD Label Angka", "head", 8.6, "ink", align="left", after=1),
        Look("List Paragraph", size=size, align="left" if not formal else "both", after=3, leading=1.12),
        Look("KSD Isian", size=size, align="left", after=2, leading=1.1),
        Look("KSD Instansi", "head", 13 if formal else 10, "ink", formal, align=centre, caps=True),
        Look("KSD Unit", "head", 15, "teal", True, align=centre, caps=formal),
        Look("KSD Alamat", "head", 9, "ink", align=centre),
        Look("KSD Banner", "head", 8.5, "accent", True, align="center"),
        Look("KSD Lampiran", "head", 10 if formal else 9, "ink", align="left", after=1),
        Look("TOC Heading", "head", heading[0], "teal", True, align="left", before=8, after=4),
        *(Look(f"toc {level}", "head", 9.5, "ink", align="left", after=2) for level in (1, 2, 3)),
        Look("footnote text", size=8.2, align="left", after=1),
        Look("header", "head", 8, "muted", align="left"),
        Look("footer", "head", 7, "muted", align="left"),
    )  # fmt: skip


def colours_of(document: Document) -> dict[str, str]:
    """The colours of a paper by name, as a Word file writes them (`0B4F57`)."""
    own = {name: value for name, value in document.style.colours if _COLOUR.fullmatch(value)}
    banner = {"banner": {**LIGHT, **own}["accent"], "banner_ink": {**LIGHT, **own}["on_accent"]}
    formal = _BLACK if document.style.layout == "formal" else {}
    return {name: value[1:].upper() for name, value in {**LIGHT, **own, **formal, **banner}.items()}


class Styles:
    """The styles of a file under construction; those an office brought (`brought`) stay as they are."""

    def __init__(self, document: Document, root: Element) -> None:
        self.root = root
        self.fonts = {"text": document.style.text_font, "head": document.style.head_font}
        if document.style.layout == "formal":
            self.fonts["head"] = document.style.text_font
        self.colours = colours_of(document)
        self.ids = dict(self._named())
        self.brought = frozenset(self.ids)
        self._defaults(LANGUAGES[document.lang])
        for look in _looks(formal=document.style.layout == "formal"):
            if look.name.casefold() not in self.ids:
                self._add(look)
        for name in ("Hyperlink", "footnote reference"):
            if name.casefold() not in self.ids:
                self._letters(name)
        if "ksd tabel" not in self.ids:
            self._table()

    def __getitem__(self, name: str) -> str:
        """The identifier of a style; programs in other languages give theirs other identifiers."""
        return self.ids[name.casefold()]

    def _named(self) -> Iterator[tuple[str, str]]:
        for style in self.root.iterchildren(clark("w:style")):
            name = style.find(clark("w:name"))
            if name is not None:
                yield name.get(clark("w:val"), "").casefold(), style.get(clark("w:styleId"), "")

    def _new(self, kind: str, name: str) -> Element:
        identifier = "".join(word.capitalize() for word in name.split())
        taken = set(self.ids.values())
        while identifier in taken:
            identifier += "KSD"
        style = add(self.root, "w:style", type=kind, styleId=identifier)
        if name == "Normal":
            style.set(clark("w:default"), "1")
        add(style, "w:name", val=name)
        self.ids[name.casefold()] = identifier
        return style

    def _add(self, look: Look) -> None:
        style = self._new("paragraph", look.name)
        if look.name != "Normal":
            add(style, "w:basedOn", val=self["Normal"])
        add(style, "w:qFormat")
        told = add(style, "w:pPr")
        if look.next:
            add(told, "w:keepNext")
        if look.outline:
            add(told, "w:keepLines")
        if look.name == "Normal":
            add(told, "w:widowControl")
        line = round(240 * look.leading)
        spaces = {"before": twips(look.before), "after": twips(look.after)}
        add(told, "w:spacing", **spaces, line=line, lineRule="auto")
        if look.align:
            add(told, "w:jc", val=look.align)
        if look.outline:
            add(told, "w:outlineLvl", val=look.outline - 1)
        self._letter_look(add(style, "w:rPr"), look)

    def _letter_look(self, told: Element, look: Look) -> None:
        add(told, "w:rFonts", **font_facts(self.fonts[look.font]))
        for name in ("b", "bCs") if look.bold else ():
            add(told, f"w:{name}")
        for name in ("i", "iCs") if look.italic else ():
            add(told, f"w:{name}")
        if look.caps:
            add(told, "w:caps")
        if look.colour:
            add(told, "w:color", val=self.colours[look.colour])
        for name in ("sz", "szCs") if look.size else ():
            add(told, f"w:{name}", val=round(look.size * 2))

    def _letters(self, name: str) -> None:
        told = add(self._new("character", name), "w:rPr")
        if name == "Hyperlink":
            add(told, "w:color", val=self.colours["teal"])
            add(told, "w:u", val="single")
        else:
            add(told, "w:vertAlign", val="superscript")

    def _table(self) -> None:
        style = self._new("table", "KSD Tabel")
        rules = add(add(style, "w:tblPr"), "w:tblBorders")
        for side in ("top", "bottom"):
            add(rules, f"w:{side}", val="single", sz=8, space=0, color=self.colours["teal"])
        add(rules, "w:insideH", val="single", sz=4, space=0, color=self.colours["line"])
        first = add(style, "w:tblStylePr", type="firstRow")
        cell = add(first, "w:tcPr")
        add(cell, "w:shd", val="clear", color="auto", fill=self.colours["teal_shade"])

    def _defaults(self, lang: str) -> None:
        """The language of the paper, and its fonts where the file had no defaults of an office."""
        defaults = self.root.find(clark("w:docDefaults"))
        if defaults is None:
            defaults = add(self.root, "w:docDefaults")
            self.root.insert(0, defaults)
        told = _child(_child(defaults, "w:rPrDefault"), "w:rPr")
        if told.find(clark("w:rFonts")) is None:
            told.insert(0, told.makeelement(clark("w:rFonts"), _own(self.fonts["text"])))
        spoken = _child(told, "w:lang")
        spoken.set(clark("w:val"), lang)
        spoken.set(clark("w:eastAsia"), lang)


def font_facts(family: str) -> dict[str, str]:
    """A family for every kind of letter."""
    return dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), family)


def letter_look(told: Element, emphasis: str, colours: Mapping[str, str]) -> None:
    """The emphasis of a stretch of text, in its properties."""
    if emphasis == "strong":
        add(told, "w:b")
    elif emphasis == "emphasis":
        add(told, "w:i")
    elif emphasis == "code":
        add(told, "w:rFonts", **font_facts(MONO))
        add(told, "w:color", val=colours["ink"])


def _own(family: str) -> dict[str, Any]:
    return {clark(f"w:{key}"): value for key, value in font_facts(family).items()}


def _child(parent: Element, name: str) -> Element:
    found = parent.find(clark(name))
    return add(parent, name) if found is None else found
