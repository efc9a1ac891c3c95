"""What the tests of the legal case share: the hand-checked tables and small registers."""

from pathlib import Path

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.register import Register
from tests.evaluation.conftest import tables_of_case
from tests.scoring.conftest import NAME, OFFICES, SETTINGS, Proposal, register_of

HSS, TAPIN, HST, BANJAR = "63.06", "63.05", "63.07", "63.03"
TANAH_LAUT, BARITO_SELATAN, BARITO_KUALA = "63.01", "62.04", "63.04"
KALSEL, KALTENG, JAKARTA, BEKASI = "63", "62", "31", "32.75"
JOINT = {"eksternalitas_lokasi": "ya", "efisien_bersama": "ya"}


def case(heading: str) -> list[dict[str, str]]:
    """The rows of one table of `tests/cases/legal.md`."""
    return list(tables_of_case("legal")[heading])


def partner(code: str | None, kind: str = "pemda", name: str = "Pemerintah") -> dict[str, object]:
    """A row of `mitra`."""
    return {"mitra_nama": name, "mitra_jenis": kind, "kode_wilayah": code}


def small_register(home: Path, *proposals: Proposal) -> Register:
    """The register of one office with these usulan, in a project of its own."""
    folder = home / "data" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    return register_of(open_dossier(NAME, home=home), *proposals)
