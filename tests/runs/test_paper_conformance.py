"""Every paper of a run, in both languages, can be archived, read aloud and opened: the files themselves."""

import io
import zipfile

import page
import pikepdf
import pytest

pytestmark = pytest.mark.slow
PROFILES = ("ua1", "2a")
IN_ENGLISH = {
    "policy-brief",
    "evaluation",
    "sk",
    "partners",
}  # the others differ in their words alone
# Fires when the last byte of a stream is CR or LF, although its length is right; qpdf finds none wrong.
KNOWN_FALSE = "STREAM-LENGTH"


def pdfs(*runs):
    return [path for run in runs for path in sorted(run.folder.rglob("*.pdf"))]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_pdf_conforms(two_runs, english_run, profile):
    broken = {}
    english = [one for one in pdfs(english_run) if one.stem in IN_ENGLISH]
    for path in [*pdfs(two_runs.first), *english]:
        report = page.validate_pdf(str(path), profile=page.ValidationProfile(profile))
        rules = {one.rule_id for one in report.failures if KNOWN_FALSE not in one.rule_id}
        if rules:
            broken[path.name] = rules
    assert broken == {}


def test_every_pdf_is_sound_and_carries_nothing_that_acts(two_runs, english_run):
    for path in pdfs(two_runs.first, english_run):
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == [], path.name
            names = pdf.Root.get("/Names", {})
            assert "/JavaScript" not in names, path.name
            assert "/EmbeddedFiles" not in names, path.name
            assert "/OpenAction" not in pdf.Root, path.name
        content = path.read_bytes()
        assert b"/Launch" not in content, path.name
        assert b"/EmbeddedFile" not in content, path.name


def test_no_office_file_holds_a_macro_or_leads_outside(two_runs, english_run):
    for run in (two_runs.first, english_run):
        for path in [*run.folder.rglob("*.docx"), *run.folder.rglob("*.xlsx")]:
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
                for name in archive.namelist():
                    assert "vbaProject" not in name, path.name
                    if name.endswith(".rels"):
                        outside = archive.read(name).count(b'TargetMode="External"')
                        assert outside == 0 or "word/_rels/document" in name, (path.name, name)
