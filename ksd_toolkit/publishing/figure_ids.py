"""Give every figure a paper prints an id that a reader can count out on paper.

A letter says in what the figure stands, numbers count from the top of the paper and from 1:

* `T2.5.3` table 2, row 5, column 3; `X1.5.3` the same in a table without caption. A cell is one
  figure, also where it holds two numbers ("31,2-40,1"). `TC2.1` is the first number of the caption,
  `TN2.1` of the note, `TS2.1` of the source note, `TH2.3` the title of column 3.
* `K1.2` key-figure row 1, figure 2.
* `P4.1` paragraph 4, its first number; `H3.1` heading 3 (`H0.1` the title and subtitle of the paper).
* `L1.3.1` list 1, item 3, first number; `B1.2.1` box 1, line 2 (line 0 is its title).
* `D1.4.1` particulars 1, entry 4; `C1.2.3.1` clauses 1, clause 2, item 3; `A1.1` the head of annex 1.
* `G2` drawing 2 ("Gambar 2") as a whole, `V1` one without caption; `G2.4` the fourth region of a map; `GC2.1`
  its caption, `GD2.1` its description, `GN2.1` its note, `GS2.1` its source note.

No figures are: what names instead of counting (`numbers_in`), numbers written in words unless their run
has an origin, the footnotes, the list of references, the names of other parts, and the stamp.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import singledispatch
from typing import Final

from ksd_toolkit.document import (
    Annex,
    Block,
    Callout,
    Clauses,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigures,
    Origin,
    Paragraph,
    Particulars,
    RegionMap,
    Run,
    Table,
)
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.printed_figures import (
    TITLE,
    At,
    PrintedFigure,
    figures_in,
    inside,
    numbers_of,
)
from ksd_toolkit.publishing.printed_numbers import numbers_in

_SHOWN: Final = 60


def figures_of(document: Document) -> tuple[PrintedFigure, ...]:
    """Every figure of the paper in reading order; the look of the paper makes no difference."""
    lang, counts = document.lang, Counter[str]()
    head = At("H0", say("trace.place.title", lang), lang, TITLE)
    title = (Run(f"{document.title}\n{document.subtitle}"),)
    found = [*figures_in(title, head, ())]
    for number, block in enumerate(document.blocks):
        letter = _letter(block)
        if letter:
            counts[letter] += 1
            name = say(f"trace.place.{letter}", lang, n=counts[letter])
            at = At(f"{letter}{counts[letter]}", name, lang, number, getattr(block, "origin", ""))
            found += _figures(block, at)
    return tuple(found)


def _letter(block: Block) -> str:
    """What the ids of a block begin with; empty where it holds no figures."""
    captioned = getattr(block, "caption", "") != ""
    match block:
        case Table():
            return "T" if captioned else "X"
        case Figure() | RegionMap():
            return "G" if captioned else "V"
    return _LETTERS.get(type(block), "")


_LETTERS: Final[dict[type, str]] = {
    Heading: "H", Paragraph: "P", Items: "L", Callout: "B", KeyFigures: "K", Particulars: "D",
    Clauses: "C", Annex: "A",
}  # fmt: skip


@singledispatch
def _figures(block: object, at: At) -> Iterator[PrintedFigure]:
    """The figures of a block."""
    raise TypeError(type(block).__name__)


@_figures.register(Heading)
@_figures.register(Paragraph)
def _(block: Heading | Paragraph, at: At) -> Iterator[PrintedFigure]:
    yield from figures_in(block.text, at, ())


@_figures.register
def _(block: Items, at: At) -> Iterator[PrintedFigure]:
    for number, item in enumerate(block.items, start=1):
        yield from figures_in(item, inside(at, "item", number), (number,))


@_figures.register
def _(block: Callout, at: At) -> Iterator[PrintedFigure]:
    for number, line in enumerate(((Run(block.title),), *block.lines)):
        yield from figures_in(line, inside(at, "line", number), (number,))


@_figures.register
def _(block: KeyFigures, at: At) -> Iterator[PrintedFigure]:
    for number, figure in enumerate(block.figures, start=1):
        texts = (figure.value, figure.label, figure.note)
        told = tuple(part for text in texts for part in numbers_of(text))
        if told:
            text = next(text for text in texts if numbers_in(text))
            place = say("trace.place.key", at.lang, block=at.place, n=number, name=figure.label)
            yield PrintedFigure(
                f"{at.id}.{number}", text, figure.origin, place, told, at.block, (number,)
            )


@_figures.register
def _(block: Particulars, at: At) -> Iterator[PrintedFigure]:
    for number, (_, text) in enumerate(block.entries, start=1):
        yield from figures_in(text, inside(at, "entry", number), (number,))


@_figures.register
def _(block: Clauses, at: At) -> Iterator[PrintedFigure]:
    for number, clause in enumerate(block.entries, start=1):
        inner = inside(at, "clause", number, clause.label)
        for place, item in enumerate(clause.items, start=1):
            yield from figures_in(item, inside(inner, "item", place), (number, place))


@_figures.register
def _(block: Annex, at: At) -> Iterator[PrintedFigure]:
    yield from figures_in((Run("\n".join((block.title, *block.about))),), at, ())


@_figures.register
def _(block: Table, at: At) -> Iterator[PrintedFigure]:
    yield from _around(block, at, "C", block.caption)
    for number, column in enumerate(block.columns, start=1):
        if told := numbers_of(column.title):
            place = say("trace.place.head", at.lang, block=at.place, n=number)
            name = f"{at.id[:1]}H{at.id[1:]}.{number}"
            yield PrintedFigure(name, column.title, at.origin, place, told, at.block, (0, number))
    for number, row in enumerate(block.rows, start=1):
        yield from _row(block, at, number, row)
    yield from _around(block, at, "N", block.note)
    yield from _around(block, at, "S", block.source)


def _row(block: Table, at: At, number: int, row: Sequence[str]) -> Iterator[PrintedFigure]:
    named = _short(row[block.row_header]) if 0 <= block.row_header < len(row) else ""
    subject = block.subjects[number - 1] if block.subjects else ""
    for place, (column, text) in enumerate(zip(block.columns, row, strict=True), start=1):
        if column.kind == "date" or not (told := numbers_of(text)):
            continue
        facts = {"block": at.place, "row": number, "n": place, "column": column.title}
        where = say("trace.place.cell", at.lang, name=f" ({named})" if named else "", **facts)
        yield PrintedFigure(
            f"{at.id}.{number}.{place}", text, _cell_origin(column, subject, at.origin), where, told,
            at.block, (number, place),
        )  # fmt: skip


def _cell_origin(column: Column, subject: str, otherwise: str) -> str:
    return str(Origin(column.measure, subject)) if column.measure else otherwise


@_figures.register
def _(block: Figure, at: At) -> Iterator[PrintedFigure]:
    yield PrintedFigure(at.id, block.caption or block.alt, at.origin, at.place, (), at.block)
    yield from _around(block, at, "C", block.caption)
    yield from _around(block, at, "D", block.description)
    yield from _around(block, at, "S", block.source)


@_figures.register
def _(block: RegionMap, at: At) -> Iterator[PrintedFigure]:
    yield PrintedFigure(at.id, block.caption or block.alt, at.origin, at.place, (), at.block)
    yield from _around(block, at, "C", block.caption)
    for number, shape in enumerate(block.shapes, start=1):
        text = "; ".join(shape.told)
        if told := numbers_of(text):
            place = say("trace.place.region", at.lang, block=at.place, n=number, name=shape.name)
            origin = at.origin or str(Origin("told", f"region/{shape.code}"))
            yield PrintedFigure(f"{at.id}.{number}", text, origin, place, told, at.block, (number,))
    yield from _around(block, at, "D", block.description)
    yield from _around(block, at, "N", block.note)
    yield from _around(block, at, "S", block.source)


def _around(
    block: Table | Figure | RegionMap, at: At, part: str, text: str
) -> Iterator[PrintedFigure]:
    """The figures of a caption (C), description (D), note (N) or source note (S)."""
    place = say(f"trace.place.around.{part}", at.lang, block=at.place)
    inner = At(f"{at.id[:1]}{part}{at.id[1:]}", place, at.lang, at.block, block.origin)
    yield from figures_in((Run(text),), inner, ())


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}\u2026"
