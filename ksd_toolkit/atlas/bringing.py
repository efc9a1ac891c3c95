"""Bring files about regions into the atlas: all of them read, checked, kept, and merged, or told why not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

import pandas as pd

from ksd_toolkit.atlas.brought import (
    NOTHING,
    Asked,
    Brought,
    BroughtFile,
    FileRead,
    Removed,
)
from ksd_toolkit.atlas.cross_check import cross_checked
from ksd_toolkit.atlas.file_reading import Opened, open_file, read_file
from ksd_toolkit.atlas.kept_frames import frame_from_bytes, frame_to_bytes
from ksd_toolkit.atlas.known_indicators import remarks_on, unit_conflicts
from ksd_toolkit.atlas.merging import Merged, keep_merged, merge
from ksd_toolkit.atlas.possible_values import stated_units
from ksd_toolkit.atlas.status import population_of
from ksd_toolkit.atlas.store import (
    Index,
    KeptFile,
    keep_content,
    keep_raw,
    locked,
    read_content,
    read_index,
    store_folder,
    without,
    write_index,
)
from ksd_toolkit.errors import InputError, Problem, Where
from ksd_toolkit.questionnaire.submission import Balance

_K = TypeVar("_K")
_SUFFIXES: Final = frozenset(
    {".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".ods", ".parquet", ".geojson", ".json"}
)


def bring(home: Path, paths: Sequence[Path], asked: Asked = NOTHING) -> Brought:
    """Bring files into the atlas of a project.

    Every figure is accepted, set aside with its reason, counted as a duplicate, or blank. A figure
    of the same region, indicator, year and source takes the place of an earlier one.

    Args:
        home: The project folder.
        paths: The files, in the order they count; crosswalks and lists of indicators are read first.
        asked: What their bringer says of all of them.

    Raises:
        RunError: The store is damaged, in use, or cannot be written.
    """
    folder, paths = store_folder(home), [path.absolute() for path in paths]  # `.` has no name
    with locked(folder):
        index = read_index(folder)
        session = _Session(folder, index, asked)
        for place, opened in _in_order(paths):
            session.take(place, paths[place], opened)
        return session.finish(len(paths))


def remove(home: Path, what: str) -> Removed:
    """Take files out of the atlas; what they had replaced counts again.

    Args:
        home: The project folder.
        what: The name of a file, the beginning of its SHA-256, what it holds (`indicators`,
            `boundaries`, `crosswalk`, `meta`), or `all`.

    Raises:
        InputError: No file answers to it.
        RunError: The store is damaged, in use, or cannot be written.
    """
    folder = store_folder(home)
    with locked(folder):
        index = read_index(folder)
        gone = [file for file in index.files if _answers(file, what)]
        if not gone:
            known = ", ".join(dict.fromkeys(file.name for file in index.files)) or "-"
            raise InputError("atlas.nothing_removed", what=what, known=known)
        files = tuple(file for file in index.files if file not in gone)
        standing = _write(folder, files)[0].standing
    more = (standing.get(file.sha256, 0) - index.standing.get(file.sha256, 0) for file in files)
    return Removed(tuple(file.name for file in gone), sum(max(0, one) for one in more))


def _answers(file: KeptFile, what: str) -> bool:
    by_hash = len(what) >= 6 and file.sha256.startswith(what.casefold())  # noqa: PLR2004  no accident
    return what in {"all", file.kind, file.name} or by_hash


def _in_order(paths: Sequence[Path]) -> Iterable[tuple[int, Opened | Problem]]:
    """Every file with its place, those the others need first."""
    opened = [(place, open_file(path)) for place, path in enumerate(paths)]
    return sorted(opened, key=lambda one: one[1].rank if isinstance(one[1], Opened) else 0)


def _write(folder: Path, files: tuple[KeptFile, ...]) -> tuple[Merged, list[Problem]]:
    """Merge the files, check them against each other, and let the result take its place."""
    merged = merge(folder, files)
    population = population_of(merged.frames["crosswalk"])
    figures, problems = cross_checked(merged.frames["indicators"], population)
    problems += unit_conflicts(figures)
    frames = dict(merged.frames) | {"indicators": figures}
    write_index(folder, Index(files, keep_merged(folder, frames, merged), merged.standing))
    return merged, problems


class _Session:
    """One import under way."""

    def __init__(self, folder: Path, index: Index, asked: Asked) -> None:
        self.folder, self.index, self.asked = folder, index, asked
        self.before = index
        self.files: dict[int, BroughtFile] = {}
        self.problems: dict[int, list[Problem]] = {}
        self.crosswalk = self._kept_table("crosswalk", _by_bps)
        self.units = self._kept_table("meta", stated_units)

    def take(self, place: int, path: Path, opened: Opened | Problem) -> None:
        """Read one file and keep it, or tell why it is refused."""
        found: Opened | FileRead | Problem = opened
        if isinstance(opened, Opened):
            self.problems[place] = list(opened.findings)
            found = read_file(opened, self.asked, self.crosswalk, self.units)
        told = self.problems.setdefault(place, [])
        if isinstance(found, FileRead):
            told += found.problems
            if not found.balance.read:
                told.append(Problem("atlas.no_rows", Where(path.name)))
            if found.kind == "indicators":
                told += remarks_on(found.rows, path.name)
            self.files[place] = self._keep(path, found)
        elif isinstance(found, Problem):
            told.append(found)
            self.files[place] = BroughtFile(path.name, "", "", Balance())

    def finish(self, count: int) -> Brought:
        """Write what was kept and tell everything in the order the files were given."""
        known = self._known_suspicions()
        merged, suspicions = _write(self.folder, self.index.files)
        files = [
            replace(file, replaced=0 if file.unchanged else merged.replaced.get(file.sha256, 0))
            for file in (self.files[place] for place in range(count))
        ]
        problems = [problem for place in range(count) for problem in self.problems[place]]
        names = {file.name for file in files}
        new = [one for one in suspicions if _concerns(one, names) or one not in known]
        earlier = tuple(one for one in suspicions if one not in new)
        return Brought(tuple(files), (*problems, *new), earlier)

    def _keep(self, path: Path, found: FileRead) -> BroughtFile:
        name, balance = path.name, found.balance
        suffix = path.suffix.casefold()
        sha = keep_raw(self.folder, path.read_bytes(), suffix if suffix in _SUFFIXES else "")
        boundaries = found.boundaries
        rows = frame_to_bytes(found.rows) if boundaries is None else boundaries.to_bytes()
        kept = KeptFile(name, sha, found.kind, self.asked, balance, keep_content(self.folder, rows))
        unchanged = kept in self.before.files
        if not balance.accepted:
            return BroughtFile(name, sha, found.kind, balance)
        self.index = replace(self.index, files=(*without(self.index, sha).files, kept))
        if found.kind == "crosswalk":
            self.crosswalk = self.crosswalk | _by_bps(found.rows)
        if found.kind == "meta":
            self.units = self.units | stated_units(found.rows)
        return BroughtFile(name, sha, found.kind, balance, unchanged=unchanged)

    def _known_suspicions(self) -> list[Problem]:
        """What was doubted before this import."""
        sha = self.before.tables.get("indicators")
        if sha is None:
            return []
        figures = frame_from_bytes(read_content(self.folder, sha))
        crosswalk = self.before.tables.get("crosswalk")
        people = (
            population_of(frame_from_bytes(read_content(self.folder, crosswalk)))
            if crosswalk
            else {}
        )
        return cross_checked(figures, people)[1] + list(unit_conflicts(figures))

    def _kept_table(
        self, name: str, read: Callable[[pd.DataFrame], dict[_K, str]]
    ) -> dict[_K, str]:
        """What a kept table tells; nothing where there is none."""
        sha = self.index.tables.get(name)
        return read(frame_from_bytes(read_content(self.folder, sha))) if sha else {}


def _concerns(problem: Problem, names: set[str]) -> bool:
    """Whether a problem is one of these files, or of another file held against one of them."""
    return not names.isdisjoint({problem.where.file, problem.facts.get("other_file")})


def _by_bps(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["bps_code"], rows["code"], strict=True))
