"""Every problem of a period on one page: office by office, the gravest first, each with its remedy.

The page is public. It repeats no personal data, because the problems themselves hold none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from ksd_toolkit.document import (
    Block,
    Callout,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Paragraph,
    Table,
    runs,
)
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import count, date_text, say
from ksd_toolkit.publishing.corrections_sheet import ORDER, trimmed
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.questionnaire import Balance
from ksd_toolkit.stamp import Stamp

_SHOWN: Final = 200  # problems of one severity in one file; the CSV holds all
_NAME_WIDTHS: Final = {"office": 0.2, "file": 0.25}  # of the summary
_FATES: Final = ("read", "accepted", "quarantined", "duplicate", "blank")


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file of the period: its name, who sent it, its rows and what was found in it.

    `remark` says why there is no marked copy of it; empty where there is one or none is needed.
    """

    file: str
    office: str
    balance: Balance
    problems: tuple[Problem, ...]
    refused: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """Everything the page tells. `period` holds the problems that belong to no file."""

    dossier: Dossier
    stamp: Stamp
    files: tuple[FileReport, ...]
    period: tuple[Problem, ...]
    copies: int

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them."""
        return (*self.period, *(problem for file in self.files for problem in file.problems))


def problem_page(report: ProblemReport) -> str:
    """The page as the text of one HTML file."""
    dossier, lang = report.dossier, report.dossier.lang
    return html_text(
        Document(
            title=say("problem_page.title", lang),
            subtitle=say(
                "problem_page.subtitle", lang, region=dossier.region.name, period=dossier.period
            ),
            lang=lang,
            letterhead=Letterhead(dossier.issuer.government, dossier.issuer.unit),
            place_and_date=f"{dossier.issuer.place}, {date_text(dossier.tanggal_acuan, lang)}",
            blocks=tuple(_blocks(report, lang)),
            banner=say("stamp.simulated", lang) if dossier.simulated else "",
            running_foot=report.stamp.line(),
            keywords=("KSD", "TKKSD", dossier.region.name),
        )
    )


def _blocks(report: ProblemReport, lang: str) -> Iterator[Block]:
    yield from _opening(report, lang)
    for file in report.files:
        if file.problems:
            yield Heading(1, runs(file.office or file.file))
            yield Paragraph(runs(_name_and_rows(file, lang)))
            if file.remark:
                title = say("problem_page.no_copy", lang)
                yield Callout(title, (runs(file.remark),), tone="warning")
            yield from _by_severity(file.problems, lang)
    if report.period:
        yield Heading(1, runs(say("problem_page.period", lang)))
        yield from _by_severity([_at_its_file(problem) for problem in report.period], lang)
    yield Heading(1, runs(say("problem_page.summary", lang)))
    yield _summary(report, lang)


def _opening(report: ProblemReport, lang: str) -> Iterator[Block]:
    """How much was found, in words and figures."""
    counts = _counts(report.problems)
    numbers = {name: count(number, lang) for name, number in counts.items()}
    files = count(len(report.files), lang)
    code = "problem_page.lead" if report.problems else "problem_page.lead_none"
    yield Paragraph(runs(say(code, lang, files=files, **numbers)), lead=True)
    held = sum(file.balance.quarantined for file in report.files)
    clean = sum(not file.problems for file in report.files)
    figures = {**numbers, "held": count(held, lang), "clean": count(clean, lang)}
    yield KeyFigures(
        tuple(KeyFigure(text, say(f"problem_page.{name}", lang)) for name, text in figures.items())
    )
    lines = [runs(say("problem_page.nothing_imputed", lang))]
    if report.copies:
        lines.append(runs(say("problem_page.returned", lang, n=count(report.copies, lang))))
    if report.problems:
        yield Paragraph(runs(" ".join(run.text for line in lines for run in line)))


def _name_and_rows(file: FileReport, lang: str) -> str:
    """`kuesioner/x.xlsx - Dibaca 12 · Diterima 11 · ...`; without the name where it is the heading."""
    name = f"{file.file} \u2013 " if file.office else ""
    if file.refused:
        return name + say("problem_page.refused", lang)
    fates = (
        f"{say(f'problem_page.{fate}', lang)} {count(getattr(file.balance, fate), lang)}"
        for fate in _FATES
    )
    return name + " \u00b7 ".join(fates)


def _by_severity(problems: Sequence[Problem], lang: str) -> Iterator[Block]:
    """A table per severity, the gravest first."""
    ordered = sorted(problems, key=lambda problem: ORDER[problem.severity])
    for severity, group in groupby(ordered, key=lambda problem: problem.severity):
        held = list(group)
        facts = {"severity": say(f"severity.{severity}", lang), "n": count(len(held), lang)}
        yield Heading(2, runs(say("problem_page.section", lang, **facts)))
        yield _table(held, lang)


def _table(problems: Sequence[Problem], lang: str) -> Table:
    columns = (
        Column(say("returning.place", lang), width=0.12),
        Column(say("returning.what", lang), width=0.41),
        Column(say("returning.remedy", lang), width=0.32),
        Column(say("returning.code", lang), width=0.15),
    )
    hidden = len(problems) - _SHOWN
    return Table(
        caption="",
        columns=columns,
        rows=tuple(_row(trimmed(problem), lang) for problem in problems[:_SHOWN]),
        note=say("problem_page.more", lang, n=count(hidden, lang)) if hidden > 0 else "",
    )


def _row(problem: Problem, lang: str) -> tuple[str, ...]:
    place = " ".join(part for part in (problem.where.sheet, problem.where.cell) if part)
    return (place or "\u2013", problem.text(lang), problem.remedy(lang), problem.code)


def _at_its_file(problem: Problem) -> Problem:
    """The same problem placed at its file, which no heading names here."""
    return replace(problem, where=Where(sheet=str(problem.where)))


def _summary(report: ProblemReport, lang: str) -> Table:
    """Rows and problems of every file, and their sum."""
    rows = [_summary_row(f.office, f.file, f.balance, f.problems, lang) for f in report.files]
    total = sum((file.balance for file in report.files), Balance())
    label = say("problem_page.total", lang)
    rows.append(_summary_row(label, "", total, report.problems, lang))
    return Table(
        caption=say("problem_page.summary_caption", lang),
        columns=tuple(
            Column(
                say(f"problem_page.{head}", lang),
                "left" if head in _NAME_WIDTHS else "right",
                _NAME_WIDTHS.get(head, 0.0),
            )
            for head in ("office", "file", *_FATES, "problems")
        ),
        rows=tuple(rows),
        note=say("problem_page.summary_note", lang),
    )


def _summary_row(
    office: str, file: str, balance: Balance, problems: Sequence[Problem], lang: str
) -> tuple[str, ...]:
    fates = (count(getattr(balance, fate), lang) for fate in _FATES)
    return (office or "\u2013", file, *fates, count(len(problems), lang))


def _counts(problems: Sequence[Problem]) -> dict[str, int]:
    return {f"{name}s": sum(problem.severity == name for problem in problems) for name in ORDER}
