"""What is missing on this machine or in this project, and the command that mends it."""

import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import KsdError
from ksd_toolkit.messages import count, say
from ksd_toolkit.project import dossier_names, find_home
from ksd_toolkit.register.private import open_private
from ksd_toolkit.register.store import open_store
from ksd_toolkit.scoring import read_method

_PYTHON: Final = ((3, 11), (3, 13))
_SQLITE: Final = (3, 37, 0)  # STRICT tables
_FREE_MEGABYTES: Final = 200
_PACKAGES: Final = (
    "pandas", "matplotlib", "papermill", "ipykernel", "jupyterlab", "ipywidgets", "typst", "jinja2",
    "python_calamine", "xlsxwriter", "babel", "mistune", "font_source_sans_pro", "font_source_serif_pro",
)  # fmt: skip

State = Literal["ok", "warning", "missing"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it is and, when it is not well, the command that mends it."""

    name: str
    state: State
    finding: str
    remedy: str = ""


def examine(lang: str = "id", home: Path | None = None) -> list[Check]:
    """Look at Python, packages, storage, the project and every dossier."""
    checks = [_python(lang), *_packages(lang), _sqlite(lang)]
    try:
        root = home or find_home()
    except KsdError as error:
        return [
            *checks,
            Check("data/", "missing", error.sentence(lang), say("doctor.find_project", lang)),
        ]
    checks += [_space(root, lang), _writable(root, lang)]
    return [*checks, *_dossiers(root, lang)]


def _python(lang: str) -> Check:
    version = sys.version_info[:2]
    text = ".".join(map(str, sys.version_info[:3]))
    if _PYTHON[0] <= version <= _PYTHON[1]:
        return Check("Python", "ok", text)
    return Check(
        "Python",
        "missing",
        say("doctor.python", lang, version=text),
        "make setup PYTHON=python3.11",
    )


def _packages(lang: str) -> Iterator[Check]:
    absent = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if absent:
        found = say("doctor.packages", lang, names=", ".join(absent))
        yield Check(say("doctor.packages_name", lang), "missing", found, "make setup")
    else:
        yield Check(say("doctor.packages_name", lang), "ok", count(len(_PACKAGES), lang))


def _sqlite(lang: str) -> Check:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= _SQLITE:
        return Check("SQLite", "ok", version)
    return Check(
        "SQLite",
        "missing",
        say("doctor.sqlite", lang, version=version),
        "make setup PYTHON=python3.12",
    )


def _space(root: Path, lang: str) -> Check:
    free = shutil.disk_usage(root).free // 2**20
    text = say("doctor.space", lang, free=count(free, lang))
    name = say("doctor.space_name", lang)
    return Check(
        name,
        "ok" if free >= _FREE_MEGABYTES else "warning",
        text,
        "" if free >= _FREE_MEGABYTES else "make clean",
    )


def _writable(root: Path, lang: str) -> Check:
    name = say("doctor.folder_name", lang)
    probe = root / ".ksd"
    try:
        probe.mkdir(exist_ok=True, mode=0o700)
    except OSError:
        return Check(
            name, "missing", say("doctor.not_writable", lang, folder=root.name), "chmod u+w ."
        )
    return Check(name, "ok", root.name)


def _dossiers(root: Path, lang: str) -> Iterator[Check]:
    names = dossier_names(root)
    if not names:
        yield Check(
            "data/", "warning", say("doctor.no_dossier", lang), 'ksd new "Nama Daerah" 2027'
        )
    for name in names:
        try:
            dossier = open_dossier(name, home=root)
            read_method(dossier)
            with open_store(dossier.store), open_private(dossier.store) as private:
                private.tombstones()
        except KsdError as error:
            yield Check(name, "missing", error.sentence(lang), _remedy(error, name))
            continue
        found = say(
            "doctor.dossier", lang, files=len(dossier.workbooks), offices=len(dossier.offices)
        )
        empty = not dossier.workbooks
        remedy = say("doctor.put_files", lang, folder=f"data/{name}/kuesioner/") if empty else ""
        yield Check(name, "warning" if empty else "ok", found, remedy)


def _remedy(error: KsdError, name: str) -> str:
    """The command that mends a dossier which cannot be opened."""
    if error.code.startswith("register."):
        register = f".ksd/{name.partition('/')[0]}/register.sqlite"
        return f"rm {register} {register}-*"
    if error.code.startswith("privacy."):
        return f"rm -rf .ksd/{name.partition('/')[0]}"
    file = "opd.csv" if "offices" in error.code else "dossier.toml"
    return f"$EDITOR data/{name}/{file}"
