"""The script and the style of a page, put together from their parts: for a notebook, and for a file of its own."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from ksd_toolkit.display.palette import DARK, LIGHT, MAP_DARK, MAP_LIGHT, css_variables

SCORING: Final = ("shares", "engine", "firmness", "outlook")
"""What a page needs to score by itself."""
SHARED: Final = ("words", "parts", "backends", "state")
WHAT_IF: Final = (
    "sliders",
    "settings",
    "list",
    "details",
    "bump",
    "outlook_view",
    "minutes",
    "scenarios",
    "what_if",
)
PARTNERS: Final = ("sliders", "list", "partners")

_ROOTS: Final = ".ksd-what-if,.ksd-what-if-page"
_DARK_LAB: Final = '[data-jp-theme-light="false"] .ksd-what-if'


def script(parts: Sequence[str] = (*SCORING, *SHARED, *WHAT_IF)) -> str:
    """The parts one after the other; each only declares names."""
    return "\n".join(_part(f"{name}.js") for name in parts)


def widget_module() -> str:
    """The script as a module JupyterLab and Voila load over the comm: nothing is fetched."""
    return f"{script()}\n{_part('widget.js')}"


def partner_module() -> str:
    """The same for the partner page: it scores nothing by itself."""
    parts = ("shares", *SHARED, *PARTNERS)
    return f"{script(parts)}\n{_part('partner_widget.js')}"


def style(*, follows_lab: bool = False) -> str:
    """The style sheet with the colours of every paper, by day and by night.

    Args:
        follows_lab: Whether the theme of JupyterLab says which, and not the reader's system.
    """
    light, dark = css_variables(LIGHT | MAP_LIGHT), css_variables(DARK | MAP_DARK)
    night = (
        f"{_DARK_LAB}{{{dark}}}"
        if follows_lab
        else f"@media (prefers-color-scheme:dark){{{_ROOTS}{{{dark}}}}}"
    )
    return f"{_ROOTS}{{{light}}}{night}\n{_part('what_if.css')}"


@cache
def _part(name: str) -> str:
    return files("ksd_toolkit.widgets").joinpath("page", name).read_text(encoding="utf-8")
