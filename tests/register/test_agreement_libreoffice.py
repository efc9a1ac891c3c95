"""The register of agreements, saved by LibreOffice as Excel or OpenDocument, says what it said before."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ksd_toolkit.publishing.agreement_register import register_bytes
from ksd_toolkit.register.agreement_rows import agreement_rows
from tests.libreoffice import SOFFICE, needs_calc
from tests.register.test_agreement_files import TABLES, hashes
from tests.small_project import new_project

SAMPLE = Path(__file__).parents[2] / "data" / "hulu-sungai-selatan" / "2026"

pytestmark = [
    pytest.mark.slow,
    needs_calc,
]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_saved_register_says_what_it_said(tmp_path, kind):
    project = new_project(tmp_path)
    for table in TABLES:
        shutil.copy(SAMPLE / f"{table}.csv", project.folder)
    project.ingest()
    before = hashes(project)
    for table in TABLES:
        (project.folder / f"{table}.csv").unlink()
    path = tmp_path / "naskah.xlsx"
    path.write_bytes(register_bytes(project.dossier, agreement_rows(project.dossier)))
    subprocess.run(
        [
            SOFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to", kind, "--outdir", project.folder, path,
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    project.ingest()
    assert {table.file for table in agreement_rows(project.dossier)} == {f"naskah.{kind}"}
    assert hashes(project) == before
