"""Pages of a Word file: their size and margins, and what stands on each of them."""

import re
from collections.abc import Sequence
from typing import Final

from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.publishing.docx.elements import (
    Element,
    add,
    add_plain,
    add_text,
    clark,
    field,
    paragraph,
    root,
    serialised,
    text_paragraph,
    twips,
)
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.docx.tables import begin_table, cell_of
from ksd_toolkit.publishing.sheet import MM, Sheet

_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
_EDGE: Final = 8.0  # millimetres from the rim of the sheet to header and footer
_COLUMNS: Final = (0.76, 0.24)  # of the footer: the stamp and the page
_INHERITED: Final = ("w:headerReference", "w:footerReference", "w:titlePg")
_MARK_WIDTH: Final = 0.62  # points a letter of the watermark takes for each point of its height


def sheet_of(section: Element, fallback: Sheet) -> Sheet:
    """The sheet an office's own section describes; where it says nothing, ours."""
    size, margins = section.find(clark("w:pgSz")), section.find(clark("w:pgMar"))
    if size is None or margins is None:
        return fallback
    left, right, top, bottom = (
        _mm(margins, side, 20.0) for side in ("left", "right", "top", "bottom")
    )
    width, height = _mm(size, "w", fallback.width), _mm(size, "h", fallback.height)
    held = Sheet(width, height, left, right, top, bottom, 0.0)
    return held if min(held.text_width, held.text_height) > _LEAST else fallback


def section_properties(sheet: Sheet, held: Element | None, *, landscape: bool) -> Element:
    """The properties of a section; `held` are those of the first, whose header and footer go on."""
    section = parse_xml(serialised(root("w:sectPr"))) if held is None else _copy(held)
    for name in ("w:pgSz", "w:pgMar"):
        for old in section.findall(clark(name)):
            section.remove(old)
    width, height = sheet.width * MM, sheet.height * MM
    facts = {"w": twips(width), "h": twips(height)} | ({"orient": "landscape"} if landscape else {})
    size = section.makeelement(clark("w:pgSz"))
    margins = section.makeelement(clark("w:pgMar"))
    for key, value in facts.items():
        size.set(clark(f"w:{key}"), str(value))
    sides = {side: getattr(sheet, side) for side in ("top", "right", "bottom", "left")}
    for side, room in (sides | {"header": _EDGE, "footer": _EDGE, "gutter": 0.0}).items():
        margins.set(clark(f"w:{side}"), str(twips(room * MM)))
    _insert_page(section, size, margins)
    return section


def dress(script: Manuscript, section: Element, kinds: Sequence[str]) -> None:
    """Give every kind of page (`default`, `first`, `even`) its header and footer.

    Where an office's letterhead has its own, they stay, and what every page must say is added to them.
    """
    for kind in kinds:
        for part, write in (("header", _header), ("footer", _footer)):
            held = _held(script, section, part, kind)
            if held is None:
                content = root("w:hdr" if part == "header" else "w:ftr", "v", "o", "w10")
                write(script, content, running=kind != "first" and not script.formal)
                _refer(script, section, part, kind, content)
            else:
                write(script, held, running=False)


def _held(script: Manuscript, section: Element, part: str, kind: str) -> Element | None:
    """The header or footer a letterhead brought for a kind of page."""
    for reference in section.findall(clark(f"w:{part}Reference")):
        if reference.get(clark("w:type")) == kind:
            related = script.part.rels[reference.get(clark("r:id"))].target_part
            return related.element if isinstance(related, XmlPart) else None
    return None


def _refer(script: Manuscript, section: Element, part: str, kind: str, content: Element) -> None:
    """Make a part of a header or footer and name it in the section."""
    uri = PackURI(f"/word/ksd-{part}-{kind}.xml")
    made = Part(uri, _KIND.format(part), serialised(content), script.part.package)
    reference = section.makeelement(clark(f"w:{part}Reference"))
    reference.set(clark("w:type"), kind)
    reference.set(clark("r:id"), script.part.relate_to(made, _RELATION.format(part)))
    section.insert(0, reference)


