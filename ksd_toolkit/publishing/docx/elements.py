"""Elements of a Word file: one place where names get their namespaces and texts become legible."""

from functools import cache
from typing import Any, Final

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from lxml import etree  # type: ignore[import-untyped]

from ksd_toolkit.display.hostile import legible

NAMESPACES: Final[dict[str, str]] = {
    **{name: nsmap[name] for name in ("w", "r", "wp", "a", "pic")},
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_BROUGHT: Final = frozenset({"a", "pic", "asvg", "adec"})
TWIPS: Final = 20
"""Twentieths of a point, in which a Word file measures a page."""

EMU: Final = 12_700
"""What a drawing measures in: 12,700 of them are a point."""

Element = Any
"""An lxml element; lxml has no types."""


@cache
def clark(name: str) -> str:
    """`w:p` as lxml names it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else name


@cache
def _declared(name: str) -> dict[str, str] | None:
    """The namespace an element brings with it: those of drawings stand where the drawing stands."""
    prefix = name.partition(":")[0]
    return {prefix: NAMESPACES[prefix]} if prefix in _BROUGHT else None


def add(parent: Element, name: str, /, **facts: object) -> Element:
    """A new last child of `parent`; an attribute `val` belongs to the namespace of Word (`w:val`)."""
    child = etree.SubElement(parent, clark(name), nsmap=_declared(name))
    for key, value in facts.items():
        child.set(clark(f"w:{key}"), str(value))
    return child


def add_plain(parent: Element, name: str, facts: dict[str, str]) -> Element:
    """A new last child of `parent`; its attributes are named as they are (`cx`, `r:embed`)."""
    child = etree.SubElement(parent, clark(name), nsmap=_declared(name))
    for key, value in facts.items():
        child.set(clark(key), value)
    return child


def root(name: str, *prefixes: str) -> Element:
    """The root of a part of its own, with the namespaces it uses."""
    known = {prefix: NAMESPACES[prefix] for prefix in ("w", "r", *prefixes)}
    return oxml_parser.makeelement(clark(name), nsmap=known)


def serialised(element: Element) -> bytes:
    """A part as the bytes of its file."""
    content: bytes = etree.tostring(
        element, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return content


def add_text(run: Element, text: str) -> None:
    """Text of a run, every letter of it visible and in its place."""
    child = add(run, "w:t")
    child.text = legible(text)
    child.set(clark("xml:space"), "preserve")


def paragraph(parent: Element, style: str = "", **facts: object) -> Element:
    """A new paragraph in a style, its properties in the order the format asks for.

    Args:
        parent: What it stands in.
        style: The identifier of its style.
        facts: Of its properties: `next` keeps it with the next, `page` begins a page, `list` is the number of its
            list, `align`, `left` and `right` (indents in points) move it.
    """
    block = add(parent, "w:p")
    told = add(block, "w:pPr")
    if style:
        add(told, "w:pStyle", val=style)
    if facts.get("next"):
        add(told, "w:keepNext")
    if facts.get("page"):
        add(told, "w:pageBreakBefore")
    if facts.get("list"):
        numbered = add(told, "w:numPr")
        add(numbered, "w:ilvl", val=0)
        add(numbered, "w:numId", val=facts["list"])
    indents = {
        side: twips(float(str(facts[side]))) for side in ("left", "right") if facts.get(side)
    }
    if indents:
        add(told, "w:ind", **indents)
    if facts.get("align"):
        add(told, "w:jc", val=facts["align"])
    return block


def keep_with_next(block: Element) -> None:
    """Let a paragraph that stands already keep with the next one."""
    told = block[0]
    if told.find(clark("w:keepNext")) is None:
        style = told.find(clark("w:pStyle"))
        told.insert(0 if style is None else 1, told.makeelement(clark("w:keepNext")))


def text_paragraph(parent: Element, text: str, style: str = "", **facts: object) -> Element:
    """A new paragraph with one text in the look of its style."""
    block = paragraph(parent, style, **facts)
    add_text(add(block, "w:r"), text)
    return block


def field(parent: Element, code: str, shown: str) -> None:
    """A field (`PAGE`) and what it shows until a program counts anew; codes never come from data."""
    simple = add(parent, "w:fldSimple", instr=f" {code} ")
    add_text(add(simple, "w:r"), shown)


def twips(points: float) -> int:
    """A measure in points as a Word file writes it."""
    return round(points * TWIPS)
