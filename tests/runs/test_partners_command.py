"""`ksd partners` as a person and a script meet it: a region, a dossier, one usulan, one pair."""

import json

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.regions import parties

from .conftest import ROOT, SAMPLE

PACK = ROOT.parent / "shared" / "regions"
NEIGHBOURS = {"63.02", "63.03", "63.05", "63.07", "63.08"}


def ksd(*words):
    return CliRunner().invoke(app, ["partners", *words])


def facts(*words):
    return json.loads(ksd(*words, "--json").stdout)


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """A folder that belongs to no project: nothing but the shipped facts."""
    monkeypatch.delenv("KSD_HOME", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def sample(tmp_path_factory, taken_in):
    return taken_in(tmp_path_factory.mktemp("partners"))


@pytest.fixture
def project(monkeypatch, sample):
    monkeypatch.chdir(sample)
    return sample


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("name", ["63.06", "Hulu Sungai Selatan", "Kab. Hulu Sungai Selatan"])
def test_a_region_is_told_by_code_or_name_from_shipped_facts_alone(name):
    told = ksd(name)
    assert told.exit_code == 0
    assert "Kabupaten Hulu Sungai Selatan (63.06)" in told.output
    found = facts(name)
    assert all(said in told.output for said in found["unknown"])
    assert len(found["unknown"]) > 1
    first = found["partners"][:5]
    assert {row["code"] for row in first} == NEIGHBOURS
    assert {row["letter"] for row in first} == {"e"}
    assert all(row["shared_problems"] is None and row["coverage"] == 0.35 for row in first)


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("home", [region.code for region in parties()][::60])
def test_any_region_gets_an_answer_that_says_what_it_does_not_know(home):
    found = facts(home)
    level = sum(("." in region.code) == ("." in home) for region in parties())
    assert len(found["partners"]) == level - 1
    assert found["unknown"]
    assert all(row["explanation"] for row in found["partners"])


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Tapn", "Kabupaten Tapin (63.05)"),
        ("Banjar", "Kota Banjar (32.79)"),
        ("Jakarta Pusat", "Daerah Khusus Ibukota Jakarta"),
    ],
)
def test_a_region_that_cannot_be_asked_gets_one_sentence_with_a_way_out(asked, said):
    told = ksd(asked)
    assert told.exit_code == 1
    assert said in told.output
    assert "Traceback" not in told.output
    assert facts(asked)["exit_code"] == 1


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["63.06", "--weight", "nearness"], "nearness=0"),
        (["63.06", "--weight", "dekat=1"], "nearness"),
        (["63.06", "--weight", "nearness=-1"], "nearness"),
        (["63.06", "--lens", "ISU-Z"], "ISU-"),
        (["63.06", "--with", "Tapn"], "Kabupaten Tapin (63.05)"),
        (["63.06", "--with", "63.06"], "daerah itu sendiri"),
        (["63.06", "--usulan", "DINKES-01"], "dosir"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words, said):
    told = ksd(*words)
    assert told.exit_code == 1
    assert said in told.output
    assert "Traceback" not in told.output


@pytest.mark.usefixtures("nowhere")
def test_a_pair_tells_its_legal_case():
    near = facts("63.06", "--with", "Barito Selatan")["legal"]
    assert (near["kind"], near["letter"], near["can_be_mandatory"]) == ("sukarela", "", False)
    assert facts("63.06", "--with", "Tapin")["legal"]["letter"] == "e"
    assert facts("63.08", "--with", "62.04")["legal"]["letter"] == "d"
    assert "UU 23/2014 Pasal 364" in ksd("63.06", "--with", "Tapin").output


@pytest.mark.usefixtures("nowhere")
def test_a_province_is_asked_of_a_regency_for_its_legal_case():
    found = facts("63.06", "--with", "63")
    assert (found["partner"], found["legal"]["letter"]) == ("63", "b")
    assert "Provinsi Kalimantan Selatan" in ksd("63.06").output
    assert facts("31", "--with", "32.16")["legal"]["letter"] == "c"
    assert ksd("63.06", "--with", "31.71").exit_code == 1


@pytest.mark.usefixtures("project")
def test_a_pair_of_an_usulan_is_told_by_its_own_answers():
    case = facts(SAMPLE, "--usulan", "DINKES-01", "--with", "63.05")["legal"]
    assert case["kind"] == "sukarela"
    assert facts(SAMPLE, "--with", "63.05")["legal"]["kind"] == "belum"
    wanted = ksd(SAMPLE, "--usulan", "DINKES-01", "--with", "99.99")
    assert wanted.exit_code == 1
    assert ksd(SAMPLE, "--usulan", "DINKES-01", "--lens", "ISU-A").exit_code == 1


@pytest.mark.usefixtures("nowhere")
def test_weights_are_a_what_if():
    far = facts("63.06", "--weight", "nearness=0")
    assert far["weights"]["nearness"] == 0
    assert far["partners"][0]["points"] == 100  # only the province speaks, and is the same
    assert len({row["points"] for row in far["partners"]}) < len(far["partners"])


@pytest.mark.usefixtures("project")
def test_a_dossier_is_compared_by_its_questionnaire_and_marked_as_simulated():
    told = ksd(SAMPLE)
    assert told.exit_code == 0
    assert "DATA CONTOH" in told.output
    found = facts(SAMPLE)
    assert {row["code"] for row in found["partners"][:5]} == NEIGHBOURS
    known = [row for row in found["partners"] if row["shared_problems"] is not None]
    assert 0 < len(known) < len(found["partners"])
    assert any(str(len(found["partners"]) - len(known)) in said for said in found["unknown"])


@pytest.mark.usefixtures("project")
def test_one_usulan_gets_regions_institutions_benefit_and_law():
    found = facts(SAMPLE, "--usulan", "dinkes-01")
    assert found["usulan"] == "DINKES-01"
    assert found["lens"] == "usulan:DINKES-01"
    assert found["institutions"]
    assert all(row["explanation"] for row in found["institutions"])
    assert found["cases"][0]["sentence"]
    told = ksd(SAMPLE, "--usulan", "DINKES-01", "--lang", "en").output
    assert "The partner's benefit of DINKES-01" in told


@pytest.mark.usefixtures("project")
def test_an_unknown_usulan_is_said():
    told = ksd(SAMPLE, "--usulan", "DINKES-999")
    assert told.exit_code == 1
    assert "DINKES-999" in told.output


def test_with_the_indicators_of_the_pack_the_five_neighbours_lead(monkeypatch, tmp_path):
    if not PACK.is_dir():
        pytest.skip("the data pack of the regions is not here")
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    brought = CliRunner().invoke(app, ["regions", "import", str(PACK / "indicators_long.csv")])
    assert brought.exit_code == 0, brought.output
    found, far = facts("63.06"), facts("63.06", "--lens", "without_nearness")
    assert {row["code"] for row in found["partners"][:5]} == NEIGHBOURS
    order, other = ([row["code"] for row in one["partners"]] for one in (found, far))
    assert order != other
    assert sorted(order) == sorted(other)
    shared = facts("63.06", "--with", "Hulu Sungai Tengah")["shared"]
    assert len(shared) == 5
    assert all("indicators_long.csv:" in row["home_evidence"] for row in shared)
