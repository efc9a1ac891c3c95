"""Whose file it is, which form it answers and which columns it has: rows of the corpus by their number."""

import csv
import json

import pytest
from openpyxl import Workbook, load_workbook

from ksd_toolkit.errors import InputError, Problem
from ksd_toolkit.publishing.questionnaire_workbook import office_workbook
from ksd_toolkit.questionnaire import (
    Submission,
    form_of,
    read_csv_table,
    read_form,
    read_workbook,
)
from ksd_toolkit.questionnaire.office_names import office_names
from tests.questionnaire.own_form import ask, outcomes
from tests.questionnaire.test_bad_files import ksd_ingest
from tests.small_project import COLUMNS, office_book

OFFICES = {
    "DINKES": "Dinas Kesehatan", "DPUPR": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "DISDAG": "Dinas Perdagangan", "DISTAN": "Dinas Pertanian", "DISKAN": "Dinas Perikanan",
    "DISHUB": "Dinas Perhubungan",
}  # fmt: skip
ALIASES = """\
alias,opd_kode,berlaku_dari,berlaku_sampai,disetujui_oleh,sumber
Dinas PUPR,DPUPR,,,Sekretaris TKKSD,Perda 2/2020
Dinkes,DINKES,,,Sekretaris TKKSD,Singkatan resmi
Dinas Pertanian dan Perikanan,DISTAN,,31/12/2025,Sekretaris TKKSD,Perda 2/2020
Dinas Pertanian dan Perikanan,DISKAN,1/1/2027,,Sekretaris TKKSD,Perda 9/2026
"""


