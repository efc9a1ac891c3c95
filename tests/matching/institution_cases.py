"""Small registers with candidate partners and a forum, of which a test changes only the cells that matter."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register import Register, Tables
from tests.scoring.conftest import NAME, OFFICES, SETTINGS, Proposal, _table, register_of

Row = Mapping[str, object]

CANDIDATE: Row = {
    "mitra_nama": "PT Uji (contoh)",
    "mitra_jenis": "badan_usaha",
    "urusan": "2.11",
    "isu": "ISU-A",
    "output": "layanan",
    "otoritas": 3,
    "kompetensi": 3,
    "sumber_daya": 3,
    "minat": 3,
    "rekam_jejak": 3,
    "sumber": "Profil (data contoh)",
    "tahun": 2025,
}
WORD: Row = {
    "tanggal": "2026-03-11",
    "nama_forum": "Forum I",
    "mitra_nama": "PT Uji (contoh)",
    "usulan_id": "DINKES-01",
    "hadir": "ya",
    "minat": 3,
    "sumber": "Notulen (data contoh)",
}


def dossier_at(home: Path) -> Dossier:
    """A dossier with one office and nothing sent; its reference date is 31 August 2026."""
    folder = home / "data" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    return open_dossier(NAME, home=home)


def register_with(
    dossier: Dossier,
    *proposals: Proposal,
    candidates: Iterable[Row] = (),
    words: Iterable[Row] = (),
) -> Register:
    """The register of some proposals, candidate partners and words at a forum."""
    register = register_of(dossier, *proposals)
    frames, states = dict(register.tables.frames), dict(register.tables.states)
    brought = {
        "calon_mitra": [{**CANDIDATE, **row} for row in candidates],
        "forum": [{**WORD, **row} for row in words],
    }
    for name, rows in brought.items():
        frames[name], states[name] = _table(read_form(name).table(name), rows)
    return replace(register, tables=Tables(frames, states, {}))
