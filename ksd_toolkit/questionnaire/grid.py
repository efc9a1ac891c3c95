"""A sheet of a file as its author sees it: raw values with their addresses, and what was noticed."""

from dataclasses import dataclass

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.cells import Raw


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as rows of raw values from A1 on.

    Attributes:
        name: The sheet; empty for a CSV file.
        rows: Raw values from A1 on.
        percent: Addresses (`F12`) of cells that show their number as percent: 0.1 reads `10%`.
        hidden_rows: Numbers (from 1) of rows their author does not see.
        merged: Ranges of merged cells (`A5:A7`).
        delimited: Whether a row has as many cells as its line has marks between them, as in CSV.
        findings: Problems known before anyone looks for a table.
    """

    name: str
    rows: tuple[tuple[Raw, ...], ...]
    percent: frozenset[str] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    delimited: bool = False
    findings: tuple[Problem, ...] = ()

    def cell(self, row: int, column: int) -> Raw:
        """The raw value at zero-based row and column; None outside the sheet."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None


def address(row: int, column: int) -> str:
    """`B7` for zero-based row 6, column 1."""
    return f"{column_letters(column + 1)}{row + 1}"


def column_number(letters: str) -> int:
    """`A` is 1, `Z` is 26, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is `A`, 27 is `AA`."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