@pytest.fixture
def town(project):
    """A dossier of six offices with names alike, and approved aliases; nobody has sent anything."""
    for path in project.inbox.iterdir():
        path.unlink()
    lines = ["opd_kode,opd_nama,urusan", *(f"{code},{name},1.02" for code, name in OFFICES.items())]
    (project.folder / "opd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (project.folder / "opd_alias.csv").write_text(ALIASES, encoding="utf-8")
    return project


def set_day(project, day):
    settings = project.folder / "dossier.toml"
    text = settings.read_text(encoding="utf-8").replace("2026-08-31", day)
    settings.write_text(text, encoding="utf-8")


def named(project, opd, name):
    """The questionnaire of an office that wrote a name where its code belongs."""
    book = office_book(opd)
    book["opd"]["C1"] = name
    project.put(book, "kiriman.xlsx")
    return json.loads(ksd_ingest(project, "--json").stdout)


# --- 23, 24: offices ---------------------------------------------------------------------------

KNOWN = [
    # written                                          code      how
    ("DINKES",                                         "DINKES", set()),
    ("dinkes",                                         "DINKES", {"cell.office_by_name"}),
    ("Dinas Kesehatan",                                "DINKES", {"cell.office_by_name"}),
    ("DINAS  KESEHATAN.",                              "DINKES", {"cell.office_by_name"}),
    ("Dinas Kesehatan Kab. Hulu Sungai Selatan",       "DINKES", {"cell.office_by_name"}),
    ("Dinas PUPR",                                     "DPUPR",  {"cell.office_by_alias"}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "code", "how"), KNOWN)
def test_row_23_an_office_is_known_by_code_exact_name_or_approved_alias(town, written, code, how):
    shown = named(town, code, written)
    found = {p["code"] for p in shown["problems"] if p["code"].startswith("cell.")}
    assert found == how
    assert town.rows("SELECT sender FROM submission") == [(code,)]
    assert town.rows("SELECT raw, value FROM answer WHERE field = 'opd_kode'") == [
        (" ".join(written.split()), code)
    ]
    assert town.rows("SELECT DISTINCT row_key FROM answer WHERE table_name = 'opd'") == [(code,)]


@pytest.mark.parametrize(
    ("written", "suggested"),
    [("Dinas Perdaganggan", "DISDAG Dinas Perdagangan (97%)"), ("Dinas Perindustrian", "DISDAG")],
)
def test_row_23_likeness_suggests_and_never_decides(town, written, suggested):
    shown = named(town, "DISDAG", written)
    (refusal,) = [p for p in shown["problems"] if p["code"] == "file.unknown_opd"]
    assert suggested in json.dumps(refusal)
    assert town.rows("SELECT sender FROM submission") == []


@pytest.mark.parametrize(
    ("day", "code"), [("2025-06-01", "DISTAN"), ("2026-08-31", None), ("2027-01-01", "DISKAN")]
)
def test_row_24_an_alias_holds_for_its_days_only(town, day, code):
    set_day(town, day)
    assert office_names(town.dossier).read("Dinas Pertanian dan Perikanan").value == code


def test_row_24_an_alias_that_comes_later_reads_the_file_again(town):
    town.put(_renamed("DINKES", "Dinas Sehat"), "kiriman.xlsx")
    assert [file.outcome for file in town.ingest().files] == ["refused"]
    with (town.folder / "opd_alias.csv").open("a", encoding="utf-8") as file:
        file.write("Dinas Sehat,DINKES,,,Sekretaris TKKSD,Surat 1\n")
    assert [file.outcome for file in town.ingest().files] == ["new"]


def _renamed(opd, name):
    book = office_book(opd)
    book["opd"]["C1"] = name
    return book


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("Dinas X,DINKES,,,,Surat", "row.alias_incomplete", "E6"),
        ("Dinas X,DINX,,,Sekretaris,Surat", "file.unknown_opd", "B6"),
        ("Dinas X,DINKES,kemarin,,Sekretaris,Surat", "cell.date", "C6"),
        ("Dinas PUPR,DINKES,,,Sekretaris,Surat", "row.alias_twice", "A6"),
    ],
)
def test_row_24_a_faulty_alias_stops_all_at_once_with_its_cell(town, line, code, cell):
    with (town.folder / "opd_alias.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(InputError) as error:
        town.ingest()
    assert [(p.code, p.where.cell) for p in error.value.problems] == [(code, cell)]
    shown = ksd_ingest(town)
    assert shown.exit_code == 1
    assert "Traceback" not in shown.stdout + shown.stderr


def test_row_23_a_workbook_of_another_office_is_told(project):
    book = office_book("DISHUB")
    book["_meta"].append(("sender", "DINKES"))
    submission = read(project, project.put(book, "dishub.xlsx"))
    assert [(p.code, p.severity) for p in submission.problems] == [("file.other_sender", "warning")]
    assert submission.sender == "DISHUB"


# --- 25, 26, 28: the same again, the same otherwise, and two opinions ----------------------------


def test_row_25_the_same_file_twice_adds_nothing(project):
    first, second = ksd_ingest(project, "--json"), ksd_ingest(project, "--json")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert {file.outcome for file in project.ingest().files} == {"unchanged"}
    assert project.rows("SELECT count(*), max(version_no) FROM submission") == [(2, 1)]


def test_row_26_labels_instead_of_codes_are_the_same_answers(project):
    project.ingest()
    book = office_book("DINKES")
    for row in (2, 3):
        for cell, label in (("C", "Potensi"), ("D", "Better Public Services"), ("E", "1.02 Kesehatan"),
                            ("F", "Yes"), ("G", "Urusan atau layanan publik"), ("I", "Rp 1,5 juta")):  # fmt: skip
            book["usulan"][f"{cell}{row}"] = label
        book["nilai"][f"D{row}"] = "4 - Tinggi"
        book["mitra"][f"D{row}"] = "Kabupaten Tapin"
    project.put(book, "dinkes.xlsx")
    project.ingest()
    versions = project.rows(
        "SELECT version_no, content_hash FROM submission WHERE sender = 'DINKES'"
    )
    assert len(versions) == 2
    assert len(set(versions)) == 1
    assert project.rows("SELECT count(*) FROM change") == [(0,)]


def test_row_28_two_liaisons_who_disagree_are_both_kept(project):
    book = office_book("DINKES")
    book["nilai"].append(("DINKES-01", "U", "OPD-2", 1, "Belum mendesak"))
    project.put(book, "dinkes.xlsx")
    assert ksd_ingest(project).exit_code == 0
    scores = project.rows(
        "SELECT row_key, value FROM answer WHERE field = 'skor' AND row_key LIKE 'DINKES-01%'"
    )
    assert sorted(scores) == [("DINKES-01|U|OPD-1", "4"), ("DINKES-01|U|OPD-2", "1")]


# --- 41, 42: versions of the form, regions and periods -------------------------------------------

BEFORE = (
    ("decimal", "cakupan", "percent", "", "", ""),
    ("text", "lama", "", "string-length(.) <= 3", "", ""),
)
AFTER = (
    ("decimal", "cakupan", "percent", ". <= 100", "", ""),
    ("text", "baru", "", "", "", "yes"),
)


def answering(project, version, **answers):
    """A questionnaire that states a form version and answers questions of the dossier's own."""
    book = office_book("DISHUB", usulan=1)
    book["_meta"].append(("form_version", version))
    for column, (name, answer) in enumerate(answers.items(), start=len(COLUMNS["usulan"]) + 1):
        book["usulan"].cell(1, column).value = name
        book["usulan"].cell(2, column).value = answer
    return project.put(book, "dishub.xlsx")


def test_row_41_an_older_workbook_is_judged_by_its_own_version_and_the_changes_are_listed(project):
    ask(project, BEFORE)
    older = form_of(project.dossier).version
    project.ingest()
    ask(project, AFTER)
    answering(project, older, cakupan=250, lama="panjang", baru=None)
    intake = project.ingest()
    found = {p.code: p for p in intake.problems if p.where.file.endswith("dishub.xlsx")}
    drift = found["file.older_form"]
    assert drift.severity == "warning"
    assert older in drift.text("id")
    for text in ("Pertanyaan baru: Isi baru (baru). ", "dihapus: Isi lama (lama). "):
        assert text in drift.text("id")
    assert "New questions: Fill baru (baru). " in drift.text("en")
    assert drift.text("id").endswith("Pilihan yang dihapus: tidak ada.")
    # the old rule holds (`lama` has at most 3 letters), the new ones do not (100, required)
    assert set(found) == {"file.older_form", "cell.rule"}
    assert found["cell.rule"].where.cell == "K2"
    kept = dict(project.rows(
        "SELECT field, value FROM answer WHERE field IN ('cakupan', 'lama', 'baru')"
        " AND row_key = 'DISHUB-01'"
    ))  # fmt: skip
    assert kept == {"cakupan": "250.0", "lama": None, "baru": None}
    assert project.rows("SELECT form_version FROM submission WHERE sender = 'DISHUB'") == [(older,)]


def test_row_41_the_shipped_form_is_an_older_version_of_ones_own(project):
    project.ingest()
    ask(project, AFTER)
    answering(project, "2026.1")
    codes = {p.code for p in project.ingest().problems if p.where.file.endswith("dishub.xlsx")}
    assert codes == {"file.older_form"}


def test_row_42_a_version_nobody_knows_is_read_by_the_one_in_force(project):
    submission = read_workbook(answering(project, "2019.9"), project.dossier)
    assert [(p.code, p.severity) for p in submission.problems] == [
        ("file.unknown_version", "warning")
    ]
    assert submission.balance.accepted == 4


@pytest.mark.parametrize(
    ("row", "value", "code"),
    [
        (2, "63.01", "file.other_region"),
        (3, "2025", "file.other_period"),
        (1, "lain", "file.other_form"),
    ],
)
def test_row_42_another_region_period_or_form_is_set_aside_whole(project, row, value, code):
    book = office_book("DISHUB")
    book["_meta"].cell(row, 2).value = value
    project.put(book, "dishub.xlsx")
    shown = ksd_ingest(project, "--json")
    assert shown.exit_code == 2
    assert code in {p["code"] for p in json.loads(shown.stdout)["problems"]}
    assert project.rows("SELECT count(*) FROM submission WHERE sender = 'DISHUB'") == [(0,)]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_small_print_tells_what_a_dropped_sheet_no_longer_does(project, lang):
    path = project.inbox / "dishub.xlsx"
    path.write_bytes(office_workbook(project.dossier.in_language(lang), "DISHUB"))
    book = load_workbook(path)
    for hidden in ("_meta", "_pilihan"):
        del book[hidden]
    book.save(path)
    submission = read_workbook(path, project.dossier)
    assert "file.meta_gone" in {p.code for p in submission.problems}
    for sheet in book:
        sheet["A1"] = str(sheet["A1"].value).replace("63.06", "63.05")
    book.save(path)
    assert read_workbook(path, project.dossier).code == "file.other_region"


# --- 43: order and columns -----------------------------------------------------------------------


ANSWERS = (
    "SELECT s.active, a.table_name, a.row_key, a.field, a.value, a.state FROM answer a JOIN submission s"
    " ON s.id = a.submission_id WHERE s.sender = 'DINKES' AND a.field NOT LIKE '~_lain%' ESCAPE '~'"
    " ORDER BY 1, 2, 3, 4"
)


def test_row_43_order_of_rows_and_columns_makes_no_difference_and_a_column_more_is_kept(project):
    project.ingest()
    book, shuffled = office_book("DINKES"), Workbook()
    shuffled.remove(shuffled.active)
    for sheet in book:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        if sheet.title in COLUMNS:
            rows = [row[::-1] for row in (rows[0], *rows[:0:-1])]
            rows = [
                [*row, extra]
                for row, extra in zip(rows, ("Catatan Kabid", "segera", None), strict=True)
            ]
        target = shuffled.create_sheet(sheet.title)
        for row in rows:
            target.append(row)
    project.put(shuffled, "dinkes.xlsx")
    assert ksd_ingest(project).exit_code == 0
    before, after = (
        [row for row in project.rows(ANSWERS) if row[0] == active] for active in (0, 1)
    )
    assert len(before) > len(COLUMNS["usulan"])
    assert [row[1:] for row in before] == [row[1:] for row in after]
    extra = project.rows("SELECT table_name, value FROM answer WHERE field = '_lain/Catatan Kabid'")
    assert sorted(extra) == [("mitra", "segera"), ("nilai", "segera"), ("usulan", "segera")]


# --- plain tables --------------------------------------------------------------------------------

HEAD = ["Kode usulan", "Judul", "Sifat", "Isu", "Urusan", "kewenangan", "objek", "Tgl mulai", "Perangkat Daerah", "Catatan Kabid"]  # fmt: skip
ROWS = [
    ["DISHUB-01", "Halte bersama", "Potensi", "ISU-A", "2.15", "Ya", "layanan", "03/04/2026", "Dinas Perhubungan", "segera"],
    ["DISHUB-02", "Terminal", "Permasalahan", "Tata Ruang", "Perhubungan", "Yes", "layanan", "04/05/2026", "DISHUB", ""],
]  # fmt: skip
MAP = """\
berkas,kolom,tabel,pertanyaan,format_tanggal
*.csv,Isu,usulan,isu,
*.csv,Urusan,usulan,urusan_kode,
*.csv,tgl mulai,usulan,mulai,
"""


def sent_table(project, rows=ROWS, head=HEAD, mapped=MAP, name="usulan dishub.csv"):
    ask(project, (("date", "mulai", "", "", "", ""),))
    (project.folder / "peta_kolom.csv").write_text(mapped, encoding="utf-8")
    path = project.inbox / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *rows])
    return path


