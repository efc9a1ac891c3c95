"""Whoever changes anything that decides a result is found out, with or without the triggers."""

import json
import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli.register import app
from ksd_toolkit.register.closing import close, reopen, restore, withdraw
from ksd_toolkit.register.erasing import erasing
from ksd_toolkit.register.store import open_store
from ksd_toolkit.register.verification import verify
from tests.register.test_audit import tamper
from tests.register.test_ingest import retitled
from tests.register.test_migrations import old  # noqa: F401  a fixture
from tests.register.test_versions import send_parts
from tests.small_project import NAME, office_book

OLD_KEYS = ("columns", "digests", "closed_at")


@pytest.fixture
def corrected(project):
    """Two offices; the first sent a row that is held, and then a correction."""
    book = retitled("Judul lama")
    book["usulan"].append(("DINKES-01", "kunci ganda"))
    book["usulan"]["I2"] = "banyak"
    project.put(book, "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Judul baru"), "dinkes.xlsx")
    project.ingest()
    return project


def found(project):
    return {(one.what, one.number or one.about) for one in verify(project.dossier).differences}


def forget_new_facts(project):
    """The trail as an older program wrote it: its entries tell less, and seal what they tell."""
    from ksd_toolkit.register import audit

    with closing(sqlite3.connect(project.database, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER audit_stays")
        rows = connection.execute(f"SELECT {audit._COLUMNS} FROM audit ORDER BY seq").fetchall()  # noqa: S608
        previous = audit.START
        for *row, _ in rows:
            told = json.loads(row[7])
            row[7] = audit._json({k: v for k, v in told.items() if k not in OLD_KEYS})
            seal = audit._seal((*row, previous))
            connection.execute(
                "UPDATE audit SET after = ?, previous_hash = ?, hash = ? WHERE seq = ?",
                (row[7], previous, seal, row[0]),
            )
            previous = seal


# No trigger stands in the way of these: they are columns the program itself changes.
@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE submission SET status = 'ditarik', active = 0 WHERE sender = 'DINKES'",
         {("use", 1), ("use", 3)}),
        ("UPDATE submission SET active = 0 WHERE sender = 'DISDIK'", {("use", 2)}),
        ("UPDATE submission SET file = 'kuesioner/lain.xlsx' WHERE id = 2", {("file", 2)}),
        ("INSERT INTO closed_period VALUES ('2026', '2026-08-31T00:00:00Z')",
         {("closed", "2026")}),
        ("UPDATE problem SET severity = 'info', code = 'file.late' WHERE submission_id = 1",
         {("problems", 1)}),
        ("DELETE FROM problem WHERE submission_id = 1", {("problems", 1)}),
        ("UPDATE form SET json = replace(json, 'e', 'E')", None),
        ("DELETE FROM form", None),
    ],
)  # fmt: skip
def test_what_no_trigger_guards_is_found(corrected, statement, what):
    with closing(sqlite3.connect(corrected.database, isolation_level=None)) as connection:
        connection.execute(statement)
    if what is None:
        told = corrected.rows("SELECT object FROM audit WHERE action = 'form'")
        what = {("form", name) for (name,) in told}
    assert found(corrected) == what
    assert not verify(corrected.dossier).intact


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("sender = 'DISHUB'", "owner"), ("period = '2027'", "owner"), ("kind = 'naskah'", "owner"),
        ("sha256 = 'x'", "source"), ("modified = 'x'", "source"), ("reader = 'x'", "source"),
        ("version_no = 9", "version"), ("content_hash = 'x'", "version"),
        ("received_at = '2020-01-01T00:00:00Z'", "received"), ("late = 1", "received"),
        ("quarantined = quarantined + 1", "counts"), ("cells_blank = 99", "counts"),
    ],
)  # fmt: skip
def test_every_column_of_a_submission_is_remembered(corrected, change, what):
    tamper(corrected, f"UPDATE submission SET {change} WHERE id = 2")  # noqa: S608
    assert (what, 2) in found(corrected)


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET before = 'Judul lain' WHERE field = 'judul'",
        "UPDATE change SET after_place = 'usulan:Z9' WHERE field = 'judul'",
        "DELETE FROM change",
    ],
)
def test_a_changed_history_is_found_also_where_the_trail_is_old(corrected, statement, is_old):
    if is_old:
        forget_new_facts(corrected)
    tamper(corrected, statement)
    assert found(corrected) == {("changes", 3)}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("sender = 'DISHUB'", "owner"), ("period = '2027'", "owner"), ("sha256 = 'x'", "source"),
        ("version_no = 9", "version"), ("late = 1", "received"), ("status = 'terlambat'", "use"),
    ],
)  # fmt: skip
def test_an_older_trail_is_compared_as_far_as_it_goes(corrected, change, what):
    forget_new_facts(corrected)
    assert verify(corrected.dossier).intact
    tamper(corrected, f"UPDATE submission SET {change} WHERE id = 2")  # noqa: S608
    assert (what, 2) in found(corrected)


