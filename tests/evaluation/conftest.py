"""Small tables for the evaluation: write only the cells that matter."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from ksd_toolkit.evaluation import EvaluationRules, Review, evaluate, read_evaluation_rules
from ksd_toolkit.evaluation.determination import Determinations
from ksd_toolkit.evaluation.earlier import Earlier
from ksd_toolkit.questionnaire.form_reading import read_form

TODAY = date(2026, 8, 31)
CASES = Path(__file__).parents[1] / "cases"
SAMPLE = Path(__file__).parents[2] / "data" / "generator"
USULAN = ("periode", "usulan_id", "judul", "opd_kode", "status_usulan")
USULAN_KNOWN = ("usulan_asal", "periode_asal", "jenis", "mitra_jenis")

Rows = list[dict[str, object]]


def frame_of(table: str, rows: Rows) -> pd.DataFrame:
    """The rows as the register hands them over; cells not given are missing."""
    if table == "usulan":
        known = [name for name in USULAN_KNOWN if any(name in row for row in rows)]
        return pd.DataFrame(rows, columns=[*USULAN, *known]).astype("str")
    kinds = {"date": "datetime64[ns]", "integer": "float64", "decimal": "float64"}
    fields = read_form("evaluasi").table(table).fields
    frame = pd.DataFrame(rows, columns=[field.name for field in fields])
    frame = frame.replace("", None)
    return frame.astype({field.name: kinds.get(field.type, "str") for field in fields})


def review_of(
    tanggal_acuan: date = TODAY,
    told: Determinations | None = None,
    earlier: Earlier | None = None,
    **tables: Rows,
) -> Review:
    """The review of tables given by name; tables not given are empty."""
    names = ("naskah", "tahapan", "monev", "capaian", "usulan")
    frames = {name: frame_of(name, tables.get(name, [])) for name in names}
    rules = read_evaluation_rules()
    return evaluate(**frames, rules=rules, tanggal_acuan=tanggal_acuan, told=told, earlier=earlier)


def tables_of_case(name: str) -> Mapping[str, Rows]:
    """The Markdown tables of a hand-worked case, by the heading above them."""
    tables: dict[str, Rows] = {}
    heading, columns = "", []
    for line in (CASES / f"{name}.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading, columns = line[3:], []
        elif line.startswith("|") and not re.fullmatch(r"[|\-]+", line):
            cells = [cell.strip() for cell in line.strip().removesuffix("|").split("|")[1:]]
            if columns:
                tables.setdefault(heading, []).append(dict(zip(columns, cells, strict=True)))
            else:
                columns = cells
    return tables


def with_points(table: pd.DataFrame) -> pd.DataFrame:
    """People write decimals with a comma; a float is read with a point."""
    for name in {"target", "realisasi"} & set(table.columns):
        table[name] = table[name].str.replace(",", ".")
    return table


def sample_review() -> Review:
    """The sample's documents as the generator holds them."""
    tables = {
        name: with_points(pd.read_csv(SAMPLE / f"{name}.csv", dtype="str")).to_dict("records")
        for name in ("naskah", "tahapan", "monev", "capaian")
    }
    proposals = pd.read_csv(SAMPLE / "usulan_2025.csv", dtype="str")
    tables["usulan"] = [
        {
            "periode": "2025",
            "usulan_id": f"{row['opd_kode']}-{int(row['no']):02d}",
            "judul": row["judul"],
            "opd_kode": row["opd_kode"],
            "status_usulan": row["status"],
        }
        for row in proposals.to_dict("records")
    ]
    return review_of(**tables)


@pytest.fixture(scope="session")
def rules() -> EvaluationRules:
    return read_evaluation_rules()


@pytest.fixture(scope="session")
def make_review() -> Callable[..., Review]:
    return review_of


@pytest.fixture(scope="session")
def make_frame() -> Callable[[str, Rows], pd.DataFrame]:
    return frame_of


@pytest.fixture(scope="session")
def case() -> Callable[[str], Mapping[str, Rows]]:
    return tables_of_case


@pytest.fixture(scope="session")
def sample() -> Review:
    return sample_review()


@pytest.fixture
def running() -> dict[str, object]:
    """A PKS in force with everything in order; tests change one cell."""
    return {
        "no_dok": "PKS-1",
        "jenis_dok": "PKS",
        "jenis_ksd": "KSDPK",
        "judul": "Layanan bersama",
        "mitra_nama": "PT Banua (contoh)",
        "opd_kode": "DINKES",
        "urusan_kode": "1.02",
        "tgl_ttd": "2026-01-01",
        "mulai": "2026-01-01",
        "berakhir": "2028-12-31",
        "status": "berlaku",
        "induk_no": "KB-1",
    }


@pytest.fixture
def umbrella(running: dict[str, object]) -> dict[str, object]:
    """The KB above `running`."""
    return running | {"no_dok": "KB-1", "jenis_dok": "KB", "induk_no": None}
