"""The trail tells what was done and by whom; whoever changes it, a file or an answer is found out."""

import json
import sqlite3
from contextlib import closing

import pytest

from ksd_toolkit.errors import RunError
from ksd_toolkit.register import audit
from ksd_toolkit.register.closing import close, reopen, withdraw
from ksd_toolkit.register.erasing import erasing
from ksd_toolkit.register.form_store import CSV_FORMS
from ksd_toolkit.register.raw_files import keep_raw, raw_path, replace_raw
from ksd_toolkit.register.store import open_store
from ksd_toolkit.register.verification import verify
from tests.register.test_ingest import retitled
from tests.small_project import new_project

TRAIL = "SELECT action, period, object FROM audit ORDER BY seq"
NO_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture
def told(project, monkeypatch):
    monkeypatch.setattr(audit, "now", lambda: "2026-08-31T01:02:03Z")
    monkeypatch.setenv("KSD_ACTOR", "sekretariat")
    project.ingest()
    return project


def tamper(project, *statements):
    """What someone with the file and a database tool could do."""
    with closing(sqlite3.connect(project.database, isolation_level=None)) as connection:
        for (name,) in connection.execute(NO_TRIGGERS).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_everything_that_happens_leaves_an_entry(told):
    forms = [row for row in told.rows(TRAIL) if row[0] == "form"]
    assert len(forms) == len(("ksd_pemetaan", *CSV_FORMS))
    told.put(retitled("Baru"), "dinkes.xlsx")
    (told.inbox / "rusak.xlsx").write_bytes(b"PK rusak")
    told.ingest()
    told.ingest()
    close(told.dossier)
    reopen(told.dossier, "Surat 1")
    withdraw(told.dossier, "DINKES", "Surat 2")
    name = told.dossier.name
    assert [row for row in told.rows(TRAIL) if row[0] != "form"] == [
        ("version", "2026", "DINKES"), ("activate", "2026", "DINKES"),
        ("version", "2026", "DISDIK"), ("activate", "2026", "DISDIK"),
        ("version", "2026", "DINKES"), ("activate", "2026", "DINKES"),
        ("refuse", "2026", "kuesioner/rusak.xlsx"),
        ("close", "2026", name), ("reopen", "2026", name), ("withdraw", "2026", "DINKES"),
    ]  # fmt: skip
    assert told.rows("SELECT DISTINCT at, actor FROM audit") == [
        ("2026-08-31T01:02:03Z", "sekretariat")
    ]
    (after,) = told.rows("SELECT after FROM audit WHERE action = 'withdraw'")[0]
    assert json.loads(after)["reason"] == "Surat 2"


def test_a_second_intake_leaves_no_entry(told):
    before = told.rows("SELECT count(*) FROM audit")
    told.ingest()
    assert told.rows("SELECT count(*) FROM audit") == before


def test_an_untouched_register_is_intact(told):
    found = verify(told.dossier)
    assert found.intact
    assert (found.files_checked, found.submissions) == (2, 2)
    assert found.seal == told.rows("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")[0][0]


@pytest.mark.parametrize("seq", [1, 4, 8])
@pytest.mark.parametrize("column", ["at", "actor", "action", "object", "after", "toolkit"])
def test_a_changed_entry_breaks_the_trail_there(told, seq, column):
    tamper(told, f"UPDATE audit SET {column} = {column} || 'x' WHERE seq = {seq}")  # noqa: S608
    assert verify(told.dossier).broken == audit.Break(seq)


def test_a_removed_and_an_inserted_entry_break_the_trail(told):
    tamper(told, "DELETE FROM audit WHERE seq = 5")
    assert verify(told.dossier).broken == audit.Break(5)


def test_an_entry_sealed_anew_breaks_the_next(told):
    with closing(sqlite3.connect(told.database)) as connection:
        row = list(connection.execute("SELECT * FROM audit WHERE seq = 5").fetchone())
    row[2] = "orang lain"
    seal = audit._seal(tuple(row[:-1]))
    tamper(told, f"UPDATE audit SET actor = 'orang lain', hash = '{seal}' WHERE seq = 5")  # noqa: S608
    assert verify(told.dossier).broken == audit.Break(6)


