"""What shapes the papers of an office beside its data: theme, crest, letterhead, sources, own templates and briefs."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier

_BESIDE: Final = ("theme.toml", "sumber.toml", "*.svg", "*.png", "*.docx")
_OWN: Final = ("templates/*.md", "policy_brief*.ipynb")


def look_of(dossier: Dossier) -> dict[str, str]:
    """The SHA-256 of every such file, by its name from the folder of the region.

    They are no data: no number depends on them, so they are not part of the fingerprint of the data.
    """
    home = dossier.folder.parent
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(_files(dossier))
    }


def _files(dossier: Dossier) -> Iterator[Path]:
    places = [
        (folder, name) for folder in (dossier.folder.parent, dossier.folder) for name in _BESIDE
    ]
    for folder, name in [*places, *((dossier.folder, name) for name in _OWN)]:
        yield from (path for path in folder.glob(name) if path.is_file())
