"""Make everything of many dossiers: skip what has not changed, publish what is whole, go on where one fails."""

import os
import shutil
import time
from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.spoken import Spoken
from ksd_toolkit.project import period_of
from ksd_toolkit.publishing.period_index import json_file
from ksd_toolkit.runs.batch.crew import Crew
from ksd_toolkit.runs.batch.drafts import drafts_of, note_failure, publish_drafts
from ksd_toolkit.runs.batch.gathering import Work, gather, is_gathered, says_otherwise
from ksd_toolkit.runs.batch.lock import locked
from ksd_toolkit.runs.batch.manifest import Manifest, read_manifest, write_manifest
from ksd_toolkit.runs.batch.order import Batch, Done, Order, Status, Watch
from ksd_toolkit.runs.batch.planning import Job, check_order, done_of, to_make
from ksd_toolkit.runs.batch.task import Made, Task, sentences
from ksd_toolkit.runs.indexing import indexed, write_index


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
        RunError: A paper, a parameter or the engine is unknown, the folder of drafts cannot be made, or the
            index not be written.
    """
    check_order(order)
    with locked(order.root, order.periods):
        drafts = drafts_of(order.root, order.periods)
        crew = Crew(order.workers or _cores())
        try:
            done = _worked(order, drafts, watch or Watch(), work or crew.work)
        finally:
            crew.close()
            shutil.rmtree(drafts, ignore_errors=True)
        _list_all(order, done)
    said = {one.dossier: one.said for one in done if one.said}
    return Batch(tuple(done), tuple(says_otherwise(order.root, said)))


def _worked(order: Order, drafts: Path, watch: Watch, work: Work) -> list[Done]:
    """What became of each dossier, in the order asked for."""
    start = time.monotonic()
    done: dict[str, Done] = {}

    def tell(one: Done) -> None:
        done[one.dossier] = replace(one, seconds=round(time.monotonic() - start, 3))
        watch.done(done[one.dossier])

    _hear(order, drafts, watch, work)
    jobs = dict(to_make(order, tell))
    with closing(work(_task(name, order, drafts) for name in jobs)) as outcomes:
        for task, made in outcomes:
            tell(_taken(task.dossier, jobs[task.dossier], made, order))
    return [done[name] for name in order.dossiers]


def _hear(order: Order, drafts: Path, watch: Watch, work: Work) -> None:
    """Gather what the regions of each period say, where nothing was gathered or it is asked for."""
    for period in sorted(order.periods):
        if order.hear_again or not is_gathered(order.root, period):
            names = [name for name in order.dossiers if period_of(name) == period]
            tasks = [_task(name, order, drafts) for name in names]
            gather(order.root, period, tasks, work, watch.heard)


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


def _task(name: str, order: Order, drafts: Path) -> Task:
    return Task(
        dossier=name,
        root=str(order.root),
        drafts=str(drafts),
        lang=order.lang,
        papers=order.papers,
        engine=order.engine,
        settings=order.settings or {},
        seconds=order.seconds,
    )


def _taken(name: str, job: Job, made: Made, order: Order) -> Done:
    """Publish what was made and say so in the manifest; a failure leaves what was published before."""
    reports = job.dossier.reports
    try:
        if made.status == "failed":
            note_failure(reports, job.dossier.called, made.remark)
            return Done(name, "failed", remark=made.remark)
        fingerprint, before = job.fingerprint(made.register), read_manifest(reports)
        papers = set(order.papers)
        if papers and before and before.fingerprint == fingerprint:
            papers.update(before.papers)  # those were made of the very same
        status: Status = "partial" if made.status == "partial" else "made"
        manifest = Manifest(
            dossier=job.dossier.called,
            status=status,
            fingerprint=fingerprint,
            papers=tuple(sorted(papers)),
            remark=dict(made.remark),
            inputs=job.inputs,
            outputs=publish_drafts(
                Path(made.folder), made.outputs, reports, whole=not order.papers
            ),
            said=Spoken.from_json(made.said).sha256 if made.said else "",
            warnings=made.warnings,
        )
        write_manifest(manifest, reports)
    except KsdError as error:
        return Done(name, "failed", remark=sentences(error))
    return done_of(name, status, manifest)
