"""Paths as a person at this prompt would write them."""

from pathlib import Path


def shown_path(path: Path) -> str:
    """A path as short as it can be named from here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
