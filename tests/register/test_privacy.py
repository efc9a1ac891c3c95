"""Personal data: who is held, everything about one, erased for good, and what was done is noted."""

import csv
import io
import json
import sqlite3
import stat
import zipfile
from contextlib import closing

import pytest
from openpyxl.comments import Comment
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.errors import RunError
from ksd_toolkit.register import erasure, ingest
from ksd_toolkit.register.access import access
from ksd_toolkit.register.people import people_of
from ksd_toolkit.register.persons import find_person, persons
from ksd_toolkit.register.private import Holding, open_private
from ksd_toolkit.register.store import open_store
from ksd_toolkit.register.verification import verify
from tests.small_project import NAME, new_project, office_book, with_parts

PERSON = ("Rahmadi Saputra, S.STP", "197801152005011001", "0812-3456-7890 / rahmadi@contoh.invalid")
SPELLINGS = (
    "Rahmadi Saputra",
    "rahmadi",
    "197801152005011001",
    "1234-5678",
    "3456-7890",
    "81234567890",
)
OTHER = ("Siti Aminah", "198203172008012002", "(0517) 21333")


def put(project, opd="DINKES", name="dinkes.xlsx", first=PERSON, second=OTHER, text=""):
    """An office's workbook with these two liaison officers; `text` goes into a cell of another question."""
    book = office_book(opd)
    for start, answers in ((4, first), (7, second)):
        for row, answer in enumerate(answers, start):
            book["opd"][f"C{row}"] = answer
    if text:
        book["nilai"]["E2"] = text
    return project.put(book, name)


@pytest.fixture
def told(project):
    put(project)
    project.ingest()
    return project


@pytest.fixture
def ksd(project, monkeypatch):
    monkeypatch.chdir(project.home)
    return lambda *words, **more: CliRunner().invoke(app, ["privacy", *words], **more)


def held(project):
    with open_private(project.dossier.store) as private:
        return persons(private.holdings())


def everything(project):
    """Every byte of the region's folder, archives unpacked, with the file it stands in."""
    for path in sorted(project.dossier.store.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{path.name}/{n}", archive.read(n)) for n in archive.namelist())


def traces(project, *texts):
    """Where one of these texts stands, in any of the ways a file may write it."""
    return sorted(
        (name, text)
        for name, content in everything(project)
        for text in texts
        for encoding in ("utf-8", "utf-16-le")
        if text.casefold().encode(encoding) in content.lower()
    )


def erase(project, asked, reason="Permintaan 1"):
    plan = erasure.plan_erasure(project.dossier, asked)
    return plan, erasure.erase(plan, reason)


# --- who is held -----------------------------------------------------------------------------


def holding(period, opd, slot, field, value, sha="a", cell="C4"):
    return Holding(period, opd, slot, field, value, f"pribadi:{value}", "f", sha, "opd", cell)


TOGETHER = [
    # what is held                                                           persons
    ([("2026", "A", "ppksd_1", "nama", "Budi X"), ("2026", "A", "ppksd_1", "nip", "1" * 18)], 1),
    ([("2026", "A", "ppksd_1", "nama", "Budi X"), ("2026", "A", "ppksd_2", "nama", "Ani Y")], 2),
    ([("2025", "A", "ppksd_2", "nip", "1" * 18), ("2026", "B", "ppksd_1", "nip", "1" * 18)], 1),
    ([("2025", "A", "ppksd_2", "nama", "BUDI X"), ("2026", "A", "ppksd_1", "nama", "Budi  X")], 1),
    ([("2026", "A", "ppksd_1", "nama", "Budi X"), ("2026", "B", "ppksd_1", "nama", "Budi X")], 2),
    ([("2026", "A", "ppksd_1", "kontak", "0511 1"), ("2026", "B", "ppksd_1", "kontak", "0511 1")], 2),
    ([("2025", "A", "ppksd_1", "nama", "Budi X"), ("2025", "A", "ppksd_1", "nip", "1" * 18),
      ("2026", "A", "ppksd_1", "nama", "Budi X"), ("2026", "A", "ppksd_1", "nip", "2" * 18)], 2),
    ([("2024", "A", "ppksd_1", "nama", "Budi X"), ("2025", "B", "ppksd_1", "nip", "1" * 18),
      ("2026", "A", "ppksd_1", "nip", "1" * 18), ("2026", "A", "ppksd_1", "nama", "Budi X")], 1),
    ([("2026", "A", "teks", "lain", "081234567890"), ("2026", "A", "ppksd_1", "kontak", "0812-3456-7890")], 1),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "number"), TOGETHER)
