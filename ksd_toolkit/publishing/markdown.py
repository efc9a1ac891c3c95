"""Read what a researcher wrote in Markdown as blocks of the document model.

Raw HTML is literal text, an image is its description, and a link keeps only a safe address. Nested
lists are read as one list; rules between paragraphs fall away.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import unescape
from typing import Any, Final

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
    plain_text,
)

Token = dict[str, Any]

# A column of short texts is as narrow as they are; a longer one shares the width by its longest text.
_NARROW: Final = 18
_WIDEST: Final = 60


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of one Markdown text, in order; heading levels are those of the text."""
    return list(_blocks(_parser()(text)))  # type: ignore[arg-type]


@cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table"])


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
    return plain_text(_line(token["children"]))


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
    """Inline tokens as runs, neighbours of one kind joined."""
    line: list[Run] = []
    for run in _runs(tokens, "plain", ""):
        if line and (line[-1].emphasis, line[-1].href) == (run.emphasis, run.href):
            line[-1] = Run(line[-1].text + run.text, run.emphasis, run.href)
        elif run.text:
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
