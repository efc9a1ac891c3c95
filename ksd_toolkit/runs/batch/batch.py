"""Make everything of many dossiers: skip what has not changed, publish what is whole, go on where one fails."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ksd_toolkit.dossier import Dossier, open_dossier, period_of
from ksd_toolkit.errors import KsdError
from ksd_toolkit.messages import say, system_reason
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.publishing.period_index import json_file
from ksd_toolkit.runs.batch.crew import Crew
from ksd_toolkit.runs.batch.drafts import drafts_of, note_failure, publish_drafts
from ksd_toolkit.runs.batch.fingerprint import Seen, combined, inputs_of, register_state, settled
from ksd_toolkit.runs.batch.gathering import Work, gather, is_gathered, says_otherwise
from ksd_toolkit.runs.batch.lock import locked
from ksd_toolkit.runs.batch.manifest import Manifest, read_manifest, write_manifest
from ksd_toolkit.runs.batch.task import Made, Task, sentences
from ksd_toolkit.runs.indexing import indexed, write_index
from ksd_toolkit.runs.making import wanted
from ksd_toolkit.runs.notebooks import engine_called
from ksd_toolkit.runs.run import parameters_for

Status = Literal["made", "partial", "unchanged", "failed"]
PARTIAL: Final = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What a batch is asked for: dossiers by name (`region/period`), language, papers (all when empty).

    `workers` is how many processes work at once, as many as there are cores when 0. `seconds` is how long one
    dossier may take. `settings` are notebook parameters. `again` makes what has not changed, too; `hear_again`
    gathers anew what the regions say to each other.
    """

    root: Path
    dossiers: tuple[str, ...]
    lang: str = ""
    papers: tuple[str, ...] = ()
    workers: int = 0
    seconds: float | None = None
    engine: str = ""
    settings: Mapping[str, str] | None = None
    again: bool = False
    hear_again: bool = False

    @property
    def periods(self) -> frozenset[str]:
        """The periods they belong to."""
        return frozenset(filter(None, map(period_of, self.dossiers)))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one dossier; `seconds` from the start of the batch, `files` how many its manifest lists."""

    dossier: str
    status: Status
    files: int
    seconds: float
    remark: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """A dossier that has to be made, and what it is made of."""

    dossier: Dossier
    inputs: Mapping[str, Seen]
    settings: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told of the progress of a batch: of each dossier heard, and of each outcome."""

    heard: Callable[[str], None] = lambda _: None
    done: Callable[[Done], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did, in the order asked for, and who says something else by now than what was gathered."""

    done: tuple[Done, ...]
    says_otherwise: tuple[str, ...] = ()


def run_batch(order: Order, watch: Watch | None = None, work: Work | None = None) -> Batch:
    """Make, or leave as it is, every dossier of an order.

    Where nothing was gathered of a period yet, all answers are taken in first: what a paper says of other
    regions must not depend on which of them was made before.

    Args:
        order: What to make.
        watch: Who is told of the progress.
        work: What makes the tasks; processes of this machine unless given.

    Raises:
        BusyError: Another batch is at one of the periods.
        RunError: A paper or the engine is unknown, the folder of drafts cannot be made, or the index not be written.
    """
    wanted(order.papers)
    engine_called(order.engine)
    _check_settings(order)
    watch, start = watch or Watch(), time.monotonic()
    done: dict[str, Done] = {}
    said: dict[str, Mapping[str, object]] = {}

    def tell(name: str, status: Status, files: int, remark: Mapping[str, str]) -> None:
        done[name] = Done(name, status, files, round(time.monotonic() - start, 3), remark)
        watch.done(done[name])

    with locked(order.root, order.periods):
        drafts = drafts_of(order.root, order.periods)
        crew = Crew(order.workers or _cores(), order.seconds)
        work = work or crew.work
        try:
            for period in sorted(order.periods):
                if order.hear_again or not is_gathered(order.root, period):
                    tasks = [
                        _task(name, order, drafts)
                        for name in order.dossiers
                        if period_of(name) == period
                    ]
                    gather(order.root, period, tasks, work, watch.heard)
            jobs = dict(_to_make(order, tell))
            with closing(work(_task(name, order, drafts) for name in jobs)) as outcomes:
                for task, made in outcomes:
                    if made.said is not None:
                        said[task.dossier] = made.said
                    tell(task.dossier, *_taken(jobs[task.dossier], made, order))
        finally:
            crew.close()
            shutil.rmtree(drafts, ignore_errors=True)
        _list_all(order, done.values())
    return Batch(
        tuple(done[name] for name in order.dossiers), tuple(says_otherwise(order.root, said))
    )


def _check_settings(order: Order) -> None:
    """A parameter no notebook knows is refused once, before anything starts; the first dossier that opens tells."""
    opened: Dossier | None = None
    for name in order.dossiers if order.settings else ():
        with suppress(KsdError):
            opened = open_dossier(name, lang=order.lang, home=order.root)
            break
    if opened is not None:
        parameters_for(opened, order.settings or {})


def _list_all(order: Order, done: Collection[Done]) -> None:
    """Write the index of each period anew, unless nothing happened."""
    happened = any(one.status != "unchanged" for one in done)
    for period in sorted(order.periods):
        if happened or not (order.root / "reports" / json_file(period)).is_file():
            write_index(indexed(order.root, period), order.root)


def _cores() -> int:
    """How many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _to_make(
    order: Order, tell: Callable[[str, Status, int, Mapping[str, str]], None]
) -> Iterator[tuple[str, Job]]:
    """The dossiers that have to be made; of the others it is told why not."""
    for name in order.dossiers:
        try:
            dossier = open_dossier(name, lang=order.lang, home=order.root)
            before = read_manifest(dossier.reports)
            at = time.time_ns()
            inputs = settled(inputs_of(dossier, before.inputs if before else {}), at)
        except (KsdError, OSError) as error:
            tell(name, "failed", 0, _reasons(error))
            continue
        settings = {"lang": dossier.lang, "dossier": dossier.called, **(order.settings or {})}
        fingerprint = combined(inputs, register_state(dossier), settings)
        if (
            before
            and not order.again
            and before.answers(fingerprint, order.papers, dossier.reports)
        ):
            tell(name, "unchanged", len(before.outputs), before.remark)
        else:
            yield name, Job(dossier, inputs, settings)


def _reasons(error: KsdError | OSError) -> dict[str, str]:
    """Why a dossier cannot even be looked at."""
    if isinstance(error, KsdError):
        return sentences(error)
    file = Path(error.filename or "").name
    return {
        lang: say("batch.unreadable", lang, file=file, reason=system_reason(error, lang))
        for lang in LANGUAGES
    }


def _task(name: str, order: Order, drafts: Path) -> Task:
    return Task(
        dossier=name,
        root=str(order.root),
        drafts=str(drafts),
        lang=order.lang,
        papers=order.papers,
        engine=order.engine,
        settings=order.settings or {},
    )


def _taken(job: Job, made: Made, order: Order) -> tuple[Status, int, Mapping[str, str]]:
    """Publish what was made and say so in the manifest; a failure leaves what was published before."""
    reports, name = job.dossier.reports, job.dossier.called
    try:
        if made.status == "failed":
            note_failure(reports, name, made.remark)
            return "failed", 0, made.remark
        outputs = publish_drafts(Path(made.folder), made.outputs, reports)
        fingerprint = combined(job.inputs, made.register, job.settings)
        papers, remark = order.papers, dict(made.remark)
        status: Status = "partial" if made.status == "partial" else "made"
        write_manifest(
            Manifest(name, status, fingerprint, papers, remark, job.inputs, outputs), reports
        )
    except KsdError as error:
        return "failed", 0, sentences(error)
    return status, len(outputs), remark


def exit_code(done: Collection[Done]) -> int:
    """0 when everything asked for is there, 1 when nothing could be made, 2 when some of it could."""
    if any(one.status in {"failed", "partial"} for one in done):
        return 1 if all(one.status == "failed" for one in done) else PARTIAL
    return 0


def summary(done: Collection[Done], lang: str) -> str:
    """How many were made, left and failed, as a sentence."""
    names: tuple[Status, ...] = ("made", "partial", "unchanged", "failed")
    counts = {name: sum(one.status == name for one in done) for name in names}
    return say("batch.summary", lang, total=len(done), **counts)


def told(one: Done, lang: str) -> str:
    """What became of one dossier, as a line."""
    state = say(f"batch.state_{one.status}", lang)
    remark = one.remark.get(lang) or one.remark.get(LANGUAGES[0], "")
    return f"{one.dossier}: {state}" + (f": {remark}" if remark else "")
