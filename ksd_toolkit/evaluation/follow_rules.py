"""How follow-through is counted: `knowledge/follow_through.toml` as a type."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class FollowRules:
    """From which size a group has percentages, when a step has a median, and what a stated status means.

    A step has none where more than `largest_undated_percent` of its cases took it on an unknown day.
    `fates` maps the stated status of a proposal to its fate; a status it lacks is undecided.
    """

    smallest_group: int
    largest_undated_percent: float
    fates: Mapping[str, str]


@cache
def read_follow_rules() -> FollowRules:
    """The rules that ship with the toolkit."""
    path = files("ksd_toolkit.knowledge").joinpath("follow_through.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return FollowRules(
        smallest_group=table["smallest_group"]["cases"],
        largest_undated_percent=table["undated"]["largest_percent"],
        fates={name: fate for name, fate in table["fate"].items() if name != "source"},
    )