def test_a_plain_table_is_read_by_its_headings_and_the_map_and_nothing_in_it_is_dropped(project):
    sent_table(project, mapped=MAP + "*.csv,,,,h/b\n")
    assert ksd_ingest(project).exit_code == 0
    register = project.register()
    usulan = register.usulan.set_index("usulan_id")
    assert list(usulan.loc["DISHUB-02", ["sifat", "isu", "urusan_kode", "kewenangan", "opd_kode"]]) == [
        "permasalahan", "ISU-C", "2.15", "ya", "DISHUB",
    ]  # fmt: skip
    assert str(usulan.loc["DISHUB-01", "mulai"]) == "2026-04-03 00:00:00"
    assert project.rows("SELECT value FROM answer WHERE field = '_lain/Catatan Kabid'") == [
        ("segera",)
    ]
    told = [p for p in register.problems if p.where.file.endswith(".csv")]
    assert [(p.code, p.facts["column"]) for p in told if p.code == "sheet.unknown_column"] == [
        ("sheet.unknown_column", "Catatan Kabid")
    ]
    assert project.rows("SELECT channel, slot FROM submission WHERE sender = 'DISHUB'") == [
        ("table", "usulan")
    ]


@pytest.mark.parametrize(
    ("mapped", "read"),
    [("*.csv,,,,h/b\n", "2026-04-03"), ("*.csv,,,,b/h\n", "2026-03-04"), ("", "tak_terbaca")],
)
def test_dates_of_a_plain_table_wait_for_a_word_on_their_order(project, mapped, read):
    submission = read_workbook(sent_table(project, mapped=MAP + mapped), project.dossier)
    assert [str(day) for day in outcomes(submission, "mulai")][:1] == [read]
    wanted = {"cell.date_order"} if read == "tak_terbaca" else set()
    assert {p.code for p in submission.problems if p.severity == "error"} == wanted


