"""The method refuses to contradict itself; what-ifs are new methods with another fingerprint."""

import dataclasses
import math
from importlib.resources import files

import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import load_method, score
from ksd_toolkit.scoring.method import Uncertainty

STANDARD = files("ksd_toolkit.knowledge").joinpath("methods", "baku.toml").read_text("utf-8")


def test_weights_are_those_ruled():
    assert load_method().weights == {
        "U": 9, "S": 9, "G": 7, "K2A": 12, "K2B": 8, "K3A": 9, "K3B": 7, "K3C": 4, "EKON": 8,
        "POL": 7, "TEK": 4, "HUK": 3, "RISK": 3, "SAMA": 4, "MITRA": 4, "SIAP": 2,
    }  # fmt: skip
    assert [c.code for c in load_method().criteria if c.direction == "-"] == ["RISK"]


def test_the_stated_spread_of_the_weights_is_true():
    """`baku.toml`: a weight of 6.25 % has a standard deviation of 20 % of itself."""
    share, concentration = 0.0625, load_method().uncertainty.concentration
    assert math.sqrt(share * (1 - share) / (concentration + 1)) / share == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("code", "weights"),
    [
        ("method.weight_sum", {"U": 10}),
        ("method.weight_sum", {"U": 9.00001}),
        ("method.weight_sum", {"U": math.nan}),
        ("method.weight_sum", {"U": math.inf}),
        ("method.weight", {"U": -1, "S": 19}),
        ("method.unknown_criterion", {"X": 0}),
    ],
)
def test_weights_that_cannot_be(method, code, weights):
    with pytest.raises(MethodError) as refused:
        method.replace(weights=weights)
    assert refused.value.code == code
    assert refused.value.sentence("en") != refused.value.sentence("id")


def test_the_sum_is_shown(method):
    with pytest.raises(MethodError, match="101"):
        method.replace(weights={"U": 10})


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("method.repeated", lambda m: {"criteria": (*m.criteria, m.criteria[0])}),
        ("method.orphan", lambda m: {"groups": {"K1": {"id": "a", "en": "a"}}}),
        ("method.criterion", lambda m: {"criteria": _first(m, direction="?")}),
        ("method.criterion", lambda m: {"criteria": _first(m, origin="tebakan")}),
        ("method.bands", lambda m: {"bands": m.bands[::-1]}),
        ("method.unknown_setting", lambda _: {"wieghts": {"U": 9}}),
        ("method.unknown_setting", lambda _: {"draws": 9}),
    ],
)
def test_a_method_that_contradicts_itself_is_refused(method, code, change):
    with pytest.raises(MethodError) as refused:
        method.replace(**change(method))
    assert refused.value.code == code


def _first(method, **changes):
    return (dataclasses.replace(method.criteria[0], **changes), *method.criteria[1:])


@pytest.mark.parametrize(
    "changes",
    [
        {"floor_class": "IV"},
        {"cap_class": "IV"},
        {"cap_field": "manfaat_tetangga"},
        {"tie_order": ("K2A", "tinggi badan")},
        {"coverage_minimum": 1.5},
        {"scale": (5.0, 5.0)},
        {"decimals": "dua"},
        {"bands": ()},
        {"uncertainty": Uncertainty(0, 1, 374.0, 10, (0.05, 0.95))},
        {"uncertainty": Uncertainty(100, 1, 0.0, 10, (0.05, 0.95))},
        {"uncertainty": Uncertainty(100, 1, 374.0, 10, (0.95, 0.05))},
        {"uncertainty": Uncertainty(100, 1, 374.0, 0, (0.05, 0.95))},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_a_sentence(make_register, proposal, method, changes):
    with pytest.raises(MethodError):
        score(make_register(proposal()), method.replace(**changes))


@pytest.mark.parametrize(
    ("found", "written"),
    [
        ("weight_percent = 12", "weight_percent = 13"),
        ("weight_percent = 12", 'weight_percent = "dua belas"'),
        ("weight_percent = 12", ""),
        ('direction = "-"', 'direction = "turun"'),
        ('code = "S"', 'code = "U"'),
        ('group = "K2"', 'group = "K9"'),
        ("scale_high = 5", "scale_high = 1"),
        ("decimals = 2", 'decimals = "2"'),
        ("draws = 10000", "draws = -1"),
        ("interval = [0.05, 0.95]", "interval = [0.05]"),
        ("from = 75.0", "from = 50.0"),
        ("name = ", "name  "),
    ],
)
def test_a_table_edited_into_nonsense_is_a_sentence(tmp_path, found, written):
    assert found in STANDARD
    own = tmp_path / "baku.toml"
    own.write_text(STANDARD.replace(found, written), encoding="utf-8")
    with pytest.raises(MethodError) as refused:
        load_method("baku", own)
    assert refused.value.sentence("id")
    assert refused.value.sentence("en")


def test_an_unknown_method_names_the_known_ones():
    with pytest.raises(MethodError, match="baku"):
        load_method("bakku")


def test_a_criterion_nobody_answered_lowers_coverage_and_stops_nothing(
    make_register, proposal, method
):
    ranking = score(make_register(proposal(raters={"TKKSD-1": {"U": 3}})), method)
    assert ranking.table["coverage"].iloc[0] < 0.7
    assert ranking.table["class_name"].iloc[0] == "-"


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "nilai", "code": "BARU"},
        {"origin": "rule", "code": "BARU"},
        {"origin": "usulan", "field": "tidak_ada"},
    ],
)
def test_a_leaf_nothing_can_fill_is_refused(make_register, proposal, method, changes):
    strange = method.replace(criteria=_first(method, **changes))
    with pytest.raises(MethodError) as refused:
        score(make_register(proposal()), strange)
    assert refused.value.code == "method.never_asked"


def test_a_criterion_without_weight_need_not_be_asked(make_register, proposal, method):
    only = method.replace(weights=dict.fromkeys(method.weights, 0) | {"U": 100})
    ranking = score(make_register(proposal(raters={"TKKSD-1": {"U": 5}})), only)
    assert ranking.table["points"].tolist() == [100]


def test_what_if_is_a_new_method(method):
    other = method.replace(weights={"U": 12, "S": 6})
    assert (method.weights["U"], other.weights["U"]) == (9, 12)
    assert method.sha256 != other.sha256
    assert other.replace(weights={"U": 9, "S": 9}).sha256 == method.sha256


@pytest.mark.parametrize(
    "change",
    [
        {"coverage_minimum": 0.8},
        {"tie_order": ("usulan_id",)},
        {"decimals": 1},
        {"floor_types": ()},
        {"uncertainty": Uncertainty(50, 1, 374.0, 10, (0.05, 0.95))},
        {"gates": ()},
    ],
    ids=str,
)
def test_every_setting_has_a_part_in_the_fingerprint(method, change):
    assert method.replace(**change).sha256 != method.sha256


def test_the_same_inputs_have_the_same_fingerprint(tmp_path):
    own = tmp_path / "baku.toml"
    own.write_text(STANDARD + "\n# catatan\n", encoding="utf-8")
    assert load_method("baku", own).sha256 == load_method().sha256
