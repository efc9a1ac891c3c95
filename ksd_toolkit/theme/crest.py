"""A crest found harmless: a PNG, or an SVG that draws and does nothing else."""

import base64
import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE_AT: Final = 24  # bytes: signature, length, IHDR, width and height
_DRAWS: Final = frozenset(
    {
        "svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse",
        "line", "polyline", "polygon", "text", "tspan", "use", "symbol", "clipPath", "mask",
        "linearGradient", "radialGradient", "stop", "pattern", "style",
    }
)  # fmt: skip
_INNER: Final = re.compile(r"#[\w.:-]+")
_ADDRESS: Final = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\s*\(|javascript:", re.I)
_DEEPEST, _MOST_ELEMENTS = 60, 20_000
_MOST_COPIES: Final = 16  # `use` of `use` doubles what is drawn each time


class _Found(Exception):  # noqa: N818  ends the walk
    """What makes the drawing unsafe."""


def is_png(content: bytes) -> bool:
    """Whether it begins as a PNG with its size does."""
    return content.startswith(_PNG_HEAD) and len(content) > _PNG_SIZE_AT


def png_address(content: bytes) -> str:
    """The picture as the address a letterhead holds."""
    return "data:image/png;base64," + base64.b64encode(content).decode()


def danger(content: bytes) -> str:
    """The first part of an SVG that is more than drawing: an element, an attribute, an address; else empty.

    Scripts, event handlers, foreign content, pictures inside, outside references, entities and document
    types are refused; so is what is no SVG.
    """
    walk = _Walk()
    parser = expat.ParserCreate("UTF-8")
    parser.StartDoctypeDeclHandler = walk.doctype
    parser.EntityDeclHandler = walk.doctype
    parser.ProcessingInstructionHandler = walk.instruction
    parser.StartElementHandler = walk.begin
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(content, True)
    except _Found as found:
        return str(found)
    except expat.ExpatError as error:
        return f"XML: {expat.errors.messages[error.code]}"
    return ""


class _Walk:
    def __init__(self) -> None:
        self._open: list[str] = []
        self._count = 0
        self._copies = 0

    def doctype(self, *_: object) -> None:
        raise _Found("<!DOCTYPE>")

    def instruction(self, target: str, _: str) -> None:
        raise _Found(f"<?{target}?>")

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, name = tag.rpartition(":")
        self._count += 1
        if not self._open and name != "svg":
            raise _Found(f"<{name}>")
        # Drawing programs keep notes under their own prefixes; inside metadata nothing is drawn.
        noted = "metadata" in self._open or prefix in {"sodipodi", "inkscape"}
        if not noted and name not in _DRAWS:
            raise _Found(f"<{name}>")
        if len(self._open) > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise _Found(f"> {_MOST_ELEMENTS} / {_DEEPEST}")
        self._copies += name in {"use", "pattern"}
        if self._copies > _MOST_COPIES:
            raise _Found(f"<{name}> > {_MOST_COPIES}")
        for bad in _dangers(attributes):
            raise _Found(bad)
        self._open.append(name)

    def end(self, _: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        if self._open and self._open[-1] == "style" and (_ADDRESS.search(text) or "\\" in text):
            raise _Found("<style>")


def _dangers(attributes: dict[str, str]) -> Iterator[str]:
    for key, value in attributes.items():
        name = key.rpartition(":")[2].lower()
        if name.startswith("on") or name == "base":
            yield key
        if name in {"href", "src"} and not _INNER.fullmatch(value.strip()):
            yield key
        if _ADDRESS.search(value) or (name == "style" and "\\" in value):
            yield key
