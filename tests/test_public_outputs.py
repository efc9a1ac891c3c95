"""Nothing the toolkit publishes or prints shows a person, wherever in a questionnaire one was written."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, STDOUT

import openpyxl
import pytest
from openpyxl.comments import Comment
from typer.main import get_command
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from tests.public_outputs import findings, texts_below
from tests.runs.hostile_dossier import lessen

SAMPLE = "hulu-sungai-selatan/2026"
OFFICES = {"DINKES": "Dinas Kesehatan", "DINSOS": "Dinas Sosial", "DISHUB": "Dinas Perhubungan"}
ROOT = Path(__file__).parents[1]
FIRST = 8  # the first row of answers; the codes of the questions stand above it
NAMES = ("Rahmadi Saputra", "Nor Hikmah Fitriani", "Ahmad Zaini Ansyari")
NIPS = ("197801152005011001", "198505212010012007", "199011302015031002")
PHONES = ("0812-5123-4567", "+62 813 4987 6543", "085249123456")
MAILS = ("rahmadi.saputra@hss.example", "nor_hikmah@contoh.invalid", "zaini@kandangan.example")
SINGLE, LONG = "Zulkifli", "Noor Halimatussadiah"
MEMBERS = ("H. Gusti Yamani Noorsalim", "Hj. Raihanah Mursyidah")  # of the TKKSD
PLANTED = (
    *NAMES,
    *NIPS,
    *MAILS,
    *MEMBERS,
    SINGLE,
    LONG.split()[1].casefold(),
    "5123-4567",
    "4987 6543",
    "085249123456",
    "19780115 200501 1 001",
)

pytestmark = pytest.mark.slow


def book_of(folder, office):
    return next((folder / "kuesioner").glob(f"*{office}.xlsx"))


def column(sheet, code):
    """The letter of the column whose question has this code."""
    return next(cell.column_letter for cell in sheet[FIRST - 1] if cell.value == code)


def name_the_persons(book):
    """Real-looking persons where they belong."""
    rows = {cell.value: cell.row for cell in book["opd"]["A"]}
    for n, (name, nip, phone, mail) in enumerate(zip(NAMES, NIPS, PHONES, MAILS, strict=True)):
        if n < 2:
            book["opd"][f"C{rows[f'ppksd_{n + 1}_nama']}"] = f"Dr. {name}, M.Si."
            book["opd"][f"C{rows[f'ppksd_{n + 1}_nip']}"] = nip
            book["opd"][f"C{rows[f'ppksd_{n + 1}_kontak']}"] = f"{phone} / {mail}"


def plant(folder):
    """Persons in every place an office may think of."""
    path = book_of(folder, "Dinas Kesehatan")
    book = openpyxl.load_workbook(path)
    name_the_persons(book)
    usulan, nilai, mitra = book["usulan"], book["nilai"], book["mitra"]

    def write(sheet, code, row, text):
        sheet[f"{column(sheet, code)}{row}"] = text

    write(usulan, "judul", FIRST, f"Rujukan bersama (hubungi {NAMES[0]}, {PHONES[0]})")
    write(usulan, "unsur_pihak", FIRST, f"Dinas Kesehatan: {MAILS[0]}")
    write(usulan, "indikator", FIRST, f"Laporan {NAMES[1]} NIP {NIPS[1]}")
    write(
        usulan, "biaya_indikatif", FIRST + 1, PHONES[0]
    )  # no number: a problem tells what stood there
    write(usulan, "isu", FIRST + 2, MAILS[1])  # no choice: the same
    write(usulan, "kesamaan", FIRST + 1, f"NIP 19780115 200501 1 001 ({NAMES[0].upper()})")
    write(usulan, "usulan_id", FIRST + 3, NIPS[0])  # no code: the row is set aside
    write(mitra, "mitra_nama", FIRST, f"Pemkab Tapin u.p. {NAMES[1]} {PHONES[1]}")
    write(nilai, "alasan", FIRST, f"Menurut {NAMES[0].replace(' ', '  ')} <b>{PHONES[2]}</b>")
    write(nilai, "skor", FIRST + 1, NIPS[1])
    nilai.cell(FIRST - 1, nilai.max_column + 1, f"Catatan {NAMES[0]}")
    nilai.cell(FIRST, nilai.max_column, PHONES[2])
    usulan["B8"].comment = Comment(f"tanya {NAMES[0]} {MAILS[0]}", NAMES[0])
    book.create_sheet(f"{NAMES[0]} {PHONES[2]}")["A1"] = NIPS[0]
    hidden = book.create_sheet(MAILS[1])
    hidden["A1"], hidden.sheet_state = NAMES[1], "hidden"
    usulan.row_dimensions[FIRST + 1].hidden = True
    book.properties.creator = NAMES[0]
    path.unlink()
    book.save(path.with_name(f"Dinkes_{NIPS[0]}_{NAMES[0].replace(' ', '_')}.xlsx"))

    path = book_of(folder, "Dinas Sosial")
    book = openpyxl.load_workbook(path)
    rows = {cell.value: cell.row for cell in book["opd"]["A"]}
    book["opd"][f"C{rows['ppksd_1_nip']}"] = NIPS[0][:-1]  # a digit short, with a sentence about it
    book["opd"][f"C{rows['ppksd_2_nip']}"] = int(NIPS[1])  # a number, whose last digits are lost
    book["opd"][f"C{rows['ppksd_sk_tanggal']}"] = f"lihat {MAILS[2]}"
    book["opd"][f"C{rows['ppksd_1_nama']}"] = SINGLE
    book["opd"][f"C{rows['ppksd_2_nama']}"] = f"{LONG}, S.K.M."
    usulan = book["usulan"]
    usulan[f"{column(usulan, 'judul')}{FIRST}"] = f"Reaktivasi JKN (PIC: {SINGLE})"
    usulan[f"{column(usulan, 'isu')}{FIRST}"] = LONG.split()[1].casefold()  # no choice
    book.save(path)


def plant_elsewhere(folder):
    """Persons in the other files of a dossier, and in one that cannot be used."""
    (folder / "kuesioner" / f"{MAILS[2]} {NIPS[2]}.xlsx").write_bytes(
        b"PK rusak " + NIPS[2].encode()
    )
    (folder / "kuesioner" / f"~$kirim {PHONES[2]}.xlsx").write_bytes(b"kunci")
    rows = [
        ["usulan_id", "judul", "sifat", "isu", "Nama PIC", "No. HP", f"Kolom {NAMES[2]}"],
        ["DPMD-01", f"Desa bersama, u.p. {NAMES[2]}", "potensi", MAILS[2], NAMES[2], PHONES[2], NIPS[2]],
        ["DPMD-02", f"Pasar desa {PHONES[2]}", NIPS[2], "ISU-A", f"Ibu {NAMES[1]}", PHONES[1], "x"],
    ]  # fmt: skip
    lines = "\n".join(";".join(row) for row in rows)
    (folder / "kuesioner" / f"dpmd {PHONES[2]}.csv").write_text(lines, "utf-8")
    book = openpyxl.load_workbook(folder / "tkksd.xlsx")
    sheet = book["TKKSD-1"]
    sheet[f"{column(sheet, 'alasan')}{FIRST}"] = f"Catatan NIP {NIPS[2]}, {MAILS[2]}"
    sheet[f"{column(sheet, 'skor')}{FIRST}"] = PHONES[2]
    book.save(folder / "tkksd.xlsx")
    for name, after in (
        ("monev.csv", "Data warga belum padan antarinstansi"),
        ("naskah.csv", "Akses batas lancar"),
    ):
        path = folder / name
        told = f"{after} (hubungi {PHONES[2]} atau {MAILS[2]})"
        path.write_text(path.read_text("utf-8").replace(after, told, 1), "utf-8")
    offices = (folder / "opd.csv").read_text("utf-8").splitlines()
    offices = [f"{line},{'nip_kepala' if n == 0 else NIPS[2]}" for n, line in enumerate(offices)]
    (folder / "opd.csv").write_text("\n".join(offices) + "\n", "utf-8")
    judged = [f"TKKSD-1;1;urutan;;K{place};;{place}" for place in range(1, 6)]
    head = "anggota;bobot_anggota;cara;simpul;kriteria;pembanding;nilai"
    (folder / "bobot.csv").write_text("\n".join([head, *judged]) + "\n", "utf-8")


def plant_in_roster(folder):
    """Persons where the internal list of attendance takes them from."""
    roster = folder / "anggota_tkksd.csv"
    head, *lines = roster.read_text("utf-8").splitlines()
    for n, name in enumerate(MEMBERS):
        lines[n] = f"{lines[n].rpartition(',')[0]},{name}"
    roster.write_text("\n".join([head, *lines]) + "\n", "utf-8")


def refused_record(folder):
    """What is told of a record that names members and gives somebody's number; then it is as it was."""
    record = folder / "pleno.toml"
    before = record.read_text("utf-8")
    named = (
        f'[rapat]\nagenda = ["Dibuka {MEMBERS[0]}", "Telepon {PHONES[0]}"]\n'
        f'[[hadir]]\npenilai = "{MEMBERS[1].upper()}"\ncatatan = "NIP {NIPS[0]}"\n'
    )
    record.write_text(named, "utf-8")
    told = [CliRunner().invoke(app, ["plenary", SAMPLE, *more]) for more in ([], ["--json"])]
    record.write_text(before, "utf-8")
    assert [one.exit_code for one in told] == [1, 1]
    assert "pleno.toml" in told[0].output
    return "".join(one.output for one in told)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Three offices of the sample with persons all over them, run once."""
    home = tmp_path_factory.mktemp("persons")
    shutil.copytree(ROOT / "data" / "hulu-sungai-selatan", home / "data" / "hulu-sungai-selatan")
    lessen(home / "data", OFFICES)
    folder = home / "data" / SAMPLE
    plant(folder)
    plant_elsewhere(folder)
    plant_in_roster(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        words = [
            sys.executable,
            "-m",
            "ksd_toolkit",
            "run",
            SAMPLE,
        ]  # forks its notebooks from itself
        shown = subprocess.run(words, stdout=PIPE, stderr=STDOUT, text=True, check=False)
        assert shown.returncode in {0, 2}, shown.stdout
        prepared = CliRunner().invoke(app, ["prepare", SAMPLE])
        assert prepared.exit_code in {0, 2}, prepared.output
        for words in (["index", "2026"], ["roll-up", "2026"]):  # what they make is scanned, too
            made = CliRunner().invoke(app, words)
            assert made.exit_code == 0, made.output
        refused = refused_record(folder)
        (home / "shown.txt").write_text(shown.stdout + prepared.output + refused, "utf-8")
        yield home


def public(project):
    texts = texts_below(project / "reports")
    return {place: text for place, text in texts.items() if "/internal/" not in f"/{place}"}


def test_the_scan_finds_persons_where_they_may_stand(project):
    """The positive control: the same scan, on what was sent and on what goes back to the office."""
    sent = findings(texts_below(project / "data" / SAMPLE), PLANTED)
    assert {what for _, what, _ in sent} >= {"NIP", "phone", "e-mail", "named"}
    assert {text for _, what, text in sent if what == "named"} >= {*NAMES[:2], *NIPS, *MAILS}
    returned = findings(texts_below(project / "reports" / SAMPLE / "internal"), PLANTED)
    assert {what for _, what, _ in returned} >= {"NIP", "phone", "e-mail", "named"}
    assert {text for _, what, text in returned if what == "named"} >= set(MEMBERS)


def test_no_published_file_shows_a_person(project):
    texts = public(project)
    suffixes = {Path(place.partition("!")[0].partition("#")[0]).suffix for place in texts}
    assert suffixes >= {".pdf", ".html", ".docx", ".ipynb", ".xlsx", ".csv", ".json"}
    assert {"berita-acara.pdf", "sk.docx", "ranking.xlsx"} <= {
        Path(place.partition("!")[0].partition("#")[0]).name for place in texts
    }
    assert findings(texts, PLANTED) == []


def test_what_was_planted_reached_the_papers_covered(project):
    """So that the test above does not pass because the rows were lost."""
    texts = public(project)
    assert any("Rujukan bersama (hubungi pribadi:" in text for text in texts.values())
    told = next(text for place, text in texts.items() if place.endswith("masalah.csv"))
    assert any("Reaktivasi JKN (PIC: pribadi:" in text for text in texts.values())
    for code in ("cell.person_in_text", "file.person_in_name"):
        assert code in told


COMMANDS = {
    ("run",): None,  # printed by the fixture; its JSON has the facts of `ingest`
    ("batch",): None,  # a line a dossier of what `run` says; its files are those of a run
    ("simulate",): None,  # names no one but its placeholders
    ("ingest",): [["ingest", SAMPLE]],
    ("score",): [["score", SAMPLE, "--rows", "200"]],
    ("explain",): [["explain", SAMPLE, "DINKES-01"], ["explain", SAMPLE, "DINKES-02"]],
    ("compare",): [["compare", SAMPLE, "--rows", "200"]],
    ("weights",): [["weights", SAMPLE]],
    ("partners",): [
        ["partners", SAMPLE, "--rows", "200"],
        ["partners", SAMPLE, "--usulan", "DINKES-01"],
    ],
    ("regions", "import"): [["regions", "import", "data/hulu-sungai-selatan/2026/indikator.csv"]],
    ("regions", "status"): [["regions", "status"]],
    ("regions", "remove"): [["regions", "remove", "indikator.csv"]],
    ("doctor",): [["doctor"]],
    ("register", "status"): [["register", "status", SAMPLE]],
    ("register", "history"): [["register", "history", "DINKES-01"]],
    ("register", "verify"): [["register", "verify", SAMPLE]],
    ("privacy", "list"): [["privacy", "list", SAMPLE]],
    ("privacy", "log"): [["privacy", "log", SAMPLE]],
    ("form", "check"): [["form", "check", SAMPLE]],
    ("forum", "form"): [["forum", "form", SAMPLE]],
    ("agreements", "status"): [["agreements", "status", SAMPLE]],
    ("agreements", "explain"): [["agreements", "explain", SAMPLE, "PKS-01/2025"]],
    ("agreements", "remind"): [["agreements", "remind", SAMPLE]],
    ("agreements", "calendar"): [["agreements", "calendar", SAMPLE]],
    ("agreements", "export"): [["agreements", "export", SAMPLE]],
    ("agreements", "form"): [["agreements", "form", SAMPLE]],
    ("plenary",): [["plenary", SAMPLE]],
    ("trace",): [["trace", "policy-brief", "T2.1.5", "--dossier", SAMPLE]],
    ("verify",): [["verify", SAMPLE]],
    ("index",): [["index", "2026"]],
    ("roll-up",): None,  # run by the fixture; counts alone
}


def commands_with_json(command=None, path=()):
    command = command or get_command(app)
    if any("--json" in option.opts for option in command.params):
        yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands_with_json(below, (*path, name))


def test_every_command_with_json_is_scanned():
    assert set(commands_with_json()) == set(COMMANDS)


@pytest.mark.parametrize(
    "words", [words for many in COMMANDS.values() for words in many or ()], ids=" ".join
)
@pytest.mark.parametrize("more", [[], ["--json"], ["--lang", "en"]], ids=["id", "json", "en"])
def test_no_command_prints_a_person(project, words, more):
    shown = CliRunner().invoke(app, [*words, *more])
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
    assert shown.output
    if "--json" in more:
        json.loads(shown.stdout)
    assert findings({"printed": shown.output}, PLANTED) == []


def test_the_run_printed_no_person(project):
    assert findings({"printed": (project / "shown.txt").read_text("utf-8")}, PLANTED) == []


def test_the_register_holds_no_person(project):
    store = project / ".ksd" / "hulu-sungai-selatan"
    content = b"".join(path.read_bytes() for path in sorted(store.glob("register.sqlite*")))
    assert [text for text in PLANTED if text.encode() in content] == []
