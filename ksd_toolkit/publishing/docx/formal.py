"""The parts of a letter, a minute and a decree in a Word file: particulars, clauses, signatures."""

from collections.abc import Sequence
from typing import Final

from ksd_toolkit.document import Clause, Clauses, Particulars, Signatory, Signatures, runs
from ksd_toolkit.document import strong as strong_text
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.docx.elements import (
    Element,
    add,
    clark,
    keep_with_next,
    paragraph,
    text_paragraph,
    twips,
)
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.docx.tables import begin_table, cell_of, whole_row
from ksd_toolkit.publishing.fonts import text_width
from ksd_toolkit.publishing.letters import printable

_COLON: Final = 12.0  # points, the column of colons
_MOST: Final = 0.38  # of the width: the widest column of labels
_BLANK: Final = "\u2026" * 11  # a line to be filled in by hand, on a third of the page
_HEIGHTS: Final = {False: 56.0, True: 68.0}  # points to sign in: by hand, electronically
_GAP: Final = 12.0  # points between people who sign side by side
_BESIDE: Final = 3
_ROWS_ALONG: Final = 2  # of a table that is signed, on the page of its signatures


def write_particulars(script: Manuscript, block: Particulars) -> None:
    """Names, colons below each other, values."""
    if not block.entries:
        return
    widths = _columns(script, [name for name, _ in block.entries])
    grid = begin_table(script.body, widths)
    for name, value in block.entries:
        row = whole_row(grid)
        _label(script, row, name, widths)
        script.write(paragraph(cell_of(row, widths[2]), script.styles["KSD Isian"]), value)
    paragraph(script.body, script.styles["KSD Sela"])


def write_clauses(script: Manuscript, block: Clauses) -> None:
    """The clauses of a decree; one without a label stands in the middle (`MEMUTUSKAN:`)."""
    if not block.entries:
        return
    widths = _columns(script, [clause.label for clause in block.entries])
    grid = begin_table(script.body, widths)
    for clause in block.entries:
        row = add(grid, "w:tr")
        if clause.label:
            _label(script, row, clause.label, widths)
            _clause(script, cell_of(row, widths[2]), clause, "both")
        else:
            cell = cell_of(row, sum(widths))
            add(cell[0], "w:gridSpan", val=3)
            _clause(script, cell, clause, "center")
    paragraph(script.body, script.styles["KSD Sela"])


def write_signatures(script: Manuscript, block: Signatures) -> None:
    """Places to sign, at most three a row; the date above the last one; kept on one page."""
    people = block.people
    beside = 2 if len(people) > 1 and len(people) % _BESIDE == 1 else _BESIDE
    rows = [people[start : start + beside] for start in range(0, len(people), beside)]
    _hold_what_is_signed(script)
    paragraph(script.body, script.styles["KSD Jarak"])
    for number, row in enumerate(rows):
        dated = block.dated if number == len(rows) - 1 else ()
        _signature_row(script, row, dated, electronic=block.electronic)
        paragraph(script.body, script.styles["KSD Sela"])
    if not people:
        for line in block.dated:
            text_paragraph(script.body, line, script.styles["KSD Isian"])


def _hold_what_is_signed(script: Manuscript) -> None:
    """Who signs does not stand on a page alone: what stands above goes along, of a table its last rows."""
    passed = {script.styles["KSD Sela"], script.styles["KSD Catatan"]}
    for block in reversed(script.body):
        if block.tag == clark("w:tbl"):
            for row in block.findall(clark("w:tr"))[-_ROWS_ALONG:]:
                for line in row.iter(clark("w:p")):
                    keep_with_next(line)
            return
        if block.tag != clark("w:p"):
            return
        keep_with_next(block)
        style = block[0].find(clark("w:pStyle"))
        if style is None or style.get(clark("w:val")) not in passed:
            return


def _signature_row(
    script: Manuscript, people: Sequence[Signatory], dated: Sequence[str], *, electronic: bool
) -> None:
    """Capacities end on one line, so that the places to sign stand beside each other."""
    places = max(len(people), 2)
    width = script.sheet.text_width / places
    grid = begin_table(script.body, [width] * places)
    lead = places - len(people)  # one who signs alone signs at the right
    for part in ("head", "area", "name"):
        row = whole_row(grid)
        if part == "area":
            add(row[0], "w:trHeight", val=twips(_HEIGHTS[electronic]), hRule="atLeast")
        for _ in range(lead):
            paragraph(cell_of(row, width), script.styles["KSD Isian"], next=part != "name")
        for place, person in enumerate(people):
            cell = cell_of(row, width)
            last = place == len(people) - 1
            if part == "head":
                add(cell[0], "w:vAlign", val="bottom")
                _lines(script, cell, (*(dated if last else ()), person.capacity))
            elif part == "area":
                _area(script, cell, electronic=electronic)
            else:
                _name(script, cell, person)


def _lines(script: Manuscript, cell: Element, lines: Sequence[str]) -> None:
    for line in lines:
        text_paragraph(cell, line, script.styles["KSD Isian"], next=True, align="left", right=_GAP)


def _area(script: Manuscript, cell: Element, *, electronic: bool) -> None:
    if not electronic:
        paragraph(cell, script.styles["KSD Isian"], next=True)
        return
    rules = add(cell[0], "w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        add(rules, f"w:{side}", val="dashed", sz=4, space=0, color=script.colours["line"])
    add(cell[0], "w:vAlign", val="center")
    words = say("typesetting.electronic_area", script.document.lang)
    text_paragraph(cell, words, script.styles["KSD Catatan"], next=True, align="center")


def _name(script: Manuscript, cell: Element, person: Signatory) -> None:
    holder = paragraph(
        cell, script.styles["KSD Isian"], next=bool(person.number), align="left", right=_GAP
    )
    script.write(holder, runs(strong_text(person.name) if person.name else _BLANK))
    if person.number:
        text_paragraph(cell, person.number, script.styles["KSD Isian"], align="left")


def _clause(script: Manuscript, cell: Element, clause: Clause, align: str) -> None:
    number = 0 if clause.marker == "none" or not clause.items else script.lists.begin(clause.marker)
    for item in clause.items or ((),):
        holder = paragraph(cell, script.styles["KSD Isian"], list=number, align=align)
        script.write(holder, item)


def _label(script: Manuscript, row: Element, name: str, widths: Sequence[float]) -> None:
    style = script.styles["KSD Isian"]
    text_paragraph(cell_of(row, widths[0]), name, style, align="left")
    text_paragraph(cell_of(row, widths[1]), ":", style, align="left")


def _columns(script: Manuscript, labels: Sequence[str]) -> list[float]:
    """The widths of label, colon and text: as wide as the longest label, within bounds."""
    room = script.sheet.text_width
    family = script.styles.fonts["text"]
    longest = max((text_width(printable(label), family, 12.0) for label in labels), default=0.0)
    label = min(longest + 14.0, room * _MOST)
    return [label, _COLON, room - label - _COLON]
