"""Read an executed notebook as one paper: prose from Markdown cells, results from typed outputs.

Code is never printed. A run that failed, or that ended "well" without the blocks it owed, is no
paper but an error.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.display.shown import MIME, blocks_of_bundle
from ksd_toolkit.document import (
    Block,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Style,
    plain_text,
)
from ksd_toolkit.errors import LawError, RunError
from ksd_toolkit.publishing.markdown import markdown_blocks
from ksd_toolkit.theme import NO_SOURCES, Sources

Cell = dict[str, Any]

EXPECT_BLOCK: Final = "expect-block"
_UNPRINTED: Final = frozenset({"hidden", "parameters", "injected-parameters"})
_NOTEBOOK_FORMAT: Final = 4
_FIGURE: Final = re.compile(r"<Figure size .+ Axes>")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a paper says about itself beside its contents; see `Document` for each field."""

    letterhead: Letterhead
    place_and_date: str
    lang: str = "id"
    banner: str = ""
    running_foot: str = ""
    keywords: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    style: Style = field(default_factory=Style)
    watermark: str = ""
    contents: bool = False
    sources: Sources = NO_SOURCES


def read_document(notebook: Path, front: FrontMatter) -> Document:
    """The paper an executed notebook holds.

    The first level-1 heading is the title; a paragraph after it that is emphasised as a whole is
    the subtitle, and the first plain paragraph before any section is the lead. Level-2 headings are
    the sections of the paper.

    Raises:
        RunError: The file is no notebook, a cell failed, a cell tagged `expect-block` emitted no
            block, a plot was lost, a citation is unknown, or there is no title.
    """
    printed = [
        block
        for number, cell in enumerate(_cells(notebook), start=1)
        for block in _cell_blocks(notebook.name, number, cell, front)
    ]
    # Two calls without data say the same sentence; a paper says it once.
    blocks = [b for n, b in enumerate(printed) if n == 0 or not _again(printed[n - 1], b)]
    paper = composed(blocks, front)
    if paper is None:
        raise RunError("notebook.no_title", file=notebook.name)
    return paper


def composed(blocks: list[Block], front: FrontMatter, *, lead: bool = True) -> Document | None:
    """The paper that blocks in reading order make; None when no heading of level 0 names it.

    Args:
        blocks: What was written and shown, the title among it.
        front: What the paper says about itself.
        lead: Whether the paragraph before any section is printed as the opening statement.
    """
    title_at = next((at for at, block in enumerate(blocks) if _is_title(block)), None)
    if title_at is None:
        return None
    title, rest = blocks[title_at], blocks[:title_at] + blocks[title_at + 1 :]
    subtitle = _subtitle(rest[title_at : title_at + 1])
    if subtitle:
        del rest[title_at]
    levelled = _with_levels(rest)
    return Document(
        title=_text(title),
        subtitle=subtitle,
        lang=front.lang,
        letterhead=front.letterhead,
        place_and_date=front.place_and_date,
        blocks=tuple(_with_lead(levelled) if lead else levelled),
        banner=front.banner,
        running_foot=front.running_foot,
        keywords=front.keywords,
        labels=front.labels,
        style=front.style,
        watermark=front.watermark,
        contents=front.contents,
    )


def _cells(notebook: Path) -> list[Cell]:
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError("notebook.unreadable", file=notebook.name, reason=error) from error
    if not isinstance(content, dict) or content.get("nbformat") != _NOTEBOOK_FORMAT:
        raise RunError("notebook.unreadable", file=notebook.name, reason="nbformat")
    cells: list[Cell] = content["cells"]
    return cells


def _cell_blocks(file: str, number: int, cell: Cell, front: FrontMatter) -> list[Block]:
    """The blocks one cell prints, after it has kept its promises."""
    tags = frozenset(cell["metadata"].get("tags", ()))
    if cell["cell_type"] == "markdown":
        return [] if tags & _UNPRINTED else raised(_prose(file, number, cell, front))
    if cell["cell_type"] != "code":
        return []
    blocks = list(_emitted(file, number, cell["outputs"]))
    if EXPECT_BLOCK in tags and not blocks:
        raise RunError("notebook.block_missing", file=file, cell=number)
    return [] if tags & _UNPRINTED else blocks


def _emitted(file: str, number: int, outputs: list[dict[str, Any]]) -> Iterator[Block]:
    for output in outputs:
        if output["output_type"] == "error":
            reason = f"{output['ename']}: {output['evalue']}"
            raise RunError("notebook.cell_failed", file=file, cell=number, reason=reason)
        data = output.get("data", {})
        if _is_lost_figure(data):
            raise RunError("notebook.figure_lost", file=file, cell=number)
        if MIME not in data:
            continue
        try:
            yield from blocks_of_bundle(data)
        except (KeyError, TypeError) as error:
            raise RunError(
                "notebook.unknown_block", file=file, cell=number, reason=error
            ) from error


def _is_lost_figure(data: Mapping[str, Any]) -> bool:
    """Whether of a plot nothing was kept but that there was one: a kernel without its drawing."""
    text = "".join(data.get("text/plain", ""))
    return bool(_FIGURE.fullmatch(text)) and not any(kind.startswith("image/") for kind in data)


def _prose(file: str, number: int, cell: Cell, front: FrontMatter) -> list[Block]:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    try:
        return markdown_blocks(text, front.lang, front.sources)
    except LawError as error:
        raise RunError("citing.in_cell", file=file, cell=number, **error.facts) from error


def raised(blocks: Iterable[Block]) -> list[Block]:
    """Markdown counts the title as a heading, a paper does not: there the title has level 0."""
    return [
        replace(block, level=block.level - 1) if isinstance(block, Heading) else block
        for block in blocks
    ]


def _again(before: Block, block: Block) -> bool:
    """Whether a block says the same words as the one before it, whatever they are computed from."""
    if isinstance(block, Paragraph) and isinstance(before, Paragraph):
        return plain_text(block.text) == plain_text(before.text)
    return block == before


def _is_title(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 0


def _text(block: Block) -> str:
    return plain_text(block.text) if isinstance(block, Heading | Paragraph) else ""


def _subtitle(following: list[Block]) -> str:
    """The text of a paragraph that is emphasised from beginning to end; else nothing."""
    for block in following:
        if isinstance(block, Paragraph) and all(run.emphasis == "emphasis" for run in block.text):
            return plain_text(block.text)
    return ""


def _with_levels(blocks: Iterable[Block]) -> Iterator[Block]:
    """A second title is a section; a level that is skipped stays so, and no writer takes the paper."""
    for block in blocks:
        yield replace(block, level=max(block.level, 1)) if isinstance(block, Heading) else block


def _with_lead(blocks: Iterable[Block]) -> Iterator[Block]:
    """The first paragraph is the lead when no section stands before it."""
    open_for_lead = True
    for block in blocks:
        if open_for_lead and isinstance(block, Paragraph):
            open_for_lead = False
            yield replace(block, lead=True)
        else:
            open_for_lead = open_for_lead and not isinstance(block, Heading)
            yield block
