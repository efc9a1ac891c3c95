"""The main job on the sample: what it makes, that it says what it did, and that it does so twice alike."""

import html
import io
import json
import re
import shutil
import zipfile

import nbformat
import openpyxl
import pikepdf
import pypdfium2
import pytest

from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.runs.run import STEPS

PAPERS = (
    "answers", "internal/answers", "priorities", "partners", "policy-brief", "policy-brief-short",
    "evaluation", "invitation", "completeness", "potential-map", "long-list", "plenary-material",
    "berita-acara", "sk", "offering-proposals", "foreign-report",
)  # fmt: skip
FORMAL = (
    "invitation", "schedule", "internal/ppksd-list", "completeness", "potential-map", "long-list",
    "plenary-material", "berita-acara", "internal/attendance", "sk", "plan-matrix", "coordination",
    "forum-invitations", "offering-proposals", "offering-partners", "meeting-matrix",
    "forum-minutes", "foreign-report", "reminders",
)  # fmt: skip
FROM_NOTEBOOKS = (
    "preparation", "internal/preparation", "answers", "internal/answers", "priorities", "partners",
    "policy-brief", "policy-brief-short", "evaluation", "leader-summary",
)  # fmt: skip
BANNER = "DATA CONTOH"
pytestmark = pytest.mark.slow

FRACTIONS = re.compile(r"<v>-?\d*\.\d+(?:[eE]-?\d+)?</v>")
# What an official's data looks like; the sample's placeholders have the same shapes.
PERSONAL = {
    "NIP": re.compile(r"(?<![0-9a-f])\d{18}(?![0-9a-f])"),
    "phone": re.compile(r"(?<![0-9a-f.])(?:\+62|08)\d{8,11}(?![0-9a-f])"),
    "e-mail": re.compile(r"[\w.]@[\w.]+\.\w+"),
    "name": re.compile(r"Pejabat Penghubung \d"),
}


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    finally:
        document.close()


def test_makes_every_output_the_readme_names(two_runs):
    made = {path.relative_to(two_runs.first.folder).as_posix() for path in two_runs.first.files}
    papers = {
        f"{paper}.{form}"
        for paper in (*FORMAL, *FROM_NOTEBOOKS)
        for form in ("html", "pdf", "docx", "xlsx")
    }
    assert made == papers | {
        "notebooks/01_prepare.ipynb", "internal/notebooks/01_prepare.ipynb",
        "ranking.xlsx", "internal/ranking.xlsx", "masalah.csv", "masalah.html", "stamp.json",
        "notebooks/02_answers.ipynb", "internal/notebooks/02_answers.ipynb", "notebooks/03_score.ipynb", "notebooks/04_partners.ipynb",
        "notebooks/07_policy_brief.ipynb", "notebooks/07_policy_brief_short.ipynb", "notebooks/08_evaluation.ipynb",
        "notebooks/09_leader_summary.ipynb", "internal/register-naskah.xlsx", "pengingat.ics", "ringkasan.json",
    }  # fmt: skip
    assert all(path.stat().st_size > 0 for path in two_runs.first.files)
    assert len(two_runs.steps) == STEPS


def test_two_runs_give_the_same_bytes(two_runs):
    again = [p for p in two_runs.second.files if p.name not in {"stamp.json", "ringkasan.json"}]
    assert {path.suffix for path in again} >= {".html", ".pdf", ".docx", ".xlsx", ".ipynb", ".ics"}
    for path in again:
        name = path.relative_to(two_runs.second.folder)
        assert path.read_bytes() == (two_runs.first.folder / name).read_bytes(), name


def test_the_second_intake_changes_nothing_and_says_so(two_runs):
    assert not two_runs.first.intake.nothing_changed
    assert two_runs.second.intake.nothing_changed
    assert two_runs.first.intake.balance == two_runs.second.intake.balance


def test_the_sample_has_dirt_but_nothing_refused(two_runs):
    assert two_runs.first.exit_code == 0
    assert two_runs.first.intake.count("warning") > 0


@pytest.mark.parametrize("paper", PAPERS)
def test_pdf_is_tagged_embedded_and_marked_on_every_page(two_runs, paper):
    path = two_runs.first.folder / f"{paper}.pdf"
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "id" or str(pdf.Root.Lang).startswith("id-")
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 2
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
    for number, text in enumerate(text_of(path), start=1):
        assert BANNER in text, f"page {number}"


def test_policy_brief_has_four_to_seven_pages(two_runs):
    """Practice in Indonesia is up to eight; the short brief keeps to four."""
    assert 4 <= len(text_of(two_runs.first.folder / "policy-brief.pdf")) <= 7


def test_policy_brief_says_what_the_rules_derive(two_runs):
    text = " ".join(" ".join(text_of(two_runs.first.folder / "policy-brief.pdf")).split())
    for words in ("156 usulan", "58 Sinergi", "48 KSDPK", "19 KSDD", "125"):
        assert words in text
    for heading in (
        "Pendahuluan", "Tinjauan kebijakan", "Permasalahan", "Isu strategis", "Pilihan kebijakan",
        "Tahapan pemetaan", "Keterbatasan data", "Dasar hukum",
    ):  # fmt: skip
        assert heading in text


@pytest.mark.parametrize("paper", PAPERS)
def test_no_code_is_printed(two_runs, paper):
    html = (two_runs.first.folder / f"{paper}.html").read_text(encoding="utf-8")
    assert "ksd.prose" not in html
    assert "import ksd_toolkit" not in html
    assert BANNER in html


