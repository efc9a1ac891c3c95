"""What the regions of a project say, gathered in one file, so that each of them hears the same of the others."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.matching.profiles import Heard
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.matching.spoken import Spoken, heard_in, strongest
from ksd_toolkit.stamp import Source

_VERSION: Final = 1
_Asked = tuple[tuple[str, ...], ...]
"""Which kinds of usulan and which criteria tell of needs and of capacities."""


@dataclass(frozen=True, slots=True)
class Others:
    """What the other regions of the project say, and the dossiers that could not be opened.

    `source` is the file it was gathered in; None where it was read from their registers. What is strongest among
    what a region says is kept for all that stems from one file.
    """

    spoken: tuple[Spoken, ...] = ()
    failed: tuple[str, ...] = ()
    source: Source | None = None
    _strongest: dict[_Asked, dict[str, tuple[Heard, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

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

    def strongest(self, settings: MatchSettings) -> tuple[Heard, ...]:
        """Per region, cell and side the usulan that rates it highest, region by region; see `strongest` of `spoken`."""
        known = self._strongest.setdefault(_asked(settings), {})
        for one in self.spoken:
            if one.code not in known:
                known[one.code] = strongest(heard_in(one, settings))
        return tuple(chain.from_iterable(known[one.code] for one in self.spoken))


def _asked(settings: MatchSettings) -> _Asked:
    return (
        settings.need_kinds,
        settings.need_criteria,
        settings.capacity_kinds,
        settings.capacity_criteria,
    )


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
