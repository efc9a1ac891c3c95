"""`ksd simulate`: the same bytes whoever writes, nothing real written over, and every dossier can be read."""

import csv
import shutil
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.dossier import open_dossier, read_dossier
from ksd_toolkit.errors import InputError, RunError
from ksd_toolkit.evaluation import review
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.simulation.simulate import simulate_nation
from ksd_toolkit.simulation.writing import Writer, dossier_name
from ksd_toolkit.simulation.written import proposals_of
from tests.simulation.conftest import FEW, contents

EXPECTED = {
    "opd.silent", "opd.few_ppksd", "opd.same_ppksd", "row.duplicate", "sheet.unknown_column",
}  # fmt: skip
"""What the intake has to say about the defects put in on purpose."""


def test_the_same_bytes_from_two_processes(few, tmp_path):
    simulate_nation(FEW, tmp_path, workers=2)
    assert contents(tmp_path / "data") == contents(few.home / "data")


def test_fewer_regions_are_the_same_regions(few, tmp_path):
    names = simulate_nation(replace(FEW, regions=2), tmp_path)
    assert tuple(names) == few.names[:2]
    some = contents(tmp_path / "data")
    assert some.items() <= contents(few.home / "data").items()


def test_another_seed_says_something_else(few, tmp_path):
    region = few.dossiers[0].region.code
    plan = next(p for p in FEW.plans() if p.region.code == region)
    assert replace(plan, seed=2).character != plan.character


def test_every_dossier_is_plainly_simulated(few):
    for dossier in few.dossiers:
        assert dossier.simulated
        for name in ("calon_mitra.csv", "forum.csv", "kegiatan_tkksd.csv"):
            assert all("contoh" in row["sumber"] for row in rows_of(dossier, name))
        assert all("contoh" in row["bukti"] for row in rows_of(dossier, "monev.csv"))
        assert {row["nama"].split()[1] for row in rows_of(dossier, "anggota_tkksd.csv")} == {
            "Contoh"
        }
        for name in ("indikator.csv", "jenis_ditetapkan.csv"):
            assert rows_of(dossier, name) == []


def test_every_dossier_is_taken_in_without_an_error(few, tmp_path):
    shutil.copytree(few.home, tmp_path, dirs_exist_ok=True)
    seen = set()
    for plan, name in zip(FEW.plans(), few.names, strict=True):
        dossier = open_dossier(name, home=tmp_path)
        intake = ingest(dossier)
        codes = {problem.code for problem in intake.problems}
        assert codes <= EXPECTED, codes - EXPECTED
        assert intake.count("error") == 0
        seen |= codes
        register = read_register(dossier)
        assert set(register.usulan["usulan_id"]) == {p.usulan_id for p in proposals_of(plan)}
        found = review(register)
        assert not [p for p in found.findings if p.severity == "error"]
    assert "opd.silent" in seen


def test_every_region_of_the_nation_can_be_written_though_a_unit_of_jakarta_signs_nothing(tmp_path):
    plans = replace(FEW, regions=514, offices=2).plans()
    units = [plan for plan in plans if not plan.region.is_party]
    assert len(plans) == 514
    assert len(units) == 6
    for plan in units:
        Writer(tmp_path).write(plan)
        name = dossier_name(plan)
        assert len(read_dossier(name, home=tmp_path).offices) == 2
        with pytest.raises(InputError, match="bukan daerah otonom"):
            open_dossier(name, home=tmp_path)


def test_the_period_before_is_there_when_asked_for(tmp_path):
    nation = replace(FEW, regions=4, with_previous=True)
    names = simulate_nation(nation, tmp_path)
    assert [name.partition("/")[2] for name in names] == ["2025", "2026"] * 4
    followed = 0
    for plan, before, now in zip(nation.plans(), names[::2], names[1::2], strict=True):
        first, second = (open_dossier(name, home=tmp_path) for name in (before, now))
        assert second.previous_period == "2025"
        assert first.determined_on is not None
        past = {p.usulan_id: p.facts["status"] for p in proposals_of(plan.before)}
        origins = [row for row in rows_of(second, "naskah.csv") if row["usulan_id"]]
        assert {past[row["usulan_id"]] for row in origins} <= {"ditetapkan"}
        followed += len(origins)
    assert followed > 0


def test_writing_again_leaves_nothing_of_another_seed(few, tmp_path):
    one = replace(FEW, regions=1)
    (name,) = simulate_nation(one, tmp_path)
    folder = tmp_path / "data" / name
    (folder / "kuesioner" / "Kuesioner KSD 2026 - Dinas Lama.xlsx").write_bytes(b"x")
    (folder / "catatan.txt").write_text("milik orang", encoding="utf-8")
    simulate_nation(one, tmp_path)
    made = contents(tmp_path / "data")
    assert made.pop(f"{name}/catatan.txt") == b"milik orang"
    assert made.items() <= contents(few.home / "data").items()


def test_what_was_left_half_written_is_written_anew(few, tmp_path):
    one = replace(FEW, regions=1)
    (name,) = simulate_nation(one, tmp_path)
    shutil.rmtree(tmp_path / "data" / name / "kuesioner")
    (tmp_path / "data" / name / "opd.csv").unlink()
    simulate_nation(one, tmp_path)
    assert contents(tmp_path / "data").items() <= contents(few.home / "data").items()


@pytest.mark.parametrize("settings", ["simulated = false\n", "", "[dossier\n"])
def test_a_real_dossier_is_never_written_over(few, tmp_path, settings):
    """And nothing else is written either, wherever in the nation it lies."""
    folder = tmp_path / "data" / few.names[3]
    folder.mkdir(parents=True)
    (folder / "dossier.toml").write_text(f"[dossier]\n{settings}", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(RunError) as refused:
        simulate_nation(FEW, tmp_path)
    assert refused.value.code == "simulate.real_dossier"
    assert few.names[3] in refused.value.sentence("id")
    assert contents(tmp_path) == before


def test_files_without_settings_are_somebodys_too(few, tmp_path):
    folder = tmp_path / "data" / few.names[0]
    folder.mkdir(parents=True)
    (folder / "usulan.xlsx").write_bytes(b"x")
    with pytest.raises(RunError):
        simulate_nation(FEW, tmp_path)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"regions": 0}, "simulate.regions"),
        ({"regions": 515}, "simulate.regions"),
        ({"regions": -1}, "simulate.regions"),
        ({"offices": 0}, "simulate.offices"),
        ({"offices": 29}, "simulate.offices"),
        ({"period": "26"}, "dossier.year"),
        ({"period": "2026-S3"}, "dossier.year"),
        ({"period": "../2026"}, "dossier.year"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(changes, code):
    with pytest.raises(RunError) as refused:
        replace(FEW, **changes)
    assert refused.value.code == code
    assert refused.value.sentence("en") != refused.value.sentence("id")


def test_the_command_says_what_it_wrote_and_what_it_refuses(few, tmp_path):
    options = ["--seed", "1", "--offices", "6", "--workers", "1", "--home", str(tmp_path)]
    done = CliRunner().invoke(app, ["simulate", "--regions", "2", *options])
    assert done.exit_code == 0
    assert "2 dosir simulasi ditulis" in done.output
    assert contents(tmp_path / "data").items() <= contents(few.home / "data").items()
    refused = CliRunner().invoke(app, ["simulate", "--regions", "515", *options])
    assert refused.exit_code == 1
    assert "Banyak daerah harus 1 sampai 514, bukan 515." in refused.output


def rows_of(dossier, name):
    with (dossier.folder / name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))
