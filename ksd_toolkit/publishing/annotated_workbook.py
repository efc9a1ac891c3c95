"""An office's own workbook with every problem marked where it stands, to be mended and sent back.

The colour is a conditional format and not the fill of the cell, so that the office's own formats
stay untouched and the marks of an earlier round can be taken off again without a trace.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Severity
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.corrections_sheet import (
    COLOURS,
    MARK,
    ORDER,
    Corrections,
    add_corrections,
    place_of,
    trimmed,
    without_corrections,
)
from ksd_toolkit.publishing.plain_copy import plain_copy
from ksd_toolkit.publishing.workbook_copy import copy_bytes, open_copy
from ksd_toolkit.questionnaire import fingerprint
from ksd_toolkit.register.corrected import PROPERTY, SHOWN, corrected_by

_RULE: Final = 'LEN("ksd-perbaikan")>0'  # always true, and tells our colours from the office's own
_SEPARATOR: Final = "\u2014 \u2014 \u2014"
_COMMENT_LETTERS: Final = 1_200
_COMMENT_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE = 340, 17, 50  # pixels, pixels, letters
_COMMENT_HEIGHTS: Final = (70, 460)
_OLD_MARK: Final = re.compile(
    rf"{re.escape(MARK)}.*?(?:\n{_SEPARATOR}\n[^\n]*\n(?P<own>.*)|\Z)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """One file as it goes back: whose it is and what was found in it."""

    dossier: Dossier
    path: Path
    office: str
    problems: tuple[Problem, ...]
    is_workbook: bool
    fingerprint: str = ""


def annotated_workbook(marked: MarkedFile) -> bytes:
    """The file with its problems as the bytes of an XLSX file.

    A file that is no Excel workbook (CSV, OpenDocument) comes back as a workbook of its cells.

    Raises:
        TooLargeError: It has too many cells to be copied.
        BROKEN_WORKBOOK: One of these, where the workbook breaks the rules of its format.
    """
    dossier, lang = marked.dossier, marked.dossier.lang
    book = open_copy(marked.path) if marked.is_workbook else plain_copy(marked.path, lang)
    without_corrections(book)
    for sheet in book.worksheets:
        _unmark(sheet)
    problems = sorted(marked.problems, key=lambda problem: ORDER[problem.severity])
    add_corrections(book, Corrections(dossier, marked.path, marked.office, tuple(problems), plain=not marked.is_workbook))  # fmt: skip
    _mark_all(book, problems, lang)
    book.properties.identifier = marked.fingerprint
    _say_what_it_stands_for(book, marked.path)
    return copy_bytes(book, dossier.tanggal_acuan)


def _say_what_it_stands_for(book: Workbook, path: Path) -> None:
    """The fingerprint of the file, after those of earlier rounds, so that the mended copy is known for it."""
    rounds = (*corrected_by(path), fingerprint(path))[-SHOWN:]
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # unknown to the stubs
    if PROPERTY in properties.names:
        del properties[PROPERTY]
    properties.append(StringProperty(name=PROPERTY, value=" ".join(rounds)))


def _mark_all(book: Workbook, problems: Sequence[Problem], lang: str) -> None:
    """Comment and colour on every cell that has a problem."""
    placed = [(place_of(book, problem), problem) for problem in problems]
    found = [(place, problem) for place, problem in placed if place and place[1]]
    found.sort(key=lambda entry: entry[0])
    coloured: dict[tuple[str, Severity], list[str]] = {}
    for (name, address), entries in groupby(found, key=lambda entry: entry[0]):
        held = [problem for _, problem in entries]
        _mark(book[name], address, held, lang)
        coloured.setdefault((name, held[0].severity), []).append(address)
    for (name, severity), addresses in sorted(coloured.items()):
        fill = PatternFill(bgColor=COLOURS[severity], fill_type="solid")
        rule = Rule("expression", dxf=DifferentialStyle(fill=fill), formula=[_RULE])
        book[name].conditional_formatting.add(" ".join(addresses), rule)


def _mark(sheet: Worksheet, address: str, problems: Sequence[Problem], lang: str) -> None:
    """What is wrong with one cell, above what its author had noted there; worst first."""
    cell: Any = sheet[address]
    blocks = [f"{MARK}{say(f'severity.{p.severity}', lang)}\n{p.text(lang)}\n\u2192 {p.remedy(lang)}" for p in map(trimmed, problems)]  # fmt: skip
    text = legible("\n\n".join(blocks), keep_lines=True)
    if len(text) > _COMMENT_LETTERS:
        more = say("returning.comment_cut", lang, sheet=say("returning.sheet", lang))
        text = f"{text[:_COMMENT_LETTERS].rstrip()}\u2026\n{more}"
    if cell.comment is not None:
        own = legible(cell.comment.text, keep_lines=True)
        text += f"\n{_SEPARATOR}\n{say('returning.own_comment', lang)}\n{own}"
    cell.comment = _comment(text)
    if sheet.protection.sheet and cell.protection.locked:
        cell.protection = Protection(locked=False, hidden=cell.protection.hidden)


def _comment(text: str, author: str = "KSD") -> Comment:
    """A comment whose box shows its whole text."""
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in text.split("\n"))
    least, most = _COMMENT_HEIGHTS
    height = min(most, max(least, _LINE_HEIGHT * (lines + 1)))
    return Comment(text, author, height=height, width=_COMMENT_WIDTH)


def _unmark(sheet: Worksheet) -> None:
    """Take off the marks of an earlier round; the office's own comments and colours stay."""
    for cell in _commented(sheet):
        comment: Any = cell.comment
        if match := _OLD_MARK.fullmatch(comment.text.replace("\r\n", "\n")):
            cell.comment = _comment(match["own"], "") if match["own"] else None
        else:
            cell.comment = _comment(comment.text, comment.author)
    kept = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if rule.formula != [_RULE]:
                kept.add(str(area.sqref), rule)
    sheet.conditional_formatting = kept


def _commented(sheet: Worksheet) -> Iterator[Cell]:
    cells: dict[tuple[int, int], Any] = sheet._cells
    yield from [cell for cell in cells.values() if getattr(cell, "comment", None) is not None]
