"""What an office may set, read once from `knowledge/theme.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def allowed() -> dict[str, Any]:
    """The table of names, limits and default words."""
    text = files("ksd_toolkit.knowledge").joinpath("theme.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def base_colours() -> dict[str, str]:
    """Every colour by its name, as it is without a theme."""
    return {name: entry["hex"] for name, entry in allowed()["colours"].items()}
