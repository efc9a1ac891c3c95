"""How the forum pack is laid out: how many proposals and candidates it lists, how the meetings are divided."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ForumRules:
    """The numbers of `knowledge/forum_pack.toml`, each with its source there.

    `usulan_per_partner` proposals are offered to a candidate and `partners_per_usulan` candidates named for
    a proposal; a table of the matrix has `matrix_columns` candidates, and beyond `matrix_pairs` pairs the
    matrix holds only those offered. `tables` meetings of `minutes` go on at the same time. The form of
    the minutes ends in `blank_rows`.
    """

    usulan_per_partner: int
    partners_per_usulan: int
    matrix_columns: int
    matrix_pairs: int
    tables: int
    minutes: int
    blank_rows: int


@cache
def forum_rules() -> ForumRules:
    """The rules that ship with the toolkit.

    Source:
        `knowledge/forum_pack.toml`.
    """
    source = files("ksd_toolkit.knowledge").joinpath("forum_pack.toml")
    told = tomllib.loads(source.read_text(encoding="utf-8"))
    return ForumRules(**{name: int(told[name]) for name in ForumRules.__dataclass_fields__})
