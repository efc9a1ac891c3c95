"""What a roll-up decides by: `knowledge/rollup.toml` as a type."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class RollUpRules:
    """Every number a roll-up decides by, with sources in the knowledge file.

    `kept_ranks` are the ranks a summary carries, `top_ranks` (at most as many) those of a top list.
    `shared_from` is how many regions make an issue a shared one, `quartiles_from` how many quartiles
    need. `borders_percent` are the inner class borders of the map of response.
    """

    kept_ranks: int
    top_ranks: int
    shared_from: int
    quartiles_from: int
    percent_places: int
    level_places: int
    borders_percent: tuple[float, ...]
    largest_bytes: int
    longest_text: int


@cache
def read_rollup_rules() -> RollUpRules:
    """The rules that ship with the toolkit."""
    source = files("ksd_toolkit.knowledge").joinpath("rollup.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return RollUpRules(
        kept_ranks=table["summary"]["kept_ranks"],
        top_ranks=min(table["shared"]["top_ranks"], table["summary"]["kept_ranks"]),
        shared_from=table["shared"]["least_regions"],
        quartiles_from=table["spread"]["least_regions"],
        percent_places=table["places"]["percent"],
        level_places=table["places"]["level"],
        borders_percent=tuple(table["response"]["borders_percent"]),
        largest_bytes=table["limits"]["bytes"],
        longest_text=table["limits"]["text"],
    )