def test_answers_are_gathered_by_person(answers, number):
    found = persons(holding(*answer) for answer in answers)
    assert len(found) == number
    assert sum(len(person.holdings) for person in found) == len(answers)


def test_rows_of_a_table_are_persons_of_their_own():
    rows = [("kontak_pic", "lain", "0811-1111-111", "F2"), ("nama_pic", "lain", "Ani Y", "G2"),
            ("kontak_pic", "lain", "0822-2222-222", "F3")]  # fmt: skip
    found = persons(
        holding("2026", "A", slot, f, value, cell=cell) for slot, f, value, cell in rows
    )
    assert sorted(len(person.holdings) for person in found) == [1, 2]


def test_a_person_is_found_by_any_value_in_any_spelling_and_by_reference(told):
    known = held(told)
    for asked in (PERSON[0].upper(), "Rahmadi Saputra", "19780115 200501 1 001", "+62 812 3456 7890",
                  "rahmadi@contoh.invalid"):  # fmt: skip
        assert find_person(known, asked).label == "2026 DINKES ppksd_1", asked
    person = find_person(known, PERSON[1])
    assert find_person(known, person.reference) == person
    assert find_person(known, "Rahmadi") is None


def test_the_list_shows_values_only_when_asked(told, ksd):
    plain = ksd("list", NAME)
    assert plain.exit_code == 0
    assert "2026 DINKES ppksd_1  (kontak, nama, nip)" in plain.output
    assert [text for text in SPELLINGS if text in plain.output.casefold()] == []
    assert PERSON[0] in ksd("list", NAME, "--show").output
    facts = json.loads(ksd("list", NAME, "--json").output)
    assert {"person", "held", "fields"} == facts[0].keys()


# --- access ----------------------------------------------------------------------------------


def test_an_export_holds_every_value_with_its_place_and_what_was_done(told):
    found = access(told.dossier, PERSON[1])
    rows = [(r["field"], r["value"], f"{r['file']} {r['sheet']}:{r['cell']}") for r in found.values]
    place = "kuesioner/dinkes.xlsx opd"
    assert rows == [("kontak", PERSON[2], f"{place}:C6"), ("nama", PERSON[0], f"{place}:C4"),
                    ("nip", PERSON[1], f"{place}:C5")]  # fmt: skip
    assert all(row["received_at"] and row["in_use"] for row in found.values)
    assert [line["action"] for line in found.processing] == ["remember", "export"]
    assert found.files == (f"data/{NAME}/kuesioner/dinkes.xlsx",)
    assert len(found.kept_files) == 1
    assert OTHER[0] not in found.json_bytes("id").decode()


def test_an_export_is_written_for_its_owner_only(told, ksd):
    for name in ("budi.json", "budi.csv"):
        shown = ksd("export", NAME, "--person", PERSON[0], "--out", name)
        assert shown.exit_code == 0, shown.output
        path = told.home / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert PERSON[1] in path.read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO((told.home / "budi.csv").read_text("utf-8-sig"))))
    assert {row["isi"] for row in rows} == set(PERSON)
    assert {row["dipakai"] for row in rows} == {"ya"}
    printed = json.loads(ksd("export", NAME, "--person", PERSON[0]).output)
    assert [row["dipakai"] for row in printed["nilai"]] == ["ya"] * 3
    assert not {"values", "processing", "files"} & printed.keys()
    english = json.loads(ksd("export", NAME, "--person", PERSON[0], "--lang", "en").output)
    assert [row["in_use"] for row in english["values"]] == ["yes"] * 3
    assert english["processing"][0].keys() >= {"at", "actor", "action", "facts"}


@pytest.mark.parametrize("command", [("export",), ("erase", "--reason", "x", "--yes")])
def test_nobody_and_several_are_sentences(told, ksd, command):
    put(told, "DISHUB", "dishub.xlsx", first=("Rahmadi Saputra", "199001012015011003", ""))
    told.ingest()
    verb, *options = command
    for asked, text in (("Tidak Dikenal", "Tidak ada data"), ("Rahmadi Saputra", "2 orang cocok"),
                        ("Budi", "terlalu umum")):  # fmt: skip
        shown = ksd(verb, NAME, "--person", asked, *options)
        assert shown.exit_code == 1
        assert text in shown.output
        assert "Traceback" not in shown.output


