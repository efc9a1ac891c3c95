"""How a region finds its partners: the toolkit's table, and what `mitra.toml` in the dossier says otherwise."""

import json
import re
import tomllib
from typing import Any, Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError, MethodError
from ksd_toolkit.matching.settings import MatchSettings, match_settings
from ksd_toolkit.scoring.method_layers import OWN_PARTNERS

_NAME: Final = "name"
_PLACE: Final = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
_TABLES: Final = frozenset({"weights", "parts", "years"})
_LISTS: Final = frozenset({"indicators"})
_NUMBERS: Final = frozenset(
    {
        "fall_km",
        "draws",
        "seed",
        "concentration",
        "top",
        "min_regions",
        "min_coverage",
        "common_share",
    }
)


def read_match_settings(dossier: Dossier) -> MatchSettings:
    """The settings of a dossier: those of `knowledge/matching.toml`, changed where `mitra.toml` says so.

    `[weights]` and `[parts]` replace single weights, `[years]` names the year of an indicator,
    `indicators` the ones used, and the limits stand by their names (`fall_km = 50`). Without a
    `name` of its own a changed table is called after the file.

    Raises:
        InputError: The file is no TOML.
        MethodError: A setting is unknown, of another kind, or makes no sense.
    """
    path = dossier.folder / OWN_PARTNERS
    if not path.is_file():
        return match_settings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("match.own_letters", file=path.name) from error
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path.name, str(error)) from error
    known = sorted(_TABLES | _LISTS | _NUMBERS | {_NAME})
    if unknown := sorted(table.keys() - set(known)):
        raise MethodError(
            "match.own_unknown", file=path.name, names=", ".join(unknown), known=", ".join(known)
        )
    for key, value in table.items():
        if not _fits(key, value):
            raise MethodError("match.own_kind", file=path.name, key=key, value=_as_written(value))
    return match_settings().replace(**{_NAME: path.name, **table})


def _not_toml(file: str, told: str) -> InputError:
    """Where a file stops being TOML: the reader tells it in English, but its line and column are figures."""
    place = _PLACE.search(told)
    if place is None:
        return InputError("match.own_unfinished", file=file)
    return InputError("match.own_line", file=file, line=place["line"], column=place["column"])


def _as_written(value: Any) -> str:
    """A value as a TOML file has it, without the words of a programming language."""
    if isinstance(value, dict):
        inside = (f"{name} = {_as_written(one)}" for name, one in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_written, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _fits(key: str, value: Any) -> bool:
    """Whether a value is of the kind its key asks for; whether it makes sense is asked later."""
    if key in _TABLES:
        return isinstance(value, dict) and all(map(_is_number, value.values()))
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, str) if key == _NAME else _is_number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
