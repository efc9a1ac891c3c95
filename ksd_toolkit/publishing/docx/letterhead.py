"""The head of a paper in a Word file: who issues it, its title, its place and date."""

from typing import Final

from ksd_toolkit.document import runs
from ksd_toolkit.publishing.docx.drawings import write_picture
from ksd_toolkit.publishing.docx.elements import Element, add, paragraph, text_paragraph
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.docx.tables import begin_table, cell_of, whole_row
from ksd_toolkit.publishing.opening import dated_below, title_lines

_CREST: Final = 60.0  # points, the column of the crest
_HIGH: Final = {True: 62.0, False: 46.0}  # points, the crest itself


def write_letterhead(script: Manuscript, crest: bytes) -> None:
    """Crest and names over a rule; in the middle for a formal paper, at the left for a policy paper."""
    room = script.sheet.text_width
    high = _HIGH[script.formal]
    if script.formal and not script.document.letterhead.address:
        holder = paragraph(script.body, script.styles["KSD Unit"], align="center")
        write_picture(script, add(holder, "w:r"), crest, high)
        _names(script, script.body)
    else:
        widths = [_CREST, room - _CREST]
        if script.formal:
            widths = [_CREST, room - 2 * _CREST, _CREST]
        row = whole_row(begin_table(script.body, widths))
        holder = paragraph(cell_of(row, widths[0]), script.styles["KSD Alamat"])
        write_picture(script, add(holder, "w:r"), crest, high)
        names = cell_of(row, widths[1])
        add(names[0], "w:vAlign", val="center")
        _names(script, names)
        if script.formal:
            paragraph(cell_of(row, widths[2]), script.styles["KSD Alamat"])
    _rule(script)


def write_title(script: Manuscript) -> None:
    """The title, its second line and the place and date."""
    document = script.document
    first, *others = title_lines(document)
    if script.formal:
        _place_and_date(script)
    text_paragraph(script.body, first, script.styles["Title"])
    if document.subtitle:
        text_paragraph(script.body, document.subtitle, script.styles["Subtitle"])
    for line in others:
        text_paragraph(script.body, line, script.styles["Title"])
    if script.formal:
        paragraph(script.body, script.styles["KSD Jarak"])
    else:
        _place_and_date(script)


def _place_and_date(script: Manuscript) -> None:
    """Where and when; in a formal paper that is signed the date stands above the last signature."""
    document = script.document
    if document.place_and_date and not dated_below(document):
        text_paragraph(script.body, document.place_and_date, script.styles["KSD Tanggal"])


def _names(script: Manuscript, holder: Element) -> None:
    head = script.document.letterhead
    lines = [(head.government, "KSD Instansi"), (head.unit, "KSD Unit")]
    lines += [(line, "KSD Alamat") for line in head.address]
    for text, style in lines:
        if text:
            script.write(paragraph(holder, script.styles[style]), runs(text))
    if not any(text for text, _ in lines):
        paragraph(holder, script.styles["KSD Alamat"])


def _rule(script: Manuscript) -> None:
    """The double line under a letterhead."""
    told = paragraph(script.body, script.styles["KSD Sela"])[0]
    rules = add(told, "w:pBdr")
    colour = script.colours["teal"]
    add(rules, "w:top", val="thickThinSmallGap", sz=18, space=4, color=colour)
