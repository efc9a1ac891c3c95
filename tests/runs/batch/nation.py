"""A project of a few small simulated regions, and what lies published in it."""

import shutil
from hashlib import sha256
from pathlib import Path

from ksd_toolkit.simulation.simulate import Nation, simulate_nation

PERIOD = "2026"
PAPER = "policy-brief"


def project_of(home: Path, regions: int, offices: int = 2) -> list[str]:
    """The names of the dossiers made."""
    (home / "data").mkdir(parents=True)
    simulate_nation(Nation(regions, 1, PERIOD, offices), home)
    for path in (
        home / "data"
    ).iterdir():  # a unit of Jakarta is no party by law: its dossier is refused
        if 'region = "31.' in (path / PERIOD / "dossier.toml").read_text("utf-8"):
            shutil.rmtree(path)
    return sorted(f"{path.name}/{PERIOD}" for path in (home / "data").iterdir())


def copy_of(home: Path, other: Path) -> Path:
    """The same project at another place, nothing made in it yet."""
    shutil.copytree(home / "data", other / "data")
    return other


def published(home: Path) -> dict[str, str]:
    """The fingerprint of every paper; manifests tell when a file was written, the index what became of a batch."""
    reports = home / "reports"
    return {
        path.relative_to(reports).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(reports.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and path.parent != reports
    }
