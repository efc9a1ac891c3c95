"""Where a person stands in files that are people's own, line by line and cell by cell; nothing is changed."""

import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.questionnaire.gate import MAX_FILE_BYTES
from ksd_toolkit.questionnaire.sheets import address, read_grids
from ksd_toolkit.questionnaire.values import as_text
from ksd_toolkit.register.persons import Person, find_person, persons, shared_forms
from ksd_toolkit.register.private import open_private
from ksd_toolkit.register.redaction import redact
from ksd_toolkit.register.spellings import Wanted
from ksd_toolkit.register.store import database

_HOLDS: Final = frozenset({"redacted", "rebuilt", "emptied"})
_INTERNAL: Final = "internal"
_BOOKS: Final = frozenset({".xlsx", ".xlsm", ".ods"})
_TEXTS: Final = frozenset({".csv", ".toml", ".txt", ".tsv", ".md"})
_ENCODINGS: Final = ("utf-8-sig", "utf-16", "cp1252")
_KINDS: Final = (
    ("anggota_tkksd.csv", "roster"),
    ("pleno.toml", "plenary"),
    ("pleno.xlsx", "plenary"),
    ("theme.toml", "theme"),
)
"""Which files of a dossier have a remedy of their own."""


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """One place of a file that is not the toolkit's own.

    `kind` tells what can be done: `roster`, `plenary`, `theme`, `internal` (a paper for internal use)
    or `brought` (anything else). `line` counts from 1, 0 where the file has none; `sheet` and `cell` are
    of a workbook. All are blank where the person stands in the file, but in nothing its author sees.
    """

    path: Path
    kind: str
    line: int = 0
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class PersonFound:
    """What the toolkit itself holds about a person, None for nothing, and where people's files do."""

    person: Person | None
    places: tuple[PersonPlace, ...]


def find_places(dossier: Dossier, asked: str) -> PersonFound:
    """Everywhere a person stands: in the toolkit's store, in what people brought, in internal papers.

    Args:
        dossier: Any dossier of the region; all its periods are searched.
        asked: A name, number, telephone, address or reference. A name of one word is found where it is
            all that a cell, a value or a line says.

    Raises:
        RunError: Several persons of the store fit.

    Source:
        UU 27/2022 Pasal 7 (access) and 8 (erasure), secondary source.
    """
    known: list[Person] = []
    if database(dossier.store).exists():
        with open_private(dossier.store) as private:
            known = persons(private.holdings())
    person = find_person(known, asked)
    values = person.values if person else frozenset({" ".join(asked.split())} - {""})
    wanted = Wanted(values, shared_forms(person, known) if person else frozenset())
    places = [place for path in files_with(dossier, wanted) for place in _places(path, wanted)]
    return PersonFound(person, tuple(places))


def files_with(dossier: Dossier, wanted: Wanted) -> Iterator[Path]:
    """Files of people that hold the person: what they brought, and papers made for internal use.

    Nobody can search a PDF without opening it; one is named when the same paper in another form holds
    the person.
    """
    region = dossier.name.partition("/")[0]
    brought = (dossier.root / "data" / region).rglob("*")
    papers = (dossier.root / "reports" / region).rglob("*")
    internal = (path for path in papers if _INTERNAL in path.parts)
    held: set[Path] = set()
    for path in sorted((*brought, *internal), key=lambda path: (path.suffix == ".pdf", path)):
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            continue
        twin = path.suffix == ".pdf" and path.with_suffix("") in held
        if twin or wanted.found_in(path.name) or redact(path, wanted).state in _HOLDS:
            held.add(path.with_suffix(""))
            yield path


def _places(path: Path, wanted: Wanted) -> Iterator[PersonPlace]:
    """The lines or cells of one file that hold the person; the file itself where there are none."""
    kind = "internal" if _INTERNAL in path.parts else dict(_KINDS).get(path.name, "brought")
    found = False
    if path.suffix.casefold() in _BOOKS and zipfile.is_zipfile(path):
        for sheet, cell in _cells(path, wanted):
            found = True
            yield PersonPlace(path, kind, sheet=sheet, cell=cell)
    elif path.suffix.casefold() in _TEXTS:
        for line in _lines(path, wanted):
            found = True
            yield PersonPlace(path, kind, line)
    if not found:
        yield PersonPlace(path, kind)


def _cells(path: Path, wanted: Wanted) -> Iterator[tuple[str, str]]:
    grids, _ = read_grids(path, path.name)
    for grid in grids:
        for row, values in enumerate(grid.rows):
            for column, value in enumerate(values):
                if wanted.found_in(as_text(value)):
                    yield grid.name, address(row, column)


def _lines(path: Path, wanted: Wanted) -> Iterator[int]:
    """The numbers of the lines a person stands in, the first of them where a name goes over several."""
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeError:
            continue
        matches = wanted.pattern.finditer(text)
        lines = (text.count("\n", 0, _start(match.start(), text)) + 1 for match in matches)
        yield from dict.fromkeys(lines)
        return


def _start(position: int, text: str) -> int:
    """Where the first letter of a match stands: a whole cell may begin with the break before it."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
