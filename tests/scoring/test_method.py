"""The method refuses to contradict itself; what-ifs are new methods with another fingerprint."""

import dataclasses
import math
from importlib.resources import files

import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import load_method, method_names, score
from ksd_toolkit.scoring.method import Group, Uncertainty, Weighting
from ksd_toolkit.scoring.preference import Preference

RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")
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
        ("method.weight", {"U": math.nan}),
        ("method.weight", {"U": math.inf}),
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
        ("method.orphan", lambda m: {"groups": {"K1": m.groups["K1"]}}),
        ("method.orphan_group", lambda m: {"groups": _under(m, "K1", "K9")}),
        ("method.orphan_group", lambda m: {"groups": _under(m, "K1", "K1")}),
        ("method.empty_group", lambda m: {"groups": {**m.groups, "K6": _group("K6")}}),
        ("method.scale", lambda m: {"criteria": _first(m, scale=(5.0, 1.0))}),
        ("method.preference", lambda m: {"criteria": _first(m, preference=Preference("linear"))}),
        ("method.preference", lambda m: {"criteria": _first(m, preference=Preference("tiba"))}),
        ("method.preference", lambda m: {"criteria": _first(m, preference=Preference("usual", 1))}),
        ("method.inconsistent", lambda _: {"weighting": Weighting("ahp", "saaty", 0.101)}),
        ("method.inconsistent", lambda _: {"weighting": Weighting("ahp", "saaty", 0.101, " ")}),
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


def _under(method, code, parent):
    return method.groups | {code: dataclasses.replace(method.groups[code], parent=parent)}


def _group(code):
    return Group(code, {"id": code, "en": code})


def test_comparisons_that_contradict_each_other_need_a_reason(method):
    told = method.replace(weighting=Weighting("ahp", "saaty", 0.101, "disepakati pleno"))
    assert told.weighting.acknowledged
    assert method.replace(weighting=Weighting("ahp", "saaty", 0.10))


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
        {"uncertainty": Uncertainty(100, 1, 374.0, 10, (0.05, 0.95), "tebakan")},
        {"uncertainty": Uncertainty(100, 1, 374.0, 10, (0.05, 0.95), noise=1.5)},
        {"aggregation": "rata-rata"},
        {"geometric_lowest": 0},
        {"may_be_unanswered": ("X",)},
        {"strict_gates": ("G99",)},
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
        ("draws = 10000", "draw = 10000"),
        ('function = "linear"', 'function = "lurus"'),
        ("p = 2 ", 'p = "dua"'),
        ("value_border = 60", "value_borders = 60"),
        ('value_groups = ["K1", "K2", "K3"]', 'value_groups = ["K1", "K9"]'),
        ("geometric_lowest = 0.01", "geometric_lowest = 0"),
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


def test_a_criterion_nobody_answered_is_refused_by_its_code(make_register, proposal, method):
    strict = method.replace(may_be_unanswered=())
    scores = dict.fromkeys(RATED, 3) | {"K3C": None, "HUK": None}
    register = make_register(
        proposal(raters={"TKKSD-1": scores}), proposal("DINKES-02", raters={"OPD-1": scores})
    )
    with pytest.raises(MethodError, match="K3C, HUK") as refused:
        score(register, strict)
    assert refused.value.code == "method.nobody_answered"


def test_one_answer_or_none_that_applies_is_enough_to_weigh_a_criterion(
    make_register, proposal, method
):
    strict = method.replace(may_be_unanswered=())
    one = make_register(proposal(HUK=None), proposal("DINKES-02", HUK=2))
    assert score(one, strict).table["coverage"].to_dict() == {"DINKES-01": 0.97, "DINKES-02": 1}
    off = make_register(proposal(HUK="TB"), proposal("DINKES-02", HUK="TB"))
    assert (score(off, strict).table["coverage"] == 1).all()


