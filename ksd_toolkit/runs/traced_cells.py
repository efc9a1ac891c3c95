"""Find the cells a figure rests on: answers of usulan, and rows of other tables named beside the figure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from ksd_toolkit.atlas import read_atlas
from ksd_toolkit.columns import records
from ksd_toolkit.regions import all_regions
from ksd_toolkit.register import Register
from ksd_toolkit.runs.traced_files import Told, told_in_files
from ksd_toolkit.scoring import Ranking, trace

_PERSON: Final = "pribadi:"
_BLANK: Final = "kosong"
_ROLES: Final = frozenset({"TKKSD", "OPD"})
_OF_USULAN: Final = frozenset({"usulan", "nilai", "mitra"})
_REGION_FILES: Final = "wilayah"
"""What the rows of region files are called: one a region, by its code; a question is an indicator and a year."""
_SPELLED_OUT: Final = 9
"""Letters from which an answer also names its row where more stands behind it in the cell of a paper."""

Row = tuple[str, str]
"""Table and row key."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer and where it stands; `rater` and `criterion` are empty where there is none.

    `cell` is an address such as `F12`, or the row of a text file.
    """

    question: str
    answer: str
    file: str
    sheet: str
    cell: str
    criterion: str = ""
    rater: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CellIndex:
    """The cells of a register, found by usulan and by row.

    `fields` are the questions of each row, `holders` the rows that hold an answer, or have it as key,
    outside the tables of usulan; `regions` the rows of region files by code and names of a region;
    `beside` is what is told outside the register.
    """

    register: Register
    ranking: Ranking | None
    fields: dict[Row, list[str]]
    holders: dict[str, dict[Row, None]]
    regions: dict[str, list[Cell]]
    beside: Told
    of_usulan: dict[str, tuple[Cell, ...]] = field(default_factory=dict)

    @classmethod
    def over(cls, register: Register, ranking: Ranking | None) -> Self:
        """An index over everything a register holds."""
        fields: dict[Row, list[str]] = {}
        holders: dict[str, dict[Row, None]] = {}
        for (table, key, question), (answer, _) in register.tables.told.items():
            fields.setdefault((table, key), []).append(question)
            if table not in _OF_USULAN:
                for name in filter(_names, (answer, key)):
                    holders.setdefault(name, {})[table, key] = None
        return cls(
            register, ranking, fields, holders, _indicators(register), told_in_files(register)
        )

    def answers(self, usulan: Sequence[str], criteria: Sequence[str] | None) -> tuple[Cell, ...]:
        """The answers that entered the score of each usulan, of some criteria only where they are named.

        Without a ranking, what its office wrote of the usulan.
        """
        return tuple(
            cell
            for one in usulan
            for cell in self._behind(one)
            if criteria is None or cell.criterion in criteria
        )

    def titles(self, usulan: Iterable[str]) -> tuple[Cell, ...]:
        """The cell with the title of each usulan: where it was proposed."""
        return self.answer(tuple(usulan), "judul")

    def rows(self, rows: Iterable[Row], questions: Collection[str] = ()) -> tuple[Cell, ...]:
        """The answers of some rows, to some questions only where they are named; no blanks, no personal data."""
        cells = (
            cell
            for row in rows
            for name, cell in self._row(row)
            if not questions or name in questions
        )
        return tuple(
            cell for cell in cells if cell.answer != _BLANK and not cell.answer.startswith(_PERSON)
        )

    def _row(self, row: Row) -> Iterator[tuple[str, Cell]]:
        """The answers of a row by question."""
        for name, (answer, where) in self.beside.get(row, {}).items():
            yield name, Cell(name, answer, where.file, where.sheet, where.cell)
        for name in self.fields.get(row, ()):
            yield name, self._cell((*row, name))
        if row[0] == _REGION_FILES:
            for cell in self.regions.get(row[1], ()):
                yield cell.question, cell

    def single(self, keys: Iterable[tuple[str, str, str]]) -> tuple[Cell, ...]:
        """The answers at these places, blanks included; no personal data."""
        cells = (self._cell(key) for key in keys if key in self.register.tables.told)
        return tuple(cell for cell in cells if not cell.answer.startswith(_PERSON))

    def answer(self, usulan: Sequence[str], question: str) -> tuple[Cell, ...]:
        """What was answered to one question about each usulan."""
        keys = (("usulan", one, question) for one in usulan)
        return tuple(self._cell(key) for key in keys if key in self.register.tables.told)

    def heads(self, table: str) -> tuple[Cell, ...]:
        """The first answer of every row of a table: what is counted where all of it is."""
        rows = (self.rows([row])[:1] for row in self.fields if row[0] == table)
        return tuple(cell for cells in rows for cell in cells)

    def rows_named(self, words: Iterable[str]) -> tuple[Row, ...]:
        """The rows of other tables (offices, agreements, monitoring, ...) that hold the most of `words`.

        A word is held as an answer or as the key of the row: a document's number and its indicator
        name one row, the number alone all rows about the document.
        """
        held: dict[Row, int] = {}
        for answer in {part for text in words for part in _parts_that_name(text.strip())}:
            for row in self.holders.get(answer, ()):
                held[row] = held.get(row, 0) + 1
        most = max(held.values(), default=0)
        return tuple(row for row in self.fields if held.get(row, 0) == most > 0)

    def indicators(self, words: Iterable[str]) -> tuple[Cell, ...]:
        """The rows of region files about the regions named by their code or name."""
        named = dict.fromkeys(text.strip() for text in words)
        return tuple(cell for name in named for cell in self.regions.get(name, ()))

    def _behind(self, usulan: str) -> tuple[Cell, ...]:
        if usulan not in self.of_usulan:
            ranking = self.ranking
            if ranking is None or usulan not in ranking.types.index:
                self.of_usulan[usulan] = self.rows([("usulan", usulan)])
            else:
                behind = records(trace(ranking, usulan))
                self.of_usulan[usulan] = tuple(
                    _of_criterion(row) for _, row in behind if _counts(ranking, usulan, row)
                )
        return self.of_usulan[usulan]

    def _cell(self, key: tuple[str, str, str]) -> Cell:
        answer, where = self.register.tables.told[key]
        return Cell(key[2], answer, where.file, where.sheet, where.cell)


def _counts(ranking: Ranking, usulan: str, row: dict[str, str]) -> bool:
    """Whether an answer entered the level of its criterion: where the TKKSD scored, its median stands alone."""
    source = str(ranking.leaves.source.at[usulan, row["criterion"]])
    return not row["rater"] or source not in _ROLES or row["rater"].startswith(f"{source}-")


def _of_criterion(row: dict[str, str]) -> Cell:
    return Cell(
        row["question"], row["answer"], row["file"], row["sheet"], row["cell"], row["criterion"],
        row["rater"],
    )  # fmt: skip


def _names(word: str) -> bool:
    """Whether a word can name a row: names and codes can, numbers and states cannot."""
    return len(word) > 2 and any(letter.isalpha() for letter in word)  # noqa: PLR2004  TT, TB, ya


def _parts_that_name(text: str) -> Iterator[str]:
    """What of a text may be an answer: the whole, its first word, and any long beginning of it."""
    for part in {text, text.partition(" ")[0]}:
        if _names(part):
            yield part
    for end in range(_SPELLED_OUT, len(text)):
        yield text[:end]


def _indicators(register: Register) -> dict[str, list[Cell]]:
    """The rows of region files about each region, by its code, name and short name."""
    known = read_atlas(register.dossier.root).indicators
    by_code: dict[str, list[Cell]] = {}
    for _, row in records(known):
        by_code.setdefault(str(row["code"]), []).append(_of_indicator(row))
    regions = [(region, by_code[region.code]) for region in all_regions() if region.code in by_code]
    return {
        name: cells
        for region, cells in regions
        for name in (region.code, region.name, region.short_name)
    }


def _of_indicator(row: dict[str, object]) -> Cell:
    file, _, number = str(row["place"]).rpartition(":")
    return Cell(f"{row['indicator']} {row['year']}", f"{row['value']:g}", file, "", number)
