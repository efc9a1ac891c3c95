"""A register of agreements comes in as an office keeps it, and goes out so that it comes in again the same."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ksd_toolkit.publishing.agreement_register import agreement_form, register_bytes, too_long
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.agreement_headings import loosely
from ksd_toolkit.questionnaire.spans import days_of_term
from ksd_toolkit.register.agreement_rows import agreement_rows
from ksd_toolkit.register.contents import content_hash
from tests.small_project import Project, balances, new_project

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "payloads.json"
FORM = read_form("evaluasi")
TABLES = ("naskah", "tahapan", "monev", "capaian")
HEAD = (
    "no_dok,jenis_dok,jenis_ksd,judul,mitra_nama,mitra_jenis,opd_kode,tgl_ttd,nilai_rupiah,status\n"
)
ROW = "KB-1/2023,KB,KSDD-S,Jembatan,Pemkab HST,pemda,DINKES,2023-03-01,,berlaku\n"


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    """A dossier in which nothing lies yet."""
    return new_project(tmp_path)


def answers(project: Project, table: str) -> list[dict[str, str | None]]:
    """The rows of a table by question: the value, or in brackets why there is none."""
    (found,) = [one for one in agreement_rows(project.dossier) if one.table == table]
    return [{n: a.value or f"({a.state})" for n, a in row.items()} for row in found.rows]


def told(intake, code: str) -> list[str]:
    """Where a problem of this code was found."""
    return [str(p.where) for p in intake.problems if p.code == code]


def hashes(project: Project) -> dict[str, str]:
    """What every table says, whatever file it came in."""
    tables = agreement_rows(project.dossier)
    return {t.table: content_hash(a for row in t.rows for a in row.values()) for t in tables}


def office_register() -> Workbook:
    """As offices keep it: a title, headings in two rows, merged, a row of column numbers, a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Rekap"
    sheet["A1"] = "REGISTER KERJA SAMA DAERAH"
    upper = ("No", "Nomor PKS", "Bentuk Dokumen", "Jenis Kerjasama", "Tentang", "Pihak Kedua", "Jenis Mitra",
             "OPD Pelaksana", "Tgl. TTD", "Jangka Waktu", None, "Nilai Kontrak (Rp)", "Status", "Arsip")  # fmt: skip
    for at, text in enumerate(upper, start=1):
        sheet.cell(3, at, text)
        sheet.cell(5, at, at)
    sheet["J4"], sheet["K4"] = "Mulai", "Berakhir"
    sheet.merge_cells("J3:K3")
    rows = (
        (1, "01/PKS/2024", "Perjanjian Kerjasama", "Kerjasama dengan Pihak Ketiga", "Rujukan", "RS Banua", "Swasta",
         "Dinas Kesehatan", date(2024, 3, 12), "12 Maret 2024", "31/12/2028", "Rp1.850.000.000,00", "Masih berlaku", "A1"),
        (2, "02/PKS/2024", "PKS", "KSDPK", "Buku", "PT Aksara", "badan_usaha", "Bagian Umum",
         "12 Maret 2024 / 3 April 2024", None, "2024-2029", "Rp 2,5 miliar", "Tidak berlaku", None),
    )  # fmt: skip
    for number, row in enumerate(rows, start=6):
        for at, value in enumerate(row, start=1):
            sheet.cell(number, at, value)
    older = book.create_sheet("2021")
    older.append(("No.", "No. Perjanjian", "Perihal", "Mitra", "Masa Berlaku"))
    older.append((1, "01/PKS/2021", "Parkir", "PT P", "1 Januari 2021 s.d. 31 Desember 2025"))
    older.append((2, "02/PKS/2021", "Parkir", "PT P", "2021-2025"))
    older.append((3, "01/PKS/2024", "Ulang", "PT P", "5 tahun"))
    return book


# --- what an office keeps -------------------------------------------------------------------------