def test_a_criterion_knowingly_unanswered_lowers_coverage_and_stops_nothing(
    make_register, proposal, method
):
    known = method.replace(may_be_unanswered=RATED)
    ranking = score(make_register(proposal(raters={"TKKSD-1": {"U": 3}})), known)
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
    strange = method.replace(criteria=_first(method, **changes), may_be_unanswered=())
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
        {"aggregation": "geometric"},
        {"geometric_lowest": 0.02},
        {"may_be_unanswered": ()},
        {"weighting": Weighting("swing+poin")},
    ],
    ids=str,
)
def test_every_setting_has_a_part_in_the_fingerprint(method, change):
    assert method.replace(**change).sha256 != method.sha256


def test_the_same_inputs_have_the_same_fingerprint(tmp_path):
    own = tmp_path / "baku.toml"
    own.write_text(STANDARD + "\n# catatan\n", encoding="utf-8")
    assert load_method("baku", own).sha256 == load_method().sha256


def own(folder, name, text):
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_method(name, folder / f"{name}.toml")


HEAD = """name = "pleno"
based_on = "baku"
title_id = "Pleno"
title_en = "Plenary"
note_id = "Disepakati."
note_en = "Agreed."
"""


CLASS = """[[class]]
name = "{name}"
from = {lower}
label_id = "x"
label_en = "x"
"""


def test_a_table_may_say_only_how_it_differs(tmp_path):
    plenary = own(tmp_path, "pleno", HEAD + "coverage_minimum = 0.8\n[uncertainty]\ntop = 5\n")
    standard = load_method()
    assert plenary.coverage_minimum == 0.8
    assert (plenary.uncertainty.top, plenary.uncertainty.seed) == (5, standard.uncertainty.seed)
    assert plenary.weights == standard.weights


def test_weights_stated_apart_may_be_fractions_and_leave_the_rest_nothing(tmp_path):
    weights = '[weights]\nU = "100/3"\nS = "100/3"\nG = "100/3"\n'
    found = own(tmp_path, "pleno", HEAD + weights).weights
    assert found["U"] == pytest.approx(100 / 3)
    assert sum(weight > 0 for weight in found.values()) == 3


