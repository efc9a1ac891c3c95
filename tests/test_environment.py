"""pyproject, environment.yml and the lock name the same packages, none below a security floor."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

CONDA_NAMES = {"matplotlib-base": "matplotlib"}
"""What conda-forge calls a package of PyPI, where the two differ by more than a hyphen."""

NOT_ON_CONDA_FORGE = {
    "ahpy",
    "mutmut",
    "pymcdm",
    "font-source-sans-pro", "font-source-serif-pro", "page-validation", "playwright", "pypdfium2", "pyxform",
    "types-openpyxl", "types-pyyaml", "typst",
}  # fmt: skip

FLOORS = {
    "ipywidgets": "8.0",  # descriptions are sanitised by default
    "jupyter-server": "2.20.0",  # CVE-2026-44727, CVE-2026-40110, CVE-2026-40934, CVE-2026-35397
    "jupyterlab": "4.6.4",  # CVE-2026-102831, CVE-2026-73415, CVE-2026-73417, CVE-2026-102830
    "mistune": "3.3.0",  # PYSEC-2026-2207 to 2218
    "nbconvert": "7.17.1",  # CVE-2026-39377, CVE-2026-39378, CVE-2025-53000
    "openpyxl": "3.1.5",  # with defusedxml: no guard against billion laughs of its own
    "voila": "0.5.6",  # GHSA-2q59-h24c-w6fg
    "weasyprint": "69.0",  # CVE-2025-68616, CVE-2026-49452
}
"""Versions below which a known hole is open; of packages we do not use, for the day we do."""


HELD = {
    "jsonschema",  # from 4.25 on it builds a grammar at import, which each command would wait for
}
"""Packages held below a version, for a reason."""


def declared(lines) -> dict[str, SpecifierSet]:
    """Requirements by the name PyPI knows them by."""
    found = {}
    for line in lines:
        requirement = Requirement(line)
        name = canonicalize_name(CONDA_NAMES.get(requirement.name, requirement.name))
        assert name not in found, f"{name} is named twice"
        found[name] = requirement.specifier
    return found


@pytest.fixture(scope="module")
def project() -> dict[str, SpecifierSet]:
    return declared([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])


@pytest.fixture(scope="module")
def conda() -> tuple[dict[str, SpecifierSet], dict[str, SpecifierSet]]:
    """What conda installs, and what it leaves to pip."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(line["pip"] for line in lines if isinstance(line, dict))
    packages = [line for line in lines if isinstance(line, str) and line != "pip"]
    return declared(packages), declared(line for line in by_pip if not line.startswith("--"))


@pytest.fixture(scope="module")
def locked() -> dict[str, Version]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", LOCK, re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in pins}


def test_conda_has_the_same_packages_with_the_same_bounds(project, conda):
    by_conda, by_pip = conda
    assert by_conda.pop("python") == SpecifierSet(PROJECT["requires-python"])
    assert by_conda | by_pip == project
    assert set(by_pip) == NOT_ON_CONDA_FORGE


def test_conda_installs_the_toolkit_itself():
    assert "--editable ." in (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_every_package_has_one_lower_bound_and_no_upper_one_without_a_reason(project):
    for name, specifier in project.items():
        bounds = ["<", ">="] if name in HELD else [">="]
        assert sorted(part.operator for part in specifier) == bounds, name


def lower(specifier: SpecifierSet) -> Version:
    return Version(next(iter(specifier)).version)


def test_no_bound_is_below_its_security_floor(project):
    low = {name: lower(project[name]) for name in FLOORS.keys() & project.keys()}
    assert {name for name, bound in low.items() if bound < Version(FLOORS[name])} == set()
    assert "defusedxml" in project or "openpyxl" not in project


def test_no_locked_version_is_below_its_security_floor(locked):
    pinned = FLOORS.keys() & locked.keys()
    assert {name for name in pinned if locked[name] < Version(FLOORS[name])} == set()
    assert {"nbconvert", "jupyter-server", "jupyterlab", "mistune", "openpyxl"} <= pinned


def test_the_lock_covers_and_satisfies_the_project(project, locked):
    assert project.keys() - locked.keys() == set()
    assert {name for name, bounds in project.items() if locked[name] not in bounds} == set()


def test_every_locked_package_has_its_hashes():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip())
    assert len(blocks) > 100
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==", block), block.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block.splitlines()[0]


@pytest.mark.parametrize(
    "address", [r"https?:", r"\bfile:", r"index-url", r"find-links", r" @ ", r"git\+"]
)
def test_the_lock_names_no_place(address):
    assert re.search(address, LOCK) is None
