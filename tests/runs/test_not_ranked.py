"""A period whose answers cannot be ranked yet: what needs no ranking is made, and the reason is said."""

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.errors import MethodError
from ksd_toolkit.runs.batch.batch import run_batch
from ksd_toolkit.runs.batch.order import Order
from ksd_toolkit.runs.run import run_dossier
from ksd_toolkit.runs.verifying import verify
from tests.small_project import NAME, new_project, office_book

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path, monkeypatch):
    made = new_project(tmp_path)
    made.put(office_book("DINKES"), "dinkes.xlsx")
    monkeypatch.chdir(tmp_path)
    return made


def test_papers_on_preparation_and_answers_are_made_and_the_reason_is_said(project):
    told = CliRunner().invoke(app, ["run", NAME])
    assert told.exit_code == 2
    assert "Tidak ada usulan yang lolos gerbang" in told.stderr
    assert f"di folder reports/{NAME}" in " ".join(told.stderr.split())
    reports = project.dossier.reports
    for name in (
        "preparation.html", "answers.pdf", "internal/answers.html", "masalah.csv", "invitation.docx",
        "schedule.pdf", "internal/ppksd-list.pdf", "completeness.pdf", "potential-map.html", "long-list.pdf",
    ):  # fmt: skip
        assert (reports / name).stat().st_size > 0
    for name in ("ranking.xlsx", "berita-acara.pdf", "sk.docx", "plenary-material.pdf"):
        assert not (reports / name).exists()
    found = verify(NAME)
    assert found.same
    assert found.outputs > len(list(reports.glob("*.pdf")))
    with (reports / "long-list.html").open("a", encoding="utf-8") as page:
        page.write(" ")
    assert [one.name for one in verify(NAME).differences] == ["long-list.html"]


def test_a_broken_method_is_said_before_anything_is_made(project):
    path = project.folder / "dossier.toml"
    path.write_text(path.read_text("utf-8").replace("[dossier]", '[dossier]\nmethod = "bakku"'))
    with pytest.raises(MethodError, match="bakku"):
        run_dossier(project.dossier)
    assert not project.dossier.reports.exists()


def test_a_batch_names_the_published_folder_and_tells_the_reason_in_each_language(project):
    [one] = run_batch(Order(project.home, (NAME,), papers=("preparation",), workers=1)).done
    assert one.status == "partial"
    assert (project.dossier.reports / "preparation.html").is_file()
    for lang, folder, reason in (
        ("id", "di folder", "Tidak ada usulan yang lolos gerbang"),
        ("en", "in folder", "No proposal passed the gates with answer"),
    ):
        assert f"{folder} reports/{NAME}." in one.remark[lang]
        assert reason in one.remark[lang]
