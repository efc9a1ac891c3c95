"""Write a paper as a Word file an office edits: real styles, lists, notes and links, the same bytes every time.

No text of a paper is read as markup or as a field: it goes into the text nodes of the file and nowhere
else. The file asks nothing when it is opened.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from ksd_toolkit.display.palette import LIGHT
from ksd_toolkit.document import (
    Annex,
    Callout,
    Clauses,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigures,
    Paragraph,
    Particulars,
    Provenance,
    References,
    RegionMap,
    Signatures,
    Table,
    plain_text,
    runs,
    strong,
)
from ksd_toolkit.publishing.crest import crest_svg
from ksd_toolkit.publishing.docx.boxes import write_callout, write_key_figures, write_provenance
from ksd_toolkit.publishing.docx.contents import write_contents
from ksd_toolkit.publishing.docx.drawings import pictures, write_drawing
from ksd_toolkit.publishing.docx.elements import add, clark, paragraph
from ksd_toolkit.publishing.docx.footnotes import Footnotes
from ksd_toolkit.publishing.docx.formal import write_clauses, write_particulars, write_signatures
from ksd_toolkit.publishing.docx.letterhead import write_letterhead, write_title
from ksd_toolkit.publishing.docx.lists import Lists
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.docx.own_letterhead import Ground, empty_ground, own_ground
from ksd_toolkit.publishing.docx.packing import list_fonts, name_file, packed, settle
from ksd_toolkit.publishing.docx.pages import dress, section_properties, sheet_of
from ksd_toolkit.publishing.docx.styles import Styles
from ksd_toolkit.publishing.docx.tables import write_caption, write_notes, write_table
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.sheet import Sheet


def docx_bytes(document: Document, dated: date, base: bytes | None = None) -> bytes:
    """The paper as a Word file.

    Args:
        document: The paper.
        dated: The date written into the file, usually `tanggal_acuan`; nothing reads the clock.
        base: An office's own letterhead as a Word file: its header, footer, margins and styles stay,
            the paper takes the place of its text, and our letterhead is left out.

    Raises:
        RunError: A drawing cannot be drawn, a cross-reference leads nowhere, or the letterhead is no
            Word file, too large, damaged, or carries or calls for something.
    """
    document = settled(document)
    ground = empty_ground() if base is None else own_ground(base)
    script = _manuscript(document, ground)
    first = _first_section(script, ground)
    drawn = _drawn(document, with_crest=base is None)
    if base is None:
        write_letterhead(script, drawn.pop(0))
    write_title(script)
    if document.contents:
        write_contents(script)
    _write_blocks(script, first, iter(drawn))
    _finish(script, ground, own=base is not None)
    package: Any = ground.part.package
    name_file(package.core_properties, document, dated)
    draft = io.BytesIO()
    package.save(draft)
    return packed(draft)


def _manuscript(document: Document, ground: Ground) -> Manuscript:
    styles = Styles(document, ground.styles)
    ours = Sheet.of(document.style, banner=document.banner != "", landscape=False)
    sheet = ours if ground.section is None else sheet_of(ground.section, ours)
    lists, notes = Lists(ground.numberings), Footnotes(styles)
    return Manuscript(
        document, ground.part, ground.body, styles, lists, notes, sheet,
        own=ground.section is not None,
    )  # fmt: skip


def _first_section(script: Manuscript, ground: Ground) -> Any:
    """The properties of the first pages, with header and footer; a letterhead's own where there is one."""
    if ground.section is None:
        section = section_properties(script.sheet, None, landscape=False)
        kinds = ["default"] if script.formal else ["default", "first"]
        if not script.formal:
            add(section, "w:titlePg")
    else:
        section = ground.section
        shown = section.find(clark("w:titlePg"))
        kinds = ["default"]
        if shown is not None and shown.get(clark("w:val"), "1") not in {"0", "false", "off"}:
            kinds.append("first")
        if ground.settings.find(clark("w:evenAndOddHeaders")) is not None:
            kinds.append("even")
    dress(script, section, kinds)
    return section


def _drawn(document: Document, *, with_crest: bool) -> list[bytes]:
    """The pictures of the crest, where it is printed, and of every figure."""
    crest = crest_svg(document.letterhead.crest, LIGHT["teal"])
    return pictures(document, [crest] if with_crest else [])


