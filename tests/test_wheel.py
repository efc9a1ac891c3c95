"""What an office installs holds everything: from the wheel alone a dossier is begun and its pack is made."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACED = {"ksd_toolkit": "ksd_toolkit", "notebooks": "ksd_toolkit/_notebooks", "templates": "ksd_toolkit/_templates"}  # fmt: skip
SPARED = ("__pycache__", ".ipynb_checkpoints", ".*")

pytestmark = pytest.mark.slow


def run(*words, cwd, **more):
    """A program in a folder of its own, with nothing of the checkout on its path."""
    known = {
        name: text for name, text in os.environ.items() if name not in {"KSD_HOME", "PYTHONPATH"}
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=known | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of a copy of the tree, built without a network."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed here")
    tree = tmp_path_factory.mktemp("tree")
    for name in PLACED:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns(*SPARED))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    built = run("-m", "hatchling", "build", "-t", "wheel", "-d", "made", cwd=tree)
    assert built.returncode == 0, built.stderr
    return next((tree / "made").glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_package(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    tree = wheel.parents[1]
    expected = {
        f"{place}/{path.relative_to(tree / name).as_posix()}"
        for name, place in PLACED.items()
        for path in (tree / name).rglob("*")
        if path.is_file()
    }
    assert expected <= held
    assert {Path(name).suffix for name in expected} >= {
        ".py",
        ".toml",
        ".md",
        ".ipynb",
        ".typ",
        ".j2",
    }


def test_a_dossier_is_begun_and_prepared_away_from_the_checkout(wheel, tmp_path):
    target, home = tmp_path / "installed", tmp_path / "office"
    home.mkdir()
    zipfile.ZipFile(wheel).extractall(target)  # as pip does with a wheel of Python alone
    where = run(
        "-c", "import ksd_toolkit; print(ksd_toolkit.__file__)", cwd=home, PYTHONPATH=str(target)
    )
    assert Path(where.stdout.strip()).is_relative_to(target), where.stderr
    for words in (("new", "Banjarbaru", "2027"), ("prepare", "banjarbaru/2027")):
        told = run("-m", "ksd_toolkit", *words, cwd=home, PYTHONPATH=str(target))
        assert told.returncode == 0, told.stdout + told.stderr
    made = {path.name for path in (home / "reports" / "banjarbaru" / "2027").rglob("*")}
    assert made >= {f"{paper}.{form}" for paper in ("preparation", "invitation", "schedule") for form in ("pdf", "html", "docx")}  # fmt: skip
    told = b"".join(path.read_bytes() for path in home.rglob("*.html"))
    assert str(ROOT).encode() not in told
