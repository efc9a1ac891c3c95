"""LibreOffice opens a workbook filled from the pattern, and saves what it says."""

import subprocess

import pytest

from ksd_toolkit.questionnaire import Submission, read_workbook
from tests.libreoffice import SOFFICE, needs_calc


@pytest.mark.slow
@needs_calc
def test_libreoffice_saves_what_it_opened(few, tmp_path):
    dossier = few.dossiers[0]
    path = max(dossier.workbooks, key=lambda one: one.stat().st_size)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            SOFFICE, "--headless", f"-env:UserInstallation={profile}",
            "--convert-to", "xlsx", "--outdir", tmp_path, path,
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    before, after = (read_workbook(one, dossier) for one in (path, tmp_path / path.name))
    assert isinstance(before, Submission)
    assert isinstance(after, Submission)
    assert len(before.answers) > 60
    told = [
        {(a.table, a.row_key, a.field, a.value, a.state) for a in s.answers}
        for s in (before, after)
    ]
    assert told[0] == told[1]