def test_a_register_of_an_office_comes_in_as_it_is(empty):
    office_register().save(empty.folder / "naskah.xlsx")
    intake = empty.ingest()
    first, second, third, _ = answers(empty, "naskah")
    assert first | {
        "no_dok": "01/PKS/2024", "jenis_dok": "PKS", "jenis_ksd": "KSDPK", "mitra_jenis": "badan_usaha",
        "opd_kode": "DINKES", "tgl_ttd": "2024-03-12", "mulai": "2024-03-12", "berakhir": "2028-12-31",
        "nilai_rupiah": "1850000000.0", "status": "berlaku", "_lain/Arsip": "A1", "_lain/No": "1",
    } == first  # fmt: skip
    assert (second["opd_kode"], second["status"], second["nilai_rupiah"]) == (
        "Bagian Umum", "berakhir", "2500000000.0",
    )  # fmt: skip
    assert (third["mulai"], third["berakhir"]) == ("2021-01-01", "2025-12-31")
    assert told(intake, "cell.date_several") == ["naskah.xlsx [Rekap:I7]"]
    assert told(intake, "cell.date_incomplete") == ["naskah.xlsx [Rekap:K7]"]
    assert told(intake, "cell.office_unlisted") == ["naskah.xlsx [Rekap:H7]"]
    assert told(intake, "sheet.column_numbers") == ["naskah.xlsx [Rekap:A5]"]
    assert told(intake, "cell.term_years") == ["naskah.xlsx [2021:E3]"]  # once, of both days
    assert told(intake, "row.key_conflict") == ["naskah.xlsx [2021:B4]"]
    (file,) = intake.files
    assert (file.balance.accepted, file.balance.quarantined, file.balance.blank) == (4, 1, 1)
    assert balances(intake)


def test_the_date_of_a_duration_is_never_made_up():
    assert (
        days_of_term("5 tahun")
        is days_of_term("2021-2025")
        is days_of_term("sejak 1 Maret 2024")
        is None
    )
    assert days_of_term("1/3/2024 - 28/2/2029") == (date(2024, 3, 1), date(2029, 2, 28))
    assert days_of_term("2024-03-01 sampai dengan 2029-02-28") == (
        date(2024, 3, 1),
        date(2029, 2, 28),
    )


def test_a_heading_is_known_by_its_words_never_by_likeness(empty):
    assert loosely("Tgl. TTD *") == loosely("tanggal ttd")
    assert loosely("Jenis Kerjasama") == loosely("jenis kerja sama")
    text = "Nomor PKS;Judull PKS;Pihak Kedua\n1/PKS;Parkir;PT P\n"
    (empty.folder / "naskah.csv").write_text(text, "utf-8")
    intake = empty.ingest()
    assert answers(empty, "naskah") == [
        {"no_dok": "1/PKS", "mitra_nama": "PT P", "_lain/Judull PKS": "Parkir"}
    ]
    assert told(intake, "sheet.unknown_column") == ["naskah.csv [B1]"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_any_mark_and_encoding(empty, mark, encoding):
    lines = (HEAD + ROW).replace("Jembatan", "Jembatan \u2013 batas").replace(",", mark)
    (empty.folder / "naskah.csv").write_bytes(lines.encode(encoding))
    empty.ingest()
    (row,) = answers(empty, "naskah")
    assert (row["judul"], row["tgl_ttd"], row["nilai_rupiah"]) == (
        "Jembatan \u2013 batas", "2023-03-01", "(kosong)",
    )  # fmt: skip


def test_an_offices_own_column_is_no_heading_where_the_forms_stands(empty):
    (empty.folder / "naskah.csv").write_text("no_dok,Nomor PKS\nKB-1,lama\n", "utf-8")
    empty.ingest()
    assert answers(empty, "naskah") == [{"no_dok": "KB-1", "_lain/Nomor PKS": "lama"}]


def test_the_map_of_headings_serves_these_tables_too(empty):
    (empty.folder / "naskah.csv").write_text("Kode Arsip,Tentang\nKB-1,Batas\n", "utf-8")
    mapped = "berkas,kolom,tabel,pertanyaan\nnaskah.csv,Kode Arsip,naskah,no_dok\n"
    (empty.folder / "peta_kolom.csv").write_text(mapped, "utf-8")
    empty.ingest()
    assert answers(empty, "naskah") == [{"no_dok": "KB-1", "judul": "Batas"}]


# --- which file counts ----------------------------------------------------------------------------


def test_of_two_files_the_workbook_counts_and_it_is_said(empty):
    (empty.folder / "naskah.csv").write_text(HEAD + ROW, "utf-8")
    (empty.folder / "tahapan.csv").write_text(
        "no_dok,tahap,tanggal\nKB-1/2023,pelaksanaan,\n", "utf-8"
    )
    empty.ingest()
    office_register().save(empty.folder / "naskah.xlsx")
    intake = empty.ingest()
    (twice,) = [p for p in intake.problems if p.code == "file.agreements_twice"]
    assert twice.facts == {"table": "naskah", "used": "naskah.xlsx", "others": "naskah.csv"}
    assert [one.file for one in agreement_rows(empty.dossier)][:2] == ["naskah.xlsx", "tahapan.csv"]
    assert all("naskah.csv" in twice.sentence(lang) for lang in ("id", "en"))
    (empty.folder / "naskah.xlsx").unlink()
    assert told(empty.ingest(), "file.agreements_twice") == []
    assert [row["no_dok"] for row in answers(empty, "naskah")] == ["KB-1/2023"]


def test_a_sheet_without_rows_takes_nothing_from_a_table(empty):
    (empty.folder / "tahapan.csv").write_text("no_dok,tahap\nKB-1,pelaksanaan\n", "utf-8")
    (empty.folder / "naskah.xlsx").write_bytes(agreement_form(empty.dossier))
    intake = empty.ingest()
    assert [row["tahap"] for row in answers(empty, "tahapan")] == ["pelaksanaan"]
    assert [p.facts["used"] for p in intake.problems if p.code == "file.agreements_twice"] == [
        "tahapan.csv"
    ]


def test_a_damaged_workbook_is_told_and_the_text_beside_it_is_read(empty):
    (empty.folder / "naskah.csv").write_text(HEAD + ROW, "utf-8")
    (empty.folder / "naskah.xlsx").write_bytes(b"PK\x03\x04 torn")
    intake = empty.ingest()
    assert told(intake, "file.damaged") == ["naskah.xlsx"]
    assert [file.file for file in intake.refused] == ["naskah.xlsx"]
    assert len(answers(empty, "naskah")) == 1


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_register_in_the_wrong_place_is_told_where_it_belongs(empty, lang):
    office_register().save(empty.folder / "Register KS.xlsx")
    office_register().save(empty.inbox / "naskah.xlsx")
    intake = empty.ingest()
    (elsewhere,) = [p for p in intake.problems if p.code == "file.agreements_elsewhere"]
    assert "naskah.xlsx" in elsewhere.remedy(lang)
    assert told(intake, "file.dossier_table") == ["kuesioner/naskah.xlsx"]
    assert answers(empty, "naskah") == []


def test_an_unknown_sheet_is_told(empty):
    book = office_register()
    book.create_sheet("Kontak").append(("telepon", "0812"))
    book.save(empty.folder / "naskah.xlsx")
    assert told(empty.ingest(), "sheet.no_agreements") == ["naskah.xlsx [Kontak]"]


# --- out and in again -----------------------------------------------------------------------------

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40
)
HOSTILE = (
    [
        t
        for texts in json.loads(PAYLOADS.read_text("utf-8")).values()
        for t in texts
        if isinstance(t, str)
    ]
    if PAYLOADS.is_file()
    else [
        "=1+1",
        "@SUM(A1)",
        "<script>x</script>",
        "{{ 7*7 }}",
        "_x0041_",
        "'=1+1",
        "001",
        "1e5",
        "\u202eabc",
    ]
)


