"""Read what an author wrote in Markdown as blocks of the document model.

Raw HTML is literal text, an image is its description, and a link keeps only a safe address. Nested
lists are read as one list; rules between paragraphs fall away. `[@PP 28/2018 5(1)]` cites a law or a
source: a footnote, and a place in the list of references; `[@one; @other]` cites several.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import unescape
from typing import Any, Final, cast

import mistune

from ksd_toolkit.display.hostile import safe_href
from ksd_toolkit.document import (
    Alignment,
    Block,
    Callout,
    Column,
    Emphasis,
    Heading,
    Items,
    Paragraph,
    Run,
    Runs,
    Table,
)
from ksd_toolkit.theme import NO_SOURCES, Sources

Token = dict[str, Any]

# A column of short texts is as narrow as they are; a longer one shares the width by its longest text.
_NARROW: Final = 18
_WIDEST: Final = 60

_CITATION: Final = r"\[@(?P<cited>[^\[\]\n]+)\]"
_CITES: Final = "ksd_cites"
_IN_LINES: Final = frozenset({"paragraph", "block_text", "block_html", "list", "blank_line"})


def markdown_blocks(text: str, lang: str = "id", sources: Sources = NO_SOURCES) -> list[Block]:
    """The blocks of one Markdown text, in order; heading levels are those of the text.

    Args:
        text: What the author wrote.
        lang: The language citations are printed in.
        sources: What may be cited beside law.

    Raises:
        LawError: A key that is cited is unknown.
    """
    return list(_blocks(_tokens(text, lang, sources)))


def markdown_lines(
    text: str, lang: str = "id", sources: Sources = NO_SOURCES
) -> tuple[Runs, ...] | None:
    """The paragraphs and points of a Markdown text as lines; None when it holds anything else.

    Raises:
        LawError: A key that is cited is unknown.
    """
    tokens = _tokens(text, lang, sources)
    if any(token["type"] not in _IN_LINES for token in tokens):
        return None
    return tuple(_quoted_lines(tokens))


def _tokens(text: str, lang: str, sources: Sources) -> list[Token]:
    parser = _parser()
    state = parser.block.state_cls()
    state.env[_CITES] = lambda key: sources.run(key, lang)
    return cast("list[Token]", parser.parse(text, state)[0])


@cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table", _citations])


def _citations(md: mistune.Markdown) -> None:
    """Read `[@key]` before mistune looks for a link there."""
    md.inline.register("citation", _CITATION, _cited, before="link")


def _cited(_: object, found: re.Match[str], state: mistune.InlineState) -> int:
    for key in found["cited"].split(";"):
        run = state.env[_CITES](key.strip().removeprefix("@"))
        state.append_token({"type": "citation", "run": run})
    return found.end()


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for token in tokens:
        if read := _READERS.get(token["type"]):
            yield read(token)


def _heading(token: Token) -> Block:
    return Heading(token["attrs"]["level"], _line(token["children"]))


def _paragraph(token: Token) -> Block:
    return Paragraph(_line(token["children"]))


def _literal(token: Token) -> Block:
    return Paragraph((Run(token["raw"].strip()),))


def _code(token: Token) -> Block:
    return Paragraph((Run(token["raw"].strip(), "code"),))


def _items(token: Token) -> Block:
    marker = "number" if token["attrs"]["ordered"] else "bullet"
    return Items(tuple(_item_lines(token)), marker)  # type: ignore[arg-type]


def _quote(token: Token) -> Block:
    return Callout("", tuple(_quoted_lines(token["children"])), tone="quote")


def _table(token: Token) -> Block:
    head, *body = token["children"]
    rows = tuple(
        tuple(_cell(cell) for cell in row["children"]) for part in body for row in part["children"]
    )
    columns = tuple(
        _column(cell, [row[place] for row in rows]) for place, cell in enumerate(head["children"])
    )
    return Table("", columns, rows)


def _column(head: Token, texts: list[str]) -> Column:
    align: Alignment = head["attrs"]["align"] or "left"
    title = _cell(head)
    longest = max(len(text) for text in (title, *texts))
    return Column(title, align, float(min(longest, _WIDEST)) if longest > _NARROW else 0.0)


def _cell(token: Token) -> str:
    """A cell holds plain text: what it cites stands in brackets."""
    line = _line(token["children"])
    return "".join(f" ({run.footnote})" if run.cites else run.text for run in line).strip()


def _item_lines(token: Token) -> Iterator[Runs]:
    """Each item as a line; the items of a list inside an item follow it."""
    for item in token["children"]:
        for part in item["children"]:
            if part["type"] == "list":
                yield from _item_lines(part)
            elif line := _any_line(part):
                yield line


def _quoted_lines(tokens: Sequence[Token]) -> Iterator[Runs]:
    for token in tokens:
        if token["type"] == "list":
            yield from _item_lines(token)
        elif token["type"] == "block_quote":
            yield from _quoted_lines(token["children"])
        elif line := _any_line(token):
            yield line


def _any_line(token: Token) -> Runs:
    """The text of a block that has one: a paragraph, a heading, code, raw HTML."""
    if "children" in token:
        return _line(token["children"])
    return (Run(token["raw"].strip()),) if token.get("raw", "").strip() else ()


def _line(tokens: Sequence[Token]) -> Runs:
    """Inline tokens as runs, neighbours of one kind joined; a citation stays a run of its own."""
    line: list[Run] = []
    for run in _runs(tokens, "plain", ""):
        if line and run.text and line[-1] == dataclasses.replace(run, text=line[-1].text):
            line[-1] = dataclasses.replace(run, text=line[-1].text + run.text)
        elif run.text or run.cites:
            line.append(run)
    return tuple(line)


def _runs(tokens: Sequence[Token], emphasis: Emphasis, href: str) -> Iterator[Run]:
    for token in tokens:
        match token["type"]:
            case "text":
                yield Run(unescape(token["raw"]), emphasis, href)
            case "codespan":
                yield Run(token["raw"], "code", href)
            case "softbreak" | "linebreak":
                yield Run(" ", emphasis, href)
            case "citation":
                yield token["run"]
            case "strong" | "emphasis" as kind:
                yield from _runs(token["children"], kind, href)
            case "link":
                yield from _runs(token["children"], emphasis, safe_href(token["attrs"]["url"]))
            case _ if "children" in token:
                yield from _runs(token["children"], emphasis, href)
            case _:
                yield Run(token.get("raw", ""), emphasis, href)


_READERS: Final[dict[str, Callable[[Token], Block]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "block_text": _paragraph,
    "block_html": _literal,
    "block_code": _code,
    "list": _items,
    "block_quote": _quote,
    "table": _table,
}
