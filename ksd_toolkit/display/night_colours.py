"""An office's colours on a dark ground: as light as they must be to be read there, in the same hue."""

from collections.abc import Mapping
from typing import Final

from ksd_toolkit.display.palette import DARK

_TEXTS: Final = (
    "teal",
    "accent",
    "green",
)  # text and rules; grounds stay those of the dark palette
_AA: Final = 4.5
"""Contrast of text and its ground. Source: WCAG 2.2, success criterion 1.4.3."""
_STEPS: Final = 50  # on the way to white


def by_night(own: Mapping[str, str]) -> dict[str, str]:
    """The dark palette with an office's `teal`, `accent` and `green`, each lightened until it reads.

    Args:
        own: Colours of the theme by name, `#rrggbb`.
    """
    chosen = {name: _readable(own[name], _grounds(name)) for name in _TEXTS if name in own}
    return {**DARK, **chosen}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _grounds(name: str) -> tuple[str, ...]:
    marked = (DARK["on_accent"],) if name == "accent" else ()
    return (DARK["paper"], DARK["shade"], DARK[f"{name}_shade"], *marked)


def _readable(colour: str, grounds: tuple[str, ...]) -> str:
    for step in range(_STEPS + 1):
        lighter = _towards_white(colour, step / _STEPS)
        if all(contrast(lighter, ground) >= _AA for ground in grounds):
            return lighter
    return DARK["ink"]


def _towards_white(colour: str, share: float) -> str:
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in _parts(colour))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]  # noqa: PLR2004  sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