def live(project):
    """Everything the secretariat and the offices can do, one after another."""
    (project.inbox / "dinkes.xlsx").rename(project.inbox / "dinas kesehatan.xlsx")
    project.ingest()
    close(project.dossier)
    project.put(retitled("Terlambat"), "dinas kesehatan.xlsx")
    project.ingest()
    yield
    reopen(project.dossier, "Surat 1")
    project.ingest()
    yield
    withdraw(project.dossier, "DINKES", "Surat 2")
    project.ingest()
    yield
    restore(project.dossier, "DINKES", "Surat 3")
    project.ingest()
    (project.inbox / "dinas kesehatan.xlsx").rename(project.inbox / "dinkes.xlsx")
    tables = {
        "a": (("usulan", "nilai"), retitled("Tabel")),
        "b": (("mitra",), office_book("DINKES")),
    }
    send_parts(project, **tables).ingest()
    yield
    project.put(retitled("Utuh lagi"), "dinkes.xlsx")
    project.ingest()
    yield
    with (project.folder / "opd.csv").open("a", encoding="utf-8") as offices:
        offices.write("DISPAR,Dinas Pariwisata,3.26\n")  # every file is read anew
    project.ingest()
    close(project.dossier)
    yield


def test_a_register_that_was_only_used_stays_intact(corrected):
    for _ in live(corrected):
        assert found(corrected) == set()
        assert verify(corrected.dossier).intact
    forget_new_facts(corrected)
    assert found(corrected) == set()


def test_an_erasure_may_mask_changes_problems_and_names_and_nobody_else(corrected):
    with (
        open_store(corrected.dossier.store) as connection,
        erasing(connection, "", "pribadi:0123", "Permintaan"),
    ):
        connection.execute("UPDATE change SET before = '-' WHERE field = 'judul'")
        connection.execute("UPDATE problem SET facts = '{}' WHERE submission_id = 1")
        connection.execute("UPDATE submission SET file = 'kuesioner/-.xlsx' WHERE id = 2")
    assert verify(corrected.dossier).intact
    tamper(
        corrected,
        "UPDATE change SET before = 'x' WHERE field = 'judul'",
        "UPDATE problem SET facts = '[]' WHERE submission_id = 1",
        "UPDATE submission SET file = 'kuesioner/x.xlsx' WHERE id = 2",
    )
    assert found(corrected) == {("changes", 3), ("problems", 1), ("file", 2)}


def test_a_migrated_register_that_goes_on_stays_intact(old):  # noqa: F811  the fixture
    old.ingest()
    for _ in live(old):
        assert found(old) == set()
        assert verify(old.dossier).intact


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("id", "Dipakai atau tidaknya kiriman 2 (DISDIK) tidak sesuai dengan jejak."),
        ("en", "Whether submission 2 (DISDIK) is used is not what the trail tells."),
    ],
)
def test_what_was_changed_is_said_in_a_sentence(corrected, monkeypatch, lang, sentence):
    monkeypatch.chdir(corrected.home)
    tamper(corrected, "UPDATE submission SET status = 'ditarik' WHERE sender = 'DISDIK'")
    shown = CliRunner().invoke(app, ["verify", NAME, "--lang", lang])
    assert (shown.exit_code, sentence in shown.output) == (1, True), shown.output
