"""What a worker reads before it forks must not be shared by its children as they read on."""

import subprocess
import sys
from pathlib import Path

import pytest

from ksd_toolkit.errors import RunError
from ksd_toolkit.matching import gathered
from ksd_toolkit.matching.gathered import gathered_bytes, gathered_file, read_gathered
from ksd_toolkit.runs.batch.warming import listen

OPEN_FILES = Path("/proc/self/fd")
TOLD = """
import os
from ksd_toolkit.runs.batch.warming import rehearse
rehearse()
for number in os.listdir("/proc/self/fd"):
    try:
        print(os.readlink(f"/proc/self/fd/{number}"))
    except OSError:  # the folder itself, which is closed again
        pass
"""


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="only Linux tells which files are open")
def test_no_typeface_stays_open_when_children_are_forked():
    shown = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, check=True)
    opened = [Path(line).suffix.lower() for line in shown.stdout.splitlines()]
    assert opened
    assert not {".otf", ".ttf", ".ttc", ".afm"} & set(opened)


def test_what_a_nation_says_is_read_before_children_are_forked(tmp_path, monkeypatch):
    path = gathered_file(tmp_path, "2026")
    path.parent.mkdir()
    listen(tmp_path, "2026")  # nothing was gathered yet
    path.write_bytes(gathered_bytes((), ("x/2026",)))
    listen(tmp_path, "2026")
    monkeypatch.setattr(gathered, "json", None)  # a child that reads it again would stop here
    assert read_gathered(tmp_path, "2026").failed == ("x/2026",)


def test_a_file_that_cannot_be_used_ends_no_worker(tmp_path):
    path = gathered_file(tmp_path, "2026")
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    listen(tmp_path, "2026")
    with pytest.raises(RunError):
        read_gathered(tmp_path, "2026")