def cell(question):
    """A cell as somebody may type it into this column of a CSV file."""
    missing = ["", "TT", "TB", "-", "entahlah"]
    if question.choices:
        told = [c.code for c in question.choices] + [c.labels["id"] for c in question.choices]
        return st.sampled_from([*told, *missing])
    if question.type == "date":
        days = st.dates(date(1800, 1, 1), date(2999, 12, 31)).map(date.isoformat)
        return days | st.sampled_from(["17 Agustus 2026", "2024-2029", "31/12/2025", *missing])
    if question.type in {"integer", "decimal"}:
        return st.integers(0, 10**13).map(str) | st.sampled_from(
            ["Rp1.850.000.000,00", "12,5", *missing]
        )
    if question.format == "period":
        return st.sampled_from(["2026-S1", "Semester II 2025", "2026", *missing])
    return TEXT | st.sampled_from([*HOSTILE, *missing])


def csv_cell(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\x00", "") + '"'


@st.composite
def tables(draw):
    """Rows of the four tables under the codes of their questions, and a column of the office's own."""
    found = {}
    for table in FORM.tables:
        names = [field.name for field in table.fields]
        rows = draw(st.lists(st.tuples(*map(cell, table.fields), TEXT), max_size=3))
        lines = [[*names, "Catatan kantor"], *rows]
        found[table.name] = "\n".join(",".join(map(csv_cell, line)) for line in lines) + "\n"
    return found


@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(told=tables(), lang=st.sampled_from(["id", "en"]))
def test_what_goes_out_comes_in_again_hash_for_hash(tmp_path_factory, told, lang):
    project = new_project(tmp_path_factory.mktemp("register"))
    for table, text in told.items():
        (project.folder / f"{table}.csv").write_text(text, "utf-8")
    project.ingest()
    before, content = (
        hashes(project),
        register_bytes(project.dossier, agreement_rows(project.dossier), lang),
    )
    assert content == register_bytes(project.dossier, agreement_rows(project.dossier), lang)
    for table in TABLES:
        (project.folder / f"{table}.csv").unlink()
    (project.folder / "naskah.xlsx").write_bytes(content)
    project.ingest()
    assert hashes(project) == before


def test_every_hostile_text_comes_back_as_it_was_and_nothing_is_a_formula(empty, tmp_path):
    rows = [f"N-{n},{csv_cell(text)}\n" for n, text in enumerate(HOSTILE)]
    (empty.folder / "naskah.csv").write_text("no_dok,mitra_nama\n" + "".join(rows), "utf-8")
    empty.ingest()
    before = hashes(empty)
    path = empty.folder / "naskah.xlsx"
    path.write_bytes(register_bytes(empty.dossier, agreement_rows(empty.dossier)))
    (empty.folder / "naskah.csv").unlink()
    empty.ingest()
    assert hashes(empty) == before
    sheets = load_workbook(path)
    assert not [
        c for sheet in sheets for row in sheet.iter_rows() for c in row if c.data_type == "f"
    ]


def test_dates_are_dates_money_is_a_number_and_choices_have_lists(empty):
    line = (
        "PKS-1,PKS,KSDPK,Rujukan,RS Banua,badan_usaha,DINKES,17 Agustus 2026,Rp1.850.000.000,TT\n"
    )
    (empty.folder / "naskah.csv").write_text(HEAD + line, "utf-8")
    empty.ingest()
    path = empty.home / "out.xlsx"
    path.write_bytes(register_bytes(empty.dossier, agreement_rows(empty.dossier)))
    book = load_workbook(path)
    assert book.sheetnames[:2] == ["sampul", "catatan"]
    assert book.sheetnames[2:6] == list(TABLES)
    sheet = book["naskah"]
    assert sheet["A1"].value == "Naskah kerja sama"
    assert not sheet.merged_cells.ranges
    heads = {c.value: c.column for c in sheet[4]}
    row = {name: sheet.cell(5, column).value for name, column in heads.items()}
    assert row["Tanggal penandatanganan"].date() == date(2026, 8, 17)
    assert (row["Nilai (rupiah)"], row["Status tertulis"]) == (1850000000, "TT")
    assert row["Jenis mitra"] == "Badan usaha swasta"
    lists = {str(r.sqref) for r in sheet.data_validations.dataValidation if r.type == "list"}
    letter = sheet.cell(4, heads["Jenis naskah"]).column_letter
    assert f"{letter}5:{letter}105" in lists


def test_rows_held_back_are_counted_on_the_cover(empty):
    (empty.folder / "naskah.csv").write_text("no_dok,judul\nKB-1,Batas\n,tanpa nomor\n", "utf-8")
    empty.ingest()
    path = empty.home / "out.xlsx"
    path.write_bytes(register_bytes(empty.dossier, agreement_rows(empty.dossier)))
    told = [row[0] for row in load_workbook(path)["sampul"].iter_rows(values_only=True) if row[0]]
    assert told[-1].startswith("1 baris pada naskah.csv (tabel naskah) ditahan")


@example(32_767)
@example(32_768)
@settings(max_examples=2)
@given(st.just(32_767))
def test_a_text_longer_than_a_cell_is_found_before_it_is_cut(tmp_path_factory, letters):
    project = new_project(tmp_path_factory.mktemp("long"))
    (project.folder / "naskah.csv").write_text(
        f"no_dok,mitra_nama\nKB-1,{'a' * letters}\n", "utf-8"
    )
    project.ingest()
    found = too_long(agreement_rows(project.dossier))
    assert found == ([("naskah", "KB-1", "mitra_nama")] if letters > 32_767 else [])


def test_an_empty_register_is_a_form(empty):
    assert register_bytes(empty.dossier, agreement_rows(empty.dossier)) == agreement_form(
        empty.dossier
    )


def test_five_hundred_documents(empty):
    days = (date(2020, 1, 1) + timedelta(days=n) for n in range(500))
    rows = [
        f"PKS-{n}/2020,PKS,KSDPK,Uji,PT P,badan_usaha,DINKES,{day},{n},berlaku\n"
        for n, day in enumerate(days)
    ]
    (empty.folder / "naskah.csv").write_text(HEAD + "".join(rows), "utf-8")
    empty.ingest()
    before = hashes(empty)
    content = register_bytes(empty.dossier, agreement_rows(empty.dossier))
    (empty.folder / "naskah.csv").unlink()
    (empty.folder / "naskah.xlsx").write_bytes(content)
    empty.ingest()
    assert hashes(empty) == before
