"""An older register comes along with everything in it; a newer one is left alone."""

import sqlite3
from contextlib import closing
from importlib.resources import files

import pytest

from ksd_toolkit.errors import RunError
from ksd_toolkit.register import migrations, store
from ksd_toolkit.register.verification import verify
from tests.register.test_ingest import retitled
from tests.small_project import office_book

SCHEMA = files("ksd_toolkit.register").joinpath("schema")
TABLES = ("submission", "answer", "set_aside", "problem")
NEWEST = 3


@pytest.fixture
def old(project):
    """A store as schema 001 made it: two offices, one of them corrected, a row held and a problem."""
    book = retitled("Judul lama")
    book["usulan"].append(("DINKES-01", "kunci ganda"))
    book["usulan"]["I2"] = "banyak"
    project.put(book, "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Judul baru"), "dinkes.xlsx")
    project.ingest()
    made = project.database.with_name("old.sqlite")
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCHEMA.joinpath("001_register.sql").read_text("utf-8"))
        connection.execute("ATTACH ? AS new", (str(project.database),))
        for table in TABLES:
            columns = ",".join(r[1] for r in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(f"INSERT INTO {table} SELECT {columns} FROM new.{table}")  # noqa: S608
        connection.execute("PRAGMA user_version = 1")
    for path in project.dossier.store.glob("register.sqlite*"):
        path.unlink()
    made.rename(project.database)
    for path in project.dossier.store.glob("old.sqlite*"):
        path.unlink()
    return project


def content(path):
    """The tables of schema 001, by the columns they had then."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ATTACH ':memory:' AS first")
        script = SCHEMA.joinpath("001_register.sql").read_text("utf-8")
        columns = {}
        with closing(sqlite3.connect(":memory:")) as plain:
            plain.executescript(script)
            for table in TABLES:
                columns[table] = [row[1] for row in plain.execute(f"PRAGMA table_info({table})")]
        return {
            table: connection.execute(
                f"SELECT {','.join(names)} FROM {table} ORDER BY 1, 2"  # noqa: S608
            ).fetchall()
            for table, names in columns.items()
        }


def opened(project):
    with store.open_store(project.dossier.store):
        pass


def test_an_older_store_comes_along_with_everything_and_a_copy_is_made(old):
    before = content(old.database)
    assert all(before.values())
    opened(old)
    assert content(old.database) == before
    backup = old.database.with_name("register.sqlite.v1.bak")
    assert content(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert old.rows("PRAGMA user_version") == [(NEWEST,)]
    assert old.rows("PRAGMA integrity_check") == [("ok",)]
    assert old.rows("PRAGMA journal_mode") == [("wal",)]


def test_versions_and_changes_of_an_older_store_are_made_up_for(old):
    opened(old)
    assert old.rows(
        "SELECT sender, version_no, active FROM submission ORDER BY sender, version_no"
    ) == [("DINKES", 1, 0), ("DINKES", 2, 1), ("DISDIK", 1, 1)]
    assert ("changed", "judul", "Judul lama", "Judul baru") in old.rows(
        "SELECT what, field, before, after FROM change"
    )
    assert all(cells for (cells,) in old.rows("SELECT cells_answered FROM submission"))
    assert old.rows("SELECT cells_set_aside > 0 FROM submission WHERE id = 1") == [(1,)]
    assert verify(old.dossier).intact


def test_an_older_store_goes_on_as_if_it_had_been_new(old):
    register = old.register()
    assert register.usulan.set_index("usulan_id").at["DINKES-01", "judul"] == "Judul baru"
    intake = old.ingest()
    assert {file.outcome for file in intake.files} == {"unchanged"}
    assert old.rows("SELECT max(version_no) FROM submission") == [(2,)]
    assert old.rows("SELECT DISTINCT late, status FROM submission") == [(0, "")]


def test_a_kept_problem_whose_sentence_asks_for_more_can_still_be_said(old):
    with closing(sqlite3.connect(old.database)) as connection, connection:
        connection.execute(
            "INSERT INTO problem (period, code, severity, file, sheet, cell, facts)"
            " VALUES ('2026', 'file.gone', 'warning', 'kuesioner/dinkes.xlsx', '', '', '{}')"
        )
    gone = [p for p in old.register().problems if p.code == "file.gone"]
    assert "DINKES" in gone[0].remedy("id")


def test_a_migration_that_fails_leaves_the_store_as_it_was(old, monkeypatch):
    before = content(old.database)

    def fail(connection):
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(migrations, "_number_versions", fail)
    with pytest.raises(RunError) as refused:
        opened(old)
    assert refused.value.code == "register.unusable"
    assert content(old.database) == before
    assert old.rows("PRAGMA user_version") == [(1,)]
    monkeypatch.undo()
    opened(old)
    assert old.rows("PRAGMA user_version") == [(NEWEST,)]


def test_a_store_of_a_newer_program_is_refused_and_not_touched(project):
    project.ingest()
    with closing(sqlite3.connect(project.database)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = project.rows("SELECT * FROM submission")
    with pytest.raises(RunError) as refused:
        opened(project)
    assert refused.value.code == "register.newer"
    assert str(NEWEST + 1) in refused.value.sentence("en")
    assert project.rows("SELECT * FROM submission") == before
    assert list(project.dossier.store.glob("*.bak")) == []


def test_a_new_store_needs_no_copy(project):
    project.ingest()
    assert list(project.dossier.store.glob("*.bak")) == []
    assert [
        path.name for path in project.dossier.store.iterdir() if path.name.startswith(".")
    ] == []


# --- disks that carry no write-ahead log -----------------------------------------------------


def mounted(tmp_path, monkeypatch, kind):
    table = tmp_path / "mounts"
    place = str(tmp_path).replace(" ", "\\040")
    table.write_text(f"disk / ext4 rw 0 0\nshare {place} {kind} rw 0 0\n", "utf-8")
    monkeypatch.setattr(store, "_MOUNTS", table)


@pytest.mark.parametrize(
    ("kind", "journal"), [("cifs", "delete"), ("nfs4", "delete"), ("ext4", "wal")]
)
def test_on_a_network_share_readers_wait_and_nothing_is_lost(
    project, tmp_path, monkeypatch, kind, journal
):
    mounted(tmp_path, monkeypatch, kind)
    intake = project.ingest()
    assert project.rows("PRAGMA journal_mode") == [(journal,)]
    told = [p.severity for p in intake.problems if p.code == "register.shared_disk"]
    assert told == (["info"] if journal == "delete" else [])
    project.put(office_book("DISHUB"), "dishub.xlsx")
    project.ingest()
    assert len(project.register().usulan) == 6
    assert verify(project.dossier).intact


def test_where_the_system_lists_no_disks_none_is_taken_for_a_share(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_MOUNTS", tmp_path / "nowhere")
    assert not store.on_shared_disk(tmp_path)
