"""The parts of a letter, a minute and a decree: head, particulars, clauses, signatures, annexes."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from ksd_toolkit.document.text import Runs


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues a paper: government and unit, address lines, and the crest.

    `crest` is an SVG text or a `data:image/png;base64,` address, already found harmless; empty for the
    neutral shield.
    """

    government: str
    unit: str
    address: tuple[str, ...] = ()
    crest: str = ""


@dataclass(frozen=True, slots=True)
class Particulars:
    """Name and value pairs with aligned colons: `Hari : Senin`, `Nomor : ...`."""

    kind: ClassVar[str] = "particulars"
    entries: tuple[tuple[str, Runs], ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A labelled part of a decree: `Menimbang` with lettered items, `KESATU` with one text."""

    label: str
    items: tuple[Runs, ...]
    marker: Literal["none", "number", "letter"] = "none"


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses below each other, their labels in one column."""

    kind: ClassVar[str] = "clauses"
    entries: tuple[Clause, ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One who signs: the capacity; a blank name leaves a line to be filled in by hand."""

    capacity: str
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, side by side (at most three a row), kept on one page.

    `dated` ("Ditetapkan di Kandangan / pada tanggal ...") stands above the last one. `electronic`
    leaves the area an electronic signature needs.
    """

    kind: ClassVar[str] = "signatures"
    people: tuple[Signatory, ...]
    dated: tuple[str, ...] = ()
    electronic: bool = False


@dataclass(frozen=True, slots=True)
class Annex:
    """Begins an annex on a new page; what follows, until the next one, belongs to it.

    It counts as a heading of level 1. `about` are the lines beside its label: of what it is an annex.
    """

    kind: ClassVar[str] = "annex"
    label: str
    title: str
    about: tuple[str, ...] = ()
    landscape: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class References:
    """The list of what the paper cites; publishing fills in the entries in order of first citation.

    `told` are the keys of what the paper lists elsewhere already: they are not said twice.
    """

    kind: ClassVar[str] = "references"
    entries: tuple[Runs, ...] = ()
    told: tuple[str, ...] = ()