def test_an_own_criterion_and_group_are_laid_over_those_of_the_base(tmp_path):
    rows = """
[[group]]
code = "K4"
aggregation = "geometric"
[[criterion]]
code = "U"
weight_percent = 4
why = "Pleno."
[[criterion]]
code = "S"
weight_percent = 14
"""
    found = own(tmp_path, "pleno", HEAD + rows)
    assert (found.weights["U"], found.weights["S"]) == (4, 14)
    assert found.groups["K4"].aggregation == "geometric"
    assert found.groups["K4"].labels == load_method().groups["K4"].labels
    assert (found.criterion("U").why, found.criterion("U").labels["id"]) == ("Pleno.", "Urgensi")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("method.ignored", HEAD + "coverage = 0.8\n"),
        ("method.ignored", HEAD + '[[criterion]]\ncode = "U"\nbobot = 9\n'),
        ("method.ignored", HEAD + "[floor]\nkelas = 2\n"),
        ("method.unknown_criterion", HEAD + "[weights]\nU = 50\nV = 50\n"),
        ("method.weight_sum", HEAD + "[weights]\nU = 50\n"),
        ("setting.no_weight", HEAD + '[weights]\nU = "100/0"\n'),
        ("setting.no_weight", HEAD + '[weights]\nU = "seratus"\n'),
        ("setting.no_number", HEAD + "[weights]\nU = true\n"),
        ("setting.no_number", HEAD + "[weights]\nU = inf\n"),
        ("method.weight_sum", HEAD + "[weights]\n"),
        ("setting.no_table", HEAD + "[[weights]]\nU = 100\n"),
        ("setting.no_table", HEAD + 'weights = "U"\n'),
        ("setting.no_rows", HEAD + '[criterion]\ncode = "U"\n'),
        ("setting.no_rows", HEAD + '[class]\nname = "I"\n'),
        ("setting.no_number", HEAD + "scale_high = inf\n"),
        ("setting.no_number", HEAD + "scale_low = true\n"),
        (
            "setting.no_number",
            HEAD + '[promethee]\nfunction = "linear"\nq = "0"\np = 2\nsource = "x"\n',
        ),
        ("setting.no_words", HEAD + 'may_be_unanswered = "US"\n'),
        ("setting.no_whole", HEAD + "decimals = 2.5\n"),
        ("setting.no_flag", HEAD + "[uncertainty]\nmissing = 1\n"),
        ("setting.no_interval", HEAD + "[uncertainty]\ninterval = [0.05]\n"),
        ("setting.no_text", HEAD.replace('"Pleno"', '""')),
        ("setting.no_text", HEAD + '[[criterion]]\ncode = "U"\nwhy = 3\n'),
        ("method.setting_missing", HEAD + 'strict_gates = ["G1"]\n'),
        ("method.setting_missing", HEAD + 'tie_order = ["K2A", "K2A"]\n'),
        ("method.setting_missing", HEAD + "[uncertainty]\ndraws = 100000000\n"),
        ("method.setting_missing", HEAD + '[weighting]\nprocedure = "tebakan"\n'),
        ("setting.missing", HEAD + '[weighting]\nprocedure = "ahp"\n'),
        ("setting.no_number", HEAD + '[weighting]\nprocedure = "ahp"\nconsistency_ratio = nan\n'),
        (
            "method.setting_missing",
            HEAD + '[weighting]\nprocedure = "ahp"\nconsistency_ratio = -1\n',
        ),
        (
            "weights.random_index",
            HEAD
            + '[weighting]\nprocedure = "ahp"\nrandom_index = "foo"\nconsistency_ratio = 0.01\n',
        ),
        (
            "method.repeated",
            HEAD + '[[criterion]]\ncode = "U"\nwhy = "a"\n[[criterion]]\ncode = "U"\nwhy = "b"\n',
        ),
        ("method.repeated_group", HEAD + '[[group]]\ncode = "K1"\n[[group]]\ncode = "K1"\n'),
        (
            "method.repeated_class",
            HEAD + CLASS.format(name="II", lower=50) + CLASS.format(name="II", lower=0),
        ),
        (
            "method.bands",
            HEAD + CLASS.format(name="I", lower=50) + CLASS.format(name="II", lower=50),
        ),
        (
            "method.bands",
            HEAD + CLASS.format(name="I", lower=75) + CLASS.format(name="II", lower=60),
        ),
        ("setting.no_number", HEAD + CLASS.format(name="I", lower='"80"')),
        ("method.other_name", HEAD.replace('name = "pleno"', 'name = "lainnya"')),
        ("method.unknown", HEAD.replace("baku", "bakku")),
        ("method.based_on", HEAD.replace('"baku"', '"pleno"')),
        ("method.based_on", HEAD.replace('"baku"', "3")),
        ("method.unreadable", HEAD + "[weights\n"),
    ],
)
def test_a_derived_table_that_cannot_be_is_a_sentence(tmp_path, code, text):
    with pytest.raises(MethodError) as refused:
        own(tmp_path, "pleno", text)
    assert refused.value.code == code
    assert refused.value.sentence("id") != refused.value.sentence("en")


@pytest.mark.parametrize("name", method_names())
def test_every_profile_sums_to_100_and_keeps_the_gates(name):
    method = load_method(name)
    assert math.fsum(method.weights.values()) == pytest.approx(100)
    assert method.gates == load_method().gates
    assert method.name == name


def test_profiles_weigh_what_they_say():
    groups = {
        name: {
            group: math.fsum(
                c.weight_percent for c in load_method(name).criteria if c.group == group
            )
            for group in ("K1", "K2", "K3", "K4", "K5")
        }
        for name in method_names()
    }
    assert groups["baku"] == pytest.approx({"K1": 25, "K2": 20, "K3": 20, "K4": 25, "K5": 10})
    assert groups["kelayakan"] == pytest.approx({"K1": 20, "K2": 16, "K3": 16, "K4": 40, "K5": 8})
    assert groups["pelayanan_dasar"]["K2"] == pytest.approx(30)
    assert groups["pelayanan_dasar"]["K3"] == pytest.approx(30)
    assert groups["usg"]["K1"] == pytest.approx(100)


