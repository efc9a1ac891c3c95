"""The blocks of a paper: headings, paragraphs, lists, tables, figures, boxes, key figures.

Text in a block is plain text. No writer evaluates it as markup, so a questionnaire answer can
never become HTML, Typst or a formula.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from ksd_toolkit.document.text import Runs

Alignment = Literal["left", "right", "center"]
ColumnKind = Literal["text", "integer", "decimal", "percent", "currency", "date"]
Tone = Literal["info", "warning", "success", "quote"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section title; level 1 is a section of the paper (its title is not a heading).

    `new_page` begins it on a page of its own, as the cards of a plenary do.
    """

    kind: ClassVar[str] = "heading"
    level: int
    text: Runs
    anchor: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` prints it as the opening statement of the paper.

    `kept` keeps it on the page of what follows. `origin` says what its numbers were computed from (see `Origin`).
    """

    kind: ClassVar[str] = "paragraph"
    text: Runs
    lead: bool = False
    origin: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A bulleted, numbered or lettered (a., b., ...) list."""

    kind: ClassVar[str] = "items"
    items: tuple[Runs, ...]
    marker: Literal["bullet", "number", "letter"] = "bullet"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its title, how it aligns and its share of the width (0 = as narrow as its text).

    `kind` says what its texts are: numbers of one column align at their decimal sign, and a page can
    sort by them. `measure` says what was computed, for tracing (see `Origin`).
    """

    title: str
    align: Alignment = "left"
    width: float = 0.0
    kind: ColumnKind = "text"
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished cell texts. `numeric` values never reach a writer unformatted.

    `rows` holds one tuple of texts per row, as long as `columns`. `row_header` is the column that
    names its row (read aloud before each cell), -1 for none. `subjects` says of what each row tells
    (`usulan/DINKES-01`); empty, or one per row. `source` is the source note.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    row_header: int = 0
    subjects: tuple[str, ...] = ()
    source: str = ""
    anchor: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as SVG with a caption, a one-sentence alternative text and a longer description."""

    kind: ClassVar[str] = "figure"
    caption: str
    svg: str
    alt: str
    description: str = ""
    width_percent: int = 100
    source: str = ""
    anchor: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed remark: a title and short paragraphs or points."""

    kind: ClassVar[str] = "callout"
    title: str
    lines: tuple[Runs, ...]
    tone: Tone = "info"
    listed: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number with its label."""

    value: str
    label: str
    note: str = ""
    origin: str = ""


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
