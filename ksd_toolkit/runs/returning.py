"""Send every office its answer: the page of all problems, and each workbook with its problems marked."""

import hashlib
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem
from ksd_toolkit.messages import count, say
from ksd_toolkit.publishing.annotated_workbook import MarkedFile, annotated_workbook
from ksd_toolkit.publishing.corrections_sheet import ORDER
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.problem_report import FileReport, ProblemReport, problem_page
from ksd_toolkit.publishing.problem_table import problems_csv
from ksd_toolkit.publishing.workbook_copy import BROKEN_WORKBOOK, MAX_CELLS, TooLargeError
from ksd_toolkit.questionnaire import fingerprint
from ksd_toolkit.questionnaire.gate import refuse
from ksd_toolkit.questionnaire.reading import TKKSD
from ksd_toolkit.register import Intake
from ksd_toolkit.register.ingest import FileOutcome
from ksd_toolkit.stamp import Source, Stamp

REPORT_FILE: Final = "masalah.html"
TABLE_FILE: Final = "masalah.csv"
RETURN_FOLDER: Final = "internal/kembalikan"
_IDENTIFIER: Final = re.compile(rb"<dc:identifier[^>]*>([0-9a-f]{64})</dc:identifier>")
_TO_MEND: Final = frozenset({"error", "warning"})


@dataclass(frozen=True, slots=True)
class Returned:
    """The page and the table of all problems, and the marked copies to mail back."""

    report: Path
    table: Path
    files: tuple[Path, ...]


def return_workbooks(dossier: Dossier, intake: Intake, folder: Path | None = None) -> Returned:
    """Write the page of all problems, and a marked copy of each file with an error or a warning.

    A copy that still says what it said is left alone; one whose file is now clean, or gone, is
    removed. A file that is not used gets no copy, nor does a table of the secretariat's own, and
    the page says so.

    Args:
        dossier: Whose files they are.
        intake: What was found in them.
        folder: The report folder; the dossier's own when not given.
    """
    target = folder or dossier.reports
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in intake.problems:
        found[problem.where.file].append(problem)
    known = {outcome.file for outcome in intake.files}
    reports: list[FileReport] = []
    copies: dict[Path, str] = {}
    for outcome in intake.files:
        problems = tuple(found[outcome.file])
        remark = ""
        if _needs_copy(outcome, problems) and _is_own_table(dossier, outcome):
            remark = say("returning.own_table", dossier.lang)
        elif _needs_copy(outcome, problems):
            copy = _copy_path(target, outcome.file, copies)
            remark = _write_copy(dossier, outcome, problems, copy)
            if not remark:
                copies[copy] = outcome.file
        elif outcome.outcome == "refused":
            remark = say("returning.refused", dossier.lang)
        reports.append(_file_report(dossier, outcome, problems, remark))
    _remove_stale(target / RETURN_FOLDER, set(copies))
    reports.sort(key=lambda file: (_gravest(file.problems), file.office, file.file))
    rest = tuple(p for name, held in found.items() if name not in known for p in held)
    page = ProblemReport(dossier, _stamp(dossier, intake), tuple(reports), rest, len(copies))
    replace_file(target / REPORT_FILE, problem_page(page).encode())
    replace_file(target / TABLE_FILE, problems_csv(intake.problems, dossier.lang))
    return Returned(target / REPORT_FILE, target / TABLE_FILE, tuple(sorted(copies)))


def _gravest(problems: tuple[Problem, ...]) -> int:
    """0 for a file with an error, 1 with a warning at most, and so on; files without any come last."""
    return min((ORDER[problem.severity] for problem in problems), default=len(ORDER))


def _needs_copy(outcome: FileOutcome, problems: tuple[Problem, ...]) -> bool:
    return outcome.outcome != "refused" and any(p.severity in _TO_MEND for p in problems)


