"""What the papers of a dossier are made from, as fingerprints: equal ones need no new run."""

import hashlib
import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from typing import Final

from ksd_toolkit.atlas.store import store_folder
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.matching.gathered import gathered_file
from ksd_toolkit.register.store import database
from ksd_toolkit.runs.stamp_file import sha_of

_RACY_NS: Final = 2_000_000_000
"""A file changed this shortly before it was looked at may change again without its time telling."""
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")
_NOT_CODE: Final = frozenset({"__pycache__", ".ipynb_checkpoints"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was seen: size in bytes, time of its last change in ns, and what it holds."""

    size: int
    changed_ns: int
    sha256: str


Listed = Mapping[str, Seen]
"""Files by their name from the project's folder."""


def inputs_of(dossier: Dossier, before: Listed) -> dict[str, Seen]:
    """Every file that the papers of a dossier may depend on, with its SHA-256.

    Its own folder, those of the periods before, what lies beside them (theme, crest), what was brought
    about regions, and what was gathered of other regions. A file whose size and time are as they were is not read again.

    Args:
        dossier: Whose.
        before: What an earlier look found.
    """
    found = sorted(_input_files(dossier))
    return {_name(path, dossier): seen(path, before.get(_name(path, dossier))) for path in found}


def seen(path: Path, before: Seen | None) -> Seen:
    """A file with its SHA-256, read only where size or time differ from `before`."""
    stat = path.stat()
    if before and (before.size, before.changed_ns) == (stat.st_size, stat.st_mtime_ns):
        return before
    return Seen(stat.st_size, stat.st_mtime_ns, sha_of(path))


def settled(listed: Listed, at_ns: int) -> dict[str, Seen]:
    """The same files; one that changed just before `at_ns` is to be read again next time."""
    return {
        name: one if at_ns - one.changed_ns > _RACY_NS else Seen(one.size, 0, one.sha256)
        for name, one in listed.items()
    }


def _name(path: Path, dossier: Dossier) -> str:
    return path.relative_to(dossier.root).as_posix()


def _input_files(dossier: Dossier) -> Iterator[Path]:
    region = dossier.folder.parent
    for folder in (dossier.folder, *(past.folder for past in dossier.past())):
        yield from _files_below(folder)
    yield from (path for path in region.iterdir() if path.is_file())
    yield from _files_below(store_folder(dossier.root))
    if (gathered := gathered_file(dossier.root, dossier.period)).is_file():
        yield gathered


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names)


def register_state(dossier: Dossier) -> str:
    """Where the region's register stands: the seal of the last thing done to these periods; empty without one.

    What was erased, withdrawn or closed changes papers though no file of the dossier does.
    """
    path = database(dossier.store)
    if not path.is_file():
        return ""
    periods = ["", dossier.period, *(past.period for past in dossier.past())]
    marks = ", ".join("?" * len(periods))
    query = f"SELECT hash FROM audit WHERE period IN ({marks}) ORDER BY seq DESC LIMIT 1"  # noqa: S608  marks only
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(query, periods).fetchone()
    except sqlite3.Error:  # an older or a damaged one; the run itself says what is wrong with it
        return ""
    return str(found[0]) if found else ""


def combined(inputs: Listed, register: str, settings: Mapping[str, object]) -> str:
    """One fingerprint of data, register, settings, and everything of the toolkit that makes papers of them."""
    told = {
        "inputs": {name: one.sha256 for name, one in inputs.items()},
        "register": register,
        "settings": {name: str(value) for name, value in settings.items()},
        "toolkit": toolkit_sha256(),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@cache
def toolkit_sha256() -> str:
    """Code, methods, templates, notebooks and wording of the toolkit, and the versions of what it builds on, fonts too."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(_built_on()):
        digest.update(name.encode())
    for path in _own_files():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _built_on() -> Iterable[str]:
    asked = [one for one in requires("ksd-toolkit") or () if "extra ==" not in one]
    names = [found[0] for one in asked if (found := _NAME.match(one))]
    for name in names:
        try:
            yield f"{name}={version(name)}"
        except PackageNotFoundError:
            yield f"{name}="


def _own_files() -> list[Path]:
    package = Path(str(files("ksd_toolkit")))
    folders = (package, package.parent / "notebooks")
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not _NOT_CODE.intersection(path.parts))
