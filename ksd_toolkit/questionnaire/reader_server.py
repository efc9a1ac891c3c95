"""The process that forks a reader for each workbook, kept for as long as this process lives.

A reader still has one workbook and no more: whatever a file does to it, the next one is read by another. Only
the start of an interpreter, which took longer than most workbooks, is paid once.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Final

from ksd_toolkit.questionnaire import reader_child

_READ: Final = b"read"
_END: Final = b"end"
_ONE_AT_A_TIME: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Server:
    process: "subprocess.Popen[bytes]"
    socket: socket.socket
    owner: int

    @property
    def alive(self) -> bool:
        """Whether it is this process's own, and still there."""
        return self.owner == os.getpid() and self.process.poll() is None

    def close(self) -> None:
        """Let it end; one inherited by a fork belongs to the parent."""
        self.socket.close()
        if self.owner == os.getpid():
            self.process.wait()


_SERVERS: Final[list[_Server]] = []
SERVES: bool = sys.platform == "linux"
"""Whether one process may fork a reader for each workbook; elsewhere each is started by itself."""


def server_is_free() -> bool:
    """Take the server, where there can be one and nobody else of this process has it; `reader_server` gives it back."""
    return SERVES and _ONE_AT_A_TIME.acquire(blocking=False)


@contextmanager
def reader_server() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """What to ask of a reader of one workbook, and its answers; the reader ends with the block."""
    with ExitStack() as stack:
        stack.callback(_ONE_AT_A_TIME.release)
        (source, asking), (answering, target) = os.pipe(), os.pipe()
        try:
            server = _sent(source, target)
        finally:
            os.close(source)
            os.close(target)
        asked, answers = os.fdopen(asking, "wb"), os.fdopen(answering, "rb")
        stack.callback(_end, server, asked, answers)
        yield asked, answers


def _end(server: _Server, *pipes: IO[bytes]) -> None:
    """Let the reader end, wherever it is."""
    for pipe in pipes:
        with suppress(BrokenPipeError):
            pipe.close()
    with suppress(OSError):
        server.socket.send(_END)


def _sent(source: int, target: int) -> _Server:
    """The server that took the pipes; one that died since the last workbook is replaced."""
    server = _running()
    try:
        socket.send_fds(server.socket, [_READ], [source, target])
    except OSError:
        server.process.kill()
        server = _running()
        socket.send_fds(server.socket, [_READ], [source, target])
    return server


def _running() -> _Server:
    """The server, started where there is none."""
    if _SERVERS and _SERVERS[-1].alive:
        return _SERVERS[-1]
    while _SERVERS:
        _SERVERS.pop().close()
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-P", reader_child.__file__, str(there.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[there.fileno()],
        )
    _SERVERS.append(_Server(process, here, os.getpid()))
    return _SERVERS[-1]


@atexit.register
def _close() -> None:
    """End the server of this process with it."""
    while _SERVERS:
        _SERVERS.pop().close()
