"""Values in classes: their borders, the tone of each class and the words of the key."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import isfinite, nan
from typing import Any, Final, cast

from ksd_toolkit.document import MapTone
from ksd_toolkit.messages import say, trimmed

_STEPS: Final = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
_PLACES: Final = 2


@dataclass(frozen=True, slots=True)
class Classes:
    """Ascending inner borders; a value on a border belongs to the class above it.

    Without borders there is one class: that of the value `only`, NaN where nothing is known.
    """

    borders: tuple[float, ...]
    unit: str = ""
    only: float = nan

    def tone(self, value: float) -> MapTone:
        """The tone of a value; `unknown` where there is none."""
        if not isfinite(value):
            return "unknown"
        return self._tones()[sum(value >= border for border in self.borders)]

    def key(self, lang: str) -> list[tuple[MapTone, str]]:
        """What each class holds, in words, the lowest first."""
        ends = [trimmed(border, _PLACES, lang) for border in self.borders]
        facts = {"unit": self.unit}
        if not ends and not isfinite(self.only):
            return []
        if not ends:
            same = trimmed(self.only, _PLACES, lang)
            return [(self._tones()[0], say("map.key.all", lang, low=same, **facts))]
        told = [
            say("map.key.below", lang, high=ends[0], **facts),
            *(
                say("map.key.from", lang, low=low, high=high, **facts)
                for low, high in pairwise(ends)
            ),
            say("map.key.above", lang, low=ends[-1], **facts),
        ]
        return list(zip(self._tones(), told, strict=True))

    def _tones(self) -> list[MapTone]:
        steps = _STEPS[len(self.borders) + 1]
        return [cast(MapTone, f"class_{step}") for step in steps]


def classes_of(
    values: Iterable[float], borders: Sequence[float] | None = None, unit: str = ""
) -> Classes:
    """The classes of a map: those given, else five of as many regions each, as far as values differ.

    Args:
        values: What is to be classed; NaN and infinite values are unknown and decide nothing.
        borders: At most four inner borders.
        unit: What stands after a number, with its space.

    Raises:
        ValueError: More than four borders.
    """
    known = sorted(value for value in values if isfinite(value))
    if borders is None:
        cuts = [known[int(share * len(known))] for share in _rules()["shares"] if known]
        borders = [cut for cut in dict.fromkeys(cuts) if cut > known[0]]
    if len(borders) > max(_STEPS) - 1:
        raise ValueError(f"at most {max(_STEPS) - 1} borders, not {len(borders)}")
    return Classes(tuple(sorted(borders)), unit, known[0] if known else nan)


def points_classes(unit: str = "") -> Classes:
    """The classes of points from 0 to 100.

    Args:
        unit: What stands after a number, with its space.

    Source:
        `knowledge/maps.toml`.
    """
    return Classes(tuple(map(float, _rules()["points"])), unit)


@cache
def _rules() -> Mapping[str, Any]:
    text = files("ksd_toolkit.knowledge").joinpath("maps.toml").read_text(encoding="utf-8")
    return cast(Mapping[str, Any], tomllib.loads(text)["classes"])
