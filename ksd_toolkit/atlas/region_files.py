"""What files about regions look like and how large they may be: `knowledge/region_files.toml`."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(4096)  # the same few headings and indicators stand in every row
def folded(heading: str) -> str:
    """A heading as it is compared: small letters and digits, all else an underscore."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().casefold()
    return "_".join(re.findall(r"[a-z0-9]+", plain))


def facts_of(section: str) -> dict[str, Any]:
    """A section of the table."""
    section_facts: dict[str, Any] = _tables()[section]
    return section_facts


def meaning_of(heading: str) -> str:
    """What a column is by its heading (`code`, `year`, ...); empty where the table does not tell."""
    return _meanings().get(folded(heading), "")


def indicator_code(text: str) -> str:
    """The code of an indicator as it is kept: small letters, digits and underscores, one name each."""
    code = folded(text)
    return str(facts_of("aliases").get(code, code)) if code != "source" else code


def is_blank_mark(text: str) -> bool:
    """Whether a text says that there is nothing: `-`, `...`, `n/a`."""
    return not text or text.casefold() in facts_of("reading")["blank_marks"]


@cache
def _meanings() -> dict[str, str]:
    table = facts_of("headings")
    return {
        heading: meaning
        for meaning, headings in table.items()
        if isinstance(headings, list)
        for heading in headings
    }


@cache
def _tables() -> dict[str, Any]:
    path = files("ksd_toolkit.knowledge").joinpath("region_files.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