# --- erasure ---------------------------------------------------------------------------------


def test_the_scan_finds_what_is_there(told):
    assert {text for _, text in traces(told, *SPELLINGS)} >= {"Rahmadi Saputra", PERSON[1]}


def test_nothing_of_an_erased_person_stays_in_the_store(project):
    book = office_book("DINKES")
    for row, answer in enumerate(PERSON, 4):
        book["opd"][f"C{row}"] = answer
    book["nilai"]["E2"] = "Hubungi Bpk. Rahmadi  Saputra di 081234567890"
    book["nilai"]["A9"] = "DINKES-99"  # a row that is set aside, with a person in it
    book["nilai"]["E9"] = "NIP 19780115 200501 1 001"
    book["usulan"]["B2"].comment = Comment("tanya Rahmadi Saputra", "Rahmadi Saputra")
    book.properties.creator = "Rahmadi Saputra"
    book.create_sheet("Rahmadi Saputra")["A1"] = 81234567890
    project.put(book, "rahmadi_saputra 197801152005011001.xlsx")
    project.ingest()
    project.ingest()
    assert traces(project, *SPELLINGS) != []
    plan, done = erase(project, PERSON[1], reason="Surat Rahmadi Saputra")
    assert traces(project, *SPELLINGS) == []
    assert done.values == len(plan.holdings) >= 3
    assert [state for _, state in done.files] == ["redacted"]
    assert done.scrubbed
    assert plan.trail == 0
    assert verify(project.dossier).intact
    assert [path.name for path in plan.left] == ["rahmadi_saputra 197801152005011001.xlsx"]


def test_the_redacted_copy_is_the_same_workbook_without_the_person(told):
    from openpyxl import load_workbook

    plan, _ = erase(told, PERSON[1])
    (sha,) = plan.files
    (path,) = (told.dossier.store / "berkas").rglob(f"{sha}*")
    book = load_workbook(path)
    assert [book["opd"][f"C{row}"].value or "" for row in (4, 5, 6)] == ["", "", ""]
    assert book["opd"]["C7"].value == OTHER[0]
    assert book["usulan"]["B2"].value == "Usulan DINKES-01"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_the_other_persons_and_all_answers_stay(told):
    before = told.content()[0], told.register().usulan.to_csv()
    erase(told, PERSON[1])
    assert [person.label for person in held(told)] == [
        "2026 DINKES ppksd_2", "2026 DISDIK ppksd_1", "2026 DISDIK ppksd_2",
    ]  # fmt: skip
    assert (told.content()[0], told.register().usulan.to_csv()) == before


def test_an_erased_person_does_not_come_back_with_any_file(told):
    erase(told, PERSON[1])
    assert told.ingest().nothing_changed
    put(told, name="dinkes.xlsx", text="Rahmadi Saputra sudah pindah")  # other bytes
    put(
        told,
        "DISHUB",
        "dishub.xlsx",
        first=("RAHMADI SAPUTRA", "19780115 200501 1 001", "+6281234567890"),
    )
    broken = put(told, "DISHUB", "rusak.xlsx", text="Rahmadi Saputra")
    with_parts(
        broken, {"xl/workbook.xml": b"<workbook/>", "catatan.xml": b"<a>Rahmadi Saputra</a>"}
    )
    lines = f"no_dok,tahap,tanggal\nKB-1,persiapan {PERSON[1]},2026-01-05\n"
    (told.folder / "tahapan.csv").write_text(lines, "utf-8")
    told.ingest()
    assert traces(told, *SPELLINGS) == []
    assert verify(told.dossier).intact
    assert all("Rahmadi" not in value for person in held(told) for value in person.values)
    assert told.ingest().nothing_changed


def test_an_erased_person_does_not_come_back_by_another_reading(told, monkeypatch):
    erase(told, PERSON[1])
    monkeypatch.setattr(ingest, "READER_VERSION", "another", raising=False)
    monkeypatch.setattr("ksd_toolkit.register.ingest.READER_VERSION", "another")
    told.ingest()
    assert traces(told, *SPELLINGS) == []
    assert verify(told.dossier).intact


def test_a_register_built_again_beside_the_persons_knows_who_was_erased(told):
    erase(told, PERSON[1])
    for path in told.dossier.store.glob("register.sqlite*"):
        path.unlink()
    told.ingest()
    assert traces(told, *SPELLINGS) == []
    assert verify(told.dossier).intact
    assert told.ingest().nothing_changed


