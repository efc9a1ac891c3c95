"""How an office's papers look and who signs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ksd_toolkit.document import Letterhead, Signatory, Style


@dataclass(frozen=True, slots=True)
class LocalLaw:
    """A regulation of the region itself, as its office wrote it down; `kind` is `perda` or `perkada`."""

    kind: str
    number: str
    year: int
    about: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The look and the words that are an office's own.

    `leader` is the head of the region as the law names the office ("Bupati Hulu Sungai Selatan").
    `signatories` are by role: `leader`, `chair` and `secretary` (of the TKKSD). `numbers` holds the
    pattern of a letter's number by paper name, e.g. `100.3.7/{blank}/TKKSD/{year}`. `docx` is the office's
    own letterhead as a Word file, None for ours. `local_laws` are the region's own regulations in the order
    a decree names them, empty where the office gave none. `sha256` is that of the theme file, empty for the default.
    """

    letterhead: Letterhead
    place: str
    leader: str
    signatories: Mapping[str, Signatory]
    numbers: Mapping[str, str] = field(default_factory=dict)
    paper: Literal["A4", "F4"] = "A4"
    colours: Mapping[str, str] = field(default_factory=dict)
    text_font: str = "Source Serif Pro"
    head_font: str = "Source Sans Pro"
    docx: bytes | None = None
    local_laws: tuple[LocalLaw, ...] = ()
    sha256: str = ""

    def style(self, layout: Literal["policy", "formal"]) -> Style:
        """The look of a paper of this office."""
        return Style(
            layout, self.paper, tuple(self.colours.items()), self.text_font, self.head_font
        )
