"""A changed data file, an edited paper and a stamp of other data are named; nothing else is."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.printed_stamp import printed_stamps
from ksd_toolkit.runs.verifying import verify

pytestmark = pytest.mark.slow
SAMPLE = "hulu-sungai-selatan/2026"


@pytest.fixture
def project(two_runs, tmp_path, monkeypatch):
    """A copy of the sample project whose reports lie where a run puts them."""
    shutil.copytree(two_runs.project / "data", tmp_path / "data")
    shutil.copytree(two_runs.project / ".ksd", tmp_path / ".ksd")
    shutil.copytree(two_runs.first.folder, tmp_path / "reports" / SAMPLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_nobody_touched_is_the_same(project):
    found = verify(SAMPLE)
    assert found.same, found.differences
    stamp = json.loads((project / "reports" / SAMPLE / "stamp.json").read_text(encoding="utf-8"))
    assert (found.inputs, found.outputs) == (len(stamp["stamp"]["sources"]), len(stamp["outputs"]))


def test_every_tampered_file_is_named_and_nothing_else(project):
    data, reports = project / "data" / SAMPLE, project / "reports" / SAMPLE
    with (data / "capaian.csv").open("a", encoding="utf-8") as source:
        source.write("\n")
    with (data.parent / "theme.toml").open("a", encoding="utf-8") as theme:
        theme.write("\n")
    (data / "templates").mkdir()
    (data / "templates" / "sk.id.md").write_text("# Keputusan\n", encoding="utf-8")
    with (reports / "policy-brief.html").open("a", encoding="utf-8") as page:
        page.write("<!-- -->")
    (reports / "evaluation.pdf").unlink()
    found = verify(f"reports/{SAMPLE}")
    assert [(one.kind, one.name) for one in found.differences] == [
        ("input", "capaian.csv"),
        ("look", "2026/templates/sk.id.md"),
        ("look", "theme.toml"),
        ("output", "evaluation.pdf"),
        ("output", "policy-brief.html"),
    ]
    changed, own, _, gone, edited = found.differences
    assert own.before == ""
    assert changed.before[:12] in changed.sentence("id")
    assert changed.after[:12] in changed.sentence("id")
    assert gone.after == ""
    assert edited.before != edited.after
    shown = CliRunner().invoke(app, ["verify", SAMPLE])
    assert shown.exit_code == 1
    assert "capaian.csv" in shown.output


def test_a_paper_got_by_mail_is_checked_by_what_is_printed_on_it(project, tmp_path):
    reports = project / "reports" / SAMPLE
    for name in ("policy-brief.pdf", "policy-brief.html"):
        mailed = tmp_path / "mail" / name
        mailed.parent.mkdir(exist_ok=True)
        shutil.copy(reports / name, mailed)
        (line,) = printed_stamps(mailed)
        assert line.dossier == SAMPLE
        assert verify(str(mailed)).same
        forged = mailed.read_bytes().replace(line.data.encode(), b"000000000000")
        mailed.write_bytes(forged)
        kinds = {one.kind: one for one in verify(str(mailed)).differences}
        assert kinds["printed"].before == "000000000000"
        assert kinds["output"].name == name


def test_what_cannot_be_checked_is_told(tmp_path, project):
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "empty").mkdir()
    for asked in (bare, tmp_path / "empty"):
        with pytest.raises(RunError, match=asked.name):
            verify(str(asked))
    (project / "reports" / SAMPLE / "stamp.json").write_text('{"stamp": []}', encoding="utf-8")
    with pytest.raises(RunError, match=r"stamp\.json"):
        verify(SAMPLE)
