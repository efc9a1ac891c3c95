"""Small registers of agreements: write only the cells that matter."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from ksd_toolkit.agreements import Agreements, agreements_of, read_agreement_rules
from ksd_toolkit.questionnaire.form_reading import read_form

TODAY = date(2026, 8, 31)
Rows = list[dict[str, object]]
_KINDS = {"date": "datetime64[ns]", "integer": "float64", "decimal": "float64"}


def frame_of(table: str, rows: Rows) -> pd.DataFrame:
    """The rows as the register hands them over; cells not given are missing."""
    fields = read_form("evaluasi").table(table).fields
    frame = pd.DataFrame(rows, columns=[field.name for field in fields]).replace("", None)
    return frame.astype({field.name: _KINDS.get(field.type, "str") for field in fields})


def standing_of(
    naskah: Rows, tahapan: Rows = (), today: date = TODAY, holidays: tuple[date, ...] = ()
) -> Agreements:
    """The agreements of two small tables on a day."""
    return agreements_of(
        frame_of("naskah", naskah), frame_of("tahapan", list(tahapan)), read_agreement_rules(),
        today, holidays,
    )  # fmt: skip


def codes_of(found: Agreements, no_dok: str | None = None) -> list[str]:
    """The codes found, of one document or of all."""
    problems = found.findings if no_dok is None else found.problems_of(no_dok)
    return sorted({problem.code for problem in problems})


@pytest.fixture(scope="session")
def standing() -> Callable[..., Agreements]:
    return standing_of


@pytest.fixture(scope="session")
def codes() -> Callable[..., list[str]]:
    return codes_of


@pytest.fixture
def umbrella() -> dict[str, object]:
    """A KB in force with everything in order; tests change one cell."""
    return {
        "no_dok": "KB-1", "jenis_dok": "KB", "jenis_ksd": "KSDPK", "judul": "Layanan bersama",
        "mitra_nama": "PT Banua (contoh)", "opd_kode": "DINKES", "urusan_kode": "1.02",
        "tgl_ttd": "2026-01-05", "mulai": "2026-01-05", "berakhir": "2030-12-31", "status": "berlaku",
        "beban_masyarakat": "tidak", "anggaran_tersedia": "ya",
    }  # fmt: skip


@pytest.fixture
def pks(umbrella: dict[str, object]) -> dict[str, object]:
    """A PKS under `umbrella`, in order as well."""
    return umbrella | {
        "no_dok": "PKS-1", "jenis_dok": "PKS", "induk_no": "KB-1", "berakhir": "2028-12-31",
    }  # fmt: skip


@pytest.fixture
def intent(umbrella: dict[str, object]) -> dict[str, object]:
    """A letter of intent abroad, valid to the last day of its year."""
    return umbrella | {
        "no_dok": "LOI-1", "jenis_dok": "LoI", "jenis_ksd": "KSDPL", "tgl_ttd": "2026-01-05",
        "berakhir": "2027-01-04",
    }  # fmt: skip


@pytest.fixture
def abroad(umbrella: dict[str, object]) -> dict[str, object]:
    """A memorandum abroad, signed on 1 June 2026 under `intent`."""
    return umbrella | {
        "no_dok": "MOU-1", "jenis_dok": "MoU", "jenis_ksd": "KSDPL", "induk_no": "LOI-1",
        "tgl_ttd": "2026-06-01", "mulai": "2026-06-01", "berakhir": "2029-08-31",
        "tgl_permohonan_dprd": "2026-02-02",
    }  # fmt: skip