def _header(script: Manuscript, content: Element, *, running: bool) -> None:
    """Banner, title of the paper and watermark."""
    document = script.document
    if document.banner:
        holder = paragraph(content, script.styles["KSD Banner"])
        add(holder[0], "w:shd", val="clear", color="auto", fill=script.colours["banner"])
        letters = add(holder, "w:r")
        add(add(letters, "w:rPr"), "w:color", val=script.colours["banner_ink"])
        add_text(letters, document.banner)
    holder = paragraph(content, script.styles["header"])
    if running:
        rules = add(holder[0], "w:pBdr")
        add(rules, "w:bottom", val="single", sz=4, space=3, color=script.colours["line"])
        add_text(add(holder, "w:r"), document.title)
    if document.watermark:
        _watermark(script, add(holder, "w:r"), legible(document.watermark))


def _footer(script: Manuscript, content: Element, *, running: bool) -> None:
    """The stamp at the left, page and pages at the right."""
    room = script.sheet.text_width
    widths = [room * share for share in _COLUMNS]
    grid = begin_table(content, widths)
    wide = grid[0].find(clark("w:tblW"))
    wide.set(clark("w:type"), "pct")
    wide.set(clark("w:w"), "5000")
    row = add(grid, "w:tr")
    text_paragraph(cell_of(row, widths[0]), script.document.running_foot, script.styles["footer"])
    holder = paragraph(cell_of(row, widths[1]), script.styles["footer"], align="right")
    add_text(add(holder, "w:r"), f"{script.labels['page']} ")
    field(holder, "PAGE", "1")
    add_text(add(holder, "w:r"), f" {script.labels['of']} ")
    field(holder, "NUMPAGES", "1")
    paragraph(content, script.styles["footer"])


def _watermark(script: Manuscript, holder: Element, text: str) -> None:
    """The word behind the text, as a word processor draws it."""
    height = min(110.0, script.sheet.text_width * 0.95 / (_MARK_WIDTH * max(len(text), 1)))
    width = height * _MARK_WIDTH * len(text)
    number = script.drawing_id()
    drawn = add(holder, "w:pict")
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.1f}pt;height:{height:.1f}pt;"
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    kind = {"id": f"ksd-cap{number}", "coordsize": "21600,21600", "o:spt": "136",
            "adj": "10800", "path": "m@7,l@8,m@5,21600l@6,21600e"}  # fmt: skip
    described = add_plain(drawn, "v:shapetype", kind)
    formulas = add(described, "v:formulas")
    for formula in _FORMULAS:
        add_plain(formulas, "v:f", {"eqn": formula})
    add_plain(described, "v:path", {"textpathok": "t", "o:connecttype": "rect"})
    add_plain(described, "v:textpath", {"on": "t", "fitshape": "t"})
    shape = {"id": f"PowerPlusWaterMarkObject{number}", "o:spid": f"_x0000_s{2048 + number}",
             "type": f"#ksd-cap{number}", "style": style, "o:allowincell": "f",
             "fillcolor": "#c8c8c8", "stroked": "f", "alt": text}  # fmt: skip
    made = add_plain(drawn, "v:shape", shape)
    add_plain(made, "v:fill", {"opacity": ".5"})
    family = script.styles.fonts["head"]
    written = {"style": f'font-family:"{family}";font-size:1pt', "string": text}
    add_plain(made, "v:textpath", written)


def _copy(held: Element) -> Element:
    """The section that goes on with the header and footer of the one before."""
    section = parse_xml(serialised(held))
    for name in _INHERITED:
        for old in section.findall(clark(name)):
            section.remove(old)
    return section


def _insert_page(section: Element, size: Element, margins: Element) -> None:
    """Size and margins at the place the format prescribes: after references, notes and type."""
    before = [clark(f"w:{name}") for name in _BEFORE_SIZE]
    place = sum(1 for child in section if child.tag in before)
    section.insert(place, margins)
    section.insert(place, size)


def _mm(part: Element, name: str, usual: float) -> float:
    """A measure in millimetres; what is no number, or no sheet, counts as not said."""
    found = _TWIPS.fullmatch(part.get(clark(f"w:{name}"), ""))
    value = abs(int(found[0])) / 20 / MM if found else usual
    return min(value, _LARGEST)


_TWIPS: Final = re.compile(r"-?\d{1,5}")
_LARGEST: Final = 600.0  # millimetres
_LEAST: Final = 100.0  # points; margins that leave less are a mistake
_BEFORE_SIZE: Final = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type",
)  # fmt: skip
_FORMULAS: Final = (
    "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3",
    "if @0 @3 0", "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5",
    "mid @7 @8", "mid @6 @7", "sum @6 0 @5",
)  # fmt: skip
