"""Which regions somebody may have meant who wrote no region's name."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Protocol, TypeVar

_MOST: Final = 3
_LIKE: Final = 0.75  # of 1: below it a name is no suggestion at all
_BEGINNING: Final = 4  # letters of a name that tell which ones are meant
_INITIALS: Final = 2  # letters at least
_ISLANDS: Final = frozenset({"kepulauan", "kep.", "kep"})


class Named(Protocol):
    """What has a name without its kind."""

    @property
    def short_name(self) -> str:
        """The name without its kind."""


Place = TypeVar("Place", bound=Named)


def meant(text: str, by_name: Mapping[str, Iterable[Place]], whole: str = "") -> list[Place]:
    """The regions `text` may mean, the likeliest first; none where nothing is near.

    Args:
        text: A name in small letters, without its kind where one was written.
        by_name: The regions by their names in small letters, without their kinds.
        whole: The text with its kind: `kota baru` may be one word of a name.
    """
    known, squeezed = sorted(by_name), _squeezed(whole)
    together = (name for name in known if squeezed and _squeezed(name) == squeezed)
    names = list(dict.fromkeys((*together, *_near(text, known))))[:_MOST]
    return [region for name in names for region in by_name[name]]


def _near(text: str, names: list[str]) -> Iterator[str]:
    """Written apart or together, part of a name, its initials, its beginning, or alike."""
    words, squeezed = frozenset(text.split()), _squeezed(text)
    yield from (name for name in names if squeezed and _squeezed(name) == squeezed)
    long_enough = len(text) >= _BEGINNING
    yield from (name for name in names if long_enough and words <= frozenset(name.split()))
    yield from (
        name for name in names if _initials(name) == squeezed and len(squeezed) >= _INITIALS
    )
    yield from (name for name in names if long_enough and name.startswith(text))
    yield from difflib.get_close_matches(text, names, n=_MOST, cutoff=_LIKE)


@lru_cache(maxsize=4096)  # the names of all regions are compared with every text
def _squeezed(name: str) -> str:
    """Letters and digits alone, without the word for islands."""
    kept = "".join(word for word in name.split() if word not in _ISLANDS)
    return "".join(letter for letter in kept if letter.isalnum())


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
