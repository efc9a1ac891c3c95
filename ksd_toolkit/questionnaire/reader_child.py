"""The program of the reading process: values out of a workbook, nothing else, within bounded memory.

It is started by `reader_process` with its own interpreter and imports nothing of the toolkit, so
that it starts in a few hundredths of a second. In: a path or an archive, and names of sheets, as
one pickle. Out, as pickles: the names of all sheets; then for each sheet asked for the number of
empty columns the reader leaves out, blocks of rows, and None.

Called with the number of a socket it reads one workbook after another, each in a child of its own: it
is sent the two ends of pipes that such a child reads from and writes to, and then a word when to end it.
"""

import io
import os
import pickle
import signal
import socket
import sys
from itertools import islice

from python_calamine import CalamineWorkbook

_MEMORY_BYTES = 3 * 2**30  # address space, not memory in use; the largest file passed needs a third
_BLOCK_ROWS = 500
_PIPES = 2
_WORD = 8  # bytes of a word on the socket, more than any has


def main() -> None:
    """Read what was asked for and write it out."""
    _limit_memory()
    source, wanted = pickle.load(sys.stdin.buffer)  # noqa: S301  written by our own parent
    book = CalamineWorkbook.from_object(io.BytesIO(source) if isinstance(source, bytes) else source)
    _tell(book.sheet_names)
    for name in wanted:
        sheet = book.get_sheet_by_name(name)
        _tell(sheet.start[1] if sheet.start else 0)
        rows = iter(sheet.iter_rows())
        while block := list(islice(rows, _BLOCK_ROWS)):
            _tell(block)
        _tell(None)


def _limit_memory() -> None:
    """Ask the system to end this process rather than let it fill the machine."""
    try:
        import resource  # noqa: PLC0415  not on every system
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, hard))


def _tell(what: object) -> None:
    pickler = pickle.Pickler(sys.stdout.buffer, protocol=5)
    pickler.dump(what)


def serve(number: int) -> None:
    """Read a workbook a request, until whoever asks closes the socket."""
    with socket.socket(fileno=number) as asked:
        while True:
            word, pipes, _, _ = socket.recv_fds(asked, _WORD, _PIPES)
            if not word:
                return
            child = os.fork()
            if not child:
                _read_apart(asked, *pipes)
            for pipe in pipes:
                os.close(pipe)
            asked.recv(_WORD)
            os.kill(
                child, signal.SIGKILL
            )  # it is not waited for yet, so the number is still its own
            os.waitpid(child, 0)


def _read_apart(asked: socket.socket, source: int, target: int) -> None:
    """Read one workbook in this child, and end it."""
    try:
        asked.close()
        os.dup2(source, 0)
        os.dup2(target, 1)
        os.close(source)
        os.close(target)
        main()
        sys.stdout.flush()
    finally:
        os._exit(0)


if __name__ == "__main__":
    if sys.argv[1:]:
        serve(int(sys.argv[1]))
    else:
        main()
