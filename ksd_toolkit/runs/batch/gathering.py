"""Before papers are made: take in every region's answers and gather what they say, so that all hear the same."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from pathlib import Path

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.gathered import gathered_bytes, gathered_file, read_gathered
from ksd_toolkit.matching.spoken import Spoken, spoken_of
from ksd_toolkit.project import dossier_names, period_of
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.register import kept_register
from ksd_toolkit.runs.batch.task import Made, Task

Work = Callable[[Iterable[Task]], Generator[tuple[Task, Made], None, None]]
"""Whatever makes tasks: processes of this machine, or a cluster."""


def gather(
    root: Path, period: str, tasks: Collection[Task], work: Work, on_heard: Callable[[str], None]
) -> None:
    """Write what the regions of a project say in a period.

    Regions of the period that are not among the tasks, or that say nothing in it, are heard as far as they
    were taken in before.

    Args:
        root: The project folder.
        period: Of which period.
        tasks: The dossiers whose answers are taken in, as tasks that make papers.
        work: What makes tasks.
        on_heard: Called with the name of each dossier once it was heard.

    Raises:
        RunError: The file cannot be written.
    """
    listening = [_listening(task) for task in tasks if task.dossier.partition("@")[2] == ""]
    heard: dict[str, Spoken] = {}
    failed: list[str] = []
    for task, made in work(listening):
        if made.said is not None:
            spoken = Spoken.from_json(made.said)
            heard[spoken.code] = spoken
        elif made.status == "failed" and not _opens(task.dossier, root):
            failed.append(task.dossier)
        on_heard(task.dossier)
    for spoken in _kept(root, period, {one.dossier.partition("/")[0] for one in heard.values()}):
        heard.setdefault(spoken.code, spoken)
    replace_file(gathered_file(root, period), gathered_bytes(heard.values(), failed))


def is_gathered(root: Path, period: str) -> bool:
    """Whether what the regions of a period say is there."""
    return gathered_file(root, period).is_file()


def says_otherwise(root: Path, said: Mapping[str, str]) -> list[str]:
    """The dossiers that say something else by now than what was gathered.

    Args:
        root: The project folder.
        said: The fingerprint of what each dossier says now.

    Raises:
        RunError: What was gathered cannot be read.
    """
    known: dict[str, str] = {}
    for period in sorted({period_of(name) for name in said}):
        gathered = read_gathered(root, period)
        known |= {one.dossier: one.sha256 for one in gathered.spoken} if gathered else {}
    return sorted(name for name, sha in said.items() if known.get(name.partition("@")[0]) != sha)


def _listening(task: Task) -> Task:
    return Task(task.dossier, task.root, task.drafts, listens=True)


def _opens(name: str, root: Path) -> bool:
    try:
        open_dossier(name, home=root)
    except KsdError:
        return False
    return True


def _kept(root: Path, period: str, heard: Collection[str]) -> Iterator[Spoken]:
    """What the registers of the other regions say, each in its newest period that is not after this one."""
    regions = set(heard)
    for name in sorted(dossier_names(root), reverse=True):
        region, _, when = name.partition("/")
        if when > period or region in regions:
            continue
        try:
            register = kept_register(open_dossier(name, home=root))
        except KsdError:
            continue
        if register is not None:
            regions.add(region)
            yield spoken_of(register)
