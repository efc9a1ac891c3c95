"""How alike texts and sets of codes are, every one against every other, from 0 to 1."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pandas as pd

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_DIGITS: Final = 4
_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST_WORD: Final = 3


def alike_texts(texts: "pd.Series[str]", ignored: frozenset[str] = frozenset()) -> Matrix:
    """Cosine of the word weights of every two texts; NaN against a text without words.

    A word counts by how rare it is among the texts, once a text; words of the stop list and those
    `ignored` not at all.

    Source:
        TF-IDF weights after Salton and Buckley (1988), Information Processing & Management 24(5).
    """
    words = [_words(str(text)) - ignored for text in texts.fillna("")]
    present = _membership(words)
    rarity = np.log((1 + len(words)) / (1 + present.sum(axis=0))) + 1
    weighed = present * rarity
    length = np.sqrt((weighed**2).sum(axis=1, keepdims=True))
    unit = np.divide(weighed, length, out=np.zeros_like(weighed), where=length > 0)
    return _silenced(np.clip(unit @ unit.T, 0.0, 1.0), length[:, 0] == 0)


def alike_sets(codes: "pd.Series[str]", *, any_shared: bool = False) -> Matrix:
    """Shared codes over all codes of every two lists `a;b`, or 1 where any is shared.

    Source:
        Jaccard index.
    """
    texts = codes.fillna("").astype(str)
    present = _membership([frozenset(filter(None, map(str.strip, t.split(";")))) for t in texts])
    shared = present @ present.T
    size = present.sum(axis=1)
    union = size[:, None] + size[None, :] - shared
    if any_shared:
        alike = (shared > 0).astype(float)
    else:
        alike = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return _silenced(alike, size == 0)


def shared_words(
    first: str, second: str, most: int, ignored: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Telling words both texts have, in the order of the first."""
    both = (_words(first) & _words(second)) - ignored
    return tuple(word for word in dict.fromkeys(_WORD.findall(plain(first))) if word in both)[:most]


def plain(text: str) -> str:
    """Small letters without accents: only for comparing."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


@cache
def thresholds() -> dict[str, Any]:
    """The table of evidence, weights and limits (`knowledge/overlaps.toml`)."""
    text = files("ksd_toolkit.knowledge").joinpath("overlaps.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _words(text: str) -> frozenset[str]:
    found = _WORD.findall(plain(text))
    return frozenset(word for word in found if len(word) >= _SHORTEST_WORD) - _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(thresholds()["words"]["stop"])


def _membership(sets: list[frozenset[str]]) -> Matrix:
    """A row per set, a column per member of any, 1 where it belongs."""
    number = {member: at for at, member in enumerate(sorted(frozenset[str]().union(*sets)))}
    present = np.zeros((len(sets), len(number)))
    for row, members in enumerate(sets):
        present[row, [number[member] for member in members]] = 1.0
    return present


def _silenced(alike: Matrix, silent: "np.ndarray[Any, Any]") -> Matrix:
    """Rounded, so that processors agree, and unknown where one side says nothing."""
    rounded: Matrix = np.round(alike, _DIGITS)
    rounded[silent, :] = np.nan
    rounded[:, silent] = np.nan
    return rounded
