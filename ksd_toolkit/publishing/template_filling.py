"""Put words into Markdown that is already read, and make formal blocks of framed ones.

A word comes in after reading, as text or finished runs: whatever it holds, it is never markup, a
place or a condition.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, cast

from ksd_toolkit.document import (
    Annex,
    Block,
    Callout,
    Clause,
    Clauses,
    Heading,
    Items,
    Paragraph,
    Particulars,
    Run,
    Runs,
    Table,
    plain_text,
    runs,
)
from ksd_toolkit.publishing.template_syntax import WORD, Frame, FrameKind

Words = Mapping[str, str | Runs]

_LANDSCAPE: Final = "landscape"
_COLON: Final = ":"


class FrameError(ValueError):
    """A frame holds what it cannot print."""


def filled(blocks: list[Block], words: Words) -> list[Block]:
    """The blocks with every word in its place; what a blank word leaves empty falls away."""
    whole = (cast("Block", _filled(block, words)) for block in blocks)
    return [kept for block in whole if (kept := _unless_empty(block)) is not None]


def filled_text(text: str, words: Words) -> str:
    """A line of plain text with every word in its place."""
    return WORD.sub(lambda place: _plain(words[place["name"]]), text)


def framed(frame: Frame, blocks: list[Block], words: Words) -> Block:
    """The formal block a frame makes of what stands in it.

    Raises:
        FrameError: It holds what such a block cannot print.
    """
    return _FRAMERS[frame.kind](filled_text(frame.title, words), blocks)


def _filled(value: Any, words: Words) -> Any:
    if isinstance(value, tuple):
        if value and all(isinstance(part, Run) for part in value):
            return tuple(part for run in value for part in _filled_run(run, words))
        return tuple(_filled(part, words) for part in value)
    if isinstance(value, Table):
        return _filled_table(value, words)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [one.name for one in dataclasses.fields(value)]
        return dataclasses.replace(value, **{n: _filled(getattr(value, n), words) for n in fields})
    return value


def _filled_table(table: Table, words: Words) -> Table:
    columns = (
        dataclasses.replace(column, title=filled_text(column.title, words))
        for column in table.columns
    )
    rows = (tuple(filled_text(cell, words) for cell in row) for row in table.rows)
    return dataclasses.replace(table, columns=tuple(columns), rows=tuple(rows))


def _filled_run(run: Run, words: Words) -> Iterator[Run]:
    """The stretches of a run and the words between them, each in the emphasis of the run."""
    at = 0
    for place in WORD.finditer(run.text):
        if place.start() > at:
            yield dataclasses.replace(run, text=run.text[at : place.start()], footnote="", cites="")
        word = words[place["name"]]
        for part in (Run(word),) if isinstance(word, str) else word:
            if part != Run(""):
                yield _emphasised(part, run)
        at = place.end()
    if at == 0 or at < len(run.text) or run.footnote:
        yield dataclasses.replace(run, text=run.text[at:])


def _emphasised(part: Run, around: Run) -> Run:
    emphasis = around.emphasis if part.emphasis == "plain" else part.emphasis
    return dataclasses.replace(part, emphasis=emphasis, href=part.href or around.href)


def _unless_empty(block: Block) -> Block | None:
    if isinstance(block, Items):
        items = tuple(item for item in block.items if _says(item))
        return dataclasses.replace(block, items=items) if items else None
    if isinstance(block, Paragraph | Heading):
        return block if _says(block.text) else None
    return block


def _says(line: Runs) -> bool:
    """Whether anything is printed of a line; a cross-reference or a footnote is."""
    return any(run.text.strip() or run.refers or run.footnote for run in line)


def _plain(word: str | Runs) -> str:
    return word if isinstance(word, str) else plain_text(word)


def _clauses(title: str, blocks: list[Block]) -> Block:
    """A heading is a label; what follows is its text. Points are lettered, as in a decree."""
    entries: list[Clause] = []
    for block in blocks:
        if isinstance(block, Heading):
            entries.append(Clause(plain_text(block.text), ()))
        elif isinstance(block, Items | Paragraph) and entries:
            entries[-1] = _with_text(entries[-1], block)
        else:
            raise FrameError(block.kind)
    return Clauses(tuple(entry for entry in entries if entry.items))


def _with_text(clause: Clause, block: Items | Paragraph) -> Clause:
    if isinstance(block, Paragraph):
        return dataclasses.replace(clause, items=(*clause.items, block.text))
    marker: Literal["number", "letter"] = "number" if block.marker == "number" else "letter"
    return dataclasses.replace(clause, items=(*clause.items, *block.items), marker=marker)


def _particulars(title: str, blocks: list[Block]) -> Block:
    """Each point is a name and, behind its first colon, a value; a blank one stays to be filled in."""
    entries = [_named(line) for line in _lines(blocks)]
    return Particulars(tuple(entries))


def _named(line: Runs) -> tuple[str, Runs]:
    for at, run in enumerate(line):
        name, colon, value = run.text.partition(_COLON)
        if colon:
            before = plain_text(line[:at]) + name
            rest = dataclasses.replace(run, text=value.lstrip())
            return before.strip(), tuple(r for r in (rest, *line[at + 1 :]) if r != Run(""))
    raise FrameError(plain_text(line))


def _annex(title: str, blocks: list[Block]) -> Block:
    """A heading is the label, a paragraph the title, points say of what it is an annex."""
    if title not in {"", _LANDSCAPE}:
        raise FrameError(title)
    labels = [plain_text(block.text) for block in blocks if isinstance(block, Heading)]
    titles = [plain_text(block.text) for block in blocks if isinstance(block, Paragraph)]
    about = [plain_text(i) for block in blocks if isinstance(block, Items) for i in block.items]
    if len(labels) != 1 or len(titles) != 1:
        raise FrameError(title)
    return Annex(labels[0], titles[0], tuple(about), landscape=title == _LANDSCAPE)


def _note(title: str, blocks: list[Block]) -> Block:
    return Callout(title, _lines(blocks), "info", listed=_listed(blocks))


def _warning(title: str, blocks: list[Block]) -> Block:
    return Callout(title, _lines(blocks), "warning", listed=_listed(blocks))


def _listed(blocks: list[Block]) -> bool:
    return bool(blocks) and all(isinstance(block, Items) for block in blocks)


def _lines(blocks: list[Block]) -> tuple[Runs, ...]:
    lines: list[Runs] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Items):
            lines.extend(block.items)
        else:
            raise FrameError(block.kind)
    return tuple(line or runs() for line in lines)


_FRAMERS: Final[dict[FrameKind, Callable[[str, list[Block]], Block]]] = {
    "clauses": _clauses,
    "particulars": _particulars,
    "annex": _annex,
    "note": _note,
    "warning": _warning,
}
