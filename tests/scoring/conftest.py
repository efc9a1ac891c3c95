"""Small registers for the score: a complete usulan of which a test changes only the cells that matter."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.questionnaire import Field, TableSpec, read_form
from ksd_toolkit.questionnaire.values import Parsed, parse
from ksd_toolkit.register import Register, Tables, read_register
from ksd_toolkit.register.ingest import CSV_FORMS
from ksd_toolkit.scoring import Method, Ranking, load_method, read_method, score
from ksd_toolkit.stamp import Stamp
from tests.scoring.oracle import Answers

ROOT = Path(__file__).parents[2]
NAME = "hulu-sungai-selatan/2026"
TODAY = date(2026, 8, 31)
SETTINGS = """\
[dossier]
region = "63.06"
tanggal_acuan = 2026-08-31
[issuer]
government = "Pemerintah"
unit = "TKKSD"
place = "Kandangan"
"""
OFFICES = "opd_kode,opd_nama,urusan\nDINKES,Dinas Kesehatan,1.02\n"
RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")
RISKS = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")

Cells = Mapping[str, object]

COMPLETE: Cells = {
    "judul": "Layanan bersama",
    "sifat": "potensi",
    "isu": "ISU-A",
    "urusan_kode": "2.11",
    "kewenangan": "ya",
    "bertentangan": "tidak",
    "bukti_uraian": "71 persen",
    "bukti_tahun": 2025,
    "bukti_sumber": "Laporan",
    "unsur_pihak": "dua daerah",
    "unsur_interaksi": "berbagi layanan",
    "unsur_tujuan": "layanan lebih baik",
    "kesamaan": "isu",
    "kesamaan_kekuatan": 3,
    "eksternalitas_lokasi": "tidak",
    "eksternalitas_pengguna": "tidak",
    "eksternalitas_dampak": "tidak",
    "efisien_bersama": "tidak",
    "objek": "layanan",
    "prakarsa": "daerah",
    "studi_kelayakan": "ada",
    "rkpd_ref": "Program, hlm. 1",
    "manfaat_daerah": 3,
    "manfaat_mitra": 3,
    "manfaat_masyarakat": 3,
    "dokumen_siap": "tidak",
    **{f"risiko_{risk}_{side}": 3 for risk in RISKS for side in "kd"},
}
PARTNER: Cells = {
    "mitra_nama": "Mitra",
    "mitra_jenis": "ptn",
    "otoritas": 3,
    "kompetensi": 3,
    "sumber_daya": 3,
    "minat": 3,
}
OFFICE: Cells = {
    "opd_kode": "DINKES",
    "opd_nama": "Dinas Kesehatan",
    "ppksd_1_nama": "Pertama",
    "ppksd_1_nip": "0" * 17 + "1",
    "ppksd_2_nama": "Kedua",
    "ppksd_2_nip": "0" * 17 + "2",
}


@dataclass(frozen=True)
class Proposal:
    """An usulan, its partners, and every rater's scores by criterion."""

    usulan_id: str
    cells: Cells
    partners: tuple[Cells, ...] = (PARTNER,)
    raters: Mapping[str, Cells] = field(default_factory=dict)


def proposal_of(
    usulan_id: str = "DINKES-01",
    *,
    partners: Iterable[Cells] = ({},),
    raters: Mapping[str, Cells] | None = None,
    **changes: object,
) -> Proposal:
    """A complete usulan (every score 3) with some cells changed.

    A criterion's code (`U=5`) changes the score of the one TKKSD member; any other name changes a
    cell of the usulan; None leaves it blank. `raters` replaces all scores.
    """
    scores = {code: changes.pop(code, 3) for code in RATED}
    unknown = changes.keys() - {question.name for question in read_form().table("usulan").fields}
    assert not unknown, f"no such question: {unknown}"
    return Proposal(
        usulan_id,
        {**COMPLETE, **changes},
        tuple({**PARTNER, **partner} for partner in partners),
        {"TKKSD-1": scores} if raters is None else raters,
    )


