"""Exit codes, lines and what is left when publishing breaks off, without a run."""

from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.batch.drafts import note_failure, publish_drafts
from ksd_toolkit.runs.batch.fingerprint import Seen
from ksd_toolkit.runs.batch.manifest import Manifest, read_manifest, write_manifest
from ksd_toolkit.runs.batch.order import Done, exit_code, told

REFUSED = {"id": "1 masukan ditolak", "en": "1 input was refused"}


@pytest.mark.parametrize(
    ("done", "code"),
    [
        ([], 0),
        ([Done("a/2026", "made"), Done("b/2026", "unchanged")], 0),
        ([Done("a/2026", "made"), Done("b/2026", "failed")], 2),
        ([Done("a/2026", "failed"), Done("b/2026", "failed")], 1),
        ([Done("a/2026", "partial", remark=REFUSED)], 2),
        ([Done("a/2026", "unchanged", remark=REFUSED)], 2),
    ],
)
def test_the_exit_code_says_how_much_is_there(done, code):
    assert exit_code(done) == code


def test_a_line_tells_the_reason_before_the_warnings():
    assert told(Done("a/2026", "made"), "id") == "a/2026: selesai"
    assert told(Done("a/2026", "made", warnings=3), "id").startswith(
        "a/2026: selesai: 3 peringatan"
    )
    assert told(Done("a/2026", "partial", remark=REFUSED, warnings=3), "en").endswith("refused")


def drafted(folder: Path, **contents: bytes) -> dict[str, str]:
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: sha256(content).hexdigest() for name, content in contents.items()}


def published(reports: Path, outputs) -> None:
    write_manifest(Manifest("a/2026", "made", "f", outputs=outputs), reports)


def test_what_breaks_off_while_publishing_is_listed_nowhere_and_whole(tmp_path, monkeypatch):
    """The old manifest goes first: when the second of two files cannot be moved, none tells of a mixture."""
    reports = tmp_path / "reports"
    first = drafted(tmp_path / "d1", a=b"old a", b=b"old b")
    published(reports, publish_drafts(tmp_path / "d1", first, reports, whole=True))
    second = drafted(tmp_path / "d2", a=b"new a", b=b"new b")
    replace = Path.replace

    def full(self, target):
        if Path(target).name == "b":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(RunError):
        publish_drafts(tmp_path / "d2", second, reports, whole=True)
    assert read_manifest(reports) is None
    assert (reports / "a").read_bytes() == b"new a"
    assert (reports / "b").read_bytes() == b"old b"
    assert not (tmp_path / "d2").exists()


def test_a_file_that_says_the_same_stays_and_one_no_longer_made_goes(tmp_path):
    reports = tmp_path / "reports"
    first = drafted(tmp_path / "d1", a=b"a", gone=b"x")
    published(reports, publish_drafts(tmp_path / "d1", first, reports, whole=True))
    place = (reports / "a").stat().st_ino
    some = drafted(tmp_path / "d2", a=b"a", new=b"n")
    publish_drafts(tmp_path / "d2", some, reports, whole=False)
    assert (reports / "gone").exists(), "only some papers were asked for"
    published(reports, {name: Seen(1, 1, "") for name in ("a", "gone", "new")})
    again = drafted(tmp_path / "d3", a=b"a", new=b"n")
    publish_drafts(tmp_path / "d3", again, reports, whole=True)
    assert (reports / "a").stat().st_ino == place
    assert not (reports / "gone").exists()


def test_a_failure_keeps_the_list_of_the_last_good_time(tmp_path):
    published(tmp_path, {"a": Seen(1, 1, "s")})
    note_failure(tmp_path, "a/2026", REFUSED)
    noted = read_manifest(tmp_path)
    assert (noted.status, noted.remark, set(noted.outputs)) == ("failed", REFUSED, {"a"})
    assert not noted.answers("f", (), tmp_path)


def test_a_project_without_dossiers_is_told_how_to_get_one(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["batch", "--all"])
    assert done.exit_code == 1
    assert "ksd new" in done.output


def test_a_batch_nobody_watches_says_at_once_that_it_has_begun(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["batch", "tapin/2026"])
    first, heard, made, *_ = done.stderr.splitlines()
    assert first == "Memeriksa 1 dosir."
    assert heard == "Membaca jawaban tiap daerah: 1/1"
    assert made.startswith("1/1 tapin/2026: gagal: ")
