"""Small registers for the quality of answers: three offices, and only the cells a test writes."""

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
import pytest

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.questionnaire import form_of, read_form
from ksd_toolkit.register import Register, Tables
from ksd_toolkit.register.ingest import CSV_FORMS
from ksd_toolkit.stamp import Stamp
from tests.scoring.conftest import COMPLETE, NAME, OFFICE, PARTNER, SETTINGS, TODAY, _table

OFFICES = {"DINKES": "Dinas Kesehatan", "DISDIK": "Dinas Pendidikan", "DISHUB": "Dinas Perhubungan"}
CRITERIA = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")
Cells = Mapping[str, object]
Scores = Mapping[tuple[str, str], Iterable[object]]
"""The scores of a rater for an usulan, in the order of `CRITERIA`: `{("DINKES-01", "OPD-1"): [...]}`."""


def dossier_in(home, offices: Mapping[str, str] = OFFICES) -> Dossier:
    """A dossier whose `opd.csv` lists these offices."""
    folder = home / "data" / NAME
    folder.mkdir(parents=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    lines = [f'{code},"{name}",1.02' for code, name in offices.items()]
    text = "\n".join(["opd_kode,opd_nama,urusan", *lines]) + "\n"
    (folder / "opd.csv").write_text(text, encoding="utf-8")
    return open_dossier(NAME, home=home)


def answers_of(
    dossier: Dossier,
    usulan: Iterable[Cells],
    scores: Scores,
    *,
    opd: Iterable[Cells] | None = None,
    mitra: Iterable[Cells] | None = None,
    late: Iterable[str] = (),
    previous: Register | None = None,
) -> Register:
    """The register of these answers.

    Args:
        dossier: Whose.
        usulan: Cells by name; what is not named is as in a complete usulan.
        scores: Every rater's scores.
        opd: The offices that sent a workbook; those with an usulan when not given.
        mitra: Partners; one complete one each when not given.
        late: Codes of offices whose file came late.
        previous: The register of the period before.
    """
    proposals = [{**COMPLETE, **cells} for cells in usulan]
    ids = [str(row["usulan_id"]) for row in proposals]
    codes = dict.fromkeys(name.split("-")[0] for name in ids)
    offices = [{**OFFICE, "opd_kode": code} for code in codes] if opd is None else list(opd)
    partners = [{"usulan_id": name, **PARTNER} for name in ids] if mitra is None else list(mitra)
    rows = {
        "opd": offices, "usulan": proposals, "mitra": partners,
        "nilai": [
            {"usulan_id": name, "kriteria_kode": code, "penilai": rater, "skor": score}
            for (name, rater), given in scores.items()
            for code, score in zip(CRITERIA, given, strict=True)
        ],
    }  # fmt: skip
    frames, states = {}, {}
    forms = (form_of(dossier), *map(read_form, CSV_FORMS))
    for spec in (table for form in forms for table in form.tables):
        frames[spec.name], states[spec.name] = _table(spec, rows.get(spec.name, []))
    senders = [str(row["opd_kode"]) for row in offices]
    tardy = set(late)
    files = pd.DataFrame(
        {"sender": senders, "late": [code in tardy for code in senders]}, columns=["sender", "late"]
    ).astype({"late": bool})
    stamp = Stamp(dossier.name, TODAY, "id", simulated=True)
    return Register(dossier, Tables(frames, states, {}), files, (), stamp, previous)


@pytest.fixture
def dossier(tmp_path) -> Dossier:
    return dossier_in(tmp_path)


@pytest.fixture
def answers(dossier) -> Callable[..., Register]:
    """`answers_of` for a dossier of three offices."""

    def made(usulan: Iterable[Cells], scores: Scores, **more: object) -> Register:
        return answers_of(dossier, usulan, scores, **more)  # type: ignore[arg-type]

    return made
