"""Papers written again after a run are known to `ksd verify`; what changed between is still named."""

import shutil

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.stamp_file import renew_stamp, told_stamp
from ksd_toolkit.runs.verifying import verify

SAMPLE = "hulu-sungai-selatan/2026"


@pytest.fixture
def project(two_runs, tmp_path, monkeypatch):
    """A copy of the sample project whose reports lie where a run puts them."""
    shutil.copytree(two_runs.project / "data", tmp_path / "data")
    shutil.copytree(two_runs.project / ".ksd", tmp_path / ".ksd")
    shutil.copytree(two_runs.first.folder, tmp_path / "reports" / SAMPLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ksd(*words):
    told = CliRunner().invoke(app, [*words])
    assert told.exit_code == 0, told.output
    return told


@pytest.mark.slow
def test_papers_of_a_changed_record_are_known_and_the_record_is_named(project):
    record = project / "data" / SAMPLE / "pleno.toml"
    minutes = project / "reports" / SAMPLE / "berita-acara.pdf"
    before = minutes.read_bytes()
    with record.open("a", encoding="utf-8") as text:
        text.write("\n# disalin dari notula\n")
    ksd("plenary", SAMPLE, "--papers")
    assert minutes.read_bytes() != before  # its foot tells of the record as it is now
    found = verify(SAMPLE)
    assert [(one.kind, one.name) for one in found.differences] == [("input", "pleno.toml")]


@pytest.mark.slow
def test_a_pack_sent_out_after_a_run_leaves_nothing_to_tell(project):
    told = told_stamp(project / "reports" / SAMPLE)
    ksd("prepare", SAMPLE, "--start", "2026-02-02")  # another first day, so other papers
    renewed = told_stamp(project / "reports" / SAMPLE)
    changed = {name for name, sha in told["outputs"].items() if renewed["outputs"][name] != sha}
    assert "schedule.pdf" in changed
    assert "berita-acara.pdf" not in changed
    assert verify(SAMPLE).same, verify(SAMPLE).differences


def test_where_no_run_left_a_stamp_none_is_made(tmp_path):
    paper = tmp_path / "invitation.pdf"
    paper.write_bytes(b"%PDF")
    assert renew_stamp(tmp_path, [paper], ()) is None
    assert [path.name for path in tmp_path.iterdir()] == ["invitation.pdf"]


def test_a_stamp_that_is_none_is_a_sentence_and_stays(tmp_path):
    (tmp_path / "stamp.json").write_text('{"outputs": {}}', encoding="utf-8")
    with pytest.raises(RunError, match=r"stamp\.json"):
        renew_stamp(tmp_path, [], ())
    assert (tmp_path / "stamp.json").read_text(encoding="utf-8") == '{"outputs": {}}'
