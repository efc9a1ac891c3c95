"""The lines of a template as parts: text, places for blocks, conditions and frames.

A line that begins with `:::` steers, `{{name}}` alone on its line is a place for blocks, and all else is
Markdown. Nothing is filled in here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from ksd_toolkit.errors import RunError

FrameKind = Literal["clauses", "particulars", "annex", "note", "warning"]

_FRAMES: Final = get_args(FrameKind)
_IF: Final = "if"
_END: Final = "end"
_STEERING: Final = re.compile(r"^:::\s*(?P<word>\S*)\s*(?P<rest>.*?)\s*$")
_PLACE: Final = re.compile(r"^\s*\{\{\s*(?P<name>[a-z][a-z0-9_]*)\s*\}\}\s*$")
_CONDITION: Final = re.compile(r"^(?P<negated>not\s+)?(?P<name>[a-z][a-z0-9_]*)$")
_RULE: Final = "---"
WORD: Final = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)\}")
"""A place for a word inside a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Markdown."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A line where blocks stand."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Parts that are printed where a condition holds, or where it does not."""

    number: int
    name: str
    wanted: bool
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Parts that are printed as one formal block; `title` is what stands behind its name."""

    number: int
    kind: FrameKind
    title: str
    parts: tuple["Part", ...]


Part = Line | Place | Choice | Frame


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A line `key: value` of the front block."""

    number: int
    key: str
    value: str


def split_front(file: str, lines: list[str]) -> tuple[tuple[FrontLine, ...], int]:
    """The front block between two `---` lines, and the number of lines it takes.

    Raises:
        RunError: It is not closed, or a line of it is no `key: value`.
    """
    if not lines or lines[0].strip() != _RULE:
        return (), 0
    closed = next((at for at, text in enumerate(lines[1:], 1) if text.strip() == _RULE), None)
    if closed is None:
        raise RunError("template.front_open", file=file, line=1)
    front = []
    for number, text in enumerate(lines[1:closed], start=2):
        key, colon, value = text.partition(":")
        if text.strip() and not colon:
            raise RunError("template.front_line", file=file, line=number, text=text.strip())
        if text.strip():
            front.append(FrontLine(number, key.strip(), value.strip()))
    return tuple(front), closed + 1


def parse(file: str, lines: list[str], first: int) -> tuple[Part, ...]:
    """The parts of the lines behind the front block.

    Args:
        file: How the file is called in a message.
        lines: The lines behind the front block.
        first: The number of the first of them in the file, from 1.

    Raises:
        RunError: A `:::` line is unknown, ends nothing or is never ended; a place for blocks shares
            its line.
    """
    reader = _Reader(file, enumerate(lines, start=first))
    return reader.parts(None)


def walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Every part, those within conditions and frames too, in the order of the file."""
    for part in parts:
        yield part
        if isinstance(part, Choice | Frame):
            yield from walk(part.parts)


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    lines: "Iterator[tuple[int, str]]"

    def parts(self, opened: tuple[int, str] | None) -> tuple[Part, ...]:
        """The parts up to the end of what was opened, or of the file."""
        found: list[Part] = []
        for number, text in self.lines:
            steering = _STEERING.match(text)
            if steering is None:
                found.append(self._line(number, text))
            elif steering["word"] != _END:
                found.append(self._block(number, steering["word"], steering["rest"]))
            elif opened is None:
                raise RunError("template.end_alone", file=self.file, line=number)
            else:
                return tuple(found)
        if opened is not None:
            raise RunError("template.open", file=self.file, line=opened[0], opened=opened[1])
        return tuple(found)

    def _line(self, number: int, text: str) -> Line | Place:
        if place := _PLACE.match(text):
            return Place(number, place["name"])
        if "{{" in text:
            raise RunError("template.alone", file=self.file, line=number, text=text.strip())
        return Line(number, text)

    def _block(self, number: int, word: str, rest: str) -> Choice | Frame:
        if word in _FRAMES:
            kind = cast("FrameKind", word)
            return Frame(number, kind, rest, self.parts((number, f":::{word}")))
        condition = _CONDITION.match(rest) if word == _IF else None
        if condition is None:
            known = ", ".join(f":::{name}" for name in (_IF, *_FRAMES, _END))
            raise RunError(
                "template.steering",
                file=self.file,
                line=number,
                text=f":::{word} {rest}".strip(),
                known=known,
            )
        wanted = not condition["negated"]
        parts = self.parts((number, f":::{word} {rest}"))
        return Choice(number, condition["name"], wanted, parts)
