"""The one document model: frozen blocks that notebooks emit and every writer prints.

Text in a block is plain text. No writer evaluates it as markup, so a questionnaire answer can
never become HTML, Typst or a formula.
"""

import dataclasses
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, ClassVar, Final, Literal, Self, get_args

Emphasis = Literal["plain", "strong", "emphasis", "code"]
Alignment = Literal["left", "right", "center"]
Tone = Literal["info", "warning", "success", "quote"]
MapTone = Literal[
    "class_1", "class_2", "class_3", "class_4", "class_5",
    "home", "borders", "near", "sea", "unknown", "land",
]  # fmt: skip
MAP_TONES: Final = get_args(MapTone)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one emphasis, with a link when `href` is set."""

    text: str
    emphasis: Emphasis = "plain"
    href: str = ""


Runs = tuple[Run, ...]


def runs(*parts: str | Run) -> Runs:
    """Plain strings and runs as one line of text; empty strings fall away."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part)


def strong(text: str) -> Run:
    """Text that carries the weight of its sentence."""
    return Run(text, "strong")


def plain_text(line: Runs) -> str:
    """The text of a line without emphasis."""
    return "".join(run.text for run in line)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section title; level 1 is a section of the paper (its title is not a heading)."""

    kind: ClassVar[str] = "heading"
    level: int
    text: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` prints it as the opening statement of the paper."""

    kind: ClassVar[str] = "paragraph"
    text: Runs
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A bulleted, numbered or lettered (a., b., ...) list."""

    kind: ClassVar[str] = "items"
    items: tuple[Runs, ...]
    marker: Literal["bullet", "number", "letter"] = "bullet"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its title, how it aligns and its share of the width (0 = as narrow as its text)."""

    title: str
    align: Alignment = "left"
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished cell texts. `numeric` values never reach a writer unformatted.

    `rows` holds one tuple of texts per row, as long as `columns`. `row_header` is the column that
    names its row (read aloud before each cell), -1 for none.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    row_header: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as SVG with a caption, a one-sentence alternative text and a longer description."""

    kind: ClassVar[str] = "figure"
    caption: str
    svg: str
    alt: str
    description: str = ""
    width_percent: int = 100


@dataclass(frozen=True, slots=True)
class MapShape:
    """A region on a map: its name, lines about it, the tone it is filled with and where it lies.

    Every measure is in hundredths of an inch from the upper left corner of the sheet. `path` is its
    outline as closed rings (`M1.5,2L3,4L5,1Z`), empty where none is known; a `radius` above 0 draws a
    disc around `x`, `y` as well, so that a region without outline, or too small to be seen, has a place.
    `marked` draws its rim thick.
    """

    code: str
    name: str
    told: tuple[str, ...]
    tone: MapTone
    x: float
    y: float
    path: str = ""
    radius: float = 0.0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class MapLine:
    """A straight line on a map: a common border, a way over the water, or from a name to its region."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: Literal["border", "near", "sea", "leader"] = "border"


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on a map: its middle, or the end named by `align`, stands at `x`; its middle height at `y`."""

    text: str
    x: float
    y: float
    strong: bool = False
    align: Alignment = "center"


@dataclass(frozen=True, slots=True)
class RegionMap:
    """A map of regions: shapes that tell about themselves, and `svg`, the same map for print.

    `key` says what each tone stands for. `note` is printed under the map, e.g. that it was drawn
    from midpoints because no boundaries are at hand.
    """

    kind: ClassVar[str] = "region_map"
    caption: str
    alt: str
    width: float
    height: float
    shapes: tuple[MapShape, ...]
    key: tuple[tuple[MapTone, str], ...]
    lines: tuple[MapLine, ...] = ()
    labels: tuple[MapLabel, ...] = ()
    description: str = ""
    note: str = ""
    svg: str = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed remark: a title and short paragraphs or points."""

    kind: ClassVar[str] = "callout"
    title: str
    lines: tuple[Runs, ...]
    tone: Tone = "info"
    listed: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number with its label."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of the numbers a hurried reader must see."""

    kind: ClassVar[str] = "key_figures"
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the paper's numbers come from: one printed line and rows of name, fingerprint and row count."""

    kind: ClassVar[str] = "provenance"
    line: str
    rows: tuple[tuple[str, str, str], ...] = ()


