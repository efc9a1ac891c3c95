"""Write a paper as one self-contained HTML page: no script, no request, readable on a phone.

The page carries its own content security policy: it may show the embedded drawings and the one
style sheet whose fingerprint it names, and nothing else.
"""

import base64
import hashlib
from typing import Final

from jinja2 import ChoiceLoader, PackageLoader
from markupsafe import Markup

from ksd_toolkit.display.fragment import (
    css_colours,
    fragment_style,
    html_blocks,
    paper_labels,
    template_engine,
)
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.display.palette import DARK, LIGHT, MAP_DARK, MAP_LIGHT
from ksd_toolkit.document import Document, Heading, plain_text
from ksd_toolkit.publishing.numbering import settled

_CONTENTS_FROM: Final = 3  # sections; a shorter page needs no list of contents


def html_text(document: Document) -> str:
    """The paper as the text of one HTML file."""
    document = settled(document)
    engine = template_engine().overlay(
        loader=ChoiceLoader(
            [
                PackageLoader("ksd_toolkit.publishing", "layout"),
                PackageLoader("ksd_toolkit.display"),
            ]
        )
    )
    engine.filters = engine.filters | {"css_text": _css_text}
    style = Markup(  # noqa: S704  the banner enters it as letter codes
        engine.get_template("page.css").render(
            light=css_colours(LIGHT, MAP_LIGHT, document.blocks),
            dark=css_colours(DARK, MAP_DARK, document.blocks),
            accent=LIGHT["accent"],
            banner=document.banner,
            blocks=fragment_style(document.blocks),
        )
    )
    labels = paper_labels(document.lang) | document.labels
    page = engine.get_template("page.html.j2").render(
        paper=document,
        labels=labels,
        style=style,
        policy=_policy(style),
        contents=_contents(document),
        body=html_blocks(document.blocks, labels, numbered=True),
    )
    return page + "\n"


def _css_text(text: str) -> Markup:
    """A text as a CSS string; every letter as its code, so that none can end the string."""
    codes = "".join(f"\\{ord(letter):06x}" for letter in legible(text))
    return Markup(f'"{codes}"')  # noqa: S704  hexadecimal digits only


def _policy(style: str) -> str:
    """What the page may load: its own style sheet and embedded images."""
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{fingerprint}'; img-src data:; base-uri 'none'; form-action 'none'"


def _contents(document: Document) -> list[tuple[int, str]]:
    """Number and title of each section, where there are enough to choose from."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    sections = [
        (number, plain_text(heading.text))
        for number, heading in enumerate(headings, start=1)
        if heading.level == 1
    ]
    return sections if len(sections) >= _CONTENTS_FROM else []
