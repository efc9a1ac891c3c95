"""Sentences live in `id.toml` and `en.toml`, keyed by code; both files hold the same keys and placeholders."""

import tomllib
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Final, Literal

Language = Literal["id", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")


def language(name: str) -> Language:
    """The language called `name`; Indonesian when it is none of ours."""
    return "en" if name == "en" else "id"


def say(code: str, /, lang: str = "id", **facts: object) -> str:
    """The sentence `code` with `facts` put in, e.g. `say("stamp.simulated", "id")`.

    Facts are inserted as plain text: braces inside a fact stay braces.

    Raises:
        KeyError: There is no such sentence, or a fact it needs is missing.
    """
    return _catalogue(language(lang))[code].format(**facts)


def say_counted(code: str, number: int, /, lang: str = "id", **facts: object) -> str:
    """The sentence `code` about a number of things; `code_none` and `code_one` where they exist."""
    return say(counted_code(code, number), lang, **facts)


def counted_code(code: str, number: int) -> str:
    """`code_none` for nothing and `code_one` for one thing where they exist, else `code`."""
    special = {0: f"{code}_none", 1: f"{code}_one"}.get(number, code)
    return special if has_message(special) else code


def words_of(topics: tuple[str, ...], lang: str = "id") -> dict[str, str]:
    """Every sentence whose code begins with one of `topics`, for a page that fills them in itself."""
    sentences = _catalogue(language(lang))
    return {code: text for code, text in sentences.items() if code.startswith(topics)}


@cache
def sentence_parts(code: str, lang: str = "id") -> tuple[tuple[str, str, str], ...]:
    """The sentence in pieces: a text, the fact after it (empty after the last) and how that is written.

    Raises:
        KeyError: There is no such sentence.
    """
    parts = Formatter().parse(_catalogue(language(lang))[code])
    return tuple((text, name or "", spec or "") for text, name, spec, _ in parts)


def has_message(code: str) -> bool:
    """Whether a sentence with this code exists."""
    return code in _catalogue("id")


@cache
def _catalogue(lang: Language) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for source in sorted(
        files("ksd_toolkit.messages").joinpath(lang).iterdir(), key=lambda entry: entry.name
    ):
        if source.name.endswith(".toml"):
            sentences |= _flat(tomllib.loads(source.read_text(encoding="utf-8")))
    return sentences


def _flat(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    """Nested TOML tables as dotted codes: `[problem.x] say = ".."` becomes `problem.x.say`."""
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat
