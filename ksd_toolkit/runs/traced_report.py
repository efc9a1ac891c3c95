"""Find the report a question is about: whose it is, which run made it, and its paper as blocks."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.display.shown import MIME, blocks_of_bundle
from ksd_toolkit.document import Block, Document, Paragraph
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.project import find_home
from ksd_toolkit.publishing.notebook_reading import read_document
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.papers import INTERNAL, PAPERS, front_matter, kept_notebook
from ksd_toolkit.runs.stamp_file import STAMP_FILE
from ksd_toolkit.runs.template_words import figures_of_template
from ksd_toolkit.scoring.scenario import FOLDER

_REPORTS: Final = "reports"


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A report of a dossier: `name` is its paper, `folder` the run it is part of."""

    dossier: Dossier
    folder: Path
    name: str
    internal: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TracedPaper:
    """A paper as blocks, and for each block the call or the template that made it.

    `agreed` says that its points are those by the weights the plenary agreed on. `written` are the ids of
    the figures that stand in the words of its template as they are.
    """

    document: Document
    makers: tuple[str, ...]
    agreed: bool = False
    written: frozenset[str] = frozenset()


def find_report(asked: str, dossier: str = "", lang: str = "") -> Report:
    """The report called `asked`: a file below `reports/`, or the name of a paper of a dossier.

    Args:
        asked: `reports/hulu-sungai-selatan/2026/policy-brief.pdf`, or `policy-brief`.
        dossier: Whose paper it is; needed unless the file lies in the dossier's own folder.
        lang: Language of a paper that is asked for by name.

    Raises:
        RunError: There is no such file, or nobody can tell whose it is.
    """
    path = Path(asked)
    internal = INTERNAL in path.parent.parts
    if not path.is_file():
        if not dossier:
            raise RunError("trace.no_report", report=asked)
        opened = open_dossier(dossier, lang=lang)
        return Report(opened, opened.reports, path.stem or asked, internal)
    folder = path.resolve().parent
    folder = folder.parent if folder.name == INTERNAL else folder
    name, own = dossier_of_folder(folder)
    if not (dossier or name):
        raise RunError("trace.whose", report=asked)
    home = None if dossier else home_of(folder)
    return Report(
        open_dossier(dossier or name, lang=lang or own, home=home), folder, path.stem, internal
    )


def dossier_of_folder(folder: Path) -> tuple[str, str]:
    """Dossier and language of a folder `reports/<region>/<period>[/scenarios/<name>][/<lang>]`; empty where it is none."""
    parts = folder.parts
    lang = parts[-1] if parts[-1] in LANGUAGES else ""
    parts = parts[:-1] if lang else parts
    scenario = f"@{parts[-1]}" if parts[-2:-1] == (FOLDER,) else ""
    parts = parts[:-2] if scenario else parts
    if len(parts) < 3 or parts[-3] != _REPORTS:  # noqa: PLR2004  reports, region, period
        return "", lang
    return f"{parts[-2]}/{parts[-1]}{scenario}", lang


def home_of(folder: Path) -> Path:
    """The project a folder of reports belongs to: the one it lies in, else the one around here."""
    for parent in folder.parents:
        if parent.name == _REPORTS and (parent.parent / "data").is_dir():
            return parent.parent
    return find_home()


def traced_paper(report: Report, case: Case) -> TracedPaper:
    """The paper of a report: from its executed notebook, or its template filled anew.

    Raises:
        RunError: There is no such paper, or its notebook has not been run.
    """
    front = front_matter(report.dossier, case.stamp, case.theme, internal=report.internal)
    for paper in PAPERS:
        if paper.paper == report.name and (paper.edition == INTERNAL) == report.internal:
            kept = kept_notebook(paper, report.folder)
            if not kept.is_file():
                raise not_made(report.dossier, report.folder) or RunError(
                    "run.not_run_yet", name=paper.notebook
                )
            document = read_document(kept, front)
            made = calls_of(kept)
            return TracedPaper(
                document, tuple(made.get(plain_block(b), "") for b in document.blocks)
            )
    formal = next((paper for paper in FORMAL_PAPERS if paper.name == report.name), None)
    if formal is None:
        known = [p.paper for p in PAPERS if p.paper] + [p.name for p in FORMAL_PAPERS]
        raise RunError("trace.no_paper", report=report.name, known=", ".join(dict.fromkeys(known)))
    if (formal.ranked and case.ranking is None) or (formal.plenary and case.outcome is None):
        raise RunError("trace.not_yet", report=report.name)
    template = read_template(formal.name, report.dossier)
    facts = formal.facts(replace(case, edition=formal.edition))
    document = fill(template, facts, front)
    makers = (template.file,) * len(document.blocks)
    written = figures_of_template(template, facts, front, document)
    return TracedPaper(document, makers, formal.plenary, written)


def not_made(dossier: Dossier, folder: Path) -> RunError | None:
    """That the papers of a dossier are there in another language only; None where that is not so."""
    made = [
        lang for lang in LANGUAGES if (dossier.in_language(lang).reports / STAMP_FILE).is_file()
    ]
    if not made or dossier.lang in made or folder.resolve() != dossier.reports.resolve():
        return None
    facts = {"dossier": dossier.name, "wanted": dossier.lang, "made": made[0]}
    return RunError("trace.other_language", **facts)


def calls_of(notebook: Path) -> dict[Block, str]:
    """Which call printed each block: the last line of its cell."""
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found: dict[Block, str] = {}
    for cell in cells:
        source = "".join(cell["source"]).strip()
        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                for block in blocks_of_bundle(output["data"]):
                    found.setdefault(plain_block(block), source.splitlines()[-1])
    return found


def plain_block(block: Block) -> Block:
    """A block as it was emitted, without what publishing made of it."""
    return replace(block, lead=False) if isinstance(block, Paragraph) else block
