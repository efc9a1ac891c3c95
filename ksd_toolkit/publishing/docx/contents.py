"""The list of contents of a Word file: a field a word processor renews, filled in already."""

from typing import Final

from ksd_toolkit.publishing.docx.elements import Element, add, add_text, clark, paragraph, twips
from ksd_toolkit.publishing.docx.manuscript import Manuscript

_DEEPEST: Final = 2
_STEP: Final = 14.0  # points a level is set in


def write_contents(script: Manuscript) -> None:
    """Title and entries; each leads to its section, and its page is a field.

    Nothing asks the reader to renew fields on opening: the entries are right, and pages appear with the
    first renewal (F9) or print.
    """
    entries = [entry for entry in script.sections() if entry[0] <= _DEEPEST]
    if not entries:
        return
    title = paragraph(script.body, script.styles["TOC Heading"], next=True)
    add_text(add(title, "w:r"), script.labels["contents"])
    for number, (level, text, place) in enumerate(entries):
        holder = paragraph(script.body, script.styles[f"toc {level}"])
        _tab_stop(script, holder, level)
        if number == 0:
            _character(holder, "begin")
            _code(holder, f'TOC \\o "1-{_DEEPEST}" \\h \\z \\u')
            _character(holder, "separate")
        link = add(holder, "w:hyperlink", anchor=place, history=1)
        add_text(add(link, "w:r"), text)
        add(add(link, "w:r"), "w:tab")
        _character(link, "begin")
        _code(link, f"PAGEREF {place} \\h")
        _character(link, "separate")
        _character(link, "end")
        if number == len(entries) - 1:
            _character(holder, "end")
    paragraph(script.body, script.styles["KSD Sela"])


def _tab_stop(script: Manuscript, holder: Element, level: int) -> None:
    """The page at the right edge; no dots lead to what is not there yet."""
    told = holder[0]
    stops = add(told, "w:tabs")
    add(stops, "w:tab", val="right", pos=twips(script.sheet.text_width))
    add(told, "w:ind", left=twips((level - 1) * _STEP))


def _character(parent: Element, kind: str) -> None:
    add(add(parent, "w:r"), "w:fldChar", fldCharType=kind)


def _code(parent: Element, code: str) -> None:
    text = add(add(parent, "w:r"), "w:instrText")
    text.text = f" {code} "
    text.set(clark("xml:space"), "preserve")
