"""A dossier of sixteen usulan whose computed order is known: 01 to 14 set, 15 postponed by class, 16 stopped.

Each test has a folder of its own for the record; the ranking is computed once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.plenary import Outcome, read_plenary
from ksd_toolkit.scoring import Ranking, score
from tests.scoring.conftest import (
    NAME,
    OFFICES,
    RATED,
    SETTINGS,
    open_dossier,
    proposal_of,
    quick_method,
    register_of,
)

LISTED = tuple(f"DINKES-{number:02d}" for number in range(1, 15))
POSTPONED, STOPPED = "DINKES-15", "DINKES-16"
ROSTER = """\
penilai,jabatan,instansi,peran,suara,nama
TKKSD-1,Sekretaris Daerah,Sekretariat Daerah,ketua,ya,Pejabat Rahasia Satu
TKKSD-2,Kepala Bagian Tata Pemerintahan,Sekretariat Daerah,sekretaris,ya,Pejabat Rahasia Dua
TKKSD-3,Kepala Dinas Kesehatan,Dinas Kesehatan,anggota,ya,
TKKSD-4,Analis Kerja Sama,Sekretariat Daerah,anggota,tidak,Pejabat Rahasia Empat
"""
MEETING = """\
[rapat]
tanggal = 2026-08-27
tempat = "Kandangan"
[[hadir]]
penilai = "TKKSD-1"
[[hadir]]
penilai = "TKKSD-2"
"""


@dataclass(frozen=True)
class Room:
    """A dossier's folder and the ranking whose plenary is recorded in it."""

    ranking: Ranking

    @property
    def folder(self) -> Path:
        return self.ranking.register.dossier.folder

    def write(self, text: str, name: str = "pleno.toml") -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self) -> Outcome | None:
        return read_plenary(self.ranking)

    def decide(self, record: str, meeting: str = MEETING) -> Outcome:
        """What the plenary decided by a meeting with a quorum and these sections."""
        self.write(meeting + record)
        outcome = self.read()
        assert outcome is not None
        return outcome

    def refused(self, record: str, meeting: str = MEETING) -> list[tuple[str, str]]:
        """The code and place of every problem for which the record is refused."""
        self.write(meeting + record)
        with pytest.raises(PlenaryError) as refusal:
            self.read()
        for problem in refusal.value.problems:
            assert problem.sentence("id") != problem.sentence("en")
        return [
            (problem.code.removeprefix("plenary."), problem.where.cell or problem.where.sheet)
            if problem.where.sheet in {"", "rapat", "hadir", "bobot"}
            else (
                problem.code.removeprefix("plenary."),
                f"{problem.where.sheet}:{problem.where.cell}",
            )
            for problem in refusal.value.problems
        ]


def move(usulan: str, position: object, reason: str = "sebab", article: str = "") -> str:
    return _entry("pindah", usulan=usulan, posisi=position, alasan=reason, pasal=article)


def merge(usulan: str, into: str, reason: str = "sebab", article: str = "") -> str:
    return _entry("gabung", usulan=usulan, ke=into, alasan=reason, pasal=article)


def decide(usulan: str, word: str, reason: str = "sebab", article: str = "") -> str:
    return _entry("putusan", usulan=usulan, putusan=word, alasan=reason, pasal=article)


def _entry(section: str, **cells: object) -> str:
    lines = (f"{k} = {v}" if isinstance(v, int) else f'{k} = "{v}"' for k, v in cells.items() if v)
    return "\n".join((f"[[{section}]]", *lines, ""))


def _proposals():
    for number, usulan in enumerate(LISTED):
        yield proposal_of(usulan, judul=f"Usulan {number + 1}", **_scores(number))
    yield proposal_of(POSTPONED, **dict.fromkeys(RATED, 1))
    yield proposal_of(STOPPED, kewenangan="tidak", **dict.fromkeys(RATED, 5))


def _scores(number: int) -> dict[str, int]:
    """All 5, lowered one criterion at a time: to 4, then to 3."""
    return {code: 5 - (number > at) - (number > at + len(RATED)) for at, code in enumerate(RATED)}


@pytest.fixture(scope="session")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Ranking:
    home = tmp_path_factory.mktemp("plenary")
    _new_folder(home)
    register = register_of(open_dossier(NAME, home=home), *_proposals())
    return score(register, quick_method())


def _new_folder(home: Path) -> Path:
    folder = home / "data" / NAME
    folder.mkdir(parents=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    return folder


@pytest.fixture
def at(computed: Ranking, tmp_path: Path) -> Callable[..., Room]:
    """A room in a folder of its own; the ranking may be another."""

    def room(ranking: Ranking = computed) -> Room:
        folder = _new_folder(tmp_path)
        (folder / "anggota_tkksd.csv").write_text(ROSTER, encoding="utf-8")
        register = replace(ranking.register, dossier=open_dossier(NAME, home=tmp_path))
        basis = replace(ranking.basis, register=register)
        return Room(replace(ranking, basis=basis))

    return room


@pytest.fixture
def room(at: Callable[..., Room]) -> Room:
    return at()
