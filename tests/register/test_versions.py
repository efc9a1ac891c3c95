"""Every version of what a sender said is kept, with what it changed; nothing of it can be undone."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.register.contents import AnswerRow, content_hash
from ksd_toolkit.register.versions import changes_between
from tests.register.test_ingest import codes, outcomes, retitled, saved_on, title
from tests.small_project import office_book

VERSIONS = "SELECT version_no, active, reread FROM submission WHERE sender = 'DINKES' ORDER BY id"
CHANGES = (
    "SELECT what, table_name, row_key, field, before, after, before_place, after_place"
    " FROM change ORDER BY submission_id, position"
)


def row(key, field, value, state="", table="usulan", cell="A1"):
    return AnswerRow(table, key, field, value or "", value, state, "usulan", cell)


# --- the difference of two versions ----------------------------------------------------------

DIFFERENCES = [
    # before                       after                          what, field, before, after
    ([row("A-1", "judul", "x")], [row("A-1", "judul", "x")], []),
    ([row("A-1", "judul", "x")], [row("A-1", "judul", " x ")], []),
    ([row("A-1", "n", "4.0")], [row("A-1", "n", "4")], []),
    ([], [row("A-1", "judul", "x")], [("row_added", "", None, None)]),
    ([row("A-1", "judul", "x")], [], [("row_removed", "", None, None)]),
    ([row("A-1", "judul", "x"), row("A-1", "isu", None, "kosong")], [row("A-1", "judul", "x")], []),
    (
        [row("A-1", "judul", "x"), row("A-1", "skor", None, "TT")],
        [row("A-1", "judul", "x"), row("A-1", "skor", "4")],
        [("changed", "skor", "TT", "4")],
    ),
    (
        [row("A-1", "judul", "x"), row("A-1", "skor", "4")],
        [row("A-1", "judul", "x"), row("A-1", "skor", None, "kosong")],
        [("changed", "skor", "4", None)],
    ),
    (  # the word TT and the answer TT are two things
        [row("A-1", "judul", "TT")],
        [row("A-1", "judul", None, "TT")],
        [("changed", "judul", "TT", "TT")],
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), DIFFERENCES)
def test_the_difference_of_two_versions_is_told_field_by_field(before, after, expected):
    found = [(c.what, c.field, c.before, c.after) for c in changes_between(before, after)]
    assert found == expected


rows = st.lists(
    st.builds(
        row,
        st.sampled_from(["A-1", "A-2", "B-1"]),
        st.sampled_from(["judul", "isu", "skor"]),
        st.sampled_from(["x", "y", "4.0"]),
        table=st.sampled_from(["usulan", "mitra"]),
    ),
    unique_by=lambda r: r.key,
)


@given(rows, rows)
def test_two_versions_differ_exactly_when_their_hashes_do(before, after):
    differ = bool(list(changes_between(before, after)))
    assert differ == (content_hash(before) != content_hash(after))


@given(rows, st.randoms())
def test_the_order_of_rows_and_blanks_make_no_difference(said, chance):
    shuffled = [*said, row("C-1", "isu", None, "kosong")]
    chance.shuffle(shuffled)
    assert content_hash(shuffled) == content_hash(said)


def test_composed_and_decomposed_letters_are_the_same_answer():
    assert content_hash([row("A-1", "judul", "caf\u00e9")]) == content_hash(
        [row("A-1", "judul", " cafe\u0301")]
    )


# --- versions in the register ----------------------------------------------------------------


def test_a_correction_is_a_version_with_its_changes_and_both_cells(project):
    project.put(retitled("Judul lama"), "dinkes.xlsx")
    project.ingest()
    book = retitled("Judul baru")
    book["usulan"].insert_rows(1)  # everything stands one row lower
    book["usulan"].append(
        ("DINKES-09", "Usulan baru", "potensi", "ISU-A", "1.02", "ya", "layanan", 2025, 5)
    )
    book["nilai"].delete_rows(3)
    project.put(book, "dinkes.xlsx")
    project.ingest()
    assert project.rows(VERSIONS) == [(1, 0, 0), (2, 1, 0)]
    assert project.rows(CHANGES) == [
        ("row_removed", "nilai", "DINKES-02|U|OPD-1", "", None, None, "nilai:A3", ""),
        ("row_added", "usulan", "DINKES-09", "", None, None, "", "usulan:A5"),
        ("changed", "usulan", "DINKES-01", "judul", "Judul lama", "Judul baru",
         "usulan:B2", "usulan:B3"),
    ]  # fmt: skip


def test_the_same_answers_saved_anew_are_no_new_version(project):
    project.ingest()
    saved_on(project.inbox / "dinkes.xlsx", "2099-01-01T00:00:00Z")  # other bytes
    intake = project.ingest()
    assert outcomes(intake)["dinkes.xlsx"] == "duplicate"
    assert intake.nothing_changed
    assert codes(intake) == []
    assert [version for version, _, _ in project.rows(VERSIONS)] == [1, 1]
    assert project.rows("SELECT count(*) FROM change") == [(0,)]
    assert outcomes(project.ingest())["dinkes.xlsx"] == "unchanged"


def test_labels_in_place_of_codes_and_another_order_are_no_new_version(project):
    book = office_book("DINKES")
    book["usulan"]["F2"], book["usulan"]["F3"] = "Ya", "YA "
    sheet = book["usulan"]
    second, third = ([cell.value for cell in sheet[number]] for number in (2, 3))
    for column, (one, other) in enumerate(zip(third, second, strict=True), start=1):
        sheet.cell(2, column, one)
        sheet.cell(3, column, other)
    project.ingest()
    project.put(book, "dinkes.xlsx")
    assert outcomes(project.ingest())["dinkes.xlsx"] == "duplicate"
    where = project.register().where("usulan", "DINKES-01", "judul")
    assert where.cell == "B3"  # the cell in the file that lies there now


def test_a_version_taken_back_is_in_use_again_and_no_third_one(project):
    project.put(retitled("Pertama"), "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Kedua"), "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Pertama"), "dinkes.xlsx")  # typed again: other bytes, the same answers
    saved_on(project.inbox / "dinkes.xlsx", "2099-01-01T00:00:00Z")
    intake = project.ingest()
    assert outcomes(intake)["dinkes.xlsx"] == "changed"
    assert title(project) == "Pertama"
    assert project.rows(VERSIONS) == [(1, 0, 0), (2, 0, 0), (1, 1, 0)]


def test_copies_with_other_bytes_are_no_conflict(project):
    content = (project.inbox / "dinkes.xlsx").read_bytes()
    (project.inbox / "dinkes kirim ulang.xlsx").write_bytes(content)
    saved_on(project.inbox / "dinkes kirim ulang.xlsx", "2099-01-01T00:00:00Z")
    intake = project.ingest()
    assert codes(intake) == ["file.same_content"]
    (problem,) = [p for p in intake.problems if p.code == "file.same_content"]
    assert problem.where.file == "kuesioner/dinkes.xlsx"
    assert problem.facts["other"] == "kuesioner/dinkes kirim ulang.xlsx"
    assert len(project.register().usulan) == 4


# --- nothing can be undone -------------------------------------------------------------------

FORBIDDEN = [
    "UPDATE answer SET value = 'x'",
    "UPDATE answer SET raw = ''",
    "DELETE FROM answer",
    "UPDATE set_aside SET cells = '{}'",
    "DELETE FROM set_aside",
    "UPDATE submission SET sha256 = 'x'",
    "UPDATE submission SET version_no = 9",
    "UPDATE submission SET content_hash = ''",
    "UPDATE submission SET late = 1",
    "UPDATE submission SET accepted = 0",
    "DELETE FROM submission",
    "UPDATE change SET after = 'x'",
    "DELETE FROM change",
    "UPDATE audit SET actor = 'x'",
    "DELETE FROM audit",
]


@pytest.fixture
def full_store(project):
    """A register with something in every table."""
    book = retitled("Judul lama")
    book["usulan"].append(("DINKES-01", "kunci ganda"))
    project.put(book, "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Judul baru"), "dinkes.xlsx")
    project.ingest()
    with closing(sqlite3.connect(project.database)) as connection:
        yield connection


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_what_was_said_or_done_is_never_changed_or_removed(full_store, statement):
    table = statement.split()[2 if statement.startswith("DELETE") else 1]
    before = full_store.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    assert before
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        full_store.execute(statement)
    full_store.rollback()
    assert full_store.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608


def test_whether_a_submission_is_used_and_where_it_lies_may_change(full_store):
    full_store.execute("UPDATE submission SET active = 0, status = 'ditarik', file = 'x.xlsx'")
    assert full_store.execute("SELECT DISTINCT file FROM submission").fetchall() == [("x.xlsx",)]
    full_store.rollback()


def test_every_column_of_a_submission_is_guarded_but_those_of_its_use(full_store):
    """A column added later must not be forgotten in the trigger."""
    columns = {row[1] for row in full_store.execute("PRAGMA table_info(submission)")}
    (guard,) = full_store.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'submission_stays'"
    ).fetchone()
    guarded = {name.strip() for name in guard.partition(" OF")[2].partition(" ON ")[0].split(",")}
    assert columns - guarded == {"active", "status", "file"}


# --- single tables of one office -------------------------------------------------------------


def plain(project, name, tables, book, saved):
    """Some tables of a questionnaire as a plain workbook, as a survey export brings them."""
    for sheet in book.sheetnames:
        if sheet not in tables:
            del book[sheet]
    saved_on(project.put(book, name), saved)


def send_parts(project, **parts):
    """Plain tables of one office in place of its workbook, each saved a day after the one before."""
    (project.inbox / "dinkes.xlsx").unlink()
    for day, (name, (tables, book)) in enumerate(parts.items(), 1):
        plain(project, f"{name}.xlsx", tables, book, f"2026-08-0{day}T00:00:00Z")
    return project


def test_single_tables_of_an_office_add_up(project):
    parts = {
        "a": (("usulan", "nilai"), retitled("Dari tabel")),
        "b": (("mitra",), office_book("DINKES", 1)),
    }
    intake = send_parts(project, **parts).ingest()
    assert codes(intake) == []
    assert title(project) == "Dari tabel"
    register = project.register()
    assert list(register.mitra["usulan_id"]) == ["DINKES-01", "DISDIK-01", "DISDIK-02"]
    assert project.rows("SELECT slot, active, version_no FROM submission WHERE sender = 'DINKES'") == [
        ("nilai+usulan", 1, 1), ("mitra", 1, 1),
    ]  # fmt: skip
    assert project.ingest().nothing_changed


def test_a_whole_workbook_is_used_before_single_tables_of_the_same_office(project):
    parts = {"b": (("mitra",), office_book("DINKES", 1))}
    send_parts(project, **parts)
    project.put(retitled("Utuh"), "utuh.xlsx")
    saved_on(project.inbox / "utuh.xlsx", "2020-01-01T00:00:00Z")
    intake = project.ingest()
    assert codes(intake) == ["file.tables_beside_workbook"]
    (problem,) = [p for p in intake.problems if p.code == "file.tables_beside_workbook"]
    assert problem.facts["used"] == "kuesioner/utuh.xlsx"
    assert problem.facts["names"] == "kuesioner/b.xlsx, kuesioner/utuh.xlsx"
    assert problem.severity == "error"
    assert len(project.register().mitra) == 4


def test_two_files_with_the_same_table_are_a_conflict_of_that_table_only(project):
    parts = {
        "a": (("usulan",), retitled("Dulu")),
        "b": (("usulan",), retitled("Kemudian")),
        "c": (("mitra",), office_book("DINKES", 1)),
    }
    intake = send_parts(project, **parts).ingest()
    assert codes(intake) == ["file.two_for_sender"]
    (problem,) = [p for p in intake.problems if p.code == "file.two_for_sender"]
    assert problem.facts["names"] == "kuesioner/a.xlsx, kuesioner/b.xlsx"
    assert title(project) == "Kemudian"
