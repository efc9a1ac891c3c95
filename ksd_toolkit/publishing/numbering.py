"""Settle what one part of a paper says about another: cross-references and the list of references.

Every writer numbers captioned tables and figures from 1 in reading order; so does this.
"""

import dataclasses
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Final, cast

from ksd_toolkit.display.fragment import paper_labels
from ksd_toolkit.document import (
    Annex,
    Block,
    Document,
    Figure,
    Heading,
    References,
    RegionMap,
    Run,
    Runs,
    Table,
    plain_text,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.conformance import check_conformance

_NAMED: Final = (Heading, Table, Figure, RegionMap, Annex)


def settled(document: Document) -> Document:
    """The paper with every cross-reference as words and a link, and its references listed.

    The mark of a footnote stands close to the word before it, whatever blank was typed between. A list of references falls away, with its heading, where nothing is cited.

    Raises:
        RunError: A cross-reference leads nowhere, two parts have one anchor, or the paper could not be
            read by everyone (see `check_conformance`).
    """
    check_conformance(document)
    names = _names(document)
    blocks = tuple(
        cast("Block", _changed(block, lambda run: _settled(run, names), _closed_up))
        for block in document.blocks
    )
    return document.with_blocks(tuple(_listed(blocks, _cited(blocks))))


def _listed(blocks: tuple[Block, ...], cited: dict[str, Runs]) -> Iterator[Block]:
    lists = [_filled(block, cited) for block in blocks]
    for block, after in pairwise((*lists, None)):
        if not (_is_bare(block) or (isinstance(block, Heading) and _is_bare(after))):
            yield cast("Block", block)


def _filled(block: Block, cited: dict[str, Runs]) -> Block:
    if not isinstance(block, References) or block.entries:
        return block
    return References(tuple(entry for key, entry in cited.items() if key not in block.told))


def _is_bare(block: Block | None) -> bool:
    return isinstance(block, References) and not block.entries


def with_runs(block: Block, change: Callable[[Run], Run]) -> Block:
    """The block with every stretch of text changed."""
    return cast("Block", _changed(block, change, lambda line: line))


def runs_of(block: Block) -> Iterator[Run]:
    """Every stretch of text of a block, in reading order; the texts of table cells are none."""
    yield from _found(block)


def _changed(
    value: Any, change: Callable[[Run], Run], close: Callable[[Runs], tuple[Any, ...]]
) -> Any:
    if isinstance(value, Run):
        return change(value)
    if isinstance(value, tuple):
        parts = tuple(_changed(part, change, close) for part in value)
        if parts and all(isinstance(part, Run) for part in parts):
            parts = close(parts)
        return value if _same(parts, value) else parts
    if not dataclasses.is_dataclass(value) or isinstance(value, type | Table | RegionMap):
        return value
    fields = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    other = {name: _changed(part, change, close) for name, part in fields.items()}
    new = {name: part for name, part in other.items() if part is not fields[name]}
    return dataclasses.replace(value, **new) if new else value


def _same(parts: tuple[Any, ...], value: tuple[Any, ...]) -> bool:
    return len(parts) == len(value) and all(a is b for a, b in zip(parts, value, strict=True))


def _closed_up(line: Runs) -> Runs:
    """The line without the blanks before marks of footnotes; what was nothing else falls away."""
    closed = []
    for run, after in pairwise((*line, Run(""))):
        marked = after.footnote and not after.text and not run.footnote
        text = run.text.rstrip(" ") if marked else run.text
        if text or not marked:
            closed.append(run if text == run.text else dataclasses.replace(run, text=text))
    return tuple(closed)


def _found(value: Any) -> Iterator[Run]:
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _found(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type | Table | RegionMap):
        for one in dataclasses.fields(value):
            yield from _found(getattr(value, one.name))


def _names(document: Document) -> dict[str, str]:
    """What each anchor is called in print: `Tabel 3`, `Gambar 2`, `Lampiran I`, a section's title."""
    labels = paper_labels(document.lang) | document.labels
    counts = {"table": 0, "figure": 0}
    names: dict[str, str] = {}
    for block in document.blocks:
        if not isinstance(block, _NAMED):
            continue
        name = _name(block, counts, labels)
        if block.anchor and block.anchor in names:
            raise RunError("paper.anchor_twice", title=document.title, anchor=block.anchor)
        if block.anchor:
            names[block.anchor] = name
    return names


def _name(
    block: Heading | Table | Figure | RegionMap | Annex,
    counts: dict[str, int],
    labels: dict[str, str],
) -> str:
    if isinstance(block, Heading):
        return f"\u201c{plain_text(block.text)}\u201d"
    if isinstance(block, Annex):
        return block.label
    series = "table" if isinstance(block, Table) else "figure"
    if not block.caption:
        return labels[series]
    counts[series] += 1
    return f"{labels[series]}\u00a0{counts[series]}"


def _settled(run: Run, names: dict[str, str]) -> Run:
    if not run.refers:
        return run
    if run.refers not in names:
        raise RunError("paper.anchor_unknown", anchor=run.refers)
    return dataclasses.replace(run, text=names[run.refers], href=f"#{run.refers}", refers="")


def _cited(blocks: tuple[Block, ...]) -> dict[str, Runs]:
    """What the paper cites by its key, each once, in order of first citation."""
    cited: dict[str, Runs] = {}
    for block in blocks:
        for run in runs_of(block):
            if run.cites:
                cited.setdefault(run.cites, (Run(run.footnote or run.cites),))
    return cited
