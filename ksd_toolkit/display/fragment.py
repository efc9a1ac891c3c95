"""Render blocks as HTML: the same markup in JupyterLab and on the published page.

Every text is escaped by Jinja2 and cleaned of invisible letters first; a missing value is an error.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ksd_toolkit.display.hostile import legible, safe_href
from ksd_toolkit.display.map_marks import map_id, map_path, map_tone
from ksd_toolkit.display.page_extras import (
    Notes,
    PageExtras,
    alignment,
    lines,
    pieces,
    table_cells,
    telling_shapes,
    words,
)
from ksd_toolkit.display.palette import DARK, LIGHT, MAP_DARK, MAP_LIGHT, css_variables
from ksd_toolkit.document import MAP_TONES, Annex, Block, Figure, Heading, RegionMap, Table
from ksd_toolkit.messages import language, say

_SHOWN_FINGERPRINT: Final = 16
_LABELS: Final = (
    "table", "figure", "description", "provenance", "file", "fingerprint", "rows",
    "page", "of", "skip", "contents", "map_hint", "map_rows", "map_region", "map_told",
)  # fmt: skip
_PAGE_LABELS: Final = ("notes", "blank_name", "sort", "up", "down", "printed", "note", "back")
_OWN_FACTS: Final = {
    name: f"{{{name}}}" for name in ("column", "n", "time")
}  # filled in on the page


def html_fragment(blocks: Sequence[Block], lang: str = "id") -> str:
    """The blocks as a self-contained piece of HTML for a notebook's output.

    Args:
        blocks: What to show, in reading order.
        lang: Language of the labels around the blocks.
    """
    return str(
        template_engine()
        .get_template("fragment.html.j2")
        .render(
            lang=language(lang),
            style=fragment_style(blocks),
            light=css_colours(LIGHT, MAP_LIGHT, blocks),
            dark=css_colours(DARK, MAP_DARK, blocks),
            body=html_blocks(blocks, paper_labels(lang)),
        )
    )


def html_blocks(
    blocks: Sequence[Block],
    labels: dict[str, str],
    *,
    numbered: bool = False,
    extras: PageExtras | None = None,
) -> Markup:
    """The blocks as HTML without a frame.

    Args:
        blocks: What to show, in reading order.
        labels: The words around them (see `paper_labels`).
        numbered: Whether captioned tables and figures are counted, and parts have ids to lead to: on a
            page of their own, not in a notebook, which shows many fragments.
        extras: Ids and notes of figures and keys of tables, by number of the block.
    """
    template = template_engine().get_template("blocks.html.j2")
    shown = template.render(
        entries=list(_entries(blocks, numbered)),
        labels=labels,
        linked=numbered,
        extras=extras or PageExtras(),
        notes=Notes(),
    )
    return Markup(shown)  # noqa: S704  rendered with autoescape


def fragment_style(blocks: Sequence[Block]) -> Markup:
    """The CSS of the blocks; colours are custom properties that the frame sets."""
    style = template_engine().get_template("blocks.css").render()
    if _has_map(blocks):
        style += template_engine().get_template("maps.css").render(tones=MAP_TONES)
    return Markup(style)  # noqa: S704  no data in it


def css_colours(
    colours: Mapping[str, str], of_maps: Mapping[str, str], blocks: Sequence[Block]
) -> str:
    """The colours the frame sets for `blocks`: those of maps only where there is one."""
    return css_variables(colours) + (css_variables(of_maps) if _has_map(blocks) else "")


def paper_labels(lang: str) -> dict[str, str]:
    """The words a paper needs around its blocks, by name."""
    labels = {name: say(f"paper.{name}", lang) for name in _LABELS}
    labels |= {name: say(f"page.{name}", lang, **_OWN_FACTS) for name in _PAGE_LABELS}
    return labels | {"electronic_area": say("typesetting.electronic_area", lang)}


def short_fingerprint(sha256: str) -> str:
    """As much of a fingerprint as print needs; the stamp beside the paper holds it whole."""
    return sha256[:_SHOWN_FINGERPRINT]


@cache
def template_engine() -> Environment:
    """The one Jinja2 environment: autoescape on, undefined names are errors."""
    engine = Environment(
        loader=PackageLoader("ksd_toolkit.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: legible(value) if type(value) is str else value,
    )
    engine.filters |= {
        "safe_href": safe_href,
        "svg_uri": _svg_uri,
        "map_path": map_path,
        "map_tone": map_tone,
        "map_id": map_id,
        "short_fingerprint": short_fingerprint,
        "pieces": pieces,
        "words": words,
        "lines": lines,
        "table_cells": table_cells,
        "alignment": alignment,
        "telling_shapes": telling_shapes,
    }
    return engine


def _entries(blocks: Sequence[Block], numbered: bool) -> Iterator[tuple[Block, int]]:
    """Each block with its number: of its kind for tables and figures, running for headings; else 0."""
    counts: dict[type, int] = dict.fromkeys((Table, Figure, Heading), 0)
    for block in blocks:
        number = 0
        if numbered and isinstance(block, Table | Figure | RegionMap | Heading | Annex):
            series = _SERIES.get(type(block), type(block))
            if isinstance(block, Heading | Annex) or block.caption:
                number = counts[series] = counts[series] + 1
        yield block, number


_SERIES: Final[dict[type, type]] = {RegionMap: Figure, Annex: Heading}  # counted together


def _has_map(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, RegionMap) for block in blocks)


def _svg_uri(svg: str) -> str:
    """The drawing as an image address: inside `img` a browser runs no script and loads nothing."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8", "replace")).decode()
