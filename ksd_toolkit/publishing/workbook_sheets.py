"""A table of a workbook before it is written: its columns, what they hold, its rows and the notes below."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "integer", "decimal", "percent"]
Cell = str | int | float | None
_UNIT: Final = '"\u00a0%"'
NUMBER_FORMATS: Final[dict[Kind, str]] = {
    "text": "General",  # the text format shows more than 255 letters as ####
    "integer": "#,##0",
    "decimal": "#,##0.00",
    "percent": f"0.0{_UNIT}",
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its title, what it holds and its width in characters.

    Values of a `percent` column are already in percent (46.4, not 0.464). A text in a number column
    (TT, TB) stays a text. `places` are the decimals shown; None for those usual of the kind.
    """

    title: str
    kind: Kind = "text"
    width: float = 16
    places: int | None = None

    @property
    def pattern(self) -> str:
        """The number format of its cells."""
        if self.places is None or self.kind == "text":
            return NUMBER_FORMATS[self.kind]
        unit = _UNIT if self.kind == "percent" else ""
        return "#,##0" + ("." + "0" * self.places if self.places else "") + unit


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the sheet's name, its title, columns and rows, and notes printed below.

    `paper` is what it is printed on, and `printed` how many of its first columns are: all when
    None, and with 0 the title alone, for a table that is there to be searched, not read.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    paper: Literal["A4", "A3"] = "A4"
    printed: int | None = None
