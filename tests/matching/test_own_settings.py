"""`mitra.toml`: an office changes how its partners are found without programming."""

import pytest

import ksd_toolkit as ksd
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.own_settings import read_match_settings
from ksd_toolkit.matching.settings import match_settings
from ksd_toolkit.scoring.method_layers import method_names
from tests.runs.conftest import SAMPLE, copied_project


@pytest.fixture
def written(tmp_path):
    """Open a copy of the sample with this text as its `mitra.toml`."""
    project = copied_project(tmp_path)

    def write(text):
        (project / "data" / SAMPLE / "mitra.toml").write_text(text, encoding="utf-8")
        return ksd.open_dossier(SAMPLE, home=project)

    return write


def test_without_a_table_of_its_own_the_toolkits_holds(tmp_path):
    dossier = ksd.open_dossier(SAMPLE, home=copied_project(tmp_path))
    assert read_match_settings(dossier) == match_settings()


def test_what_is_not_named_stays(written):
    own = read_match_settings(written("fall_km = 50\n[weights]\nnearness = 10\n"))
    assert own.fall_km == 50
    assert own.weights == {**match_settings().weights, "nearness": 10}
    assert own.name == "mitra.toml"
    assert own.sha256 != match_settings().sha256


def test_how_much_must_be_known_is_the_offices_to_say(written):
    assert read_match_settings(written("min_coverage = 0.35\n")).min_coverage == 0.35


def test_partners_are_found_by_it(written):
    dossier = written("[weights]\nshared_problems = 0\ncomplementarity = 0\nfeasibility = 0\n")
    found = ksd.find_partners(ksd.read_register(dossier))
    assert found.stamp.method == "mitra.toml"
    bordering = found.table["relation"] == "borders"
    assert set(found.table.loc[bordering, "points"]) == {100.0}
    assert found.table.loc[~bordering, "points"].max() < 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dekat = 3\n", "dekat"),
        ("[weights]\ndekat = 3\n", "dekat"),
        ("[weights]\nnearness = -1\n", "-1"),
        ('[weights]\nnearness = "besar"\n', "weights"),
        ("weights = 3\n", "weights"),
        ("fall_km = 0\n", "fall_km"),
        ("fall_km = true\n", "fall_km"),
        ("draws = 0\n", "draws"),
        ("draws = 1000000000\n", "100000"),
        ("min_coverage = 1.5\n", "min_coverage"),
        ('indicators = ["stuntng"]\n', "stunting"),
        ('indicators = "stunting"\n', "indicators"),
        ("[years]\nstunting = 2022.5\n", "stunting"),
        ("fall_km = \n", "mitra.toml"),
        ("decimals = 3\n", "decimals"),
    ],
)
def test_what_makes_no_sense_is_refused_in_both_languages(written, text, said):
    with pytest.raises(KsdError) as refused:
        read_match_settings(written(text))
    for lang in ("id", "en"):
        assert said in refused.value.sentence(lang)


def test_it_is_no_method_of_scoring(written):
    assert "mitra" not in method_names(written("fall_km = 50\n").folder)
