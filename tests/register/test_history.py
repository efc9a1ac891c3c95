"""What happened to an usulan, told over files, versions, periods and registers."""

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.register import audit, ingest
from ksd_toolkit.register.closing import close, reopen, restore, withdraw
from ksd_toolkit.register.history import history
from tests.register.test_ingest import retitled, saved_on
from tests.register.test_versions import plain
from tests.small_project import COLUMNS, NAME, new_project, office_book


def told(events):
    return [(e.period, e.version, e.what, e.field, e.before, e.after) for e in events]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that goes a minute further at every look."""
    minutes = iter(range(60, 6000))

    def now():
        hour, minute = divmod(next(minutes), 60)
        return f"2026-08-{hour:02d}T00:{minute:02d}:00Z"

    monkeypatch.setattr(audit, "now", now)


def next_year(project, asal="DINKES-01"):
    """The office proposes last year's usulan again."""
    folder = project.home / "data" / NAME.replace("2026", "2027")
    (folder / "kuesioner").mkdir(parents=True)
    for name in ("dossier.toml", "opd.csv"):
        (folder / name).write_bytes((project.folder / name).read_bytes())
    book = office_book("DINKES", usulan=0)
    book["_meta"]["B3"] = "2027"
    book["usulan"].cell(1, len(COLUMNS["usulan"]) + 1, "usulan_asal")
    book["usulan"].append(
        ("DINKES-07", "Usulan lanjutan", "potensi", "ISU-A", "1.02", "ya", "layanan", 2026, 5, asal)
    )
    book.save(folder / "kuesioner" / "dinkes.xlsx")
    ingest(open_dossier(NAME.replace("2026", "2027"), home=project.home))


def test_an_usulan_is_told_from_its_first_file_to_the_last_change(project):
    project.put(retitled("Pertama"), "dinkes.xlsx")
    project.ingest()
    book = retitled("Kedua")
    book["nilai"]["D2"] = "TT"
    book["mitra"]["E3"] = 5  # of the other usulan
    project.put(book, "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Pertama"), "dinkes.xlsx")
    saved_on(project.inbox / "dinkes.xlsx", "2099-01-01T00:00:00Z")
    project.ingest()
    events = history(project.home, "dinkes-01")
    assert told(events) == [
        ("2026", 1, "first", "", None, "19"),
        ("2026", 2, "changed", "skor", "4", "TT"),
        ("2026", 2, "changed", "judul", "Pertama", "Kedua"),
        ("2026", 1, "back_in_use", "", None, None),
    ]
    changed = events[2]
    assert (changed.sender, changed.region) == ("DINKES", "hulu-sungai-selatan")
    assert (changed.before_place, changed.after_place) == ("usulan:B2", "usulan:B2")
    assert [event.at for event in events] == sorted(event.at for event in events)


def test_an_usulan_that_comes_and_goes_is_told(project):
    project.ingest()
    project.put(office_book("DINKES", usulan=3), "dinkes.xlsx")
    project.ingest()
    project.put(office_book("DINKES", usulan=1), "dinkes.xlsx")
    project.ingest()
    whats = [(e.version, e.what, e.table) for e in history(project.home, "DINKES-03")]
    assert whats == [
        (2, "row_added", "mitra"), (2, "row_added", "nilai"), (2, "row_added", "usulan"),
        (3, "row_removed", "mitra"), (3, "row_removed", "nilai"), (3, "row_removed", "usulan"),
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ["DINKES-01", "DINKES-07"])
def test_the_line_of_an_usulan_is_followed_over_periods_from_either_end(project, asked):
    project.ingest()
    next_year(project)
    events = history(project.home, asked)
    assert [(e.usulan, e.period, e.what) for e in events] == [
        ("DINKES-01", "2026", "first"),
        ("DINKES-07", "2027", "first"),
        ("DINKES-07", "2027", "follows"),
    ]
    assert (events[-1].before, events[-1].after) == ("DINKES-01", "DINKES-07")