def _write_blocks(script: Manuscript, section: Any, drawn: Iterator[bytes]) -> None:
    """Every block in reading order; an annex begins a section of its own."""
    places = iter(script.sections())
    first = section
    for block in script.document.blocks:
        if isinstance(block, Annex):
            _end_section(script, section)
            script.sheet = _annex_sheet(script, first, landscape=block.landscape)
            section = section_properties(script.sheet, first, landscape=block.landscape)
            _write_annex(script, block, next(places)[2])
        elif isinstance(block, Heading):
            _write_heading(script, block, next(places)[2])
        elif isinstance(block, Figure | RegionMap):
            _write_figure(script, block, next(drawn) if block.svg else b"")
        else:
            _WRITERS[type(block)](script, block)
    script.body.append(section)


def _write_heading(script: Manuscript, block: Heading, place: str) -> None:
    style = script.styles[f"heading {min(max(block.level, 1), 3)}"]
    words = plain_text(block.text)
    # "MEMUTUSKAN:" and its like stand in the middle.
    middle = script.formal and block.level == 1 and words == words.upper()
    align = "center" if middle else ""
    holder = paragraph(script.body, style, page=block.new_page, align=align)
    script.bookmarked(holder, block.text, place, script.places.get(block.anchor, ""))


def _write_paragraph(script: Manuscript, block: Paragraph) -> None:
    style = "KSD Pembuka" if block.lead else "Normal"
    script.write(paragraph(script.body, script.styles[style]), block.text)


def _write_items(script: Manuscript, block: Items) -> None:
    if not block.items:
        return
    number = script.lists.begin(block.marker)
    for item in block.items:
        holder = paragraph(script.body, script.styles["List Paragraph"], list=number)
        script.write(holder, item)


def _write_references(script: Manuscript, block: References) -> None:
    _write_items(script, Items(block.entries, "number"))


def _write_figure(script: Manuscript, block: Figure | RegionMap, png: bytes) -> None:
    if png:
        write_drawing(script, block, png)
    if block.caption:
        write_caption(script, block)
    note = block.note if isinstance(block, RegionMap) else ""
    write_notes(script, note, block.source)


def _write_annex(script: Manuscript, block: Annex, place: str) -> None:
    """Label and subject at the upper right, then the title."""
    left = script.sheet.text_width / 2
    for number, line in enumerate((block.label, *block.about)):
        holder = paragraph(script.body, script.styles["KSD Lampiran"], left=left)
        script.write(holder, runs(strong(line) if number == 0 else line))
    align = "center" if script.formal else ""
    holder = paragraph(script.body, script.styles["heading 1"], align=align)
    script.bookmarked(holder, runs(block.title), place, script.places.get(block.anchor, ""))


def _end_section(script: Manuscript, section: Any) -> None:
    """The last paragraph holds the properties of the section it ends."""
    last = script.body[-1] if len(script.body) else None
    if last is None or last.tag != clark("w:p"):
        last = paragraph(script.body, script.styles["KSD Sela"])
    told = last[0]
    told.append(section)


def _annex_sheet(script: Manuscript, first: Any, *, landscape: bool) -> Sheet:
    """The sheet of an annex; an office's own margins turn with it."""
    document = script.document
    ours = Sheet.of(document.style, banner=document.banner != "", landscape=landscape)
    if not script.own:
        return ours
    held = sheet_of(first, ours)
    if landscape == (held.width > held.height):
        return held
    return replace(
        held, width=held.height, height=held.width, left=held.bottom, right=held.top,
        top=max(held.top, held.left), bottom=held.right,
    )  # fmt: skip


_WRITERS: Final[dict[type, Callable[[Manuscript, Any], None]]] = {
    Paragraph: _write_paragraph,
    Items: _write_items,
    Table: write_table,
    Callout: write_callout,
    KeyFigures: write_key_figures,
    Provenance: write_provenance,
    Particulars: write_particulars,
    Clauses: write_clauses,
    Signatures: write_signatures,
    References: _write_references,
}


def _finish(script: Manuscript, ground: Ground, *, own: bool) -> None:
    """Lists, footnotes, settings and the table of fonts."""
    if not own:
        settle(ground.settings, script.document.lang)
        list_fonts(script)
    script.lists.attach(ground.part)
    script.footnotes.attach(ground.part, ground.settings)
