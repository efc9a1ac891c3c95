"""A paper as the data its PDF layout reads: every text printable, every measure settled."""

import dataclasses
from typing import Any, Final

from ksd_toolkit.display.fragment import paper_labels
from ksd_toolkit.display.palette import LIGHT
from ksd_toolkit.display.recolouring import recoloured
from ksd_toolkit.document import (
    Annex,
    Block,
    Document,
    Figure,
    RegionMap,
    Style,
)
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.block_data import block_data
from ksd_toolkit.publishing.crest import crest_svg
from ksd_toolkit.publishing.fonts import FALLBACK, MONO, SCALES, SERIF
from ksd_toolkit.publishing.letters import printable
from ksd_toolkit.publishing.marks import Marks
from ksd_toolkit.publishing.opening import dated_below, subtitle_lines, title_lines
from ksd_toolkit.publishing.sheet import Sheet
from ksd_toolkit.publishing.table_data import TablePlan
from ksd_toolkit.publishing.table_widths import TableFont

_REGIONS: Final = {"id": "ID", "en": "GB"}
_TABLE_SIZE: Final = {"policy": 8.7, "formal": 9.4}  # points
_BLANK: Final = {
    "policy": 0.0,
    "formal": 15.0,
}  # points: lists of a formal paper are filled in by hand
# A minute or a decree is black on white; only its charts keep their colours.
_FORMAL: Final = {
    "ink": "#000000", "muted": "#444444", "line": "#9a9a9a", "shade": "#f4f4f4", "teal": "#000000",
    "teal_shade": "#ededed", "accent": "#000000", "accent_shade": "#f4f4f4", "green": "#000000",
    "green_shade": "#f4f4f4",
}  # fmt: skip
_OPENS: Final = {"paragraph", "callout"}
_HOLDS: Final = {"paragraph", "items", "references"}
_HELD: Final = 4  # blocks at the end of a paper that may have to go along
_SHORT_LIST: Final = 8  # entries of a list that goes along whole
_SIGNED: Final = {"paragraph", "clauses"}  # their end goes along with who signs it


def paper_data(document: Document) -> dict[str, Any]:
    """Everything the layout needs as JSON data.

    Args:
        document: The paper, settled (see `numbering`).
    """
    colours = dict(LIGHT) | dict(document.style.colours)
    return {
        "lang": document.lang,
        "region": _REGIONS[document.lang],
        "layout": document.style.layout,
        "contents": document.contents,
        "labels": _labels(document),
        "colours": colours | _FORMAL if document.style.layout == "formal" else colours,
        "banner_colours": {"ground": colours["accent"], "ink": colours["on_accent"]},
        "fonts": _fonts(document),
        "sheet": _sheet(document, landscape=False).data(),
        "parts": _parts(document),
        **_head(document),
    }


def _head(document: Document) -> dict[str, Any]:
    """What stands before the blocks and on every page."""
    head, dated = document.letterhead, document.place_and_date
    return {
        "title": printable(document.title),
        "title_lines": [printable(line) for line in title_lines(document)],
        "subtitle": printable(document.subtitle),
        "subtitle_lines": [printable(line) for line in subtitle_lines(document)],
        "issuer": printable(head.government),
        "unit": printable(head.unit),
        "address": [printable(line) for line in head.address],
        "crest": crest_svg(head.crest, dict(document.style.colours).get("teal", LIGHT["teal"])),
        "place_and_date": "" if dated_below(document) else printable(dated),
        "banner": printable(document.banner),
        "watermark": printable(document.watermark),
        "running_foot": printable(document.running_foot),
        "keywords": [printable(word) for word in document.keywords],
    }


def _labels(document: Document) -> dict[str, str]:
    labels = paper_labels(document.lang) | document.labels
    labels["electronic_area"] = say("typesetting.electronic_area", document.lang)
    return {name: printable(text) for name, text in labels.items()}


def _fonts(document: Document) -> dict[str, Any]:
    text, font = document.style.text_font, _table_font(document)
    head = text if document.style.layout == "formal" else document.style.head_font
    return {
        "text": [text, FALLBACK, SERIF],
        "text_scale": SCALES[text],
        "head": [head, FALLBACK, SERIF],
        "head_scale": SCALES[head],
        "mono": [MONO, FALLBACK, SERIF],
        "table": [font.family, FALLBACK, SERIF],
        "table_size": font.size,
    }


def _table_font(document: Document) -> TableFont:
    style = document.style
    family = style.text_font if style.layout == "formal" else style.head_font
    return TableFont(family, _TABLE_SIZE[style.layout] * SCALES[family])


def _parts(document: Document) -> list[dict[str, Any]]:
    """The body and each annex: what begins it, its sheet and its blocks."""
    marks, plan = Marks.of(document), _plan(document, landscape=False)
    parts: list[dict[str, Any]] = [{"annex": None, "sheet": plan.sheet.data(), "blocks": []}]
    for block in document.blocks:
        if isinstance(block, Annex):
            plan = _plan(document, landscape=block.landscape)
            begun = block_data(block, marks, plan)
            parts.append({"annex": begun, "sheet": plan.sheet.data(), "blocks": []})
        else:
            shown = _in_own_colours(block, document.style)
            _append(parts[-1]["blocks"], block_data(shown, marks, plan))
    for part in parts:
        _share_first_page(part["blocks"])
    _hold_end(parts[-1]["blocks"])
    return parts


def _share_first_page(blocks: list[dict[str, Any]]) -> None:
    """The first of the blocks with a page each may follow the few lines that open its section."""
    at = next((n for n, one in enumerate(blocks) if one.get("new_page")), 0)
    if at and blocks[at - 1]["kind"] in _OPENS:
        blocks[at] |= {"opened": True}


def _hold_end(blocks: list[dict[str, Any]]) -> None:
    """What a paper closes with takes what stands above it along, lest it stand alone on a page."""
    printed = [one for one in blocks if one["kind"] != "provenance"]
    if not printed or printed[-1]["kind"] != "paragraph":
        return
    headed = False
    for above in reversed(printed[-_HELD:-1]):
        if above["kind"] == "heading":  # it goes along by itself
            headed = True
            continue
        entries = above.get("items") or above.get("entries") or ()
        if above["kind"] in _HOLDS and len(entries) <= _SHORT_LIST:
            above |= {"kept": True}
        if headed or above["kind"] != "paragraph":
            return


def _append(blocks: list[dict[str, Any]], block: dict[str, Any]) -> None:
    """Who signs belongs to what stands right above: a page shows them together."""
    above = blocks[-1]["kind"] if blocks and block["kind"] == "signatures" else ""
    if above == "table":
        block = {"kind": "signed_table", "table": blocks.pop(), "signatures": block}
    elif (
        above == "heading" and len(blocks) > 1
    ):  # "Pengesahan" goes along; so does the text before it
        above = blocks[-2]["kind"]
    if above in _SIGNED:
        last = next(one for one in reversed(blocks) if one["kind"] == above)
        last |= {"signed": True}
    blocks.append(block)


def _plan(document: Document, *, landscape: bool) -> TablePlan:
    """How tables are set on the upright or the lying sheets of a paper."""
    sheet, layout = _sheet(document, landscape=landscape), document.style.layout
    return TablePlan(sheet, _table_font(document), document.lang, _BLANK[layout])


def _in_own_colours(block: Block, style: Style) -> Block:
    if not isinstance(block, Figure | RegionMap):
        return block
    return dataclasses.replace(block, svg=recoloured(block.svg, style))


def _sheet(document: Document, *, landscape: bool) -> Sheet:
    return Sheet.of(document.style, banner=document.banner != "", landscape=landscape)
