"""How a letter addresses the head of an office: Inspektur, Camat, Direktur, or Kepala and the office's name."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ksd_toolkit.messages import language, say


def head_of(office: str, lang: str, otherwise: str = "mapping_papers.head") -> str:
    """The head of an office by the beginning of the office's name.

    Args:
        office: Its name as in `opd.csv`.
        lang: Language of the letter.
        otherwise: The sentence for a name of no known beginning.

    Source:
        `knowledge/office_heads.toml`.
    """
    for row in _heads():
        begins = str(row["begins"])
        if office.casefold().startswith(begins.casefold()):
            pattern, rest = str(row[language(lang)]), office[len(begins) :].strip()
            return pattern.replace("{name}", office).replace("{rest}", rest)
    return say(otherwise, lang, office=office)


@cache
def _heads() -> tuple[dict[str, Any], ...]:
    source = files("ksd_toolkit.knowledge").joinpath("office_heads.toml")
    return tuple(tomllib.loads(source.read_text(encoding="utf-8"))["head"])
