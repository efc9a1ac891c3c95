"""A scenario turns slider points into weights of exactly 100.0, and is the same method everywhere."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import MethodError, RunError
from ksd_toolkit.scoring import load_method, read_method
from ksd_toolkit.scoring.scenario import Scenario, scenario_names
from ksd_toolkit.scoring.shares import shares

CODES = list(load_method().weights)
POINTS = st.lists(st.floats(0, 100), min_size=16, max_size=16).map(
    lambda values: dict(zip(CODES, values, strict=True))
)


@pytest.mark.parametrize(
    ("points", "locked", "off", "expected"),
    [
        ({"A": 50, "B": 50}, {}, (), {"A": 50.0, "B": 50.0}),
        ({"A": 1, "B": 1, "C": 1}, {}, (), {"A": 33.4, "B": 33.3, "C": 33.3}),
        ({"A": 2, "B": 1, "C": 0}, {}, (), {"A": 66.7, "B": 33.3, "C": 0.0}),
        ({"A": 10, "B": 30, "C": 30}, {"A": 40.0}, (), {"A": 40.0, "B": 30.0, "C": 30.0}),
        ({"A": 10, "B": 30, "C": 30}, {}, ("A",), {"A": 0.0, "B": 50.0, "C": 50.0}),
        ({"A": 0, "B": 0, "C": 5}, {}, ("C",), {"A": 50.0, "B": 50.0, "C": 0.0}),
        ({"A": 9, "B": 9}, {"A": 20.0, "B": 30.0}, (), {"A": 40.0, "B": 60.0}),
    ],
)
def test_shares_worked_by_hand(points, locked, off, expected):
    assert shares(points, locked, off) == expected


@given(
    POINTS, st.sets(st.sampled_from(CODES), max_size=4), st.sets(st.sampled_from(CODES), max_size=9)
)
def test_shares_are_always_one_hundred(points, held, off):
    locked = dict.fromkeys(held, 5.0)
    found = shares(points, locked, off)
    assert list(found) == CODES
    assert sum(round(10 * share) for share in found.values()) == 1000
    assert math.isclose(math.fsum(found.values()), 100.0)
    assert all(found[code] == 0 for code in off)
    if any(code not in off and code not in held for code in CODES):
        assert all(found[code] == 5.0 for code in held - off)
    assert load_method().replace(weights=found).weights == found


@pytest.mark.parametrize(
    ("points", "locked", "off"),
    [
        ({"A": 1}, {}, ("A",)),
        ({"A": 1, "B": 1}, {"A": 60.0, "B": 50.0}, ()),
        ({"A": -1, "B": 1}, {}, ()),
        ({"A": math.nan, "B": 1}, {}, ()),
        ({"A": 1, "B": 1}, {"C": 1.0}, ()),
    ],
)
def test_shares_that_cannot_be_are_refused(points, locked, off):
    with pytest.raises(MethodError):
        shares(points, locked, off)


def test_a_scenario_without_changes_is_its_method():
    base = load_method()
    assert Scenario("baku").of(base).sha256 == base.sha256


def test_a_scenario_changes_only_what_it_says():
    base = load_method()
    told = {
        "based_on": "baku", "title": "Kemiskinan", "points": base.weights | {"K3A": 20},
        "locked": {"U": 9.0}, "off": ["SIAP"], "aggregation": "geometric", "coverage_minimum": 0.6,
        "classes": {"I": 80}, "uncertainty": {"weights": "order"}, "budget": 5e9,
    }  # fmt: skip
    scenario = Scenario.parse(told, "skenario")
    method = scenario.of(base, "miskin")
    assert method.weights == scenario.weights(base)
    assert (method.weights["U"], method.weights["SIAP"]) == (9.0, 0.0)
    assert [band.lower for band in method.bands] == [80.0, 60.0, 45.0, 0.0]
    assert (method.aggregation, method.coverage_minimum) == ("geometric", 0.6)
    assert method.uncertainty.weights == "order"
    assert method.name == "baku@miskin"
    assert method.titles["id"].endswith(": Kemiskinan")
    assert method.gates == base.gates


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"based_on": "baku", "bobot": 1},
        {"based_on": "baku", "points": {"U": "9"}},
        {"based_on": "baku", "coverage_minimum": True},
    ],
)
def test_a_scenario_nobody_can_read_is_refused(told):
    with pytest.raises(MethodError):
        Scenario.parse(told, "skenario")


@pytest.mark.parametrize(
    "told",
    [{"points": {"X": 1}}, {"classes": {"IX": 80}}, {"classes": {"I": 10}}, {"spread": "dice"}],
)
def test_a_scenario_that_contradicts_its_method_is_refused(told):
    with pytest.raises(MethodError):
        Scenario("baku", **told).of(load_method())


@pytest.fixture
def dossier(tmp_path):
    folder = tmp_path / "data" / "banjar" / "2026"
    folder.mkdir(parents=True)
    (folder / "opd.csv").write_text("opd_kode,opd_nama,urusan\nDINKES,Dinas Kesehatan,1.02\n")
    (folder / "dossier.toml").write_text(
        '[dossier]\nregion = "Kabupaten Banjar"\ntanggal_acuan = 2026-11-01\n'
        '[issuer]\ngovernment = "P"\nunit = "U"\nplace = "M"\n'
    )
    (folder / "scenarios").mkdir()
    return folder


def test_a_dossier_is_opened_under_a_scenario(dossier, tmp_path):
    (dossier / "scenarios" / "miskin.toml").write_text('based_on = "baku"\n[points]\nK3A = 40\n')
    plain = open_dossier("banjar/2026", home=tmp_path)
    under = open_dossier("banjar/2026@miskin", home=tmp_path)
    assert scenario_names(plain) == ["miskin"]
    assert (under.called, under.name, under.folder) == (
        "banjar/2026@miskin",
        plain.name,
        plain.folder,
    )
    assert under.reports == plain.reports / "scenarios" / "miskin"
    assert read_method(under).weights == Scenario("baku", points={"K3A": 40}).weights(load_method())
    assert read_method(under, "baku").weights == read_method(plain).weights


def test_a_scenario_on_another_method_is_refused(dossier, tmp_path):
    text = 'based_on = "baku"\n[data]\nmethod_sha256 = "abc"\n'
    (dossier / "scenarios" / "lama.toml").write_text(text)
    with pytest.raises(MethodError) as refused:
        read_method(open_dossier("banjar/2026@lama", home=tmp_path))
    assert refused.value.code == "scenario.other_method"
    with pytest.raises(MethodError) as unknown:
        read_method(open_dossier("banjar/2026@baru", home=tmp_path))
    assert "lama" in unknown.value.sentence("id")


@pytest.mark.parametrize("name", ["banjar/2026@", "banjar/2026@../x", "banjar/2026@A", "@x"])
def test_a_scenario_name_cannot_leave_its_folder(dossier, tmp_path, name):
    with pytest.raises(RunError) as refused:
        open_dossier(name, home=tmp_path)
    assert refused.value.code == ("dossier.name" if name == "@x" else "scenario.name")


def test_all_faults_of_a_scenario_are_told_at_once():
    facts = {"points": {"U": "x", "S": True}, "based_on": 3, "uncertainty": 4, "asing": 2}
    with pytest.raises(MethodError) as refused:
        Scenario.parse(facts, "scenarios/biaya")
    for lang in ("id", "en"):
        told = refused.value.sentence(lang)
        assert all(name in told for name in ("U ", "S ", "based_on", "uncertainty", "asing"))
        assert "scenarios/biaya.toml" in told
    with pytest.raises(MethodError) as single:
        Scenario.parse({"based_on": "baku", "off": 1}, "scenarios/biaya")
    assert single.value.code == "setting.no_words"
