"""The limits of the counting and what a reader compares the sources of doubt by, as a table."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def uncertainty_settings() -> dict[str, Any]:
    """The tables of `knowledge/uncertainty.toml`."""
    text = files("ksd_toolkit.knowledge").joinpath("uncertainty.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
