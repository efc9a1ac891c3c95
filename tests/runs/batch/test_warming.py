"""What a worker reads before it forks must not be shared by its children as they read on."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ksd_toolkit.errors import RunError
from ksd_toolkit.matching import gathered
from ksd_toolkit.matching.gathered import gathered_bytes, gathered_file, read_gathered
from ksd_toolkit.runs.batch import worker
from ksd_toolkit.runs.batch.task import Task
from ksd_toolkit.runs.batch.warming import listen
from ksd_toolkit.runs.fork_engine import ENGINE, PAPERMILL

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


@pytest.mark.parametrize(("engine", "done"), [(ENGINE, ["heard", "forked"]), (PAPERMILL, ["made"])])
def test_a_worker_hears_a_nation_before_it_forks_a_task(tmp_path, monkeypatch, engine, done):
    task = json.dumps(Task("x/2026", str(tmp_path), str(tmp_path)).to_json()).encode()
    asked = []
    for name in ("silence", "rehearse", "tell", "asdict"):
        monkeypatch.setattr(worker, name, lambda *_: None)
    monkeypatch.setattr(worker, "gc", SimpleNamespace(set_threshold=lambda *_: None))
    monkeypatch.setattr(
        worker, "signal", SimpleNamespace(signal=lambda *_: None, SIGINT=0, SIG_IGN=0)
    )
    monkeypatch.setattr(worker, "os", SimpleNamespace(dup=lambda _: os.devnull, getpid=os.getpid))
    monkeypatch.setattr(worker, "default_engine", lambda: engine)
    monkeypatch.setattr(
        worker, "listen", lambda root, period: asked.append(("heard", root, period))
    )
    monkeypatch.setattr(worker, "_in_child", lambda *_: asked.append(("forked",)))
    monkeypatch.setattr(worker, "make", lambda _: asked.append(("made",)))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(task + b"\n")))
    worker.serve()
    assert [what for what, *_ in asked] == done
    assert [told for what, *told in asked if what == "heard"] in ([], [[tmp_path, "2026"]])
