"""A workbook saved by LibreOffice says what it said before."""

import shutil
import subprocess

import pytest

from ksd_toolkit.questionnaire import Submission, read_workbook

SOFFICE = shutil.which("soffice")


def facts(submission):
    return {(a.table, a.row_key, a.field, a.value, a.state) for a in submission.answers}


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("office", ["Dinas Kesehatan", "Badan Penanggulangan Bencana Daerah"])
def test_round_trip_keeps_every_answer(dossier, tmp_path, office):
    path = dossier.folder / "kuesioner" / f"Kuesioner KSD 2026 - {office}.xlsx"
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            SOFFICE, "--headless", f"-env:UserInstallation={profile}",
            "--convert-to", "xlsx", "--outdir", tmp_path / "saved", path,
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    before, after = (read_workbook(p, dossier) for p in (path, tmp_path / "saved" / path.name))
    assert isinstance(before, Submission)
    assert isinstance(after, Submission)
    assert facts(after) == facts(before)
    assert [p.code for p in after.problems] == [p.code for p in before.problems]
