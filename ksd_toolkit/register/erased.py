"""Those who were erased: only keyed references are left of them, and by these they are recognised."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE, MAX_UNZIPPED_BYTES
from ksd_toolkit.questionnaire.personal import personal_places
from ksd_toolkit.register.redaction import visible
from ksd_toolkit.register.spellings import EDGES, forms_of, normal_forms

_WORD: Final = re.compile(r"[^\s_]+")


class Erased:
    """Recognises erased values in any text, without knowing them.

    Args:
        tombstones: Reference and number of words of each value that must come back nowhere.
        refer: Makes the reference of a text.
    """

    def __init__(self, tombstones: Iterable[tuple[str, int]], refer: Callable[[str], str]) -> None:
        told = list(tombstones)
        self._references = {reference for reference, _ in told}
        self._lengths = sorted({words for _, words in told})
        self._refer = refer

    def __bool__(self) -> bool:
        return bool(self._references)

    def is_one(self, value: str) -> bool:
        """Whether a value, or a part of it, was erased."""
        return bool(self) and any(self._refer(form) in self._references for form in forms_of(value))

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text shows somebody who was erased: numbers, addresses, and runs of words."""
        if not self:
            return
        for start, stop in personal_places(text):
            if self._matches(text[start:stop]):
                yield start, stop
        words = [match.span() for match in _WORD.finditer(text)]
        for length in self._lengths:
            for first in range(len(words) - length + 1):
                start, stop = words[first][0], words[first + length - 1][1]
                piece = text[start:stop].replace("_", " ")
                bare = piece.strip(EDGES)
                if self._matches(piece) or (bare != piece and self._matches(bare)):
                    start += len(piece) - len(piece.lstrip(EDGES))
                    yield start, start + len(bare)

    def in_file(self, path: Path) -> frozenset[str]:
        """What a file shows of those who were erased, whether or not it can be understood."""
        if not self:
            return frozenset()
        found = {text[start:stop] for text in _texts(path) for start, stop in self.places(text)}
        return frozenset(found)

    def _matches(self, text: str) -> bool:
        return any(self._refer(form) in self._references for form in normal_forms(text))


def _texts(path: Path) -> Iterator[str]:
    """Everything a file says: the texts of a workbook's parts, else its bytes as text."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) <= MAX_UNZIPPED_BYTES:
                for entry in entries:
                    yield visible(archive.read(entry).decode("utf-8", "ignore"))
    except DAMAGED_ARCHIVE:
        content = path.read_bytes()
        yield content.decode("utf-8", "ignore")
        yield content.decode("utf-16-le", "ignore")
