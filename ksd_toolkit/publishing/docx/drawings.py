"""Charts in a Word file: the drawing itself, and a picture of it for programs that know no SVG."""

import json
import re
import struct
import threading
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, cast

import typst
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.display.recolouring import recoloured
from ksd_toolkit.document import Document, Figure, RegionMap
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.docx.elements import EMU, NAMESPACES, Element, add, add_plain, paragraph
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.fonts import check_process, typst_fonts

_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_SVG: Final = (
    "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # the extension that holds the drawing itself
)
_ORNAMENT: Final = (
    "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"  # the one that marks it as saying nothing
)
_DOTS: Final = 200  # per inch
_TALLEST: Final = 0.62  # of the height of the text
_ONE_AT_A_TIME: Final = threading.Lock()
# A drawing that would run or load something is shown as its picture only.
_LIVE: Final = re.compile(
    r"<\s*(?:\w+:)?(?:script|foreignObject|iframe|set|animate\w*)\b|<!(?!--|\[CDATA)|\bon\w+\s*=|@import"
    r"|href\s*=\s*[\"']?\s*(?!#|data:image/|[\"'#])[\w/]|url\(\s*[\"']?(?!#|[\"']#)",
    re.IGNORECASE,
)
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^>\[]*>")  # names a file elsewhere, as older drawings do
_LAYOUT: Final = Path(str(files("ksd_toolkit.publishing") / "layout" / "pictures.typ"))


def pictures(document: Document, before: Sequence[str] = ()) -> list[bytes]:
    """A PNG of `before` (the crest) and of every figure and map of a paper, in reading order.

    Raises:
        RunError: A drawing cannot be drawn.
    """
    figures = [block for block in document.blocks if isinstance(block, Figure | RegionMap)]
    drawings = [
        *before, *(recoloured(block.svg, document.style) for block in figures if block.svg),
    ]  # fmt: skip
    if not drawings:
        return []
    try:
        with _ONE_AT_A_TIME:
            check_process()
            made = _compiler().compile(
                format="png",
                ppi=_DOTS,
                sys_inputs={"drawings": json.dumps(drawings, ensure_ascii=False)},
            )
    except typst.TypstError as error:
        raise RunError("docx.not_drawn", title=document.title, reason=error.message) from error
    return cast("list[bytes]", made if isinstance(made, list) else [made])


@cache
def _compiler() -> typst.Compiler:
    """The compiler of this process; it sees the folder of the layout and nothing else."""
    return typst.Compiler(str(_LAYOUT), root=str(_LAYOUT.parent), font_paths=typst_fonts())


def write_drawing(script: Manuscript, block: Figure | RegionMap, png: bytes) -> None:
    """The drawing of a figure in a paragraph of its own, with its alternative text."""
    number = script.drawing_id()
    share = block.width_percent if isinstance(block, Figure) else 100
    holder = add(paragraph(script.body, script.styles["KSD Gambar"]), "w:r")
    width, height = _size(png, script.sheet.text_width * share / 100, script.sheet.text_height)
    told = legible(" ".join(filter(None, (block.alt, block.description))))
    blip = _inline(holder, number, (width, height), (legible(block.caption), told))
    blip.set(f"{{{NAMESPACES['r']}}}embed", _related(script, f"gambar{number}.png", png))
    svg = _DOCTYPE.sub("", recoloured(block.svg, script.document.style), count=1)
    if not _LIVE.search(svg):
        extension = add_plain(add(blip, "a:extLst"), "a:ext", {"uri": _SVG})
        drawn = svg.encode("utf-8", "replace")
        own = _related(script, f"gambar{number}.svg", drawn)
        add_plain(extension, "asvg:svgBlip", {"r:embed": own})


def write_picture(script: Manuscript, holder: Element, png: bytes, height: float) -> None:
    """A picture that says nothing (a crest), `height` points high."""
    number = script.drawing_id()
    wide, high = _pixels(png)
    blip = _inline(holder, number, (height * wide / high, height), ("", ""))
    blip.set(f"{{{NAMESPACES['r']}}}embed", _related(script, f"gambar{number}.png", png))


def _inline(
    holder: Element, number: int, size: tuple[float, float], words: tuple[str, str]
) -> Element:
    """The frame of a drawing in a line of text; the element that names its picture."""
    extent = {"cx": str(round(size[0] * EMU)), "cy": str(round(size[1] * EMU))}
    frame = add_plain(
        add(holder, "w:drawing"), "wp:inline", dict.fromkeys(("distT", "distB", "distL", "distR"), "0")
    )  # fmt: skip
    add_plain(frame, "wp:extent", extent)
    facts = {"id": str(number), "name": f"Gambar {number}", "descr": words[1]}
    named = add_plain(frame, "wp:docPr", facts | ({"title": words[0]} if words[0] else {}))
    if not words[1]:
        extension = add_plain(add(named, "a:extLst"), "a:ext", {"uri": _ORNAMENT})
        add_plain(extension, "adec:decorative", {"val": "1"})
    data = add_plain(add(frame, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["pic"]})
    picture = add(data, "pic:pic")
    about = add(picture, "pic:nvPicPr")
    add_plain(about, "pic:cNvPr", {"id": str(number), "name": f"gambar{number}.png"})
    add(about, "pic:cNvPicPr")
    fill = add(picture, "pic:blipFill")
    blip = add(fill, "a:blip")
    add(add(fill, "a:stretch"), "a:fillRect")
    shape = add(picture, "pic:spPr")
    placed = add(shape, "a:xfrm")
    add_plain(placed, "a:off", {"x": "0", "y": "0"})
    add_plain(placed, "a:ext", extent)
    add(add_plain(shape, "a:prstGeom", {"prst": "rect"}), "a:avLst")
    return blip


def _related(script: Manuscript, name: str, content: bytes) -> str:
    kind = "image/png" if name.endswith("png") else "image/svg+xml"
    uri = PackURI(f"/word/media/{name}")
    return script.part.relate_to(Part(uri, kind, content, script.part.package), _IMAGE)


def _size(png: bytes, width: float, page: float) -> tuple[float, float]:
    """Width and height in points: as wide as asked for, unless that is too high for a page."""
    wide, high = _pixels(png)
    height = width * high / wide
    scale = min(1.0, page * _TALLEST / height)
    return width * scale, height * scale


def _pixels(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high
