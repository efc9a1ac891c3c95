"""The project folder, and the dossiers in it by name."""

import difflib
import os
import re
import unicodedata
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import RunError

DOSSIER_NAME: Final = re.compile(
    r"^(?P<region>[a-z0-9]+(?:-[a-z0-9]+)*)/(?P<period>\d{4}(?:-S[12])?)$"
)
SCENARIO_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMES_SHOWN: Final = 8
_LIKE: Final = 0.5
SETTINGS_FILE: Final = "dossier.toml"


def find_home(start: Path | None = None) -> Path:
    """The project folder: the nearest parent that holds `data/`, else KSD_HOME.

    Raises:
        RunError: Neither exists, or KSD_HOME names a folder that does not.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "data").is_dir():
            return folder
    if home := os.environ.get("KSD_HOME"):
        if not Path(home).is_dir():
            raise RunError("dossier.home_gone", folder=home)
        return Path(home).resolve()
    raise RunError("dossier.no_home", folder=here)


def dossier_names(root: Path) -> list[str]:
    """Every dossier of the project."""
    found = (root / "data").glob(f"*/*/{SETTINGS_FILE}")
    return sorted(path.parent.relative_to(root / "data").as_posix() for path in found)


def period_of(name: str) -> str:
    """The period a dossier's name tells, `2026`; empty where it is no name of a dossier."""
    found = DOSSIER_NAME.fullmatch(name.partition("@")[0])
    return found["period"] if found else ""


def some_names(wanted: str, root: Path) -> str:
    """The dossiers there are; of many those most like the one that was asked for."""
    names = dossier_names(root)
    if len(names) > _NAMES_SHOWN:
        near = difflib.get_close_matches(wanted, names, n=_NAMES_SHOWN, cutoff=_LIKE)
        names = [*(near or names[:_NAMES_SHOWN]), f"... ({len(names)})"]
    return ", ".join(names) or "-"


def slug(text: str) -> str:
    """A folder name from a region's name: `Hulu Sungai Selatan` becomes `hulu-sungai-selatan`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