def test_a_telephone_two_persons_share_stays_with_the_other(project):
    phone = "(0517) 21333"
    put(project, first=(PERSON[0], PERSON[1], phone), second=(OTHER[0], OTHER[1], phone))
    project.ingest()
    plan, _ = erase(project, PERSON[1])
    assert plan.shared
    (person,) = [p for p in held(project) if p.label.startswith("2026 DINKES")]
    assert phone in person.values
    assert len(person.holdings) == 3
    assert traces(project, "Rahmadi Saputra", PERSON[1]) == []
    put(
        project,
        first=(PERSON[0], PERSON[1], phone),
        second=(OTHER[0], OTHER[1], phone),
        text="lain",
    )
    project.ingest()
    assert not [
        o
        for p in held(project)
        for o in p.holdings
        if (o.opd_kode, o.slot) == ("DINKES", "ppksd_1")
    ]
    assert phone in {
        one.value for p in held(project) for one in p.holdings if one.slot == "ppksd_2"
    }


def test_a_single_name_goes_where_it_is_all_a_cell_says(project):
    put(project, first=("Sukarno", "197801152005011001", ""), text="Ruas Jalan Sukarno rusak")
    project.ingest()
    erase(project, "197801152005011001")
    (row,) = project.rows(
        "SELECT raw FROM answer WHERE field = 'alasan' AND row_key LIKE 'DINKES-01%'"
    )
    assert row == ("Ruas Jalan Sukarno rusak",)
    found = [name for name, content in everything(project) if b">Sukarno<" in content]
    assert found == []
    put(project, first=("Sukarno", "197801152005011001", ""), text="Ruas Jalan Sukarno mulus")
    project.ingest()
    assert "Sukarno" not in {value for person in held(project) for value in person.values}
    assert [name for name, content in everything(project) if b">Sukarno<" in content] == []


SINGLE = ["Zulkifli", "Zulkifli, S.KM", "H. ZULKIFLI"]


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_name_in_a_sentence_of_its_own_file_is_covered_and_erased(project, name):
    def send(text):
        put(project, first=(name, "197801152005011001", ""), text=text)
        return project.ingest()

    intake = send("Reaktivasi JKN (PIC: Zulkifli)")
    assert "cell.person_in_text" in {problem.code for problem in intake.problems}
    (shown,) = project.rows(
        "SELECT raw FROM answer WHERE field = 'alasan' AND row_key LIKE 'DINKES-01%'"
    )
    assert shown[0].startswith("Reaktivasi JKN (PIC: pribadi:")
    assert {place for place, _ in traces(project, "zulkifli")} != {"register.sqlite"}
    plan, done = erase(project, "197801152005011001")
    assert (plan.shared, done.doubtful) == (frozenset(), ())
    assert traces(project, "zulkifli") == []
    send("Reaktivasi JKN, tanya Zulkifli")
    assert traces(project, "zulkifli") == []
    assert verify(project.dossier).intact


def test_a_word_of_a_name_that_is_all_a_cell_says_is_covered_and_erased(project):
    put(project, first=("Noor Halimatussadiah, S.K.M.", *PERSON[1:]), text="halimatussadiah")
    intake = project.ingest()
    assert "halimatussadiah" not in repr(intake.problems)
    with open_store(project.dossier.store) as connection:
        assert "halimatussadiah" not in "\n".join(connection.iterdump()).casefold()
    erase(project, PERSON[1])
    assert traces(project, "halimatussadiah") == []


def test_a_single_name_belongs_to_the_person_of_the_same_office():
    cards = [
        holding("2026", "A", "ppksd_1", "nama", "Zulkifli", "a"),
        holding("2026", "B", "ppksd_1", "nama", "Zulkifli", "b"),
        holding("2026", "B", "teks", "lain", "Zulkifli", "b", "C9"),
    ]
    assert [len(person.holdings) for person in persons(cards)] == [1, 2]


@pytest.mark.parametrize(
    ("name", "text"), [("Budi", "Ditanyakan kepada Budi"), ("Banjar", "Warga Banjar juga ikut")]
)
def test_a_name_too_common_to_be_covered_is_left_and_its_places_are_named(project, ksd, name, text):
    put(project, first=(name, "197801152005011001", ""), text=text)
    assert "cell.person_in_text" not in {problem.code for problem in project.ingest().problems}
    asked = ("--person", "197801152005011001", "--reason", "Permintaan 1", "--yes")
    shown = ksd("erase", NAME, *asked)
    assert shown.exit_code == 2
    assert "Nama satu kata orang ini" in shown.output
    assert "2026 DINKES nilai!E2" in shown.output
    assert "juga milik orang lain" not in shown.output
    assert ksd("erase", NAME, "--person", text, *asked[2:]).exit_code == 2  # data/ holds it still
    assert traces(project, text) == []


