"""The table of a method as text, with what it takes over from the one it is based on."""

import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import toml_reasons

STANDARD: Final = "baku"
OWN_GATES: Final = "gerbang.toml"
OWN_PARTNERS: Final = "mitra.toml"
"""How a dossier finds its partners: a table of another kind beside those of methods."""
OWN_PLENARY: Final = "pleno.toml"
"""What a plenary decided: a record beside the methods, unless it is written as one."""
_BY_CODE: Final = ("criterion", "group")
_WHOLE: Final = ("promethee", "preference")  # thresholds belong to their function
_DEPTH: Final = 5  # tables that name each other in a ring would never end
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def method_names(folder: Path | None = None) -> list[str]:
    """The methods that come with the toolkit, the standard one first, then those of a folder."""
    names = sorted(e.name.removesuffix(".toml") for e in _shipped().iterdir())
    shipped = [STANDARD, *(name for name in names if name != STANDARD)]
    own = sorted(path.stem for path in folder.glob("*.toml")) if folder else []
    kept = [OWN_GATES, OWN_PARTNERS]
    if folder and _is_record(folder / OWN_PLENARY):
        kept.append(OWN_PLENARY)
    others = {"dossier", *(Path(name).stem for name in kept), *shipped}
    return [*shipped, *(name for name in own if name not in others)]


def _is_record(path: Path) -> bool:
    """Whether a file holds what a plenary decided; a method states its name first of all."""
    try:
        return "name" not in tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError, RecursionError):  # no TOML is no method either
        return True


def layered(name: str, path: Path | None, depth: int = 0) -> dict[str, Any]:
    """The whole table of a method: its own settings laid over those of the method it is based on.

    Args:
        name: What it is called.
        path: Its file; the toolkit's own when there is none.
        depth: How many tables stand above this one.

    Raises:
        MethodError: There is no such method, it cannot be read, or it is based on itself.
    """
    table = _toml(name, path)
    for key in _BY_CODE:
        _refuse_repeated(name, key, table.get(key))
    base = table.pop("based_on", None)
    if base is None:
        return table
    if depth == _DEPTH or not isinstance(base, str) or not _NAME.fullmatch(base):
        raise MethodError("method.based_on", name=name, base=base)
    sibling = path.parent / f"{base}.toml" if path else None
    whole = layered(base, sibling if sibling and sibling.is_file() else None, depth + 1)
    # The weights of a base say nothing about where these come from.
    if "weights" in table or "weighting" in table:
        whole.pop("weighting", None)
        whole.pop("weights", None)
    return whole | {key: _laid_over(key, whole.get(key), value) for key, value in table.items()}


def _laid_over(key: str, below: Any, value: Any) -> Any:
    """A setting of a derived table over that of its base: rows by code, tables by key, else the new one."""
    if key in _BY_CODE and isinstance(below, list) and isinstance(value, list):
        mine = {row.get("code"): row for row in value if isinstance(row, dict)}
        kept = [row | mine.pop(row.get("code"), {}) for row in below]
        return [*kept, *mine.values()]
    if key not in _WHOLE and isinstance(below, dict) and isinstance(value, dict):
        return below | value
    return value


def _refuse_repeated(name: str, key: str, rows: Any) -> None:
    """A code that stands twice would hide one of its rows."""
    codes = [row.get("code") for row in rows or [] if isinstance(row, dict)]
    if repeated := sorted({str(code) for code in codes if codes.count(code) > 1}):
        code = "method.repeated" if key == "criterion" else "method.repeated_group"
        raise MethodError(code, codes=", ".join(repeated))


def _toml(name: str, path: Path | None) -> dict[str, Any]:
    folder = path.parent if path else None
    if not _NAME.fullmatch(name):
        raise MethodError("method.unknown", name=name, known=", ".join(method_names(folder)))
    source = path or _shipped().joinpath(f"{name}.toml")
    if not source.is_file():
        raise MethodError("method.unknown", name=name, known=", ".join(method_names(folder)))
    return read_toml(source, name)


def read_toml(source: Path | Traversable, name: str) -> dict[str, Any]:
    """A TOML file as data.

    Raises:
        MethodError: It is no TOML, or not written in UTF-8.
    """
    try:
        return tomllib.loads(source.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise MethodError("method.not_utf8", name=name) from error
    except tomllib.TOMLDecodeError as error:
        raise MethodError("method.unreadable", name=name, **toml_reasons(error)) from error


def _shipped() -> Traversable:
    return files("ksd_toolkit.knowledge").joinpath("methods")
