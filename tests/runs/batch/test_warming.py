"""What a worker reads before it forks must not be shared by its children as they read on."""

import subprocess
import sys
from pathlib import Path

import pytest

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