def test_an_usulan_whose_code_begins_another_is_not_mixed_up(project):
    book = office_book("DINKES")
    book["usulan"]["A3"], book["nilai"]["A3"], book["mitra"]["A3"] = ["DINKES-011"] * 3
    project.put(book, "dinkes.xlsx")
    project.ingest()
    assert {e.usulan for e in history(project.home, "DINKES-01")} == {"DINKES-01"}
    assert [e.after for e in history(project.home, "DINKES-011")] == ["19"]


def test_registers_of_other_regions_are_searched_unless_one_is_named(project):
    project.ingest()
    other = new_project(project.home / "lain")
    other.put(office_book("DINKES"), "dinkes.xlsx")
    other.ingest()
    place = project.home / ".ksd" / "tapin"
    other.dossier.store.rename(place)
    regions = [event.region for event in history(project.home, "DINKES-01")]
    assert regions == ["hulu-sungai-selatan", "tapin"]
    assert [e.region for e in history(project.home, "DINKES-01", "tapin")] == ["tapin"]


def test_an_usulan_nobody_proposed_is_named_with_similar_ones(project):
    project.ingest()
    with pytest.raises(RunError) as refused:
        history(project.home, "DINKES-1")
    assert refused.value.code == "register.unknown_usulan"
    assert "DINKES-01" in str(refused.value)


def test_the_same_code_in_another_period_is_another_usulan(project):
    """Codes start anew every year; only `usulan_asal` says that one continues another."""
    project.ingest()
    next_year(project, asal="DINKES-02")
    folder = project.home / "data" / NAME.replace("2026", "2027") / "kuesioner"
    book = office_book("DINKES", usulan=1)
    book["_meta"]["B3"] = "2027"
    book.save(folder / "dinkes.xlsx")
    ingest(open_dossier(NAME.replace("2026", "2027"), home=project.home))
    both = history(project.home, "DINKES-01")
    assert {(e.period, e.usulan) for e in both} == {("2026", "DINKES-01"), ("2027", "DINKES-01")}
    one = history(project.home, "DINKES-01", period="2026")
    assert {(e.period, e.usulan) for e in one} == {("2026", "DINKES-01")}
    line = history(project.home, "DINKES-07")
    assert {(e.period, e.usulan) for e in line} == {("2026", "DINKES-02"), ("2027", "DINKES-07")}


def test_withdrawing_and_restoring_are_told_with_their_reasons(project):
    project.ingest()
    withdraw(project.dossier, "dinkes", "Surat 1")
    project.ingest()
    restore(project.dossier, "DINKES", "Surat 2")
    events = history(project.home, "DINKES-01")
    assert [(e.what, e.sender, e.reason) for e in events] == [
        ("first", "DINKES", ""),
        ("withdraw", "DINKES", "Surat 1"),
        ("restore", "DINKES", "Surat 2"),
    ]
    assert {e.what for e in history(project.home, "DISDIK-01")} == {"first"}


def test_a_version_after_closing_is_marked_and_the_reopening_told(project):
    project.ingest()
    close(project.dossier)
    project.put(retitled("Terlambat"), "dinkes.xlsx")
    project.ingest()
    (_, changed) = history(project.home, "DINKES-01")
    assert (changed.what, changed.version, changed.status) == ("changed", 2, "terlambat")
    reopen(project.dossier, "Surat 12")
    project.ingest()
    (_, changed, reopened) = history(project.home, "DINKES-01")
    assert changed.status == "terlambat"  # as it came
    assert (reopened.what, reopened.reason) == ("reopen", "Surat 12")
    assert {e.what for e in history(project.home, "DISDIK-01")} == {"first"}


def test_an_usulan_that_comes_by_a_second_channel_is_told_there_too(project):
    project.ingest()
    plain(project, "tabel.xlsx", ("usulan",), retitled("Dari tabel"), "2026-08-01T00:00:00Z")
    project.ingest()
    events = history(project.home, "DINKES-01")
    assert [(e.what, e.slot, e.version) for e in events] == [
        ("first", "", 1), ("first", "usulan", 1),
    ]  # fmt: skip