Block = Heading | Paragraph | Items | Table | Figure | RegionMap | Callout | KeyFigures | Provenance

BLOCKS: dict[str, type] = {
    block.kind: block
    for block in (
        Heading,
        Paragraph,
        Items,
        Table,
        Figure,
        RegionMap,
        Callout,
        KeyFigures,
        Provenance,
    )
}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: who issues it, what it is called, and its blocks in reading order.

    `banner` is printed on every page (used for simulated data); empty for none. `running_foot` is
    the short provenance line of every page.
    """

    title: str
    subtitle: str
    lang: str
    issuer: str
    unit: str
    place_and_date: str
    blocks: tuple[Block, ...]
    banner: str = ""
    running_foot: str = ""
    keywords: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)

    def with_blocks(self, blocks: tuple[Block, ...]) -> Self:
        """The same paper with other contents."""
        return dataclasses.replace(self, blocks=blocks)


def block_to_json(block: Block) -> dict[str, Any]:
    """A block as JSON data; `block_from_json` is its inverse."""
    return {"kind": block.kind, **dataclasses.asdict(block)}


def block_from_json(data: dict[str, Any]) -> Block:
    """The block that `block_to_json` described.

    Raises:
        KeyError: The kind is unknown.
        TypeError: A field is missing or unknown.
    """
    facts = {key: value for key, value in data.items() if key != "kind"}
    return _RESTORE[data["kind"]](facts)  # type: ignore[no-any-return]


def _runs(data: Any) -> Runs:
    return tuple(Run(**run) for run in data)


def _region_map(facts: dict[str, Any]) -> RegionMap:
    """A map whose every part is what it should be, whoever wrote the notebook it comes from."""
    texts = dict.fromkeys(("caption", "alt", "description", "note", "svg"), str)
    shape = {
        **dict.fromkeys(("code", "name", "tone", "path"), str),
        **dict.fromkeys(("x", "y", "radius"), float),
        "marked": bool,
    }
    line = {**dict.fromkeys(("x1", "y1", "x2", "y2"), float), "look": str}
    label = {"text": str, "x": float, "y": float, "strong": bool, "align": str}
    restored = {
        "shapes": tuple(
            MapShape(**_checked(one, shape) | {"told": _texts(one["told"])})
            for one in facts["shapes"]
        ),
        "key": tuple(_pair(entry) for entry in facts["key"]),
        "lines": tuple(MapLine(**_checked(one, line)) for one in facts["lines"]),
        "labels": tuple(MapLabel(**_checked(one, label)) for one in facts["labels"]),
    }
    return RegionMap(**_checked(facts, {**texts, "width": float, "height": float}) | restored)


def _checked(facts: dict[str, Any], kinds: dict[str, type]) -> dict[str, Any]:
    """The facts themselves, once every one of them is of its kind; a float is any finite number."""
    for name, kind in kinds.items():
        value = facts[name]
        is_number = type(value) in {int, float} and isfinite(value)
        if not (is_number if kind is float else type(value) is kind):
            raise TypeError(f"{name}: {value!r}")
    return facts


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(type(value) is str for value in values):
        raise TypeError(repr(values))
    return tuple(values)


def _pair(values: Any) -> tuple[str, ...]:
    pair = _texts(values)
    if len(pair) != 2:  # noqa: PLR2004  a tone and its meaning
        raise TypeError(repr(values))
    return pair


_RESTORE: dict[str, Any] = {
    "heading": lambda f: Heading(f["level"], _runs(f["text"])),
    "paragraph": lambda f: Paragraph(_runs(f["text"]), f["lead"]),
    "items": lambda f: Items(tuple(_runs(item) for item in f["items"]), f["marker"]),
    "table": lambda f: Table(
        caption=f["caption"],
        columns=tuple(Column(**column) for column in f["columns"]),
        rows=tuple(tuple(row) for row in f["rows"]),
        note=f["note"],
        row_header=f["row_header"],
    ),
    "figure": lambda f: Figure(**f),
    "region_map": _region_map,
    "callout": lambda f: Callout(
        f["title"], tuple(_runs(line) for line in f["lines"]), f["tone"], f["listed"]
    ),
    "key_figures": lambda f: KeyFigures(tuple(KeyFigure(**figure) for figure in f["figures"])),
    "provenance": lambda f: Provenance(f["line"], tuple((a, b, c) for a, b, c in f["rows"])),
}
