"""Walk through an XML part of an archive in small pieces; a DTD or damage ends it with a reason.

A part of a few megabytes can hold a hundred million elements within each other, or as many names;
either would fill the memory of any parser. No spreadsheet needs many of them.
"""

from collections.abc import Callable
from typing import IO, Final
from xml.parsers import expat

from ksd_toolkit.questionnaire.file_types import RefusedError

_CHUNK_BYTES: Final = 2**16
_MAX_DEPTH: Final = 1_000  # elements within each other
_MAX_NAMES: Final = 10_000  # different names of elements and attributes

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class XmlWalk:
    """A parser that calls `start` for every element, and more when asked to.

    Whatever encoding a part declares, it is read as UTF-8, because the reader knows no other.
    """

    def __init__(self, start: Start) -> None:
        self._names: dict[str, str] = {}
        self._open: list[str] = []
        self._parser = expat.ParserCreate("UTF-8", intern=self._names)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _no_dtd
        push = self._open.append

        def begin(tag: str, attributes: dict[str, str]) -> None:
            push(tag)
            start(tag, attributes)

        self._parser.StartElementHandler = begin
        self.unwatch()

    def watch(self, end: End, text: Text) -> None:
        """From here on call `end` for every element that closes and `text` for what lies between."""
        pop = self._open.remove

        def close(tag: str) -> None:
            pop(tag)
            end(tag)

        self._parser.EndElementHandler = close
        self._parser.CharacterDataHandler = text

    def unwatch(self) -> None:
        """Only count what closes: several times as fast."""
        self._parser.EndElementHandler = self._open.remove
        self._parser.CharacterDataHandler = None

    def read(self, source: IO[bytes]) -> None:
        """Walk through the whole part.

        Raises:
            RefusedError: The part is no XML, has a DTD, or is nested beyond all measure.
        """
        try:
            while chunk := source.read(_CHUNK_BYTES):
                self._parser.Parse(chunk, False)
                if len(self._open) > _MAX_DEPTH or len(self._names) > _MAX_NAMES:
                    raise RefusedError("file.damaged")
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise RefusedError("file.damaged") from error


def local_name(tag: str) -> str:
    """`c` for `x:c`: writers choose their own prefixes."""
    return tag.rpartition(":")[2]


def _no_dtd(*_: object) -> None:
    raise RefusedError("file.dtd")