def test_the_office_may_bring_its_own_gates(tmp_path):
    gates = files("ksd_toolkit.knowledge").joinpath("gates.toml").read_text("utf-8")
    (tmp_path / "gerbang.toml").write_text(gates.replace("Dua PPKSD", "Tiga PPKSD"), "utf-8")
    labels = {gate.code: gate.labels["id"] for gate in own(tmp_path, "pleno", HEAD).gates}
    assert labels["G5"] == "Tiga PPKSD"


@pytest.mark.parametrize(
    "written",
    [
        'function = "usual"',
        'function = "u_shape"\nq = 1',
        'function = "v_shape"\np = 2',
        'function = "gaussian"\ns = 1',
    ],
)
def test_every_preference_function_can_be_reached_from_a_derived_table(tmp_path, written):
    table = HEAD + f'aggregation = "promethee"\n[promethee]\n{written}\nsource = "Pleno"\n'
    found = own(tmp_path, "pleno", table)
    assert {c.preference.function for c in found.criteria} == {written.split('"')[1]}


GATES = files("ksd_toolkit.knowledge").joinpath("gates.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "found", "written"),
    [
        ("setting.no_outcome", 'outcome = "fail"', 'outcome = "gagal"'),
        ("setting.no_answer", 'kewenangan = ["tidak"]', 'kewenangan = ["tdk"]'),
        ("setting.no_answer", 'terencana = ["tidak"]', 'terencana = ["kadang"]'),
        ("setting.no_words", 'kewenangan = ["tidak"]', 'kewenangan = "tidak"'),
        ("method.ignored", "when = {", "bila = 1, when = {"),
        (
            "method.ignored",
            'article = "PP 28/2018 4(1)"',
            'article = "PP 28/2018 4(1)"\nsource = "x"',
        ),
        ("setting.no_article", 'article = "PP 28/2018 4(1)"', 'article = "PP 99/2099 1"'),
        ("setting.no_text", 'article = "PP 28/2018 4(1)"', 'article = ""'),
        ("setting.missing", "reason_en = ", "reason_fr = "),
        ("setting.no_text", 'code = "G2"', "code = 2"),
        ("method.repeated_gate", 'code = "G2"', 'code = "G1"'),
        ("method.unreadable", "[[gate]]", "[[gate"),
    ],
)
def test_gates_of_the_offices_own_that_cannot_be_are_a_sentence(tmp_path, code, found, written):
    """A misspelt outcome must never open a gate."""
    assert found in GATES
    (tmp_path / "gerbang.toml").write_text(GATES.replace(found, written, 1), "utf-8")
    with pytest.raises(MethodError) as refused:
        own(tmp_path, "pleno", HEAD)
    assert refused.value.code == code
    assert "gerbang.toml" in refused.value.sentence("id") or code.startswith("method.repeated")


def test_a_table_not_written_in_utf_8_says_so(tmp_path):
    path = tmp_path / "pleno.toml"
    path.write_bytes((HEAD + "# \xe9\n").encode("latin-1"))
    with pytest.raises(MethodError) as refused:
        load_method("pleno", path)
    assert refused.value.code == "method.not_utf8"


@pytest.mark.parametrize("name", ["../methods/usg", "", "a/b", "."])
def test_a_name_that_leads_elsewhere_is_no_method(name):
    with pytest.raises(MethodError) as refused:
        load_method(name)
    assert refused.value.code == "method.unknown"


def test_the_offices_own_methods_are_named_too(tmp_path):
    (tmp_path / "pleno.toml").write_text(HEAD, "utf-8")
    (tmp_path / "dossier.toml").write_text("", "utf-8")
    assert method_names(tmp_path)[-1] == "pleno"


def test_every_setting_of_the_table_is_documented():
    """What may be changed is said where it is told how."""
    import tomllib
    from pathlib import Path

    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "change-the-weights.md").read_text(
        "utf-8"
    )
    settings = {key for key, value in tomllib.loads(STANDARD).items() if key != "name"}
    texts = {"title_id", "title_en", "note_id", "note_en"}
    unknown = {
        key
        for key in settings - texts
        if not any(f"`{form}`" in guide for form in (key, f"[{key}]", f"[[{key}]]"))
    }
    assert unknown == set()