def _is_own_table(dossier: Dossier, outcome: FileOutcome) -> bool:
    """Whether it is a table the secretariat keeps in the dossier, with nobody to send it to."""
    path = outcome.path or dossier.folder / outcome.file
    return path.parent == dossier.folder and path != dossier.tkksd_workbook


def _copy_path(target: Path, file: str, taken: dict[Path, str]) -> Path:
    """`internal/kembalikan/<name>.xlsx`; two files of one name get a number."""
    folder, name = target / RETURN_FOLDER, Path(file)
    stem = name.stem if name.suffix.casefold() in {".xlsx", ".xlsm"} else name.name
    path, number = folder / f"{stem}.xlsx", 1
    while path in taken:
        number += 1
        path = folder / f"{stem} ({number}).xlsx"
    return path


def _write_copy(
    dossier: Dossier, outcome: FileOutcome, problems: tuple[Problem, ...], copy: Path
) -> str:
    """Write one marked copy; or the sentence that says why there is none."""
    path, lang = outcome.path or dossier.folder / outcome.file, dossier.lang
    if not path.is_file():
        return say("returning.not_copied", lang)
    mark = _fingerprint(dossier, path, problems)
    if _identifier(copy) == mark:
        return ""
    office = _office(dossier, outcome)
    is_workbook = refuse(path, outcome.file) is None and _is_excel(path)
    try:
        content = annotated_workbook(MarkedFile(dossier, path, office, problems, is_workbook, mark))
    except TooLargeError:
        return say("returning.too_large", lang, limit=count(MAX_CELLS, lang))
    except BROKEN_WORKBOOK:  # the problems are told all the same
        return say("returning.not_copied", lang)
    replace_file(copy, content)
    return ""


def _is_excel(path: Path) -> bool:
    """Whether the archive is an Excel workbook and not, say, an OpenDocument one."""
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" in {name.casefold() for name in archive.namelist()}


def _fingerprint(dossier: Dossier, path: Path, problems: tuple[Problem, ...]) -> str:
    """What the copy depends on; the same fingerprint means the same bytes."""
    sentences = (f"{p.severity} {p.code} {p.sentence(dossier.lang)}" for p in problems)
    facts = (
        version("ksd-toolkit"), fingerprint(path), dossier.name, dossier.lang,
        str(dossier.tanggal_acuan), str(dossier.issuer), str(dossier.simulated),
    )  # fmt: skip
    return hashlib.sha256("\n".join((*facts, *sentences)).encode()).hexdigest()


def _identifier(copy: Path) -> str:
    """The fingerprint an earlier copy carries; nothing where there is none."""
    try:
        with zipfile.ZipFile(copy) as archive:
            match = _IDENTIFIER.search(archive.read("docProps/core.xml"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return ""
    return match[1].decode() if match else ""


def _remove_stale(folder: Path, current: set[Path]) -> None:
    for path in set(folder.glob("*.xlsx")) - current:
        path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _office(dossier: Dossier, outcome: FileOutcome) -> str:
    """The sender by name; nothing where the file has none (a table of the dossier, a refused file)."""
    if outcome.sender in dossier.offices.index:
        return str(dossier.offices.loc[outcome.sender, "opd_nama"])
    return outcome.sender if outcome.sender == TKKSD else ""


def _file_report(
    dossier: Dossier, outcome: FileOutcome, problems: tuple[Problem, ...], remark: str
) -> FileReport:
    return FileReport(
        outcome.file,
        _office(dossier, outcome),
        outcome.balance,
        problems,
        refused=outcome.outcome == "refused",
        remark=remark,
    )


def _stamp(dossier: Dossier, intake: Intake) -> Stamp:
    """What the page was made from: every file that is there, with its fingerprint."""
    sources = tuple(
        Source(outcome.file, fingerprint(path), outcome.balance.read)
        for outcome in intake.files
        if (path := outcome.path or dossier.folder / outcome.file).is_file()
    )
    return Stamp(
        dossier.name, dossier.tanggal_acuan, dossier.lang, dossier.simulated, sources=sources
    )
