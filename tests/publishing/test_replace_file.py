import errno
import os
from pathlib import Path

import pytest

from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.files import replace_file


def no_space(*_args):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_is_written_and_replaced(tmp_path):
    file = tmp_path / "baru" / "laporan.pdf"
    replace_file(file, b"satu")
    replace_file(file, b"dua")
    assert file.read_bytes() == b"dua"
    assert [path.name for path in file.parent.iterdir()] == ["laporan.pdf"]


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace"), (Path, "open")])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, owner, step):
    file = tmp_path / "laporan.pdf"
    file.write_bytes(b"lama")
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, no_space)
        with pytest.raises(RunError, match=r"laporan\.pdf") as caught:
            replace_file(file, b"baru")
    assert caught.value.code == "file.not_written"
    assert "unharmed" in caught.value.sentence("en")
    assert file.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_a_file_is_a_sentence(tmp_path):
    (tmp_path / "laporan").write_text("berkas")
    with pytest.raises(RunError, match="tidak dapat ditulis"):
        replace_file(tmp_path / "laporan" / "a.pdf", b"x")


def test_the_content_is_on_the_disk_before_it_takes_the_name(tmp_path, monkeypatch):
    steps = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: steps.append("fsync") or fsync(handle))
    monkeypatch.setattr(Path, "replace", lambda a, b: steps.append("replace") or replace(a, b))
    replace_file(tmp_path / "a", b"x")
    assert steps == ["fsync", "replace", "fsync"]
