"""Processes a test starts, none of which can outlive its time: a hang becomes a failure, not silence."""

import contextlib
import os
import signal
import subprocess
import threading
import time

DEADLINE_SECONDS = 300  # far beyond what a slow machine needs; it only ends what would never end


def started(words, deadline=DEADLINE_SECONDS, **more):
    """A process in a group of its own, killed with all its children when the deadline has passed."""
    process = subprocess.Popen(words, start_new_session=True, **more)
    timer = threading.Timer(deadline, kill_group, [process])
    timer.daemon = True
    timer.start()
    return process


def kill_group(process):
    """End a process and whatever it started; nothing where it has ended."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def all_ended(processes):
    """The exit codes of all processes; those a deadline ended have a negative one."""
    try:
        return [process.wait() for process in processes]
    finally:
        for process in processes:
            kill_group(process)


def alone(seconds):
    """In a forked child: lead a group of one's own, and be ended by an alarm also in C code."""
    os.setsid()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)


def status_of(child, seconds=DEADLINE_SECONDS):
    """The status of a forked child, which is killed when it takes too long; its own children go with it."""
    end = time.monotonic() + seconds
    status = None
    while status is None:
        done, told = os.waitpid(child, os.WNOHANG)
        if done:
            status = told
        elif time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
        else:
            time.sleep(0.005)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    return status
