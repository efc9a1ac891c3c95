"""A handful of regions, simulated once for all tests."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.simulation.simulate import Nation, simulate_nation

FEW = Nation(regions=6, seed=1, period="2026", offices=6)


@dataclass(frozen=True)
class Simulated:
    """A project with simulated regions."""

    home: Path
    names: tuple[str, ...]

    @property
    def dossiers(self) -> list[Dossier]:
        return [open_dossier(name, home=self.home) for name in self.names]


@pytest.fixture(scope="session")
def few(tmp_path_factory):
    home = tmp_path_factory.mktemp("nation")
    return Simulated(home, tuple(simulate_nation(FEW, home)))


def contents(home):
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }
