"""Render blocks as HTML: the same markup in JupyterLab and on the published page.

Every text is escaped by Jinja2 and cleaned of invisible letters first; a missing value is an error.
"""

import base64
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ksd_toolkit.display.hostile import legible, safe_href
from ksd_toolkit.display.palette import DARK, LIGHT, css_variables
from ksd_toolkit.document import Block, Figure, Heading, Table
from ksd_toolkit.messages import language, say

_SHOWN_FINGERPRINT: Final = 16
_LABELS: Final = (
    "table", "figure", "description", "provenance", "file", "fingerprint", "rows",
    "page", "of", "skip", "contents",
)  # fmt: skip


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
            style=fragment_style(),
            light=css_variables(LIGHT),
            dark=css_variables(DARK),
            body=html_blocks(blocks, paper_labels(lang)),
        )
    )


def html_blocks(
    blocks: Sequence[Block], labels: dict[str, str], *, numbered: bool = False
) -> Markup:
    """The blocks as HTML without a frame; `numbered` counts captioned tables and figures."""
    template = template_engine().get_template("blocks.html.j2")
    return Markup(template.render(entries=list(_entries(blocks, numbered)), labels=labels))  # noqa: S704  rendered with autoescape


def fragment_style() -> Markup:
    """The CSS of the blocks; colours are custom properties that the frame sets."""
    return Markup(template_engine().get_template("blocks.css").render())  # noqa: S704  no data in it


def paper_labels(lang: str) -> dict[str, str]:
    """The words a paper needs around its blocks, by name."""
    return {name: say(f"paper.{name}", lang) for name in _LABELS}


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
        "short_fingerprint": short_fingerprint,
    }
    return engine


def _entries(blocks: Sequence[Block], numbered: bool) -> Iterator[tuple[Block, int]]:
    """Each block with its number: of its kind for tables and figures, running for headings; else 0."""
    counts = dict.fromkeys((Table, Figure, Heading), 0)
    for block in blocks:
        number = 0
        if numbered and isinstance(block, Table | Figure | Heading) and _is_counted(block):
            number = counts[type(block)] = counts[type(block)] + 1
        yield block, number


def _is_counted(block: Table | Figure | Heading) -> bool:
    return isinstance(block, Heading) or bool(block.caption)


def _svg_uri(svg: str) -> str:
    """The drawing as an image address: inside `img` a browser runs no script and loads nothing."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8", "replace")).decode()
