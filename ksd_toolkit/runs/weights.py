"""Write what members fill (`bobot.csv`) and the weights they agreed on (`<name>.toml`) into a dossier."""

import re
import tomllib
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.project import SETTINGS_FILE
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.method_layers import OWN_GATES, OWN_PARTNERS
from ksd_toolkit.scoring.method_reading import method_names, read_method
from ksd_toolkit.scoring.weights.blank_table import blank_rows, blank_table
from ksd_toolkit.scoring.weights.judgements import JUDGEMENTS_FILE, tree_of
from ksd_toolkit.scoring.weights.method_table import is_method_table, is_untouched, method_table
from ksd_toolkit.scoring.weights.weighting import Weighting

_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_RESERVED: Final = frozenset(
    name.removesuffix(".toml") for name in (SETTINGS_FILE, OWN_GATES, OWN_PARTNERS)
)


def write_method(dossier: Dossier, method: Method, weighting: Weighting, name: str) -> Path:
    """Write weights as a method table that takes over everything else from `method`.

    Args:
        dossier: Where it goes.
        method: The method whose tree was weighed.
        weighting: The weights.
        name: What the new method is called; an earlier table of this command is replaced as long as
            nobody changed it.

    Raises:
        RunError: The name is none, belongs to a method that comes with the toolkit or to settings of
            the dossier, or a file has it that a person wrote or changed.
        MethodError: The table does not make a method.
    """
    if not _NAME.fullmatch(name):
        raise RunError("weights.name", name=name)
    if name in method_names():
        raise RunError("weights.shipped_name", name=name)
    if name in _RESERVED:
        raise RunError("weights.reserved_name", name=name, file=f"{name}.toml")
    path = dossier.folder / f"{name}.toml"
    if path.exists():
        _check_replaceable(path)
    base = _base_of(path) if name == method.name else method.name
    replace_file(path, method_table(weighting, name, base).encode())
    read_method(dossier, name)
    return path


def write_blank(dossier: Dossier, method: Method, procedure: str) -> tuple[Path, int]:
    """Write a `bobot.csv` whose values are still to be filled; how many rows it has.

    Args:
        dossier: Where it goes, and how many members are asked.
        method: The method whose tree is weighed.
        procedure: How members will judge: `poin`, `swing`, `urutan` or `ahp`.

    Raises:
        RunError: There is a `bobot.csv` already.
        MethodError: The procedure has no rows that could be known beforehand.
    """
    path = dossier.folder / JUDGEMENTS_FILE
    rows = blank_rows(tree_of(method), procedure, dossier.tkksd_members)
    if path.exists():
        raise RunError("weights.blank_exists", file=path.name)
    replace_file(path, blank_table(rows))
    return path, len(rows)


def _check_replaceable(path: Path) -> None:
    """Refuse to replace what an earlier run of this command did not leave there to the letter."""
    text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    if not is_method_table(text):
        raise RunError("weights.other_file", file=path.name)
    if not is_untouched(text):
        raise RunError("weights.changed_file", file=path.name)


def _base_of(path: Path) -> str:
    """What the table to be replaced was based on."""
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["based_on"])
