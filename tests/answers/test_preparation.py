"""The preparation of a mapping: dates from a start or back from an end, who is short, nothing invented."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.answers.schedule import SCHEDULE_FILE, read_schedule, schedule_text
from ksd_toolkit.charts import schedule as chart
from ksd_toolkit.cli import app
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.prose import preparation as prose
from ksd_toolkit.register import read_register
from ksd_toolkit.register.people import people_of
from ksd_toolkit.scoring.gates import two_liaisons
from ksd_toolkit.tables import preparation as tables
from tests.answers.conftest import dossier_in
from tests.small_project import NAME, OFFICES, SETTINGS

PROJECT = Path(__file__).parents[2]
HEAD = schedule_text().splitlines()[0]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample dossier, in a project of its own."""
    home = tmp_path_factory.mktemp("sample")
    shutil.copytree(PROJECT / "data", home / "data")
    return open_dossier("hulu-sungai-selatan/2026", home=home)


@pytest.fixture
def empty(tmp_path):
    """A dossier of three offices that nobody has answered yet."""
    folder = tmp_path / "data" / NAME
    (folder / "kuesioner").mkdir(parents=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    lines = ["opd_kode,opd_nama,urusan", *(f"{code},{name},1.02" for code, name in OFFICES.items())]
    (folder / "opd.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def opened(home, extra=""):
    settings = home / "data" / NAME / "dossier.toml"
    if extra:
        settings.write_text(f"{SETTINGS}\n[schedule]\n{extra}\n", encoding="utf-8")
    return open_dossier(NAME, home=home)


def plan(home, *lines):
    path = home / "data" / NAME / SCHEDULE_FILE
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


TWO_LINES = (
    "a,Persiapan,Preparation,Rapat,Meeting,1,2,Sekretariat,Secretariat,opd;ppksd,",
    "b,Pleno,,Pleno TKKSD,,5,1,TKKSD,,tkksd,Permendagri 25/2020",
)


# --- dates ---------------------------------------------------------------------------------


def test_weeks_are_counted_on_from_a_start(empty):
    plan(empty, *TWO_LINES)
    schedule = read_schedule(opened(empty, "start = 2026-01-05"))
    first, second = schedule.activities
    assert schedule.weeks == 5
    assert schedule.dates(first) == (date(2026, 1, 5), date(2026, 1, 18))
    assert schedule.dates(second) == (date(2026, 2, 2), date(2026, 2, 8))


def test_weeks_are_counted_back_from_an_end(empty):
    plan(empty, *TWO_LINES)
    schedule = read_schedule(opened(empty, "end = 2026-02-08"))
    assert schedule.start == date(2026, 1, 5)
    assert schedule.dates(schedule.activities[-1])[1] == date(2026, 2, 8)


def test_a_start_that_is_asked_for_wins_over_the_dossier(empty):
    dossier = opened(empty, "end = 2026-12-31")
    assert prepare(dossier, start="2026-03-02").schedule.start == date(2026, 3, 2)


def test_without_a_start_there_are_weeks_and_no_dates(empty):
    preparation = prepare(opened(empty))
    assert preparation.schedule.start is None
    assert {preparation.schedule.dates(a) for a in preparation.schedule.activities} == {None}
    shown = tables.schedule(preparation).blocks[0]
    assert "Tanggal" not in [column.title for column in shown.columns]
    assert not re.search(r"20\d\d", str(prose.summary(preparation)))


@pytest.mark.parametrize("extra", ['start = "besok"', "start = 5", "end = true"])
def test_a_start_that_is_no_date_is_named(empty, extra):
    with pytest.raises(InputError, match=r"\[schedule\]"):
        opened(empty, extra)


def test_start_and_end_at_once_contradict_each_other(empty):
    with pytest.raises(InputError, match="salah satu"):
        opened(empty, "start = 2026-01-05\nend = 2026-06-30")


@pytest.mark.parametrize("text", ["besok", "2026-13-01", "5/1/2026"])
def test_a_start_that_was_asked_for_and_is_none_is_named(empty, text):
    with pytest.raises(InputError) as refused:
        prepare(opened(empty), start=text)
    assert text in refused.value.sentence("id")


# --- the file ------------------------------------------------------------------------------


def test_the_shipped_schedule_goes_through_the_four_stages(empty):
    schedule = read_schedule(opened(empty))
    stages = list(dict.fromkeys(activity.stage["id"] for activity in schedule.activities))
    assert stages == ["Persiapan", "Pemetaan", "Pleno", "Penetapan"]
    starts = [activity.first_week for activity in schedule.activities]
    assert starts == sorted(starts)
    assert all(activity.ground and activity.who["id"] for activity in schedule.activities)


def test_every_slip_of_a_schedule_is_named_at_once(empty):
    plan(
        empty,
        "a,Persiapan,,Rapat,,nol,2,Sekretariat,,,",
        "b,Pemetaan,,Isi,,3,-1,PPKSD,,,",
        "c,Pleno,,Pleno,,5,1,TKKSD,,gubernur,",
        ",Pleno,,Pleno,,5,1,TKKSD,,,",
    )
    with pytest.raises(InputError) as refused:
        read_schedule(opened(empty))
    cells = {problem.where.cell for problem in refused.value.problems}
    assert {"F2", "G3", "J4"} <= cells
    assert any(cell.endswith("5") for cell in cells)


def test_a_missing_column_is_named(empty):
    path = empty / "data" / NAME / SCHEDULE_FILE
    path.write_text("kode,kegiatan\na,Rapat\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_schedule(opened(empty))
    assert refused.value.problems


def test_an_empty_schedule_is_drawn_all_the_same(empty):
    plan(empty)
    preparation = prepare(opened(empty))
    assert preparation.schedule.weeks == 0
    assert "<svg" in chart.gantt(preparation).blocks[0].svg
    assert tables.schedule(preparation).blocks[0].rows == ()


# --- offices -------------------------------------------------------------------------------


def test_before_any_answer_every_office_is_yet_to_report(empty):
    preparation = prepare(opened(empty))
    assert set(preparation.offices["state"]) == {"silent"}
    assert preparation.short == list(OFFICES)
    for edition in ("public", "internal"):
        assert tables.offices(preparation, edition).blocks
        assert tables.invitations(preparation, edition).blocks


def test_who_is_short_is_who_the_gate_warns_of(sample):
    preparation = prepare(sample)
    enough = two_liaisons(read_register(sample))
    assert list(preparation.offices.index) == list(sample.offices.index)
    states = preparation.offices["state"]
    assert set(states.index[states == "enough"]) == set(enough.index[enough])
    assert set(states.index[states == "silent"]) == {"INSPEKTORAT"}
    assert set(states.index[states == "short"]) == {"DISPORA", "DISPUSIP"}


def test_a_register_that_was_read_is_not_read_again(sample, monkeypatch):
    found, register = prepare(sample), read_register(sample)
    monkeypatch.delattr("ksd_toolkit.answers.preparation.read_register")
    again = prepare(sample, register=register)
    assert again.offices.equals(found.offices)
    assert again.stamp == found.stamp


def test_one_person_named_twice_is_one_person(sample):
    assert prepare(sample).offices.loc["DISPUSIP", "named"] == 1


def texts(shown):
    return "\n".join(cell for row in shown.blocks[0].rows for cell in row)


def test_names_stand_in_the_internal_edition_only(sample):
    preparation = prepare(sample)
    people = people_of(sample)
    names = set(people["nama"].dropna())
    assert len(names) > 40
    for table in (tables.offices, tables.invitations):
        public, inside = texts(table(preparation)), texts(table(preparation, "internal"))
        assert not [name for name in names if name in public]
        assert [name for name in names if name not in inside] == []
    contacts = set(people["kontak"].dropna())
    assert not [contact for contact in contacts if contact in texts(tables.offices(preparation))]


def test_a_roster_counts_every_member_and_its_lack_those_who_score(tmp_path):
    dossier = dossier_in(tmp_path)
    assert (prepare(dossier).members, prepare(dossier).members_in) == (3, "dossier.toml")
    rows = [f"TKKSD-{n},Jabatan {n},Sekretariat,anggota,{'ya' if n else 'tidak'}" for n in range(5)]
    text = "\n".join(["penilai,jabatan,instansi,peran,suara", *rows, ""])
    (dossier.folder / "anggota_tkksd.csv").write_text(text, "utf-8")
    counted = prepare(dossier)
    assert (counted.members, counted.members_in) == (5, "anggota_tkksd.csv")
    assert "5 anggota TKKSD menurut anggota_tkksd.csv" in tables.meetings(counted).blocks[0].note
    assert "anggota_tkksd.csv" in [source.name for source in counted.stamp.sources]


def test_seats_add_up(sample):
    shown = tables.meetings(prepare(sample)).blocks[0]
    by_name = {row[0]: row[-1] for row in shown.rows}
    assert by_name["Sosialisasi dan pembagian buku kerja kuesioner"] == str(28 + 56)
    assert by_name["Rapat pleno TKKSD: kesepakatan urutan dan berita acara"] == str(9 + 28)


def test_the_chart_is_the_same_every_time_and_tells_all_it_shows(sample):
    preparation = prepare(sample, start="2026-01-05")
    figure = chart.gantt(preparation).blocks[0]
    assert figure.svg == chart.gantt(prepare(sample, start="2026-01-05")).blocks[0].svg
    for activity in preparation.schedule.activities:
        assert activity.name["id"] in figure.description
    assert "21 Juni 2026" in figure.alt


# --- the command ---------------------------------------------------------------------------


@pytest.fixture
def ksd(empty, monkeypatch):
    monkeypatch.chdir(empty)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.mark.slow
def test_the_pack_is_made_before_anybody_answered(empty, ksd):
    told = ksd("prepare", NAME)
    assert told.exit_code == 0, told.output
    made = empty / "reports" / NAME
    for folder in (made, made / "internal"):
        assert (folder / "preparation.html").stat().st_size > 1000
        assert (folder / "preparation.pdf").read_bytes().startswith(b"%PDF")
    written = empty / "data" / NAME / SCHEDULE_FILE
    assert written.read_text("utf-8") == schedule_text()
    assert "3 perangkat daerah" in told.output


@pytest.mark.slow
def test_a_start_for_this_time_only_is_told_with_the_line_that_keeps_it(empty, ksd):
    told = ksd("prepare", NAME, "--start", "2026-03-02")
    assert told.exit_code == 0, told.output
    line = "start = 2026-03-02"
    assert f"data/{NAME}/dossier.toml: {line}" in told.output
    opened(empty, line)
    again = ksd("prepare", NAME, "--start", "2026-03-02")
    assert again.exit_code == 0
    assert line not in again.output


def test_a_mistyped_start_is_a_sentence(ksd):
    told = ksd("prepare", NAME, "--start", "besok")
    assert told.exit_code == 1
    assert "besok" in told.output
    assert "Traceback" not in told.output
