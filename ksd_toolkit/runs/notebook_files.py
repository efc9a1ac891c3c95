"""Where a notebook lies: the dossier's own, that of the working copy, or that of an installed package."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError

_BRIEF: Final = "07_policy_brief"


def notebook_path(name: str, dossier: Dossier) -> Path:
    """Where the notebook `name` lies: the dossier's own policy brief first, then the toolkit's.

    Raises:
        RunError: There is no such notebook.
    """
    if name == _BRIEF:
        own = dossier.folder / f"policy_brief.{dossier.lang}.ipynb"
        if own.is_file():
            return own
    return toolkit_notebook(name, dossier.lang)


def toolkit_notebook(name: str, lang: str) -> Path:
    """Where the toolkit's own notebook `name` lies, in this language where there is one.

    Raises:
        RunError: There is no such notebook.
    """
    for folder in _folders():
        for candidate in (folder / f"{name}.{lang}.ipynb", folder / f"{name}.ipynb"):
            if candidate.is_file():
                return candidate
    raise RunError("run.no_notebook", name=name)


def _folders() -> list[Path]:
    """The working copy's notebooks, or those inside an installed package."""
    package = Path(str(files("ksd_toolkit")))
    return [package.parent / "notebooks", package / "_notebooks"]
