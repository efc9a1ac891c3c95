"""A line of text: stretches in one emphasis each, with what they point at.

Text is plain text. No writer evaluates it as markup, so a questionnaire answer can never become
HTML, Typst or a formula.
"""

from dataclasses import dataclass
from typing import Literal

Emphasis = Literal["plain", "strong", "emphasis", "code"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one emphasis, and what it points at.

    `href` is a link. `footnote` is printed at the foot of the page, its mark after the text, and
    `cites` is the key of the law or source the footnote names, for the list of references. `refers`
    is the `anchor` of a heading, table, figure or annex: writers print its name ("Tabel 3") in place of the
    text. `origin` says what a number was computed from (see `Origin`).
    """

    text: str
    emphasis: Emphasis = "plain"
    href: str = ""
    footnote: str = ""
    cites: str = ""
    refers: str = ""
    origin: str = ""


Runs = tuple[Run, ...]


def runs(*parts: str | Run) -> Runs:
    """Plain strings and runs as one line of text; empty strings fall away."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part)


def strong(text: str) -> Run:
    """Text that carries the weight of its sentence."""
    return Run(text, "strong")


def refer(anchor: str) -> Run:
    """A cross-reference: "Tabel 3" for the table with this anchor."""
    return Run("", refers=anchor)


def plain_text(line: Runs) -> str:
    """The text of a line without emphasis."""
    return "".join(run.text for run in line)
