"""A throw-away project of three offices, and questionnaires written cell by cell.

The columns of a questionnaire made here, so that a test can name its cells:

    usulan  A usulan_id   B judul          C sifat        D isu           E urusan_kode
            F kewenangan  G objek          H bukti_tahun  I biaya_indikatif
    mitra   A usulan_id   B mitra_nama     C mitra_jenis  D kode_wilayah  E otoritas
    nilai   A usulan_id   B kriteria_kode  C penilai      D skor          E alasan

Headings stand in row 1, answers from row 2 on; the sheet `opd` has its answers in column C.
"""

import shutil
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.questionnaire import Balance
from ksd_toolkit.register import Intake, Register, ingest, read_register

NAME = "hulu-sungai-selatan/2026"
OFFICES = {"DINKES": "Dinas Kesehatan", "DISDIK": "Dinas Pendidikan", "DISHUB": "Dinas Perhubungan"}
COLUMNS = {
    "usulan": (
        "usulan_id", "judul", "sifat", "isu", "urusan_kode", "kewenangan", "objek",
        "bukti_tahun", "biaya_indikatif",
    ),
    "mitra": ("usulan_id", "mitra_nama", "mitra_jenis", "kode_wilayah", "otoritas"),
    "nilai": ("usulan_id", "kriteria_kode", "penilai", "skor", "alasan"),
}  # fmt: skip
PERSONS = ("Contoh Pertama", "Contoh Kedua")
NIPS = ("000000000000000001", "000000000000000002")
SETTINGS = """\
[dossier]
region = "63.06"
tanggal_acuan = 2026-08-31
simulated = true
tkksd_members = 1

[issuer]
government = "Pemerintah Kabupaten Hulu Sungai Selatan"
unit = "Tim Koordinasi Kerja Sama Daerah"
place = "Kandangan"
"""


@dataclass(frozen=True)
class Project:
    """A project folder with one dossier; every call reads it anew, as a new process would."""

    home: Path

    @property
    def folder(self) -> Path:
        return self.home / "data" / NAME

    @property
    def inbox(self) -> Path:
        return self.folder / "kuesioner"

    @property
    def dossier(self) -> Dossier:
        return open_dossier(NAME, home=self.home)

    @property
    def database(self) -> Path:
        return self.dossier.store / "register.sqlite"

    def ingest(self) -> Intake:
        return ingest(self.dossier)

    def register(self) -> Register:
        return read_register(self.dossier)

    def put(self, book: Workbook, name: str) -> Path:
        """Save a workbook among those the offices sent."""
        book.save(self.inbox / name)
        return self.inbox / name

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What stands in the register's file."""
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def content(self) -> tuple[object, ...]:
        """Everything the register knows of a period, without the numbers of its rows."""
        return (
            sorted(self.rows("SELECT kind, sender, file, sha256, active FROM submission")),
            sorted(self.rows("SELECT * FROM answer")),
            sorted(self.rows("SELECT * FROM set_aside")),
            sorted(self.rows("SELECT code, severity, file, sheet, cell, facts FROM problem")),
        )


def new_project(home: Path) -> Project:
    """A dossier of three offices whose inbox is empty."""
    project = Project(home)
    project.inbox.mkdir(parents=True)
    (project.folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    lines = ["opd_kode,opd_nama,urusan", *(f"{code},{name},1.02" for code, name in OFFICES.items())]
    (project.folder / "opd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return project


def office_book(opd: str, usulan: int = 2) -> Workbook:
    """An office's questionnaire with nothing wrong in it: `usulan` proposals, a partner and score each."""
    book = _book()
    office = book.create_sheet("opd")
    for row in _office_rows(opd):
        office.append(row)
    numbers = [f"{opd}-{number:02d}" for number in range(1, usulan + 1)]
    rows = {
        "usulan": [
            (n, f"Usulan {n}", "potensi", "ISU-A", "1.02", "ya", "layanan", 2025, 1_500_000)
            for n in numbers
        ],
        "mitra": [(n, "Pemkab Tapin", "pemda", "63.05", 4) for n in numbers],
        "nilai": [(n, "U", "OPD-1", 4, "Ada data") for n in numbers],
    }
    for table, lines in rows.items():
        sheet = book.create_sheet(table)
        for line in (COLUMNS[table], *lines):
            sheet.append(line)
    return book


def tkksd_book(*usulan: str, members: tuple[str, ...] = ("TKKSD-1",)) -> Workbook:
    """The TKKSD's workbook: a sheet per member with a score per usulan."""
    book = _book()
    for member in members:
        sheet = book.create_sheet(member)
        sheet.append(COLUMNS["nilai"])
        for number in usulan:
            sheet.append((number, "U", member, 3, ""))
    return book


def _book() -> Workbook:
    book = Workbook()
    meta = book.active
    meta.title = "_meta"
    for row in (("form_id", "ksd_pemetaan"), ("region", "63.06"), ("period", "2026")):
        meta.append(row)
    return book


def _office_rows(opd: str) -> list[tuple[str, str, object]]:
    answers = {
        "opd_kode": opd, "opd_nama": OFFICES.get(opd, opd), "urusan_opd": "1.02",
        "ppksd_1_nama": PERSONS[0], "ppksd_1_nip": NIPS[0],
        "ppksd_1_kontak": "satu@contoh.invalid",
        "ppksd_2_nama": PERSONS[1], "ppksd_2_nip": NIPS[1],
        "ppksd_2_kontak": "dua@contoh.invalid",
        "ppksd_sk_nomor": "1/2026", "ppksd_sk_tanggal": "12 Januari 2026",
        "rakor_tanggal": "3/2/2026", "d1": 1, "d2": 2, "d3": 3, "d4": 4, "d5": 0,
    }  # fmt: skip
    return [(code, code, answer) for code, answer in answers.items()]


def with_parts(path: Path, parts: dict[str, bytes]) -> None:
    """Replace or add parts of a workbook's zip archive."""
    draft = path.with_suffix(".new")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    shutil.move(draft, path)


def balances(intake: Intake) -> bool:
    """Whether rows read = accepted + quarantined + duplicate + blank, file by file and in all."""
    total = sum((file.balance for file in intake.files), Balance())
    parts = (total.accepted, total.quarantined, total.duplicate, total.blank)
    return intake.balance == total and intake.balance.read == sum(parts)
