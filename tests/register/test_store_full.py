"""A store whose disk is full is told as that; nobody is sent to delete it."""

import shutil
import sqlite3
from collections import namedtuple

import pytest

from ksd_toolkit.register.full_disk import unusable

Usage = namedtuple("Usage", "total used free")


def full(path):
    """What SQLite says where a database can grow no more."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError) as told:
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    return told.value


def test_a_full_disk_is_told_as_such(tmp_path):
    error = unusable("register.unusable", tmp_path, full(tmp_path / "a.sqlite"))
    assert error.code == "register.full"
    assert "penuh" in error.sentence("id")
    assert "hapus" not in error.sentence("id")


@pytest.mark.parametrize(("free", "code"), [(1000, "register.full"), (10**9, "privacy.unusable")])
def test_a_write_that_failed_is_a_full_disk_where_there_is_no_room(
    tmp_path, monkeypatch, free, code
):
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free))
    assert unusable("privacy.unusable", tmp_path, failed).code == code


def test_what_is_no_database_is_broken(tmp_path):
    (tmp_path / "a.sqlite").write_bytes(b"nothing of SQLite " * 100)
    with pytest.raises(sqlite3.DatabaseError) as told:
        sqlite3.connect(tmp_path / "a.sqlite").execute("SELECT * FROM t")
    assert unusable("register.unusable", tmp_path, told.value).code == "register.unusable"
