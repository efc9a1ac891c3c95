"""One task of a batch: make everything of a dossier in a folder of its own, and tell what became of it."""

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import KsdError, NotRankedError, Problem
from ksd_toolkit.matching.spoken import spoken_of
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.register import ingest, kept_register
from ksd_toolkit.runs.batch.fingerprint import register_state
from ksd_toolkit.runs.batch.manifest import read_manifest
from ksd_toolkit.runs.returning import RETURN_FOLDER
from ksd_toolkit.runs.run import run_dossier
from ksd_toolkit.runs.stamp_file import STAMP_FILE, sha_of, told_stamp


@dataclass(frozen=True, slots=True)
class Task:
    """What to make: the dossier by name, in which project and language, which papers (all when empty), by which engine.

    `drafts` is the folder in which papers lie until they are published, on the same disk as the reports. A task that
    only `listens` makes no paper: it takes the answers in and tells what they say. `seconds` is how long it may
    take; None for as long as it needs.
    """

    dossier: str
    root: str
    drafts: str
    lang: str = ""
    papers: tuple[str, ...] = ()
    engine: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    listens: bool = False
    seconds: float | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is sent to a process or a machine."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Task":
        """As it was sent."""
        return cls(**{**told, "papers": tuple(told["papers"])})

    def opened(self) -> Dossier:
        """The dossier it is about.

        Raises:
            RunError: There is no such dossier.
            InputError: Its settings cannot be used.
        """
        return open_dossier(self.dossier, lang=self.lang, home=Path(self.root))


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a task: `status` is `made`, `partial` or `failed`, `remark` says why in each language.

    `folder` holds the files of `outputs` (name and SHA-256), ready to be published; empty where it failed.
    `register` is where the register stands then, `said` what the region says (`matching.spoken`), none without answers.
    `warnings` is how many warnings its questionnaires gave.
    """

    dossier: str
    status: str
    remark: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    register: str = ""
    said: Mapping[str, Any] | None = None
    warnings: int = 0

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Made":
        """As it was sent."""
        return cls(**told)


def make(task: Task) -> Made:
    """Run a dossier and leave its papers in a folder of their own; nothing published is touched.

    A mistake in the inputs is told, not raised: the other dossiers of a batch go on.
    """
    return _listened(task) if task.listens else _made(task)


def _listened(task: Task) -> Made:
    """What a region says, after everything new was taken in."""
    try:
        dossier = task.opened()
        for past in dossier.past():
            ingest(past)
        ingest(dossier)
        register = kept_register(dossier)
    except KsdError as error:
        return Made(task.dossier, "failed", sentences(error))
    said = None if register is None else spoken_of(register).to_json()
    return Made(task.dossier, "made", said=said)


def _made(task: Task) -> Made:
    folder = Path(task.drafts) / token_hex(8)
    try:
        dossier = task.opened()
        _lay_out_kept(dossier, folder, task.papers)
        kept = _entries(folder)
        try:
            result = run_dossier(
                dossier,
                folder=folder,
                settings=task.settings,
                only=task.papers,
                engine=task.engine,
            )
        except NotRankedError as error:  # what needs no ranking was written
            published = dossier.reports.relative_to(dossier.root).as_posix()
            error.facts = {**error.facts, "folder": published}  # not where the drafts lie
            remark, partial, register = sentences(error), True, kept_register(dossier)
            warnings = 0 if register is None else _warnings(register.problems)
        else:
            register, warnings = result.ranking.register, result.intake.count("warning")
            partial = result.exit_code != 0
            refused = {"n": result.intake.count("error")}
            told = "batch.some_refused" if refused["n"] else "batch.plenary_refused"
            remark = {lang: say(told, lang, **refused) for lang in LANGUAGES} if partial else {}
        outputs = _outputs(folder, kept)
    except KsdError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return Made(task.dossier, "failed", sentences(error))
    return Made(
        dossier=task.dossier,
        status="partial" if partial else "made",
        remark=remark,
        folder=str(folder),
        outputs=outputs,
        register=register_state(dossier),
        said=None if register is None else spoken_of(register).to_json(),
        warnings=warnings,
    )


def _warnings(problems: Iterable[Problem]) -> int:
    return sum(problem.severity == "warning" for problem in problems)


def sentences(error: KsdError) -> dict[str, str]:
    """What went wrong, in each language."""
    return {lang: error.sentence(lang) for lang in LANGUAGES}


def _lay_out_kept(dossier: Dossier, folder: Path, papers: tuple[str, ...]) -> None:
    """Where only some papers are wanted, the others of the last run lie beside them, as in a run of one dossier.

    So do the marked copies of the last batch that nobody touched: one that still says what it said is left alone.
    """
    folder.mkdir(parents=True)
    names = _untouched_copies(dossier.reports)
    if papers and (dossier.reports / STAMP_FILE).is_file():
        names += [*told_stamp(dossier.reports)["outputs"], STAMP_FILE]
    for name in dict.fromkeys(names):
        source, place = dossier.reports / name, folder / name
        if source.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(source, place)  # every file is replaced, never written into


def _untouched_copies(reports: Path) -> list[str]:
    before = read_manifest(reports)
    listed = before.outputs if before else {}
    return [
        name
        for name, one in listed.items()
        if _is_copy(name) and (path := reports / name).is_file() and sha_of(path) == one.sha256
    ]


def _is_copy(name: str) -> bool:
    return name.startswith(f"{RETURN_FOLDER}/")


def _entries(folder: Path) -> dict[str, int]:
    """The files of a folder, and where on the disk each lies."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


def _outputs(folder: Path, kept: Mapping[str, int]) -> dict[str, str]:
    """The files of this run, and those of earlier ones that its stamp still lists or that it kept as they were."""
    told = told_stamp(folder)["outputs"]
    return {
        name: told.get(name) or sha_of(folder / name)
        for name, place in sorted(_entries(folder).items())
        if kept.get(name) != place or name in told or _is_copy(name)
    }
