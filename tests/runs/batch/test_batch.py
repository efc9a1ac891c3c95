"""A batch by hand: what is made, skipped, corrected, refused, and what stays when something fails."""

import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import BusyError, RunError
from ksd_toolkit.rollup import SUMMARY_FILE
from ksd_toolkit.runs.batch import batch
from ksd_toolkit.runs.batch.crew import Crew
from ksd_toolkit.runs.batch.lock import locked
from ksd_toolkit.runs.batch.manifest import read_manifest
from ksd_toolkit.runs.batch.order import Batch, Order, exit_code, told
from ksd_toolkit.runs.batch.task import Task, make
from ksd_toolkit.runs.returning import RETURN_FOLDER
from ksd_toolkit.runs.run import run_dossier
from ksd_toolkit.runs.stamp_file import sha_of
from ksd_toolkit.runs.verifying import verify
from tests.runs.batch.nation import PAPER, copy_of, project_of, published

pytestmark = pytest.mark.slow
CREW = Crew(1)
"""One warm process for every batch of this module: what is tested here is what a batch decides."""


@pytest.fixture(scope="module", autouse=True)
def crew():
    yield CREW
    CREW.close()


def run_batch(asked, watch=None):
    return batch.run_batch(asked, watch, CREW.work)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three regions made once: project, names and what the batch told."""
    home = tmp_path_factory.mktemp("nation")
    names = project_of(home, 3)
    return home, names, run_batch(Order(home, tuple(names), papers=(PAPER,)))


@pytest.fixture
def nation(made, tmp_path):
    """A copy of the made project, to spoil."""
    home, names, _ = made
    shutil.copytree(home, tmp_path / "p", symlinks=True)
    return tmp_path / "p", names


def statuses(batch: Batch):
    return {one.dossier: one.status for one in batch.done}


def order(home, names, **changes):
    return Order(home, tuple(names), **{"papers": (PAPER,), "workers": 1, **changes})


def test_every_region_has_its_papers_and_a_manifest_that_lists_them(made):
    home, names, batch = made
    assert [one.dossier for one in batch.done] == names
    assert exit_code(batch.done) == 0
    for name in names:
        folder = home / "reports" / name
        manifest = read_manifest(folder)
        listed = set(manifest.outputs)
        assert {f"{PAPER}.{form}" for form in ("html", "pdf", "docx", "xlsx")} <= listed
        assert {"notebooks/07_policy_brief.ipynb", "stamp.json", "masalah.html"} <= listed
        lies = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert lies == listed | {"manifest.json"}
    assert not list((home / "reports").glob(".batch-*"))


def test_the_index_of_the_period_lists_every_region(made):
    home, names, _ = made
    index = json.loads((home / "reports" / "indeks-2026.json").read_text("utf-8"))
    assert {one["dossier"]: one["status"] for one in index["regions"]} == dict.fromkeys(
        names, "made"
    )
    page = (home / "reports" / "indeks-2026.html").read_text("utf-8")
    assert all(f"{name}/{PAPER}.pdf" in page for name in names)


def test_a_stamp_of_a_batch_is_proved(made, monkeypatch):
    home, names, _ = made
    monkeypatch.setenv("KSD_HOME", str(home))
    found = verify(str(home / "reports" / names[0]))
    assert found.differences == ()
    assert found.outputs > 5


def test_a_run_of_one_dossier_makes_the_same_files(made, tmp_path):
    home, names, _ = made
    folder = tmp_path / "out"
    run_dossier(open_dossier(names[0], home=home), folder=folder, only={PAPER})
    for path in folder.rglob("*"):
        if path.is_file():
            there = home / "reports" / names[0] / path.relative_to(folder)
            assert path.read_bytes() == there.read_bytes(), path.name


def test_what_has_not_changed_is_not_made_again(nation):
    home, names = nation
    run_batch(order(home, names))  # a copy has other times; they are noted anew
    before = published(home)
    times = {p: p.stat().st_mtime_ns for p in (home / "reports").rglob("*")}
    batch = run_batch(order(home, names))
    assert set(statuses(batch).values()) == {"unchanged"}
    assert published(home) == before
    assert {p: p.stat().st_mtime_ns for p in (home / "reports").rglob("*")} == times


def test_one_corrected_answer_makes_its_region_alone(nation):
    home, names = nation
    run_batch(order(home, names))
    before = published(home)
    indicators = home / "data" / names[1] / "opd.csv"
    indicators.write_text(indicators.read_text("utf-8").replace("Dinas", "Dinas Baru", 1), "utf-8")
    found = statuses(run_batch(order(home, names)))
    assert found == {names[0]: "unchanged", names[1]: found[names[1]], names[2]: "unchanged"}
    assert found[names[1]] in {"made", "partial"}
    changed = {name for name, sha in published(home).items() if before.get(name) != sha}
    assert changed
    assert all(name.startswith(names[1]) for name in changed)


def test_who_says_something_else_is_told_until_it_is_gathered_again(nation):
    home, names = nation
    gathered = home / ".ksd" / "antardaerah-2026.json"
    content = json.loads(gathered.read_text("utf-8"))
    [one] = [one for one in content["regions"] if one["dossier"] == names[1]]
    one["usulan"] = []
    gathered.write_text(json.dumps(content), "utf-8")
    first = run_batch(order(home, names))  # they hear something else, so all are made
    assert (set(statuses(first).values()), first.says_otherwise) == ({"made"}, (names[1],))
    again = run_batch(order(home, names))
    assert set(statuses(again).values()) == {"unchanged"}
    assert again.says_otherwise == (names[1],)
    heard = run_batch(order(home, names, hear_again=True))
    assert heard.says_otherwise == ()


def test_a_spoilt_paper_is_made_again(nation):
    home, names = nation
    run_batch(order(home, names))
    paper = home / "reports" / names[0] / f"{PAPER}.html"
    whole = paper.read_bytes()
    paper.write_bytes(b"<p>" + whole)
    (home / "reports" / names[2] / f"{PAPER}.pdf").unlink()
    found = statuses(run_batch(order(home, names)))
    assert found == {names[0]: "made", names[1]: "unchanged", names[2]: "made"}
    assert paper.read_bytes() == whole


def test_marked_copies_and_summary_stay_as_they_are_until_somebody_spoils_them(nation):
    home, names = nation
    sent = next((home / "data" / names[0] / "kuesioner").glob("*.xlsx"))
    book = openpyxl.load_workbook(sent)
    book["opd"]["C9"] = book["opd"]["C10"] = book["opd"]["C11"] = "entah"
    book.save(sent)
    run_batch(order(home, names[:1]))
    [copy] = (home / "reports" / names[0] / RETURN_FOLDER).glob("*.xlsx")
    reports, before = home / "reports" / names[0], copy.read_bytes()
    folder = make(
        Task(names[0], str(home), str(home / "reports" / "drafts"), papers=(PAPER,))
    ).folder
    for kept in (copy, reports / SUMMARY_FILE):
        assert Path(folder, kept.relative_to(reports)).samefile(kept)  # nobody wrote it again
    shutil.rmtree(home / "reports" / "drafts")
    copy.write_bytes(before + b"?")
    assert statuses(run_batch(order(home, names[:1]))) == {names[0]: "partial"}
    assert copy.read_bytes() == before
    listed = read_manifest(reports).outputs[copy.relative_to(reports).as_posix()]
    assert listed.sha256 == sha_of(copy)


def test_a_region_that_fails_keeps_what_was_published_and_stops_no_other(nation):
    home, names = nation
    before = published(home)
    (home / "data" / names[0] / "dossier.toml").write_text("kacau = [", "utf-8")
    batch = run_batch(order(home, [*names, "tak-ada/2026"], again=True))
    assert statuses(batch) == {
        names[0]: "failed", names[1]: "made", names[2]: "made", "tak-ada/2026": "failed",
    }  # fmt: skip
    assert exit_code(batch.done) == 2
    assert published(home) == before
    assert "dossier.toml" in next(one for one in batch.done if one.status == "failed").remark["id"]


def test_a_failure_within_a_run_is_noted_beside_the_papers_of_the_last_good_one(nation):
    home, names = nation
    run_batch(order(home, names))
    listed = set(read_manifest(home / "reports" / names[0]).outputs)
    method = home / "data" / names[0] / "metode.toml"
    (home / "data" / names[0] / "theme.toml").write_text("[[", "utf-8")
    batch = run_batch(order(home, names[:1]))
    assert statuses(batch) == {names[0]: "failed"}
    assert exit_code(batch.done) == 1
    noted = read_manifest(home / "reports" / names[0])
    assert (noted.status, set(noted.outputs)) == ("failed", listed)
    assert set(noted.remark) == {"id", "en"}
    index = json.loads((home / "reports" / "indeks-2026.json").read_text("utf-8"))
    states = {one["dossier"]: one["status"] for one in index["regions"]}
    assert states == {names[0]: "failed", names[1]: "made", names[2]: "made"}
    (home / "data" / names[0] / "theme.toml").unlink()
    assert not method.exists()
    assert statuses(run_batch(order(home, names[:1]))) == {names[0]: "made"}


def test_what_no_notebook_knows_is_refused_before_anything_starts(nation):
    home, names = nation
    for changes in ({"settings": {"baris": "3"}}, {"papers": ("salah",)}, {"engine": "lain"}):
        with pytest.raises(RunError):
            run_batch(order(home, ["tak-ada/2026", *names], again=True, **changes))
    assert not (home / "reports" / "tak-ada").exists()


def test_a_name_that_is_none_fails_alone(nation):
    home, names = nation
    batch = run_batch(order(home, ["../x", names[0]]))
    assert statuses(batch) == {"../x": "failed", names[0]: "unchanged"}


def test_two_batches_of_a_period_exclude_each_other(nation):
    home, names = nation
    with locked(home, ["2026"]), pytest.raises(BusyError) as refused:
        run_batch(order(home, names))
    assert str(os.getpid()) in refused.value.sentence("id")
    with locked(home, ["2025"]):
        assert set(statuses(run_batch(order(home, names))).values()) <= {"made", "unchanged"}


def test_nothing_of_a_dead_batch_is_left(nation):
    home, names = nation
    left = home / "reports" / ".batch-2026" / "abc"
    left.mkdir(parents=True)
    (left / "x.pdf").write_bytes(b"half")
    run_batch(order(home, names[:1]))
    assert not left.parent.exists()


def test_a_dossier_with_warnings_says_how_many(nation):
    home, names = nation
    for book in (home / "data" / names[0] / "kuesioner").iterdir():
        book.unlink()
    [one] = run_batch(order(home, names[:1])).done
    assert one.status == "made"  # what was answered stays
    assert one.warnings >= 2
    assert str(one.warnings) in told(one, "id")
    [later] = run_batch(order(home, names[:1])).done
    assert (later.status, later.warnings) == ("unchanged", one.warnings)


def test_another_paper_of_the_same_data_joins_those_that_are_there(nation):
    home, names = nation
    before = set(read_manifest(home / "reports" / names[0]).outputs)
    found = run_batch(order(home, names[:1], papers=("policy-brief-short",)))
    assert statuses(found) == {names[0]: "made"}
    manifest = read_manifest(home / "reports" / names[0])
    assert manifest.papers == (PAPER, "policy-brief-short")
    assert before < set(manifest.outputs)
    for papers in ((PAPER,), ("policy-brief-short",), (PAPER, "policy-brief-short")):
        assert statuses(run_batch(order(home, names[:1], papers=papers))) == {names[0]: "unchanged"}


def test_what_a_roll_up_reads_is_made_again_when_somebody_spoilt_it(nation):
    home, names = nation
    told = home / "reports" / names[0] / SUMMARY_FILE
    before = told.read_bytes()
    told.write_bytes(b"{}")
    more = order(home, names[:1], papers=("policy-brief-short",))
    assert statuses(run_batch(more)) == {names[0]: "made"}
    assert told.read_bytes() == before


def test_an_unreadable_manifest_is_as_none(nation):
    home, names = nation
    path = home / "reports" / names[0] / "manifest.json"
    for content in ("", "{", "[]", json.dumps({"version": 99})):
        path.write_text(content, "utf-8")
        assert read_manifest(path.parent) is None
    assert statuses(run_batch(order(home, names[:1]))) == {names[0]: "made"}


def test_every_region_hears_the_same_whichever_is_made_first(made, tmp_path):
    """What the others say was gathered first: made one by one, in the other order, nothing differs."""
    home, names, _ = made
    other = copy_of(home, tmp_path / "p")
    for name in reversed(names[:2]):
        (other / ".ksd").mkdir(exist_ok=True)
        shutil.copy(home / ".ksd" / "antardaerah-2026.json", other / ".ksd")
        run_batch(order(other, [name], workers=1))
    expected = {n: sha for n, sha in published(home).items() if not n.startswith(names[2])}
    assert published(other) == expected