def register_of(dossier: Dossier, *proposals: Proposal, office: Cells = OFFICE) -> Register:
    """The register the proposals of one office give."""
    rows: dict[str, list[Cells]] = {"opd": [office], "usulan": [], "mitra": [], "nilai": []}
    for proposal in proposals:
        name = {"usulan_id": proposal.usulan_id}
        rows["usulan"].append({**name, **proposal.cells})
        rows["mitra"] += [{**name, **partner} for partner in proposal.partners]
        rows["nilai"] += [
            {**name, "kriteria_kode": code, "penilai": rater, "skor": value}
            for rater, scores in proposal.raters.items()
            for code, value in scores.items()
        ]
    frames, states = {}, {}
    for spec in (t for name in ("pemetaan", *CSV_FORMS) for t in read_form(name).tables):
        frames[spec.name], states[spec.name] = _table(spec, rows.get(spec.name, []))
    return Register(
        dossier=dossier,
        tables=Tables(frames, states, {}),
        files=pd.DataFrame(),
        problems=(),
        stamp=Stamp(dossier.name, TODAY, "id", simulated=True),
    )


def _table(spec: TableSpec, rows: list[Cells]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames of a table as the register hands them over, read by the questionnaire's parser."""
    if rows:
        return _frames(spec, rows)
    if spec.name not in _EMPTY:
        _EMPTY[spec.name] = _frames(spec, [])
    frame, state = _EMPTY[spec.name]
    return frame.copy(), state.copy()


_EMPTY: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = {}
"""Tables nobody answered: most of those of a small register, and always the same."""


def _frames(spec: TableSpec, rows: list[Cells]) -> tuple[pd.DataFrame, pd.DataFrame]:
    values, states = {}, {}
    for question in spec.fields:
        cells = [parse(row.get(question.name), question) for row in rows]  # type: ignore[arg-type]
        values[question.name] = _column(cells, question)
        states[question.name] = pd.array([cell.outcome for cell in cells], dtype="str")
    keys = [str(row.get("usulan_id", row.get("opd_kode"))) for row in rows]
    if spec.name != "opd":
        values["opd_kode"] = pd.array([key.split("-")[0] for key in keys], dtype="str")
    row_key = {"row_key": pd.array(keys, dtype="str")}
    return pd.DataFrame(values | row_key), pd.DataFrame(states | row_key)


def _column(cells: list[Parsed], question: Field) -> Any:
    found = [cell.value for cell in cells]
    if question.type in {"integer", "decimal"}:
        return np.array([np.nan if v is None else float(v) for v in found])
    if question.type == "date":
        return pd.to_datetime(pd.Series(found, dtype="object")).array
    return pd.array(found, dtype="str")


def quick_method() -> Method:
    """The standard method with few draws; ranks and points do not depend on their number."""
    method = load_method()
    return method.replace(
        uncertainty=replace(method.uncertainty, draws=50, missing=False),
        may_be_unanswered=tuple(method.weights),
    )


@pytest.fixture(scope="session")
def method() -> Method:
    return quick_method()


@pytest.fixture(scope="session")
def proposal() -> Callable[..., Proposal]:
    return proposal_of


@pytest.fixture(scope="session")
def make_register(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Register]:
    home = tmp_path_factory.mktemp("project")
    folder = home / "data" / NAME
    folder.mkdir(parents=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    return partial(register_of, open_dossier(NAME, home=home))


@pytest.fixture(scope="session")
def rank(make_register: Callable[..., Register], method: Method) -> Callable[..., Ranking]:
    """The ranking of some proposals, under the standard method unless another is given."""

    def ranked(*proposals: Proposal, method: Method = method) -> Ranking:
        return score(make_register(*proposals), method)

    return ranked


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    """The sample's workbooks as committed."""
    return ROOT / "data" / NAME


@pytest.fixture(scope="session")
def sample_ranking(
    tmp_path_factory: pytest.TempPathFactory, taken_in: Callable[[Path], Path]
) -> Ranking:
    """The sample scored in a project of its own."""
    home = taken_in(tmp_path_factory.mktemp("sample"))
    dossier = open_dossier(NAME, home=home)
    return score(read_register(dossier), read_method(dossier))


@pytest.fixture(scope="session")
def sample_answers(sample_folder: Path) -> Answers:
    """The sample's answers as the oracle reads them."""
    return Answers(sample_folder)
