"""Write a paper as one self-contained HTML page: no request, readable on a phone, whole without script.

The page carries its own content security policy: it may show the embedded drawings, the one style
sheet and the one script whose fingerprints it names, and nothing else. A page with nothing to sort and
nothing to tell about its figures has no script.
"""

import base64
import dataclasses
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from ksd_toolkit.display.fragment import (
    css_colours,
    fragment_style,
    html_blocks,
    paper_labels,
    template_engine,
)
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.display.night_colours import by_night
from ksd_toolkit.display.page_extras import PageExtras, TableKeys, lines
from ksd_toolkit.display.palette import LIGHT, MAP_DARK, MAP_LIGHT
from ksd_toolkit.display.recolouring import recoloured
from ksd_toolkit.document import (
    Annex,
    Block,
    Document,
    Figure,
    Heading,
    RegionMap,
    Run,
    Table,
    plain_text,
)
from ksd_toolkit.publishing.crest import crest_svg
from ksd_toolkit.publishing.numbering import settled, with_runs
from ksd_toolkit.publishing.opening import dated_below, title_lines
from ksd_toolkit.publishing.page_marks import page_marks
from ksd_toolkit.publishing.printed_figures import TITLE
from ksd_toolkit.publishing.sorting_keys import table_keys

_CONTENTS_FROM: Final = 3  # sections; a shorter page needs no list of contents
_PAPERS: Final = {"A4": ("210mm", "297mm"), "F4": ("215mm", "330mm")}
_NO_NOTES: Final[Mapping[str, str]] = MappingProxyType({})
_NOTHING: Final = Markup("")


def html_text(document: Document, hovers: Mapping[str, str] = _NO_NOTES) -> str:
    """The paper as the text of one HTML file.

    Args:
        document: The paper.
        hovers: A sentence on a figure, by its id (see `figure_ids`): shown when the pointer or the
            keyboard comes to the figure. Every figure has its id on the page: `angka-T2.5.3`.
    """
    document = settled(document)
    extras = PageExtras(page_marks(document, hovers), _tables(document))
    document = _as_shown(document)
    sorts = any(any(keys.sorts) for keys in extras.tables.values())
    labels = paper_labels(document.lang) | document.labels
    body = html_blocks(document.blocks, labels, numbered=True, extras=extras)
    return framed(
        document, body, script=page_script() if hovers or sorts else _NOTHING, extras=extras
    )


def framed(
    document: Document,
    body: Markup,
    *,
    own_style: Markup = _NOTHING,
    script: Markup = _NOTHING,
    extras: PageExtras | None = None,
) -> str:
    """A body in the frame of every page: its head, policy, style sheet, way to the content, banner and foot.

    Args:
        document: Title, banner and foot of the page, and the blocks its style sheet serves.
        body: What stands below the title.
        own_style: Rules of this page, after those of every page.
        script: All it may run; it begins with `page_script` where a table of it is sorted.
        extras: The marks of figures in the title.
    """
    labels = paper_labels(document.lang) | document.labels
    style = _style(document) + own_style
    marks = (extras or PageExtras()).at(TITLE)
    page = (
        page_engine()
        .get_template("page.html.j2")
        .render(
            paper=document,
            labels=labels,
            style=style,
            script=script,
            policy=_policy(style, script),
            contents=_contents(document),
            crest=_crest(document),
            head=lines((*title_lines(document), document.subtitle), marks),
            dated=not dated_below(document),
            body=body,
        )
    )
    return page + "\n"


@cache
def page_engine() -> Environment:
    """The engine of blocks and fragments that finds the page as well."""
    places = [
        PackageLoader("ksd_toolkit.publishing", "layout"),
        PackageLoader("ksd_toolkit.display"),
    ]
    engine = template_engine().overlay(loader=ChoiceLoader(places))
    engine.filters = engine.filters | {"css_text": _css_text}
    return engine


@cache
def page_script() -> Markup:
    """What sorts tables and tells where a figure comes from."""
    script = files("ksd_toolkit.publishing").joinpath("layout", "page.js")
    return Markup(script.read_text(encoding="utf-8"))  # noqa: S704  a file of ours, no data in it


def _style(document: Document) -> Markup:
    own = dict(document.style.colours)
    day, maps = ({**base, **_known(own, base)} for base in (LIGHT, MAP_LIGHT))
    width, height = _PAPERS[document.style.paper]
    style = (
        page_engine()
        .get_template("page.css")
        .render(
            light=css_colours(day, maps, document.blocks),
            dark=css_colours(by_night(own), MAP_DARK, document.blocks),
            accent=day["accent"],
            paper=document,
            size=f"{width} {height}",
            across=f"{height} {width}",
            blocks=fragment_style(document.blocks),
        )
    )
    return Markup(style)  # noqa: S704  texts enter it as letter codes


def _known(own: Mapping[str, str], base: Mapping[str, str]) -> dict[str, str]:
    return {name: own[name] for name in base if name in own}


def _css_text(text: str) -> Markup:
    """A text as a CSS string; every letter as its code, so that none can end the string."""
    codes = "".join(f"\\{ord(letter):06x}" for letter in legible(text))
    return Markup(f'"{codes}"')  # noqa: S704  hexadecimal digits only


def _policy(style: str, script: str) -> str:
    """What the page may load: its own style sheet, its own script and embedded images."""
    scripts = f"script-src {_fingerprint(script)}; " if script else ""
    return (
        f"default-src 'none'; style-src {_fingerprint(style)}; {scripts}img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _tables(document: Document) -> dict[int, TableKeys]:
    found = {
        number: table_keys(block, document.lang)
        for number, block in enumerate(document.blocks)
        if isinstance(block, Table)
    }
    return {number: keys for number, keys in found.items() if keys}


def _as_shown(document: Document) -> Document:
    """The paper with its drawings in its own colours, and without links to places it does not have."""
    places = {getattr(block, "anchor", "") for block in document.blocks}
    places |= {f"bagian-{number}" for number, _ in enumerate(_sections(document), start=1)}

    def leads(run: Run) -> Run:
        lost = run.href.startswith("#") and run.href[1:] not in places
        return dataclasses.replace(run, href="") if lost else run

    blocks = (with_runs(block, leads) for block in document.blocks)
    return document.with_blocks(tuple(_coloured(block, document) for block in blocks))


def _coloured(block: Block, document: Document) -> Block:
    if not isinstance(block, Figure | RegionMap):
        return block
    return dataclasses.replace(block, svg=recoloured(block.svg, document.style))


def _crest(document: Document) -> str:
    colours = dict(LIGHT) | dict(document.style.colours)
    ink = "#000000" if document.style.layout == "formal" else colours["teal"]
    return crest_svg(document.letterhead.crest, ink)


def _sections(document: Document) -> list[Heading | Annex]:
    """Headings and annexes, counted together as their ids are."""
    return [block for block in document.blocks if isinstance(block, Heading | Annex)]


def _contents(document: Document) -> list[tuple[str, str]]:
    """Id and title of each section, where they are asked for or there are enough to choose from."""
    sections = []
    for number, part in enumerate(_sections(document), start=1):
        if isinstance(part, Annex):
            sections.append((part.anchor or f"bagian-{number}", f"{part.label}. {part.title}"))
        elif part.level == 1:
            sections.append((part.anchor or f"bagian-{number}", plain_text(part.text)))
    many = document.style.layout == "policy" and len(sections) >= _CONTENTS_FROM
    return sections if sections and (document.contents or many) else []
