"""`ksd weights`: what a clerk sees, the method it writes, and what it never overwrites."""

import json
import math
import tomllib

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.scoring import read_method
from tests.small_project import NAME, new_project

HEAD = "anggota;bobot_anggota;cara;simpul;kriteria;pembanding;nilai\n"
POINTS = "".join(
    f"TKKSD-1;2;poin;;{code};;{figure}\n"
    for code, figure in zip(("K1", "K2", "K3", "K4", "K5"), (40, 20, 20, 10, 10), strict=True)
)
PAIRS = "TKKSD-2;;ahp;K1;U;S;2\nTKKSD-2;;ahp;K1;S;G;2\nTKKSD-2;;ahp;K1;U;G;5\n"
CIRCLE = "TKKSD-2;;ahp;K1;U;S;3\nTKKSD-2;;ahp;K1;S;G;3\nTKKSD-2;;ahp;K1;G;U;3\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    made = new_project(tmp_path)
    monkeypatch.chdir(made.home)
    return made


@pytest.fixture
def weigh(project):
    """Call the command on a table of judgements."""

    def called(table, *words):
        (project.folder / "bobot.csv").write_text(HEAD + table, encoding="utf-8")
        return CliRunner().invoke(app, ["weights", NAME, *words])

    return called


def test_the_weights_in_force_stand_beside_the_members(weigh):
    shown = weigh(POINTS + PAIRS)
    assert shown.exit_code == 0, shown.output
    line = next(line for line in shown.output.splitlines() if line.startswith("K2A "))
    assert line.split()[-2:] == ["12,00", "12,00"]
    assert "TKKSD-2, Urgensi (K1): CR 0,005" in shown.output
    assert "Saaty (2005)" in shown.output
    assert "tidak dinilai siapa pun" in shown.output


def test_it_speaks_english(weigh):
    shown = weigh(POINTS, "--lang", "en")
    assert "Members' weight" in shown.output
    assert "Nobody judged Urgency (K1)" in shown.output


def test_for_machines_everything_is_there(weigh):
    facts = json.loads(weigh(POINTS + PAIRS, "--json").output)
    assert math.fsum(facts["percent"].values()) == 100
    assert facts["members"] == {"TKKSD-1": pytest.approx(2 / 3), "TKKSD-2": pytest.approx(1 / 3)}
    assert facts["consistency"][0]["node"] == "K1"
    assert facts["revisit"][0].keys() >= {"first", "second", "judged", "consistent"}
    assert facts["file"] is None


def test_the_written_method_loads_and_says_where_its_weights_come_from(project, weigh):
    shown = weigh(POINTS + PAIRS, "--write", "pleno")
    assert shown.exit_code == 0, shown.output
    assert 'method = "pleno"' in shown.output
    method = read_method(project.dossier, "pleno")
    facts = json.loads(weigh(POINTS + PAIRS, "--json").output)
    assert method.weights == facts["percent"]
    assert method.weighting.procedure == "poin+ahp"
    assert method.weighting.random_index == "saaty"
    assert method.weighting.consistency_ratio == pytest.approx(facts["consistency_ratio"], abs=1e-4)
    assert "2 anggota TKKSD" in method.notes["id"]
    assert method.groups == read_method(project.dossier, "baku").groups


def test_the_same_judgements_write_the_same_bytes_again_also_over_themselves(project, weigh):
    path = project.folder / "pleno.toml"
    weigh(POINTS, "--write", "pleno")
    first = path.read_bytes()
    weigh(POINTS, "--write", "pleno")
    assert path.read_bytes() == first
    assert weigh(POINTS, "--method", "pleno", "--write", "pleno").exit_code == 0
    assert tomllib.loads(path.read_text(encoding="utf-8"))["based_on"] == "baku"


def test_inconsistent_judgements_need_a_reason_which_is_kept(project, weigh):
    refused = weigh(CIRCLE, "--write", "pleno")
    assert refused.exit_code == 1
    assert "Urgensi (U) terhadap Keseriusan (S) dinilai 3" in refused.output
    assert all(f"(bobot.csv [G{row}])" in refused.output for row in (2, 3, 4))
    assert '--acknowledge "alasan"' in refused.output
    assert not (project.folder / "pleno.toml").exists()
    reason = 'rapat "pleno" 17 Agustus\\2026'
    taken = weigh(CIRCLE, "--write", "pleno", "--acknowledge", reason)
    assert taken.exit_code == 0, taken.output
    method = read_method(project.dossier, "pleno")
    assert method.weighting.acknowledged == reason
    assert reason in method.notes["en"]
    assert "terhadap" in taken.output  # the cells stay named


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dossier", "dossier.toml memuat pengaturan dosir"),
        ("gerbang", "gerbang sendiri"),
        ("baku", "metode bawaan"),
        ("../x", "bukan nama metode"),
    ],
)
def test_nothing_is_overwritten_that_is_not_its_own(project, weigh, name, said):
    before = (project.folder / "dossier.toml").read_bytes()
    shown = weigh(POINTS, "--write", name)
    assert shown.exit_code == 1
    assert said in shown.output
    assert (project.folder / "dossier.toml").read_bytes() == before
    assert not (project.folder / "gerbang.toml").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"coverage_minimum = 0.9\n{text}",
        lambda text: text.replace("[weights]", "coverage_minimum = 0.9\n\n[weights]", 1),
        lambda text: text + "# disepakati 3 Agustus\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "".join(line for line in text.splitlines(True) if "sha256" not in line),
    ],
)
def test_a_table_a_person_changed_is_never_written_over(project, weigh, change):
    path = project.folder / "pleno.toml"
    assert weigh(POINTS, "--write", "pleno").exit_code == 0
    path.write_bytes(change(path.read_bytes().decode()).encode())
    before = path.read_bytes()
    refused = weigh(POINTS + PAIRS, "--write", "pleno")
    assert refused.exit_code == 1
    assert "pleno.toml" in refused.output
    assert "tidak ditimpa" in refused.output
    assert path.read_bytes() == before


