"""Which files a marked copy stands for: it carries their fingerprints, whatever it is called now."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE

PROPERTY: Final = "ksd_perbaikan_dari"
"""The document property of a marked copy that names the files it stands for, the newest last."""
SHOWN: Final = 3  # rounds of correction that are remembered
_PLACES: Final = {
    "docProps/custom.xml": re.compile(
        rb'<(?:\w+:)?property\b[^>]*\bname="'
        + PROPERTY.encode()
        + rb'"[^>]*>\s*<[^>]*>([0-9a-f ]+)<'
    ),
    "meta.xml": re.compile(
        rb'<meta:user-defined\b[^>]*\bmeta:name="' + PROPERTY.encode() + rb'"[^>]*>([0-9a-f ]+)<'
    ),
}
_READ_BYTES: Final = 2**16


def corrected_by(path: Path) -> tuple[str, ...]:
    """The fingerprints of the files a marked copy stands for, the newest last; none for any other file.

    Source:
        ECMA-376 part 1, custom properties; OpenDocument 1.3, `meta:user-defined`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            present = set(archive.namelist())
            for part, pattern in _PLACES.items():
                if part in present:
                    with archive.open(part) as source:
                        found = pattern.search(source.read(_READ_BYTES))
                    return tuple(found[1].decode("ascii").split()) if found else ()
    except DAMAGED_ARCHIVE:
        pass
    return ()


def corrections(hashes: Mapping[Path, str], paths: Iterable[Path]) -> dict[str, frozenset[str]]:
    """By the fingerprint of each marked copy, those of the files it stands for."""
    told = {hashes[path]: frozenset(corrected_by(path)) for path in paths if path in hashes}
    return {sha256: stands_for for sha256, stands_for in told.items() if stands_for}
