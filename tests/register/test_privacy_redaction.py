"""A person is taken out of a file in whatever way it was written there; everything else stays."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register.erased import Erased
from ksd_toolkit.register.private import Holding
from ksd_toolkit.register.redaction import redact
from ksd_toolkit.register.single_names import ordinary_words, single_names, words_of_names
from ksd_toolkit.register.spellings import (
    ERASED,
    Wanted,
    forms_of,
    normal_forms,
    parts_of,
    tells_apart,
)
from ksd_toolkit.register.veil import PERSONAL, Veil
from tests.fuzz.open_document import open_document

NAME, NIP, PHONE, MAIL = (
    "Rahmadi Saputra",
    "197801152005011001",
    "0812-3456-7890",
    "r.saputra@hss.example",
)
WANTED = Wanted((f"Drs. {NAME}, M.Si", NIP, f"{PHONE} / {MAIL}"))

MASKED = [
    ("Rahmadi Saputra", ""),
    ("  rahmadi   SAPUTRA ", ""),
    ("Drs. Rahmadi Saputra, M.Si", ""),
    ("Ditanyakan kepada Rahmadi Saputra.", f"Ditanyakan kepada {ERASED}."),
    ("rahmadi_saputra-197801152005011001.xlsx", f"{ERASED}-{ERASED}.xlsx"),
    ("19780115 200501 1 001", ""),
    ("NIP. 19780115 200501 1 001", f"NIP. {ERASED}"),
    ("HP +62 812 3456 7890", f"HP {ERASED}"),
    ("(0812) 34567890", f"({ERASED}"),
    ("surat r.saputra@hss.example;", f"surat {ERASED};"),
    # neither these
    ("Rahmadi", "Rahmadi"),
    ("Rahmadi Saputran", "Rahmadi Saputran"),
    ("Rp 1.978.011.520.050.110.012", "Rp 1.978.011.520.050.110.012"),
    ("1978011520050110019", "1978011520050110019"),
    ("81234567 890123", "81234567 890123"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "left"), MASKED)
def test_a_text_without_the_person(text, left):
    assert WANTED.masked(text) == left


TELLING = [
    ("Rahmadi Saputra", True), ("Budi", False), ("Kepala Bidang", False), ("Budi Kepala Seksi", False),
    ("197801152005011001", True), ("a@b.id", True), ("1234", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("value", "telling"), TELLING)
def test_only_what_means_one_person_is_looked_for_in_sentences(value, telling):
    assert tells_apart(value) == telling


ALONE = [
    ("PIC: Zulkifli.", True), ("(zulkifli)", True), ("usulan_ZULKIFLI_2026", True),
    ("Zulkiflimansyah", False), ("Jalan Zulkifli rusak", False), ("di Jl. Zulkifli", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), ALONE)
def test_a_single_name_told_to_stand_alone_is_found_in_sentences_but_not_in_streets(text, found):
    assert Wanted(["Zulkifli"], alone=frozenset({"zulkifli"})).found_in(text) == found
    assert not Wanted(["Zulkifli"]).found_in(text)


def test_words_of_the_forms_the_offices_and_the_map_are_no_single_names():
    ordinary = ordinary_words([read_form()], ["Dinas Zamrud"])
    names = ("Zulkifli", "Zamrud", "Tapin", "Kepala", "Budi", "Pendidikan", "Noor Halimatussadiah")
    held = [Holding("2026", "A", f"ppksd_{n}", "nama", name, "-") for n, name in enumerate(names)]
    contact = Holding("2026", "A", "ppksd_1", "kontak", "Telegram", "-")
    column = Holding("2026", "A", "Nama PIC", "lain", "Wahyudin", "-")
    every = [*held, contact, column]
    assert single_names(every, ordinary) == {"zulkifli", "wahyudin"}
    assert words_of_names(every, ordinary) == {"zulkifli", "wahyudin", "halimatussadiah"}


def test_a_value_is_remembered_in_its_parts_and_by_its_bare_digits():
    assert parts_of(f"{PHONE} / {MAIL}") == {f"{PHONE} / {MAIL}", PHONE, MAIL}
    assert normal_forms("+62 812-3456-7890") == {"+62 812-3456-7890", "81234567890"}
    assert "rahmadi saputra" in forms_of("Drs. RAHMADI  Saputra, M.Si")


# --- files -----------------------------------------------------------------------------------


def book():
    book = Workbook()
    sheet = book.active
    sheet.title = "opd"
    sheet["A1"], sheet["B1"], sheet["C1"] = NAME, int(NIP[:15]), "Usulan 1 & 2 <b>"
    sheet["A2"], sheet["B2"] = f"Hubungi {NAME} & {PHONE}", 81234567890
    sheet["A3"].comment = Comment(f"tanya {MAIL}", NAME)
    sheet["A4"].hyperlink = f"mailto:{MAIL}"
    book.create_sheet(f"Lembar {NAME}")["A1"] = "isi"
    book.properties.creator = NAME
    book.properties.lastModifiedBy = MAIL
    return book


def saved(book, path):
    book.save(path)
    return path


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def holds(content):
    return [name for name, text in parts(content).items() for seen in (NAME, NIP, MAIL, "81234567890")
            if seen.casefold() in text.casefold()]  # fmt: skip


def test_a_workbook_keeps_everything_but_the_person(tmp_path):
    path = saved(book(), tmp_path / "a.xlsx")
    before = path.read_bytes()
    assert holds(before) != []
    copy = redact(path, WANTED)
    assert copy.state == "redacted"
    assert holds(copy.content) == []
    assert path.read_bytes() == before
    again = load_workbook(io.BytesIO(copy.content))
    sheet = again["opd"]
    assert again.sheetnames == ["opd", "Lembar dihapus"]
    assert [sheet[a].value for a in ("C1", "A2", "B2")] == [
        "Usulan 1 & 2 <b>",
        f"Hubungi {ERASED} & {ERASED}",
        0,
    ]
    assert sheet["B1"].value == int(NIP[:15])
    assert again["Lembar dihapus"]["A1"].value == "isi"
    assert redact(path, WANTED) == copy  # the same bytes every time


def test_a_name_in_two_formats_is_found_and_the_cells_are_written_anew(tmp_path):
    odd = book()
    rich = CellRichText("Pak ", TextBlock(InlineFont(b=True), "Rahm"), "adi Saputra")
    odd["opd"]["A6"] = rich
    odd["opd"]["A7"] = "=1+1"
    copy = redact(saved(odd, tmp_path / "a.xlsx"), WANTED)
    assert copy.state == "rebuilt"
    assert holds(copy.content) == []
    assert "Rahm" not in "".join(parts(copy.content).values())
    assert load_workbook(io.BytesIO(copy.content))["opd"]["C1"].value == "Usulan 1 & 2 <b>"


def test_an_open_document_is_redacted_too(tmp_path):
    path = tmp_path / "a.ods"
    path.write_bytes(open_document(book()))
    copy = redact(path, WANTED)
    assert copy.state in {"redacted", "rebuilt"}
    assert holds(copy.content) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_keeps_its_cells_and_its_encoding(tmp_path, encoding, separator):
    rows = [["kode", "nama", "nip"], ["D-1", NAME, NIP], ["D-2", f"caf\u00e9 {NAME}", "x"]]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    copy = redact(path, WANTED)
    assert copy.state == "redacted"
    lines = copy.content.decode(encoding).split("\r\n")
    assert [line.split(separator) for line in lines] == [
        ["kode", "nama", "nip"], ["D-1", "", ""], ["D-2", f"caf\u00e9 {ERASED}", "x"],
    ]  # fmt: skip


def test_what_nobody_can_look_into_is_said_to_be_so(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64
    cases = {
        "locked.xls": (ole, "sealed"),
        "old.xls": (ole + NAME.encode("utf-16-le"), "emptied"),
        "odd.xls": (ole + b"\x01" + NIP.encode("utf-16-le"), "emptied"),
        "latin.xls": (ole + MAIL.encode(), "emptied"),
        "cut.xlsx": (b"PK\x03\x04" + b"\x00" * 40, "sealed"),
        "empty.xlsx": (b"", "clean"),
        "plain.txt": (b"tidak ada siapa-siapa", "clean"),
    }
    for name, (content, state) in cases.items():
        (tmp_path / name).write_bytes(content)
        copy = redact(tmp_path / name, WANTED)
        assert copy.state == state, name
        assert (copy.content is None) == (state in {"sealed", "clean"}), name


# --- who was erased, and the veil ------------------------------------------------------------


def refer(text):
    return f"pribadi:{abs(hash(text.casefold())):012x}"[:20]


ERASED_ONES = Erased(
    [(refer(form), len(form.split())) for value in (NAME, NIP, PHONE) for form in forms_of(value)],
    refer,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pak Rahmadi Saputra, S.H. hadir", ["Rahmadi Saputra"]),
        ("(rahmadi saputra)", ["rahmadi saputra"]),
        ("0812 34567890 atau +6281234567890", ["0812 34567890", "+6281234567890"]),
        ("NIP:19780115 200501 1 001", ["19780115 200501 1 001"]),
        ("Rahmadi_Saputra.xlsx", []),
        ("Rahmadi_Saputra 2026.xlsx", ["Rahmadi_Saputra"]),
        ("Saputra Rahmadi", []),
        ("085200000000", []),
    ],
)
def test_who_was_erased_is_recognised_by_references_alone(text, shown):
    assert [text[start:stop] for start, stop in sorted(set(ERASED_ONES.places(text)))] == shown


def test_nobody_was_erased_nobody_is_recognised():
    nobody = Erased([], refer)
    assert not nobody
    assert list(nobody.places(f"{NAME} {NIP}")) == []
    assert not nobody.is_one(NIP)


def test_the_veil_covers_the_named_the_erased_and_what_looks_like_a_person():
    veil = Veil(refer, ERASED_ONES, {"Siti Aminah", "Budi"})
    told = veil.text("Siti  Aminah, Budi, Rahmadi Saputra, ani@hss.example", "opd", "C4")
    assert told.count("pribadi:") == 3
    assert "Budi" in told
    assert [person for person, *_ in veil.noted] == [
        "Siti  Aminah",
        "Rahmadi Saputra",
        "ani@hss.example",
    ]
    assert veil.met == {"Rahmadi Saputra"}
    assert ":" not in veil.name("Siti_Aminah 0812-3456-7890.xlsx")
    assert veil.text("12345") == "12345"


def test_a_problem_tells_no_person_in_its_place_or_facts():
    veil = Veil(refer, ERASED_ONES, {"Siti Aminah", "Budi"})
    facts = {"value": "Budi", "names": ["Siti Aminah", "lain"], "n": 3, "text": f"bukan {NIP}"}
    told = veil.problem(Problem("cell.x", Where("Siti_Aminah.xlsx", NAME, "B2"), facts))
    assert told.facts == {
        "value": PERSONAL, "names": [PERSONAL, "lain"], "n": 3, "text": f"bukan {PERSONAL}",
    }  # fmt: skip
    assert "Aminah" not in told.where.file
    assert NAME not in told.where.sheet
    plain = Problem("cell.x", Where("a.xlsx", "opd", "B2"), {"value": "x"})
    assert veil.problem(plain) is plain