@pytest.mark.parametrize("paper", PAPERS)
def test_html_asks_the_network_for_nothing(two_runs, paper):
    html = (two_runs.first.folder / f"{paper}.html").read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)
    assert html.count("<script") <= 1  # ours, named by its hash
    assert "script-src 'unsafe" not in html
    assert "@import" not in html
    assert "url(http" not in html


def test_ranking_workbook_is_marked_and_holds_no_formula(two_runs):
    content = (two_runs.first.folder / "ranking.xlsx").read_bytes()
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in workbook:
        rows = [cell for row in sheet.iter_rows() for cell in row]
        assert any(BANNER in str(cell.value) for cell in rows[:200]), sheet.title
        assert not any(cell.data_type == "f" for cell in rows)


def test_ranking_workbook_lists_what_the_ranking_ranks(two_runs):
    ranking = two_runs.first.ranking
    content = (two_runs.first.folder / "ranking.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Peringkat"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if "Kode usulan" in row)
    id_at, points_at = rows[head].index("Kode usulan"), rows[head].index("Skor")
    listed = {row[id_at]: row[points_at] for row in rows[head + 1 :] if row[id_at]}
    assert listed == ranking.table["points"].to_dict()


def test_stamp_names_every_input_and_output(two_runs):
    facts = json.loads((two_runs.first.folder / "stamp.json").read_text(encoding="utf-8"))
    assert facts["stamp"]["simulated"] is True
    assert facts["stamp"]["tanggal_acuan"] == "2026-08-31"
    names = {source["name"] for source in facts["stamp"]["sources"]}
    assert {"tkksd.xlsx", "naskah.csv"} <= names
    assert len([name for name in names if name.startswith("kuesioner/")]) == 27
    assert set(facts["outputs"]) == {
        path.relative_to(two_runs.first.folder).as_posix()
        for path in two_runs.first.files
        if path.name != "stamp.json"
    }


def test_no_personal_data_and_no_machine_path_in_any_output(two_runs):
    for path in two_runs.first.files:
        if path.suffix == ".pdf":
            text = "\n".join(text_of(path))
        elif path.suffix in {".docx", ".xlsx"}:
            with zipfile.ZipFile(path) as archive:
                parts = [
                    archive.read(n) for n in archive.namelist() if n.endswith((".xml", ".rels"))
                ]
            text = FRACTIONS.sub("", "\n".join(html.unescape(part.decode()) for part in parts))
        else:
            text = path.read_text(encoding="utf-8")
        assert str(two_runs.project) not in text, path.name
        if "internal" in path.relative_to(two_runs.first.folder).parts:
            continue  # internal papers name the PPKSD, and are never published
        for what, pattern in PERSONAL.items():
            assert not pattern.search(text), f"{what} in {path.name}: {pattern.search(text)}"


def test_the_internal_preparation_names_the_liaison_officers(two_runs):
    page = (two_runs.first.folder / "internal" / "preparation.html").read_text(encoding="utf-8")
    assert PERSONAL["name"].search(page)
    assert "EDISI INTERNAL" in page


def test_executed_notebooks_kept_their_parameters_and_no_time(two_runs):
    for path in two_runs.first.folder.glob("notebooks/*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        tags = [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]
        assert "injected-parameters" in tags, path.name
        assert "papermill" not in notebook.metadata
        assert not any("papermill" in cell.metadata for cell in notebook.cells)
        assert all(
            cell.outputs or cell.execution_count
            for cell in notebook.cells
            if cell.cell_type == "code"
        )


def test_publish_rewrites_the_papers_without_running_anything(two_runs, tmp_path):
    from ksd_toolkit.runs.formal_papers import case_of
    from ksd_toolkit.runs.papers import republish

    run, folder = two_runs.first, tmp_path / "out"
    shutil.copytree(run.folder, folder)
    names = [path.relative_to(run.folder) for path in run.files if path.suffix != ".ipynb"]
    before = {folder / name: (folder / name).read_bytes() for name in names}
    replace_file(folder / "policy-brief.pdf", b"spoilt")
    case = case_of(run.ranking.register, run.ranking, run.outcome)
    assert folder / "policy-brief.pdf" in republish(case, run.ranking.stamp, folder)
    assert [path.name for path, content in before.items() if path.read_bytes() != content] == []


def scores_of_liaisons(path):
    """What the workbook tells of single liaison officers' scores, by the cell they stand in."""
    sheet = openpyxl.load_workbook(path)["Jejak sel"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row and "Penilai" in row)
    at = {name: column for column, name in enumerate(rows[head])}
    return {
        (row[at["Berkas"]], row[at["Lembar"]], row[at["Sel"]]): row[at["Jawaban"]]
        for row in rows[head + 1 :]
        if str(row[at["Penilai"]]).startswith("OPD-")
    }


def test_the_public_workbook_names_the_cell_of_a_liaison_officers_score_but_not_the_score(two_runs):
    folder = two_runs.first.folder
    public, inside = (
        scores_of_liaisons(folder / name) for name in ("ranking.xlsx", "internal/ranking.xlsx")
    )
    assert public.keys() == inside.keys()
    assert set(public.values()) == {"(hanya di edisi internal)"}
    assert set(inside.values()) >= {"1", "2", "3", "4", "5"}
