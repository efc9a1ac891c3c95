"""Typeset a paper as PDF: archivable (PDF/A-2a), accessible (PDF/UA-1), the same bytes every time.

The paper reaches Typst as JSON data, so no text in it is ever read as markup. Typst refuses a
figure without alternative text or a skipped heading level; a warning counts as a refusal.
"""

import json
import unicodedata
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from typing import Any, Final, cast

import typst

from ksd_toolkit.display.fragment import paper_labels, short_fingerprint
from ksd_toolkit.display.hostile import legible, safe_href
from ksd_toolkit.display.palette import LIGHT
from ksd_toolkit.document import Block, Document, Provenance, RegionMap, Table, block_to_json
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.fonts import (
    FALLBACK,
    MONO,
    SANS,
    SERIF,
    printable_letters,
    typst_fonts,
)
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.table_widths import roomy

_REGIONS: Final = {"id": "ID", "en": "GB"}
_UNPRINTABLE: Final = "\ufffd"


def pdf_bytes(document: Document, dated: date) -> bytes:
    """The paper as a PDF file.

    Args:
        document: The paper.
        dated: The date written into the file, usually `tanggal_acuan`; nothing reads the clock.

    Raises:
        RunError: The paper cannot be typeset, e.g. a figure lacks its alternative text.
    """
    document = settled(document)
    layout = files("ksd_toolkit.publishing") / "layout" / "paper.typ"
    try:
        with as_file(layout) as template, typst_fonts() as fonts:
            compiler = typst.Compiler(template, font_paths=fonts)
            content, warnings = compiler.compile_with_warnings(
                format="pdf",
                sys_inputs={"paper": json.dumps(_paper(document), ensure_ascii=False)},
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(datetime.combine(dated, time(), UTC).timestamp()),
            )
    except typst.TypstError as error:
        raise RunError("paper.not_typeset", title=document.title, reason=error.message) from error
    if warnings:
        raise RunError("paper.not_typeset", title=document.title, reason=warnings[0].message)
    return cast(bytes, content)  # one file, since the format is PDF


def _paper(document: Document) -> dict[str, Any]:
    """Everything the layout needs as JSON data, every text printable."""
    return {
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "lang": document.lang,
        "region": _REGIONS[document.lang],
        "issuer": printable(document.letterhead.government),
        "unit": printable(document.letterhead.unit),
        "place_and_date": printable(document.place_and_date),
        "banner": printable(document.banner),
        "running_foot": printable(document.running_foot),
        "keywords": [printable(word) for word in document.keywords],
        "labels": paper_labels(document.lang) | _printable(document.labels),
        "blocks": [_block(block) for block in document.blocks],
        "colours": dict(LIGHT),
        "fonts": {"serif": SERIF, "sans": SANS, "mono": MONO, "fallback": FALLBACK},
    }


def _block(block: Block) -> dict[str, Any]:
    facts = (
        _map_facts(block)
        if isinstance(block, RegionMap)
        else block_to_json(roomy(block) if isinstance(block, Table) else block)
    )
    if isinstance(block, Provenance):
        facts["rows"] = [
            [name, short_fingerprint(sha256), rows] for name, sha256, rows in block.rows
        ]
    svg = facts.pop("svg", None)
    shown: dict[str, Any] = _printable(facts)
    return shown if svg is None else shown | {"svg": svg}


def _map_facts(block: RegionMap) -> dict[str, Any]:
    """What of a map is printed: its drawing and the words around it."""
    return {
        "kind": block.kind,
        "caption": block.caption,
        "alt": block.alt,
        "note": block.note,
        "svg": block.svg,
    }


def _printable(value: Any, key: str = "") -> Any:
    """JSON data with every text printable and every unsafe link taken out."""
    match value:
        case str():
            return safe_href(value) if key == "href" else printable(value)
        case dict():
            return {name: _printable(part, name) for name, part in value.items()}
        case list() | tuple():
            return [_printable(part) for part in value]
    return value


def printable(text: str) -> str:
    """`text` in letters our fonts hold: as it is, else in its compatibility form, else U+FFFD."""
    shown = legible(text)
    if shown.isascii():
        return shown
    letters = printable_letters()
    return "".join(letter if ord(letter) in letters else _nearest(letter) for letter in shown)


def _nearest(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(ord(part) in printable_letters() for part in plain) else _UNPRINTABLE
