"""Colours measured: contrast on their ground, and how far apart they stay for the colour-blind.

Colours come as `#rrggbb`. What an office leaves open follows the hue of what it chose, as light and
as saturated beside it as before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import atan2, cos, dist, hypot, sin
from typing import Final

from ksd_toolkit.theme.knowledge import allowed, base_colours

Triple = tuple[float, float, float]

_WHITE: Final = (0.95047, 1.0, 1.08883)
_TO_XYZ: Final = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_FROM_XYZ: Final = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27
_STEPS: Final = 12  # towards grey, until a screen can show the colour
_PALER: Final = 0.8  # of the chroma at each step
_ROUNDING: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Faint:
    """Text that is too faint on its ground: the two names and the contrast they have."""

    text: str
    ground: str
    contrast: float


@dataclass(frozen=True, slots=True)
class Alike:
    """Two colours that a kind of colour-blindness takes for one, and the distance that is left."""

    first: str
    second: str
    vision: str
    difference: float


def contrast(one: str, other: str) -> float:
    """How much lighter one colour is than the other, 1 to 21.

    Source:
        W3C (2018) WCAG 2.1, definition of contrast ratio.
    """
    dark, light = sorted(_transformed(_linear(colour), _TO_XYZ)[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def difference(one: str, other: str, vision: str) -> float:
    """The distance of two colours in CIE 1976 L*a*b* as one kind of colour-blindness sees them.

    Args:
        one: A colour.
        other: Another one.
        vision: `protan`, `deutan` or `tritan`.

    Source:
        Machado, Oliveira and Fernandes (2009), severity 1.0; CIE 1976 colour difference.
    """
    seen = allowed()["vision"][vision]
    first, second = (_lab(_held(_transformed(_linear(c), seen))) for c in (one, other))
    return dist(first, second)


def faint(colours: Mapping[str, str]) -> Iterator[Faint]:
    """Every text of a paper that would be too faint on its ground."""
    rule = allowed()["contrast"]
    for text, ground in rule["pairs"]:
        if (found := contrast(colours[text], colours[ground])) < rule["least"]:
            yield Faint(text, ground, found)


def alike(colours: Mapping[str, str]) -> Iterator[Alike]:
    """Every pair that tells something apart and does not, for the kind of vision that sees it worst."""
    rule = allowed()["difference"]
    for first, second in rule["pairs"]:
        left, vision = min(
            (difference(colours[first], colours[second], vision), vision)
            for vision in ("protan", "deutan", "tritan")
        )
        if left < rule["least"]:
            yield Alike(first, second, vision, left)


def followed(chosen: Mapping[str, str]) -> dict[str, str]:
    """What an office chose, and the colours that follow the hue of those it chose."""
    base = base_colours()
    following = {
        follower: _in_hue_of(base[follower], chosen[name], base[name])
        for name, entry in allowed()["colours"].items()
        if name in chosen
        for follower in entry.get("with", ())
    }
    every = following | dict(chosen)
    return {name: every[name] for name in base if name in every}


def _in_hue_of(colour: str, chosen: str, instead_of: str) -> str:
    """`colour` as light as it is, its hue turned and its chroma scaled as from `instead_of` to `chosen`."""
    light, a, b = _lab(_linear(colour))
    (_, new_a, new_b), (_, old_a, old_b) = _lab(_linear(chosen)), _lab(_linear(instead_of))
    hue = atan2(b, a) + atan2(new_b, new_a) - atan2(old_b, old_a)
    chroma = hypot(a, b) * hypot(new_a, new_b) / hypot(old_a, old_b)
    for _ in range(_STEPS):
        found = _unlab((light, chroma * cos(hue), chroma * sin(hue)))
        if all(-_ROUNDING <= part <= 1 + _ROUNDING for part in found):
            return _hex(found)
        chroma *= _PALER
    return _hex(_unlab((light, 0.0, 0.0)))


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _opened(red), _opened(green), _opened(blue)


def _opened(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004  IEC 61966-2-1


def _hex(linear: Triple) -> str:
    return "#" + "".join(f"{round(255 * _closed(part)):02x}" for part in _held(linear))


def _closed(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004  IEC 61966-2-1


def _held(linear: Triple) -> Triple:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in linear)
    return red, green, blue


def _transformed(colour: Triple, matrix: tuple[Triple, ...]) -> Triple:
    x, y, z = (sum(m * c for m, c in zip(row, colour, strict=True)) for row in matrix)
    return x, y, z


def _lab(linear: Triple) -> Triple:
    x, y, z = (
        part ** (1 / 3) if part > _EPSILON else (_KAPPA * part + 16) / 116
        for part in (
            value / white
            for value, white in zip(_transformed(linear, _TO_XYZ), _WHITE, strict=True)
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _unlab(lab: Triple) -> Triple:
    y = (lab[0] + 16) / 116
    roots = (y + lab[1] / 500, y, y - lab[2] / 200)
    xyz = [
        white * (root**3 if root**3 > _EPSILON else (116 * root - 16) / _KAPPA)
        for root, white in zip(roots, _WHITE, strict=True)
    ]
    return _transformed((xyz[0], xyz[1], xyz[2]), _FROM_XYZ)