def test_an_untouched_table_makes_way_for_other_weights(project, weigh):
    path = project.folder / "pleno.toml"
    assert weigh(POINTS, "--write", "pleno").exit_code == 0
    before = path.read_bytes()
    assert weigh(POINTS + PAIRS, "--write", "pleno").exit_code == 0
    assert path.read_bytes() != before


def test_a_file_of_somebody_elses_keeps_its_name(project, weigh):
    path = project.folder / "pleno.toml"
    path.write_text('name = "pleno"\nbased_on = "baku"\n', encoding="utf-8")
    shown = weigh(POINTS, "--write", "pleno")
    assert shown.exit_code == 1
    assert "bukan tulisan ksd weights" in shown.output
    assert "based_on" in path.read_text(encoding="utf-8")


def test_what_is_wrong_in_the_table_is_told_with_its_cell(weigh):
    shown = weigh(POINTS + "TKKSD-2;;ahp;K1;U;S;01-Mar\nTKKSD-3;;poin;K2;K2A;;100\n")
    assert shown.exit_code == 1
    assert "bobot.csv [G7]" in shown.output
    assert "bobot.csv [G8]" in shown.output
    assert "Traceback" not in shown.output


def test_without_a_table_it_says_how_to_begin(project):
    shown = CliRunner().invoke(app, ["weights", NAME])
    assert shown.exit_code == 1
    assert "bobot.csv" in shown.output


def test_an_unknown_table_of_random_indices_names_those_there_are(weigh):
    shown = weigh(PAIRS, "--random-index", "tummala")
    assert shown.exit_code == 1
    assert "saaty, saaty_1980, donegan_dodd" in shown.output
    assert "[G" not in shown.output


# --- the blank table -----------------------------------------------------------------------------


@pytest.mark.parametrize(("procedure", "rows"), [("ahp", 30), ("poin", 21), ("urutan", 21)])
def test_a_blank_table_asks_every_member_for_every_judgement(project, procedure, rows):
    shown = CliRunner().invoke(app, ["weights", NAME, "--blank", procedure])
    assert shown.exit_code == 0, shown.output
    lines = (project.folder / "bobot.csv").read_text(encoding="utf-8-sig").splitlines()
    members = project.dossier.tkksd_members
    assert len(lines) - 1 == rows * members
    again = CliRunner().invoke(app, ["weights", NAME])
    assert "Belum ada pertimbangan" in again.output


def test_a_filled_blank_table_gives_equal_weights_where_all_is_held_equal(project):
    CliRunner().invoke(app, ["weights", NAME, "--blank", "ahp"])
    path = project.folder / "bobot.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    filled = [lines[0], *(f"{line}1" for line in lines[1:])]
    path.write_text("\n".join(filled), encoding="utf-8")
    facts = json.loads(CliRunner().invoke(app, ["weights", NAME, "--json"]).output)
    assert facts["percent"]["K2A"] == facts["percent"]["K2B"] == 10
    assert facts["kept"] == []


def test_a_table_members_filled_is_never_replaced_by_a_blank_one(project, weigh):
    weigh(POINTS)
    before = (project.folder / "bobot.csv").read_bytes()
    shown = CliRunner().invoke(app, ["weights", NAME, "--blank", "poin"])
    assert shown.exit_code == 1
    assert (project.folder / "bobot.csv").read_bytes() == before


def test_best_worst_has_no_blank_table(project):
    shown = CliRunner().invoke(app, ["weights", NAME, "--blank", "bwm"])
    assert shown.exit_code == 1
    assert "terbaik dan terburuk" in shown.output
    assert not (project.folder / "bobot.csv").exists()


def test_a_reason_nobody_needed_is_said_to_be_unused(weigh):
    assert "tidak dipakai" in weigh(POINTS, "--acknowledge", "berjaga-jaga").output