def test_a_tail_cut_off_with_its_submission_left_is_found(told):
    tamper(told, "DELETE FROM audit WHERE seq >= 9")
    assert [sender for _, sender in verify(told.dossier).answers] == ["DISDIK"]


ALTERED = [
    "UPDATE answer SET value = '5' WHERE row_key = 'DINKES-01|U|OPD-1' AND field = 'skor'",
    "UPDATE answer SET raw = raw || ' ' WHERE row_key = 'DINKES-01' AND field = 'judul'",
    "DELETE FROM answer WHERE row_key = 'DINKES-02'",
    "DELETE FROM answer WHERE submission_id = 1",
]


@pytest.mark.parametrize("statement", ALTERED)
def test_a_changed_answer_is_found(told, statement):
    tamper(told, statement)
    found = verify(told.dossier)
    assert found.answers == ((1, "DINKES"),)
    assert found.broken is None


def test_a_changed_or_missing_file_is_found(told):
    shas = [sha for (sha,) in told.rows("SELECT sha256 FROM submission ORDER BY id")]
    first, second = (raw_path(told.dossier.store, sha) for sha in shas)
    first.chmod(0o600)
    first.write_bytes(first.read_bytes() + b"x")
    second.unlink()
    assert dict(verify(told.dossier).files) == {shas[0]: "changed", shas[1]: "missing"}


def test_there_is_nothing_to_verify_before_anything_came(tmp_path):
    with pytest.raises(RunError) as refused:
        verify(new_project(tmp_path).dossier)
    assert refused.value.code == "register.no_register"


# --- files as they came ----------------------------------------------------------------------


def test_accepted_and_refused_files_are_kept_once_as_they_came(told):
    (told.inbox / "rusak.xlsx").write_bytes(b"PK rusak")
    content = (told.inbox / "dinkes.xlsx").read_bytes()
    (told.inbox / "dinkes salinan.XLSX").write_bytes(content)
    told.ingest()
    kept = [path for path in (told.dossier.store / "berkas").rglob("*") if path.is_file()]
    assert len(kept) == 3
    for path in kept:
        assert path.stat().st_mode & 0o777 == 0o400
        assert path.parent.name == path.name[:2]
        assert path.suffix == ".xlsx"
    assert sorted(path.read_bytes() for path in kept) == sorted(
        {path.read_bytes() for path in told.inbox.iterdir()}
    )
    assert verify(told.dossier).files_checked == 3


def test_a_strange_ending_does_not_reach_the_disk(project):
    path = project.inbox / "berkas.<b>"
    path.write_bytes(b"isi")
    store = project.dossier.store
    sha = keep_raw(store, path)
    assert raw_path(store, sha).name == sha


def test_a_redacted_copy_takes_the_place_of_a_file_and_the_trail_knows(told):
    (sha,) = told.rows("SELECT sha256 FROM submission ORDER BY id")[0]
    replace_raw(told.dossier.store, sha, b"disunting")
    assert raw_path(told.dossier.store, sha).read_bytes() == b"disunting"
    assert verify(told.dossier).intact
    told.ingest()
    assert raw_path(told.dossier.store, sha).read_bytes() == b"disunting"
    path = raw_path(told.dossier.store, sha)
    path.chmod(0o600)
    path.write_bytes(b"lain lagi")
    assert verify(told.dossier).files == ((sha, "changed"),)


def test_only_an_erasure_may_mask_answers_and_the_register_stays_intact(told):
    mask = "UPDATE answer SET raw = '', value = '-' WHERE row_key = 'DINKES-01' AND field = 'judul'"
    with open_store(told.dossier.store) as connection:
        with erasing(connection, "2026", "pribadi:0123", "Permintaan"):
            connection.execute(mask)
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(mask)
    assert verify(told.dossier).intact
    assert told.rows("SELECT * FROM erasing") == []


def mask_and_fail(connection):
    with erasing(connection, "2026", "pribadi:0123", "x"):
        connection.execute("UPDATE answer SET raw = ''")
        raise ZeroDivisionError


def test_an_erasure_that_fails_masks_nothing(told):
    with open_store(told.dossier.store) as connection, pytest.raises(ZeroDivisionError):
        mask_and_fail(connection)
    assert verify(told.dossier).intact
    assert told.rows("SELECT count(*) FROM answer WHERE raw <> ''") != [(0,)]