def test_a_plain_table_may_be_a_workbook_or_an_open_document(project):
    rows = [HEAD, *ROWS]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    sent_table(project, mapped=MAP.replace("*.csv", "")).unlink()
    excel = project.put(book, "usulan.xlsx")
    sheets = {"xlsx": excel, "ods": open_document(project.inbox / "usulan.ods", rows)}
    answers = {
        kind: [
            (a.row_key, a.field, a.raw, a.value, a.state, a.cell)
            for a in read(project, path).answers
        ]
        for kind, path in sheets.items()
    }
    assert answers["xlsx"] == answers["ods"]
    assert len(answers["xlsx"]) == 2 * 8 + 3


def read(project, path):
    submission = read_workbook(path, project.dossier)
    assert isinstance(submission, Submission), submission
    return submission


def open_document(path, rows):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document, table = OpenDocumentSpreadsheet(), Table(name="Lembar1")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def without_office(rows):
    return [[*row[:8], "", *row[9:]] for row in rows]


SENDERS = [
    # rows                                    map                      code or sender
    (ROWS,                                    MAP,                     "DISHUB"),
    (without_office(ROWS),                    MAP,                     "DISHUB"),
    (without_office(ROWS),                    MAP.replace("format_tanggal", "opd_kode") + "*.csv,,,,DINKES\n", "DINKES"),
    ([[*ROWS[0][:8], "Dinas Antah", ""]],     MAP,                     "file.unknown_opd"),
    ([ROWS[0], [*ROWS[1][:8], "DINKES", ""]], MAP,                     "file.several_opd"),
    ([["X-01", *ROWS[0][1:8], "", ""]],       MAP,                     "file.no_opd"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "mapped", "expected"), SENDERS)
