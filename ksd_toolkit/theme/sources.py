"""Sources that can be cited by key: laws, works the toolkit knows, and the office's own `sumber.toml`."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.document import Run
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError, LawError, Problem, Where
from ksd_toolkit.law import articles, cite
from ksd_toolkit.messages import say, toml_reasons

SOURCES_FILE: Final = "sumber.toml"
_NEEDED: Final = ("author", "year", "title")
_OPTIONAL: Final = ("publisher", "url")
_ENGLISH: Final = ("author_en", "year_en")  # where an English paper writes them otherwise
_KEY: Final = re.compile(r"[^\[\];\n]+")
_WEB: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited: its citation, what it says in our words (laws only), and whether it was read."""

    key: str
    citation: str
    gist: str = ""
    verified: bool = True

    def footnote(self, lang: str) -> str:
        """The citation, marked where the source itself has not been read."""
        return self.citation if self.verified else f"{self.citation}, {say('law.unverified', lang)}"


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources a paper may cite beside law, by key."""

    works: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def find(self, key: str, lang: str = "id") -> Reference:
        """The law or source called `key`.

        Raises:
            LawError: There is none; near keys are told.
        """
        wanted = " ".join(key.split())
        works = _known_works() | dict(self.works)
        if wanted in works:
            return _reference(wanted, works[wanted], lang)
        laws = {article.key for article in articles(lang)}
        if wanted not in laws:
            known = sorted((*laws, *works))
            near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.6) or ["-"]
            raise LawError("citing.unknown", key=wanted, near="; ".join(near))
        article = cite(wanted, lang)
        return Reference(wanted, article.citation, article.gist, article.verified)

    def run(self, key: str, lang: str = "id") -> Run:
        """The mark of a footnote that names `key`, and its place in the list of references.

        Raises:
            LawError: There is no such law or source.
        """
        found = self.find(key, lang)
        return Run("", footnote=found.footnote(lang), cites=found.key)


NO_SOURCES: Final = Sources()
"""Laws and the toolkit's own works only."""


def read_sources(dossier: Dossier) -> Sources:
    """The sources of a dossier: `sumber.toml` of its region, and over it that of its period.

    Raises:
        InputError: A file cannot be used; every problem is told.
    """
    works: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for folder in (dossier.folder.parent, dossier.folder):
        file = folder / SOURCES_FILE
        if file.is_file():
            works |= _read(file.read_bytes(), problems)
    if problems:
        told = " ".join(problem.sentence(dossier.lang) for problem in problems)
        raise InputError("citing.unusable", problems, file=SOURCES_FILE, problems_told=told)
    return Sources(works)


def _read(content: bytes, problems: list[Problem]) -> dict[str, Mapping[str, Any]]:
    try:
        entries = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem("source.no_toml", Where(SOURCES_FILE), toml_reasons(error)))
        return {}
    laws = {article.key for article in articles()}
    for key, entry in entries.items():
        place = Where(SOURCES_FILE, key)
        if not _KEY.fullmatch(key) or key in laws:
            problems.append(Problem("source.key", place, {"key": key}))
        problems += [
            Problem("source.field", place, {"key": key, "field": bad}) for bad in _bad_fields(entry)
        ]
    return {key: entry for key, entry in entries.items() if isinstance(entry, dict)}


def _bad_fields(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "[...]"
        return
    for name in _NEEDED:
        if not str(entry.get(name, "")).strip():
            yield name
    for name, value in entry.items():
        texts = (
            name in {*_NEEDED, *_OPTIONAL, *_ENGLISH}
            and isinstance(value, str | int)
            and value is not True
        )
        if not texts and not (name == "verified" and isinstance(value, bool)):
            yield name
    if "url" in entry and not _WEB.fullmatch(str(entry["url"])):
        yield "url"


def _reference(key: str, work: Mapping[str, Any], lang: str) -> Reference:
    """Author (year). Title. Publisher. Address."""
    author, year = (work.get(f"{name}_{lang}", work[name]) for name in ("author", "year"))
    head = f"{author} ({year})"
    parts = [head, *(str(work.get(name, "")) for name in ("title", *_OPTIONAL))]
    told = ". ".join(
        part.strip().rstrip(".") if at else part for at, part in enumerate(parts) if part
    )
    return Reference(key, f"{told}.", verified=bool(work.get("verified", False)))


@cache
def _known_works() -> dict[str, dict[str, Any]]:
    text = files("ksd_toolkit.knowledge").joinpath("sources.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