def test_what_else_a_sentence_holds_is_named_with_the_command_that_erases_it(project, ksd):
    put(project, text=f"Hubungi {PERSON[0]}, surel lain@contoh.invalid, atau {OTHER[1]}")
    project.ingest()
    (other,) = erasure.plan_erasure(project.dossier, PERSON[1]).beside
    reason = ("--reason", "Permintaan 1", "--yes")
    shown = ksd("erase", NAME, "--person", PERSON[1], *reason).output
    assert shown.count(f"ksd privacy erase {NAME} --person {other[0]}") == 1
    assert "lain@contoh.invalid" not in shown
    assert traces(project, "lain@contoh.invalid") != []
    ksd("erase", NAME, "--person", other[0], *reason)
    assert traces(project, "lain@contoh.invalid") == []


def test_a_person_named_only_in_other_peoples_cells_can_be_erased(project):
    put(project, text="Sudah dibahas dengan Hasan Basri Noor")
    project.ingest()
    assert traces(project, "Hasan Basri Noor") != []
    plan, done = erase(project, "Hasan Basri Noor")
    assert (done.values, len(plan.files), done.texts > 0) == (0, 1, True)
    assert traces(project, "Hasan Basri Noor") == []
    assert verify(project.dossier).intact


def test_backups_of_the_register_are_covered_too(told):
    backup = told.dossier.store / "register.sqlite.v1.bak"
    with open_store(told.dossier.store) as connection, closing(sqlite3.connect(backup)) as copy:
        connection.backup(copy)
        copy.execute("INSERT INTO problem (period, code, severity, file, sheet, cell, facts) VALUES"
                     " ('2026', 'x', 'info', '', '', '', '{\"value\": \"Rahmadi Saputra\"}')")  # fmt: skip
        copy.commit()
    assert traces(told, "Rahmadi Saputra")
    erase(told, PERSON[1])
    assert traces(told, *SPELLINGS) == []
    assert sorted(p.name for p in told.dossier.store.glob("*.bak*")) == [backup.name]
    with closing(sqlite3.connect(backup)) as copy:
        assert (
            copy.execute("SELECT count(*) FROM answer").fetchone()
            == told.rows("SELECT count(*) FROM answer")[0]
        )