def test_a_plain_table_is_of_one_office_or_sent_back(project, rows, mapped, expected):
    understood = read_workbook(sent_table(project, rows, mapped=mapped), project.dossier)
    told = understood.code if isinstance(understood, Problem) else understood.sender
    assert told == expected


def test_a_plain_table_in_the_place_of_the_tkksd_is_no_workbook_of_it(project):
    path = sent_table(project)
    assert read_workbook(path, project.dossier, {"DISHUB-01"}).code == "file.other_form"


def test_a_table_of_another_office_holds_back_its_rows(project):
    mapped = MAP.replace("format_tanggal", "opd_kode") + "*.csv,,,,DINKES\n"
    submission = read(project, sent_table(project, without_office(ROWS), mapped=mapped))
    assert (submission.balance.accepted, submission.balance.quarantined) == (0, 2)
    assert {row.code for row in submission.set_aside} == {"row.foreign_usulan"}


@pytest.mark.parametrize(
    ("line", "cell"),
    [("*,Isu,usul,isu,\n", "C5"), ("*,Isu,usulan,isyu,\n", "D5"), ("*,,,,hari dulu\n", "E5")],
)
def test_a_faulty_map_stops_all_at_once_with_its_cell(project, line, cell):
    sent_table(project, mapped=MAP + line)
    with pytest.raises(InputError) as error:
        project.ingest()
    assert [(p.code, p.where.cell) for p in error.value.problems] == [("row.map_unknown", cell)]


def test_single_tables_of_one_office_add_up(project):
    sent_table(project)
    with (project.inbox / "nilai.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS["nilai"], ("DISHUB-01", "U", "OPD-1", "5", "perlu")])
    project.ingest()
    register = project.register()
    assert "DISHUB-01" in set(register.usulan["usulan_id"]) & set(register.nilai["usulan_id"])


def test_two_headings_make_a_table_where_there_are_no_others(project):
    path = project.inbox / "usulan.csv"
    path.write_text("usulan_id;judul\nDISHUB-01;Halte\n", encoding="utf-8")
    submission = read_workbook(path, project.dossier)
    assert (submission.sender, submission.balance.accepted) == ("DISHUB", 1)
    path.write_text("usulan_id;judul;lain\nDISHUB-01;Halte;x\n", encoding="utf-8")
    assert read_workbook(path, project.dossier).code == "file.other_form"


def test_a_table_without_its_key_column_says_which_heading_is_missing(project):
    path = sent_table(project, [row[1:] for row in ROWS], HEAD[1:])
    submission = read_workbook(path, project.dossier)
    assert [p.code for p in submission.problems] == ["sheet.no_header"]
    assert "usulan_id" in submission.problems[0].text("id")


def test_row_19_tables_of_the_dossier_take_periods_and_regions_as_people_write_them(project):
    rows = {
        "monev": ("evaluasi", "no_dok,periode,penilai\nKB-1,Semester I 2026,opd\n", "periode", "2026-S1"),
        "indikator": ("indikator", "kode_wilayah,indikator,tahun,nilai,sumber\nTapin,luas,2024,2.17,BIG\n",
                      "kode_wilayah", "63.05"),
    }  # fmt: skip
    for table, (name, content, field, value) in rows.items():
        form, path = read_form(name), project.folder / f"{table}.csv"
        path.write_text(content, encoding="utf-8")
        submission = read_csv_table(path, form.table(table), form, project.dossier)
        assert outcomes(submission, field) == [value], submission.problems
