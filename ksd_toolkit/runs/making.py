"""One run's work: which papers are wanted, where they go, and how each comes about."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from nbformat import NotebookNode

from ksd_toolkit.agreements import agreements
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.publishing.agreement_register import agreement_workbook
from ksd_toolkit.publishing.calendar_file import calendar_bytes
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.register import Intake
from ksd_toolkit.rollup import SUMMARY_FILE, summary_file
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.look import look_of
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.notebooks import execute, notebook_bytes
from ksd_toolkit.runs.papers import INTERNAL, PAPERS, Paper, Published, kept_notebook, publish
from ksd_toolkit.runs.partner_sheets import partner_sheets
from ksd_toolkit.runs.ranking_sheet import ranking_workbooks
from ksd_toolkit.runs.returning import return_workbooks
from ksd_toolkit.runs.stamp_file import PRINTED_DIGITS, STAMP_FILE, sha_of, told_stamp
from ksd_toolkit.runs.verifying import stamps_of
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.stamp import Stamp

Parameters = Mapping[Paper, Mapping[str, object]]
"""What is injected into the notebook of each paper."""
RANKING: Final = "ranking"
AGREEMENTS: Final = "register-naskah"
CALENDAR: Final = "pengingat"
BESIDE: Final = (RANKING, AGREEMENTS, CALENDAR)
"""What a run makes beside papers: workbooks of these names, and a calendar of what falls due."""


@dataclass(frozen=True, slots=True)
class Work:
    """Where the papers go, which are wanted (all when `only` is empty), what runs their notebooks."""

    target: Path
    only: frozenset[str]
    engine: str
    on_step: Callable[[str], None]

    def wants(self, name: str) -> bool:
        """Whether a paper or workbook is wanted."""
        return not self.only or name in self.only

    def notebook_papers(
        self, papers: Collection[Paper], parameters: Parameters, stamp: Stamp, case: Case
    ) -> list[Published]:
        """Execute the notebooks of those wanted, then keep each and write its paper where it has one.

        All are executed before the first page is set: a process that sets pages no longer forks.

        Raises:
            RunError: A notebook failed, or a paper cannot be written; of a failed notebook nothing is written.
        """
        chosen = [paper for paper in papers if self.wants(paper.paper)]
        executed = {paper: self._executed(paper, parameters[paper], case) for paper in chosen}
        return [self._published(paper, executed[paper], stamp, case) for paper in chosen]

    def _executed(self, paper: Paper, parameters: Mapping[str, object], case: Case) -> NotebookNode:
        dossier, name = case.dossier, " ".join(filter(None, (paper.notebook, paper.edition)))
        self.on_step(say("step.notebook", dossier.lang, name=name))
        return execute(notebook_path(paper.notebook, dossier), parameters, dossier, self.engine)

    def _published(
        self, paper: Paper, notebook: NotebookNode, stamp: Stamp, case: Case
    ) -> Published:
        self.on_step(say("step.paper", case.lang, name=paper.paper))
        kept = kept_notebook(paper, self.target)
        replace_file(kept, notebook_bytes(notebook))
        if not paper.paper:
            return Published((kept,))
        published = publish(paper, case.dossier, stamp, self.target, case)
        return replace(published, files=(kept, *published.files))

    def tables(self, ranking: Ranking, intake: Intake) -> list[Path]:
        """Workbooks and calendar, and every problem as a table and as a page with marked copies."""
        written: list[Path] = []
        register = ranking.register
        if self.wants(RANKING):
            places = [self.target / f"{RANKING}.xlsx", self.target / INTERNAL / f"{RANKING}.xlsx"]
            books = ranking_workbooks(ranking, partner_sheets(ranking))
            written += self._put(dict(zip(places, books, strict=True)))
        if self.wants(AGREEMENTS):
            book = agreement_workbook(register, register.lang)  # as it was brought, persons and all
            written += self._put({self.target / INTERNAL / f"{AGREEMENTS}.xlsx": book})
        if self.wants(CALENDAR):
            region = register.dossier.name.partition("/")[0]
            calendar = calendar_bytes(agreements(register), region, register.lang)
            written += self._put({self.target / f"{CALENDAR}.ics": calendar})
        returned = return_workbooks(register.dossier, intake, self.target)
        return [*written, returned.table, returned.report]

    def summary(self, case: Case) -> Path:
        """What a roll-up of many regions reads of this one; that of an earlier run of the very same data stays."""
        path = self.target / SUMMARY_FILE
        told = self._kept(case.stamp.to_json()).get(SUMMARY_FILE)
        if told is not None and sha_of(path) == told:
            return path
        content = summary_file(case.register, case.ranking, case.stamp)
        return self._put({path: content})[0]

    def _put(self, contents: Mapping[Path, bytes]) -> list[Path]:
        for path, content in contents.items():
            replace_file(path, content)
        return list(contents)

    def stamp(self, case: Case, written: Collection[Path]) -> Path:
        """`stamp.json`: what the papers were made from, what shaped them, and the fingerprint of each.

        Where only some papers were wanted, those an earlier run made of the very same data stay listed.
        """
        outputs = {
            path.relative_to(self.target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(written)
        }
        stamp, printed = case.stamp.to_json(), {one.data_sha256 for one in stamps_of(case)}
        facts: dict[str, Any] = {
            "stamp": stamp,
            "printed": sorted({one[:PRINTED_DIGITS] for one in printed}),
            "look": look_of(case.dossier),
            "outputs": self._kept(stamp) | outputs,
        }
        path = self.target / STAMP_FILE
        text = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True)
        replace_file(path, (text + "\n").encode())
        return path

    def _kept(self, stamp: Mapping[str, Any]) -> dict[str, str]:
        """Papers that were not asked for now, of the same data, and are still there."""
        if not self.only:
            return {}
        try:
            told = told_stamp(self.target)
        except RunError:  # what cannot be read lists nothing
            return {}
        if told.get("stamp") != json.loads(json.dumps(stamp)):
            return {}
        return {
            name: sha for name, sha in told["outputs"].items() if (self.target / name).is_file()
        }


def wanted(only: Collection[str]) -> frozenset[str]:
    """The names of the papers asked for.

    Raises:
        RunError: There is no such paper; every paper there is, is named.
    """
    known = [paper.paper for paper in PAPERS if paper.paper]
    known += [*(paper.name for paper in FORMAL_PAPERS), *BESIDE]
    strange = sorted(set(only) - set(known))
    if strange:
        listed = ", ".join(dict.fromkeys(known))
        raise RunError("run.unknown_paper", name=", ".join(strange), known=listed)
    return frozenset(only)
