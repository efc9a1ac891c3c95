"""What the tests start ends, whatever it does: a hang is told, and nothing is left running."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.processes import all_ended, alone, kill_group, started, status_of

DEAF = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
PARENT = f"""\
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {DEAF!r}])
print(child.pid, flush=True)
time.sleep(600)
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs process groups")


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def ended_soon(pid):
    for _ in range(500):
        if not is_running(pid):
            return True
        time.sleep(0.01)
    return False


def test_a_process_that_hangs_is_killed():
    process = started([sys.executable, "-c", DEAF], deadline=0.1)
    assert all_ended([process]) == [-signal.SIGKILL]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_its_children_go_with_it():
    process = started([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())
    assert is_running(child)
    kill_group(process)
    output, _ = process.communicate()
    assert (process.returncode, output) == (-signal.SIGKILL, "")
    assert ended_soon(child)


def test_a_forked_child_that_hangs_is_killed():
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        time.sleep(600)
        os._exit(0)
    status = status_of(child, seconds=0.2)
    assert os.WTERMSIG(status) == signal.SIGKILL


def test_an_alarm_ends_a_forked_child_and_its_children_go_with_it():
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        alone(2)
        below = subprocess.Popen([sys.executable, "-c", DEAF])
        os.write(write, str(below.pid).encode())
        time.sleep(600)
        os._exit(0)
    os.close(write)
    status = status_of(child)
    assert os.WTERMSIG(status) == signal.SIGALRM
    below = int(os.read(read, 20))
    os.close(read)
    assert ended_soon(below)


def test_a_child_that_ends_in_time_keeps_its_status():
    child = os.fork()
    if child == 0:
        os._exit(7)
    assert os.waitstatus_to_exitcode(status_of(child)) == 7
