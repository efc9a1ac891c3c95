"""Check what stands in a theme file, part by part; a part that cannot be used keeps its default."""

import difflib
import re
import string
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.theme.colours import alike, faint
from ksd_toolkit.theme.crest import danger, is_png, png_address
from ksd_toolkit.theme.knowledge import allowed, base_colours

_FILE: Final = "theme.toml"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_DOCUMENT_PART: Final = "word/document.xml"
_KINDS: Final[dict[type, str]] = {str: '"..."', list: '["...", "..."]', dict: "[...]"}
_KILOBYTE: Final = 1000


@dataclass(slots=True)
class Checks:
    """The problems found so far in the theme file of `folder`."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """One more problem."""
        self.problems.append(problem)

    def known(
        self, table: str, given: Mapping[str, Any], shape: Mapping[str, type]
    ) -> dict[str, Any]:
        """The entries of a table that it may have, each of its kind."""
        kept = {}
        for key, value in given.items():
            place = Where(_FILE, table, key)
            if key not in shape:
                self.add(
                    Problem("theme.unknown_key", place, {"key": key, "near": _near(key, shape)})
                )
            elif type(value) is not shape[key]:
                form = _KINDS[shape[key]]
                self.add(Problem("theme.kind", place, {"key": key, "form": form}))
            else:
                kept[key] = value.strip() if isinstance(value, str) else value
        return kept

    def choice(self, table: str, key: str, value: str | None, among: list[str]) -> Any:
        """The value where it is one of a list; else the first of the list."""
        if value is None or value in among:
            return value or among[0]
        facts = {"value": value, "known": ", ".join(among)}
        self.add(Problem("theme.choice", Where(_FILE, table, key), facts))
        return among[0]

    def lines(self, given: list[Any]) -> tuple[str, ...]:
        """The lines of an address; blank ones fall away."""
        texts = [line.strip() for line in given if isinstance(line, str)]
        if len(texts) < len(given):
            facts = {"key": "address", "form": _KINDS[list]}
            self.add(Problem("theme.kind", Where(_FILE, "office", "address"), facts))
        return tuple(line for line in texts if line)

    def colours(self, given: Mapping[str, Any]) -> dict[str, str]:
        """Colours by name, in small letters."""
        kept = {}
        for name, value in self.known("colours", given, dict.fromkeys(base_colours(), str)).items():
            if _COLOUR.fullmatch(value):
                kept[name] = value.lower()
            else:
                facts = {"value": value}
                self.add(Problem("theme.colour", Where(_FILE, "colours", name), facts))
        return kept

    def apart(self, chosen: dict[str, str]) -> dict[str, str]:
        """The colours, after every text was held to its ground and every pair to colour-blind eyes."""
        whole = base_colours() | chosen
        for pale in faint(whole) if chosen else ():
            facts = {
                "text": pale.text, "ground": pale.ground, "found": f"{pale.contrast:.2f}",
                "least": allowed()["contrast"]["least"], "source": allowed()["contrast"]["source"],
            }  # fmt: skip
            self.add(Problem("theme.contrast", Where(_FILE, "colours", pale.text), facts))
        for pair in alike(whole) if chosen else ():
            facts = {
                "first": pair.first, "second": pair.second, "vision": pair.vision,
                "found": f"{pair.difference:.1f}", "least": allowed()["difference"]["least"],
            }  # fmt: skip
            self.add(Problem("theme.alike", Where(_FILE, "colours", pair.first), facts))
        return chosen

    def numbers(self, given: Mapping[str, Any]) -> dict[str, str]:
        """Patterns of letter numbers by paper; their places are among the known ones."""
        rule = allowed()["numbers"]
        kept = {}
        for paper, pattern in self.known(
            "numbers", given, dict.fromkeys(rule["papers"], str)
        ).items():
            if _fits(pattern, rule["places"]):
                kept[paper] = pattern
            else:
                facts = {
                    "pattern": pattern,
                    "known": ", ".join(f"{{{place}}}" for place in rule["places"]),
                }
                self.add(Problem("theme.number", Where(_FILE, "numbers", paper), facts))
        return kept

    def crest(self, name: str) -> str:
        """The crest as a letterhead holds it; empty where it cannot be used."""
        place = Where(_FILE, "office", "crest")
        content = self._file(name, "crest", allowed()["files"]["largest_crest"])
        if content is None:
            return ""
        if is_png(content):
            return png_address(content)
        if Path(name).suffix.lower() != ".svg":
            self.add(Problem("theme.crest_kind", place, {"name": name}))
            return ""
        if found := danger(content):
            self.add(Problem("theme.crest_unsafe", place, {"name": name, "found": found}))
            return ""
        return content.decode("utf-8-sig")

    def letterhead(self, name: str) -> bytes | None:
        """The office's own letterhead as a Word file; None where it cannot be used."""
        content = self._file(name, "letterhead", allowed()["files"]["largest_letterhead"])
        if content is None:
            return None
        try:
            with zipfile.ZipFile(self.folder / name) as parts:
                held = _DOCUMENT_PART in parts.namelist()
                held &= not any("vbaProject" in part for part in parts.namelist())
        except zipfile.BadZipFile:
            held = False
        if not held:
            place = Where(_FILE, "office", "letterhead")
            self.add(Problem("theme.letterhead_kind", place, {"name": name}))
        return content if held else None

    def _file(self, name: str, key: str, largest: int) -> bytes | None:
        """A file beside the theme file, no larger than allowed."""
        place = Where(_FILE, "office", key)
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            self.add(Problem("theme.outside", place, {"name": name}))
        elif not path.is_file():
            near = _near(name, (p.name for p in self.folder.iterdir() if p.is_file()))
            self.add(Problem("theme.no_file", place, {"name": name, "near": near}))
        elif path.stat().st_size > largest:
            facts = {"name": name, "kb": largest // _KILOBYTE}
            self.add(Problem("theme.large", place, facts))
        else:
            return path.read_bytes()
        return None


def _near(name: str, known: Iterable[str]) -> str:
    """The names that may be meant; all of them where none is near and they are few."""
    every = sorted(known)
    return ", ".join(difflib.get_close_matches(name, every, n=3, cutoff=0.5) or every[:8]) or "-"


def _fits(pattern: str, places: list[str]) -> bool:
    """Whether the braces of a pattern hold known places only, and nothing that reaches into them."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return False
    return all(
        name is None or (name in places and not spec and not conversion)
        for _, name, spec, conversion in parts
    )
