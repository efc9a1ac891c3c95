"""What a run reads of an office's own files is refused in one sentence before any notebook starts."""

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.runs.run import run_dossier
from tests.small_project import NAME, new_project

FILES = {
    "jadwal.csv": ("2026/jadwal.csv", "kode;tahap\nK1;Persiapan\n", "prepare.schedule"),
    "theme.toml": ("theme.toml", "[warna]\n", "theme.unusable"),
    "sumber.toml": ("sumber.toml", "[x\n", "citing.unusable"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_stops_a_run_before_its_first_step(tmp_path, name):
    project = new_project(tmp_path)
    place, text, code = FILES[name]
    (project.folder.parent / place).write_text(text, encoding="utf-8")
    steps = []
    with pytest.raises(InputError) as refused:
        run_dossier(open_dossier(NAME, home=tmp_path), on_step=steps.append)
    assert refused.value.code == code
    assert name in refused.value.sentence("id")
    assert refused.value.problems
    assert steps == []
    assert not (tmp_path / "reports").exists()
