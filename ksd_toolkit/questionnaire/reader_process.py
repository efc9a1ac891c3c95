"""Let the spreadsheet reader work in a process of its own, so that its death is a damaged file and no more.

The reader is native code: an allocation that fails there ends the whole process, and no `except`
sees it. The gate keeps out every such file we know of; this keeps the others from taking the
notebook or the batch with them.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final, cast

from ksd_toolkit.questionnaire import reader_child
from ksd_toolkit.questionnaire.cells import Raw
from ksd_toolkit.questionnaire.file_types import RefusedError
from ksd_toolkit.questionnaire.reader_server import reader_server, server_is_free

_BROKEN_OFF: Final = (
    EOFError, pickle.UnpicklingError, AttributeError, IndexError, ImportError, BrokenPipeError,
)  # fmt: skip  # what the words of a dead or foreign process can raise
_MOMENTS: Final = frozenset({"date", "datetime", "time", "timedelta"})
_SHARED_LETTERS: Final = 64  # longer texts seldom stand twice
_SHARED_TEXTS: Final = 200_000

Rows = list[tuple[Raw, ...]]


def sheet_values(
    source: Path | bytes, sheets: Sequence[str], wanted: Sequence[str]
) -> Iterator[Rows]:
    """The rows of each wanted sheet, from A1 on.

    Args:
        source: The workbook, which has passed the gate, or its bytes.
        sheets: The names of all its sheets as the gate saw them.
        wanted: The names of those to read.

    Raises:
        RefusedError: The reader failed, or would have read other sheets than were measured.
    """
    with _reader() as (asked, answers):
        try:
            yield from _values(asked, answers, source, sheets, wanted)
        except _BROKEN_OFF as error:
            raise RefusedError("file.damaged") from error


@contextmanager
def _reader() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A process that reads one workbook: a child of the reader kept for this process, or one started for it."""
    if server_is_free():
        with reader_server() as pipes:
            yield pipes
        return
    command = [sys.executable, "-P", reader_child.__file__]
    with subprocess.Popen(  # noqa: S603  our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        finally:
            process.kill()


def _values(
    asked: IO[bytes],
    answers: IO[bytes],
    source: Path | bytes,
    sheets: Sequence[str],
    wanted: Sequence[str],
) -> Iterator[Rows]:
    question = (source if isinstance(source, bytes) else str(source), list(wanted))
    with suppress(BrokenPipeError), closing(asked):
        pickle.dump(question, asked)
    if _told(answers) != list(sheets):
        raise RefusedError("file.damaged")
    for _ in wanted:
        aside = [""] * _told(answers)
        rows: Rows = []
        shared: dict[str, str] = {}
        while block := _told(answers):
            rows += [tuple(aside + _sharing(row, shared)) for row in block]
        yield rows


def _sharing(row: list[Any], shared: dict[str, str]) -> list[Any]:
    """The same values, where equal short texts are one object: answers repeat themselves."""
    kept = shared.setdefault if len(shared) < _SHARED_TEXTS else shared.get
    return [
        kept(value, value) if type(value) is str and len(value) <= _SHARED_LETTERS else value
        for value in row
    ]


def _told(source: IO[bytes]) -> Any:
    return _Values(source).load()


class _Values(pickle.Unpickler):
    """Reads values and moments in time; a file that took hold of the child could send nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of a moment, or of nothing."""
        if module == "datetime" and name in _MOMENTS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)