def test_old_pages_other_peoples_answers_and_drafts_of_killed_writers_are_covered_too(project):
    put(project, second=(OTHER[0], OTHER[1], "(0517) 21333 a.n. Rahmadi Saputra"))
    project.ingest()
    long = "Rahmadi Saputra " * 400  # a page of its own, freed but not overwritten
    with closing(sqlite3.connect(project.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        for change in (
            "INSERT INTO closed_period VALUES (?, '')",
            "DELETE FROM closed_period WHERE period = ?",
        ):
            connection.execute(change, (long,))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = next((project.dossier.store / "berkas").rglob("*.xlsx"))
    (kept.parent / f".{kept.name}.abc").write_bytes((project.inbox / "dinkes.xlsx").read_bytes())
    found = {name for name, _ in traces(project, "Rahmadi Saputra")}
    assert {"register.sqlite", "pribadi.sqlite", f".{kept.name}.abc"} <= found | {
        name.partition("/")[0] for name in found
    }
    erase(project, PERSON[1])
    assert traces(project, *SPELLINGS) == []
    (other,) = [p for p in held(project) if p.label == "2026 DINKES ppksd_2"]
    assert any(value.startswith("(0517) 21333 a.n. pribadi:") for value in other.values)


STEPS = ("mask_texts", "note_redaction", "write_redacted", "mask_backups", "scrub", "_forget")


@pytest.mark.parametrize("step", STEPS)
def test_an_erasure_cut_short_is_completed_by_the_same_command(told, monkeypatch, step):
    def die(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, step, die)
    plan = erasure.plan_erasure(told.dossier, PERSON[1])
    with pytest.raises(KeyboardInterrupt):
        erasure.erase(plan, "Permintaan 1")
    monkeypatch.undo()
    told.ingest()
    erase(told, PERSON[1])
    assert traces(told, *SPELLINGS) == []
    assert verify(told.dossier).intact


def test_an_erased_person_can_be_erased_again(told):
    erase(told, PERSON[1])
    plan, done = erase(told, PERSON[1])
    assert plan.gone_before
    assert (done.values, done.files, done.texts) == (0, (), 0)


def test_the_user_is_asked_told_what_goes_and_named_what_is_theirs(told, ksd):
    refused = ksd("erase", NAME, "--person", PERSON[0], "--reason", "Surat 3", input="n\n")
    assert refused.exit_code == 1
    assert "Tidak ada yang dihapus" in refused.output
    assert "[ya/TIDAK]" in refused.output
    for answer in ("", "\n", "yakin\n"):
        unsure = ksd("erase", NAME, "--person", PERSON[0], "--reason", "Surat 3", input=answer)
        assert (unsure.exit_code, "Abort" in unsure.output) == (1, False)
    assert traces(told, PERSON[1]) != []
    shown = ksd("erase", NAME, "--person", PERSON[0], "--reason", "Surat 3", input="Ya\n")
    assert shown.exit_code == 2
    for text in (
        "3 nilai",
        "1 berkas asli",
        f"data/{NAME}/kuesioner/dinkes.xlsx",
        "tidak pernah menyunting",
    ):
        assert text in shown.output
    assert (told.inbox / "dinkes.xlsx").read_bytes().startswith(b"PK")
    (told.inbox / "dinkes.xlsx").unlink()
    again = ksd(
        "erase", NAME, "--person", PERSON[0], "--reason", "Surat 3", "--yes", "--lang", "en"
    )
    assert again.exit_code == 0
    assert "erased before" in again.output
    log = ksd("log", NAME).output
    assert "3 nilai dihapus, 1 berkas disunting" in log
    assert "Alasan: Surat 3" in log
    assert [t for t in SPELLINGS if t in log] == []
    facts = json.loads(ksd("log", NAME, "--json").output)
    assert [line["action"] for line in facts][-2:] == ["erase", "erase"]
    assert ksd("erase", NAME, "--person", PERSON[0]).exit_code == 1


def test_without_a_reason_nothing_is_erased(told):
    plan = erasure.plan_erasure(told.dossier, PERSON[1])
    with pytest.raises(RunError):
        erasure.erase(plan, "  ")
    assert len(held(told)) == 4


# --- the stores ------------------------------------------------------------------------------


def test_every_file_of_the_store_is_for_its_owner_only(told):
    store = told.dossier.store
    modes = {
        path.relative_to(store).parts[0]: stat.S_IMODE(path.stat().st_mode)
        for path in store.iterdir()
    }
    assert modes["kunci"] == modes["pribadi.sqlite"] == modes["register.sqlite"] == 0o600
    for path in store.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert stat.S_IMODE(store.stat().st_mode) == 0o700


def test_the_register_holds_references_only(told):
    values = told.rows("SELECT raw, value FROM answer WHERE field LIKE 'ppksd__%' AND table_name = 'opd'"
                       " AND field NOT LIKE 'ppksd_sk%' AND value IS NOT NULL")  # fmt: skip
    assert len(values) == 12
    for raw, value in values:
        assert raw == ""
        assert value.startswith("pribadi:")
        assert len(value) == len("pribadi:") + 12


def test_internal_papers_can_name_the_liaison_officers_until_they_are_erased(told):
    people = people_of(told.dossier).set_index(["opd_kode", "slot"])
    assert people.at[("DINKES", "ppksd_1"), "nama"] == PERSON[0]
    erase(told, PERSON[1])
    assert ("DINKES", "ppksd_1") not in people_of(told.dossier).set_index(
        ["opd_kode", "slot"]
    ).index


def test_the_sentence_about_a_private_store_that_is_damaged(told, ksd):
    (told.dossier.store / "pribadi.sqlite").write_bytes(b"no database at all" * 400)
    shown = ksd("list", NAME)
    assert shown.exit_code == 1
    assert "cadangan" in shown.output
    assert "rm -rf .ksd/hulu-sungai-selatan" in CliRunner().invoke(app, ["doctor"]).output


def test_another_region_is_another_store(told, tmp_path):
    other = new_project(tmp_path / "lain")
    put(other)
    other.ingest()
    ours, theirs = (find_person(held(p), PERSON[1]).reference for p in (told, other))
    assert ours != theirs
