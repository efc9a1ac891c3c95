"""Write the preparation pack: the dossier's schedule, the page on it, and the letters and lists that go out first."""

from dataclasses import dataclass
from pathlib import Path

from ksd_toolkit.answers.preparation import Preparation, prepare
from ksd_toolkit.answers.schedule import SCHEDULE_FILE, schedule_text
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.remembering import remembering
from ksd_toolkit.runs.formal_papers import write_preparation_papers
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.notebooks import checked, execute, notebook_bytes
from ksd_toolkit.runs.papers import PREPARATION, Paper, kept_notebook, publish
from ksd_toolkit.runs.stamp_file import renew_stamp


@dataclass(frozen=True, slots=True)
class Pack:
    """What was made: the papers of both editions, and the schedule where the dossier had none."""

    preparation: Preparation
    schedule: Path | None
    folder: Path
    files: tuple[Path, ...]


@remembering()
def write_pack(dossier: Dossier, folder: Path | None = None, start: str = "") -> Pack:
    """Write `jadwal.csv` where there is none, the preparation page, invitation, schedule and list of PPKSD.

    Where a run left its stamp in the folder, the stamp is renewed.

    Args:
        dossier: Region and period; answers may be missing altogether.
        folder: Where the papers go; the dossier's own report folder when not given.
        start: The first day of the schedule, `2026-01-05`; the dossier's own when empty.

    Raises:
        InputError: The start is no date, or `jadwal.csv` or the theme file cannot be used.
        RunError: The notebook failed, a template is not well formed, or the stamp cannot be read.
    """
    target = folder or dossier.reports
    preparation = prepare(dossier, start)
    written = _write_schedule(dossier)
    if written is not None:
        preparation = prepare(dossier, start)  # the stamp names the file it came from
    files = [path for paper in PREPARATION for path in _make(paper, preparation, target, start)]
    files += write_preparation_papers(preparation, target)
    notebooks = [kept_notebook(paper, target) for paper in PREPARATION]
    renew_stamp(target, [*notebooks, *files], (preparation.stamp,))
    return Pack(preparation, written, target, tuple(files))


def _write_schedule(dossier: Dossier) -> Path | None:
    """The shipped schedule as the dossier's own, unless it has one."""
    path = dossier.folder / SCHEDULE_FILE
    if path.is_file():
        return None
    replace_file(path, schedule_text().encode())
    return path


def _make(paper: Paper, preparation: Preparation, target: Path, start: str) -> list[Path]:
    """Execute the notebook of one edition, keep it, and write its paper."""
    dossier = preparation.dossier
    path = notebook_path(paper.notebook, dossier)
    asked = {"dossier": dossier.name, "lang": dossier.lang, "edition": paper.edition}
    notebook = execute(path, checked(path, {**asked, "start": start}), dossier)
    replace_file(kept_notebook(paper, target), notebook_bytes(notebook))
    return list(publish(paper, dossier, preparation.stamp, target).files)
