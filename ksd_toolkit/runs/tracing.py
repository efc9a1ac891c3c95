"""Trace a printed figure back to its computation, the usulan it tells of and the cells they rest on.

Where nobody said what a figure was computed from, the call that printed it, the usulan and rows named
beside it and the files behind the paper are told: an answer is never "unknown".
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ksd_toolkit.document import Document, Origin
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import Meaning, meaning_of
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.remembering import remembering
from ksd_toolkit.runs.present_case import present_case
from ksd_toolkit.runs.traced_cells import Cell, CellIndex
from ksd_toolkit.runs.traced_report import TracedPaper, find_report, traced_paper
from ksd_toolkit.runs.verifying import report_differences
from ksd_toolkit.stamp import Source, Stamp

_DIGITS: Final = re.compile(r"\D")  # 1697,22 and 1.697,22 are meant alike
_NEAR: Final = 5
_LIKE: Final = 0.75
_RULES: Final = frozenset({"aturan", "cap", "lembar", "sosialisasi", "tema", "gerbang"})
"""What rules, forms, templates and the theme say: no office filled it into a cell."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a figure rests on.

    `origin` is what its block says it was computed from, or what its column shows; may be empty.
    `maker` is the call or the template that printed it. `counted` are the things counted. `cells` are the
    answers behind it, `decided` the place in the plenary's record. `sources` are the files behind the
    whole paper. `explained` is false where only what printed the figure is known: never so for what an author
    wrote into a notebook or a template.
    """

    figure: PrintedFigure
    origin: str
    computation: str
    maker: str
    usulan: tuple[str, ...]
    counted: tuple[str, ...]
    cells: tuple[Cell, ...]
    decided: str
    sources: tuple[Source, ...]
    explained: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """The traces of what was asked, and what of the report no longer fits the present data."""

    traces: tuple[Trace, ...]
    differences: tuple[str, ...]
    lang: str


@remembering()
def trace_figure(asked: str, figure: str, dossier: str = "", lang: str = "") -> Answer:
    """Trace a figure of a report.

    Args:
        asked: The report: a file below `reports/`, or the name of a paper with `dossier` beside it.
        figure: An id (`T2.5.3`), or a number as it is printed (`74,50`).
        dossier: Whose the report is.
        lang: Language of the answer; the paper's own when empty.

    Raises:
        RunError: There is no such report or figure.
        InputError: The dossier cannot be read.
    """
    report = find_report(asked, dossier, lang)
    case = present_case(report.dossier, internal=report.internal)
    paper = traced_paper(report, case)
    found = [one for one in figures_of(paper.document) if is_meant(one, figure)]
    if not found:
        raise no_such_figure(figures_of(paper.document), figure, report.name)
    if paper.agreed and case.outcome is not None:
        case = replace(case, ranking=case.outcome.agreed)
    evidence, index = Evidence.of(case), CellIndex.over(case.register, case.ranking)
    alone = (
        len(found) == 1
    )  # of several only the places are read; asked again by id, one is explained
    traces = tuple(trace_of(one, paper, evidence, index, explained=alone) for one in found)
    return Answer(traces, report_differences(report.folder, case.stamp, case.lang), case.lang)


def no_such_figure(figures: Iterable[PrintedFigure], asked: str, report: str) -> RunError:
    """That no figure has this id or number, with those that were probably meant."""
    printed = [text for one in figures for text in (one.id, *one.numbers)]
    digits = "" if any(map(str.isalpha, asked)) else _DIGITS.sub("", asked)
    meant = [text for text in printed if digits and _DIGITS.sub("", text) == digits]
    meant += difflib.get_close_matches(asked, printed, n=_NEAR, cutoff=_LIKE)
    near = ", ".join(list(dict.fromkeys(meant))[:_NEAR])
    if near:
        return RunError("trace.near_figure", figure=asked, report=report, near=near)
    return RunError("trace.no_figure", figure=asked, report=report)


def is_meant(figure: PrintedFigure, asked: str) -> bool:
    """Whether a figure has this id, or prints this number."""
    wanted = " ".join(asked.split())
    printed = (figure.text, *figure.numbers)
    return figure.id.casefold() == wanted.casefold() or any(
        " ".join(text.split()) in {wanted, f"{wanted} %"} or text.rstrip("%\u00a0") == wanted
        for text in printed
    )


def trace_all(paper: TracedPaper, evidence: Evidence, index: CellIndex) -> Iterator[Trace]:
    """The trace of every figure of a paper, shortly: `trace_of` also explains the usulan named beside one."""
    for figure in figures_of(paper.document):
        yield trace_of(figure, paper, evidence, index, explained=False)


def trace_of(
    figure: PrintedFigure,
    paper: TracedPaper,
    evidence: Evidence,
    index: CellIndex,
    *,
    explained: bool = True,
) -> Trace:
    """The trace of one figure.

    Args:
        figure: One of `figures_of(paper.document)`.
        paper: The paper that prints it.
        evidence: What it is traced in.
        index: The cells of the same register.
        explained: Whether an usulan beside a figure nobody named a measure of is explained, too.
    """
    meaning = meaning_of(figure, paper.document, evidence.known)
    origin = Origin(meaning.measure, meaning.subject)
    found = computation_of(figure, meaning, evidence)
    maker = paper.makers[figure.block] if figure.block >= 0 else ""
    written = found is None and figure.id in paper.written
    told = found or _otherwise(figure, maker, paper.document, evidence, written=written)
    if found is None and explained:
        why = [evidence.explain(one) for one in meaning.usulan[:1]]
        told = Computation(" ".join(filter(None, (told.sentence, *why))))
    return Trace(
        figure=figure,
        origin=str(origin) if meaning.measure else "",
        computation=told.sentence,
        maker=maker,
        usulan=meaning.usulan,
        counted=told.counted,
        cells=_cells(meaning, told, index),
        decided=told.decided,
        sources=_stamp(evidence).sources,
        explained=found is not None or written or not maker,
    )


def _stamp(evidence: Evidence) -> Stamp:
    """What the papers of today are made from."""
    if evidence.outcome is not None:
        return evidence.outcome.stamp
    return evidence.register.stamp


def _otherwise(
    figure: PrintedFigure,
    maker: str,
    document: Document,
    evidence: Evidence,
    *,
    written: bool = False,
) -> Computation:
    """What can be said of a figure whose measure nobody named: what printed it, or who wrote it."""
    facts = {"place": figure.place, "maker": maker, "title": document.title}
    code = "trace.in_template" if written else "trace.made_by" if maker else "trace.written"
    return Computation(say(code, evidence.lang, **facts, value=figure.text))


def _cells(meaning: Meaning, told: Computation, index: CellIndex) -> tuple[Cell, ...]:
    """The cells of the usulan it tells of, of what was counted, else of the rows named beside it."""
    if told.behind:
        return index.answers(told.behind, told.criteria)
    if told.cells:
        return index.single(told.cells) + index.rows(told.rows, told.questions)
    if told.rows or told.questions:  # nothing was counted, so nothing is behind it
        return index.rows(told.rows, told.questions)
    if told.counted:
        return index.titles(told.counted)
    return () if meaning.subject.partition("/")[0] in _RULES else _beside(meaning, told, index)


def _beside(meaning: Meaning, told: Computation, index: CellIndex) -> tuple[Cell, ...]:
    """The cells of the usulan a figure tells of, else of the rows named beside it."""
    kind, _, question = meaning.measure.partition(":")
    if kind == "answer" and (cells := index.answer(meaning.usulan, question)):
        return cells
    if meaning.usulan:
        cells = index.answers(meaning.usulan, told.criteria)
        return cells or index.titles(meaning.usulan)
    table, _, name = meaning.subject.partition("/")
    if table == "usulan" and name not in {"", "*"}:
        return ()  # an usulan of another period: none of these cells is about it
    if name == "*" and (heads := index.heads(table)):
        return heads
    named = (name, *meaning.words)
    found = index.rows(index.rows_named(named))
    return found + index.indicators(named)
