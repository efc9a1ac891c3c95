"""Whether an office's Word letterhead lies on another sheet than its theme asks for."""

from typing import Final

from ksd_toolkit.messages import decimal, say
from ksd_toolkit.publishing.docx.own_letterhead import own_ground
from ksd_toolkit.publishing.docx.pages import sheet_of
from ksd_toolkit.publishing.sheet import Sheet
from ksd_toolkit.theme import Theme

_SAME: Final = 2.0
"""Millimetres by which one sheet is measured differently: programs round, and F4 is cut at 215 or 216."""
_TENTHS: Final = 1


def sheet_remark(theme: Theme, lang: str) -> str:
    """What to say when Word papers lie on another sheet than PDF and page; nothing where they do not.

    Args:
        theme: The office's theme with its letterhead, if it has one.
        lang: The language of the sentence.

    Raises:
        RunError: The letterhead cannot be used.
    """
    if theme.docx is None or (section := own_ground(theme.docx).section) is None:
        return ""
    asked = Sheet.of(theme.style("policy"), banner=False, landscape=False)
    held = sheet_of(section, asked)
    gaps = (held.width - asked.width, held.height - asked.height)
    if max(map(abs, gaps)) <= _SAME:
        return ""
    facts = {
        "width": decimal(held.width, _TENTHS, lang),
        "height": decimal(held.height, _TENTHS, lang),
        "paper": theme.paper,
    }
    return say("remark.sheet_differs", lang, **facts)
