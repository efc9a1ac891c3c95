"""Who belongs to the TKKSD, as `anggota_tkksd.csv` lists them; names are there for internal papers alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.plenary.filled_table import filled_rows, header_row
from ksd_toolkit.plenary.named_persons import names_person
from ksd_toolkit.plenary.record import Entry
from ksd_toolkit.plenary.rules import ROSTER_FILE, rules
from ksd_toolkit.questionnaire import fingerprint
from ksd_toolkit.questionnaire.personal import personal_places
from ksd_toolkit.questionnaire.sheets import read_csv_grid
from ksd_toolkit.stamp import Source

_COLUMNS: Final = ("penilai", "jabatan", "instansi", "peran", "suara")
ROSTER_COLUMNS: Final = (*_COLUMNS, "nama")
"""The columns of the file; the name may be left out."""
_VOTES: Final = {"ya": True, "tidak": False}
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the TKKSD by the capacity in which they sit there. The name stays out of every `repr`."""

    member: str
    position: str
    office: str
    role: str
    votes: bool
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """The members in the order of the file, and what keeps it from being used."""

    members: tuple[Member, ...] = ()
    source: Source | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def entitled(self) -> tuple[Member, ...]:
        """Those who may vote."""
        return tuple(member for member in self.members if member.votes)

    def find(self, text: str) -> Member | None:
        """The member called `text`, whatever its letter case."""
        wanted = text.casefold()
        return next((one for one in self.members if one.member.casefold() == wanted), None)

    def persons_in(self, text: str) -> bool:
        """Whether a text that will be printed names a person, or holds a number or address of anybody.

        Members are known by the roster; anybody else by the title their name comes with.
        """
        if any(True for _ in personal_places(text)) or names_person(text):
            return True
        plain = " ".join(text.casefold().split())
        names = (" ".join(one.name.casefold().split()) for one in self.members)
        return any(len(name.split()) > 1 and name in plain for name in names)


def read_roster(dossier: Dossier) -> Roster:
    """The roster of a dossier with every problem in it; without one nobody can tell a quorum."""
    path = dossier.folder / ROSTER_FILE
    if not path.is_file():
        return Roster(problems=(Problem("plenary.no_roster", Where(ROSTER_FILE)),))
    grid, refused = read_csv_grid(path, ROSTER_FILE)
    if grid is None:
        return Roster(problems=(refused or Problem("file.not_csv", Where(ROSTER_FILE)),))
    header = header_row(grid, _COLUMNS)
    if header is None:
        facts = {"keys": ", ".join(_COLUMNS)}
        return Roster(problems=(Problem("sheet.no_header", Where(ROSTER_FILE), facts),))
    rows = list(filled_rows(grid, ROSTER_FILE, "anggota", header, "penilai"))
    problems = tuple(_problems(rows))
    members = tuple(_member(row) for row in rows)
    return Roster(members, Source(ROSTER_FILE, fingerprint(path), len(rows)), problems)


def _member(row: Entry) -> Member:
    votes = _VOTES.get(row.text("suara").casefold(), False)
    return Member(
        row.text("penilai").upper(), row.text("jabatan"), row.text("instansi"),
        row.text("peran").casefold(), votes, row.text("nama"),
    )  # fmt: skip


def _problems(rows: list[Entry]) -> Iterator[Problem]:
    roles = rules()["roster"]["roles"]
    times = Counter(row.text("penilai").upper() for row in rows)
    seen: set[str] = set()
    if not rows:
        yield Problem("plenary.roster_empty", Where(ROSTER_FILE))
    for row in rows:
        member = row.text("penilai").upper()
        for public in ("penilai", "jabatan", "instansi"):
            text = row.text(public)
            if any(True for _ in personal_places(text)) or names_person(text):
                yield Problem("plenary.person_named", row.at(public), {"key": public})
        if not member:
            yield Problem("plenary.roster_blank", row.at("penilai"))
        elif times[member] > 1 and member in seen:
            yield Problem("plenary.roster_twice", row.at("penilai"), {"member": member[:_SHOWN]})
        seen.add(member)
        if row.text("peran").casefold() not in roles:
            facts = {"known": ", ".join(roles)}
            yield Problem("plenary.roster_role", row.at("peran"), facts)
        if row.text("suara").casefold() not in _VOTES:
            yield Problem("plenary.roster_vote", row.at("suara"))
