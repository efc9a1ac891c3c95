"""What the regions of a project say, gathered in one file, so that each of them hears the same of the others."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.matching.profiles import Heard
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.matching.spoken import Spoken, heard_in
from ksd_toolkit.stamp import Source

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Others:
    """What the other regions of the project say, and the dossiers that could not be opened.

    `source` is the file it was gathered in; None where it was read from their registers.
    """

    spoken: tuple[Spoken, ...] = ()
    failed: tuple[str, ...] = ()
    source: Source | None = None

    @property
    def simulated(self) -> bool:
        """Whether any of it is."""
        return any(one.simulated for one in self.spoken)

    def sources(self) -> tuple[Source, ...]:
        """The files it comes from, by their names from a dossier."""
        if self.source is not None:
            return (self.source,)
        return tuple(
            replace(source, name=f"../../{one.dossier}/{source.name}")
            for one in self.spoken
            for source in one.sources
        )

    def heard(self, settings: MatchSettings) -> tuple[Heard, ...]:
        """What they say of each cell, region by region."""
        return tuple(heard for one in self.spoken for heard in heard_in(one, settings))


def gathered_file(root: Path, period: str) -> Path:
    """Where what the regions of a project say in a period is gathered."""
    return root / ".ksd" / f"antardaerah-{period}.json"


def gathered_bytes(spoken: Iterable[Spoken], failed: Iterable[str]) -> bytes:
    """The file of what regions say, each region on a line of its own.

    Args:
        spoken: What they say; a region once.
        failed: Dossiers that could not be opened.
    """
    lines = [json.dumps(one.to_json(), ensure_ascii=False) for one in sorted(spoken, key=lambda one: one.dossier)]  # fmt: skip
    regions = ",\n".join(lines)
    return f'{{"version": {_VERSION}, "failed": {json.dumps(sorted(failed))}, "regions": [\n{regions}\n]}}\n'.encode()  # fmt: skip


def read_gathered(root: Path, period: str) -> Others | None:
    """What was gathered of a period; None where nothing was.

    Raises:
        RunError: The file cannot be read as one.
    """
    path = gathered_file(root, period)
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, changed_ns: int, size: int) -> Others:
    """The content of a file that was last changed then, read once a process."""
    try:
        content = path.read_bytes()
        told = json.loads(content)
        spoken = tuple(map(Spoken.from_json, told["regions"]))
        failed = tuple(told["failed"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError("match.gathered_unreadable", name=path.name) from error
    rows = sum(len(one.usulan) for one in spoken)
    name = f"../../../.ksd/{path.name}"
    return Others(spoken, failed, Source(name, hashlib.sha256(content).hexdigest(), rows))
