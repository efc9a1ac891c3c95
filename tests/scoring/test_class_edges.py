"""Classes of several usulan at once, of methods with other borders, and of ways that have none."""

import pandas as pd
import pytest

from ksd_toolkit.scoring.classes import classify
from ksd_toolkit.scoring.method import Band


@pytest.fixture
def classes_of(make_register, proposal, method):
    """Class and reason by id: usulan as points, coverage, jenis and the partner's benefit."""

    def classified(usulan, *, method=method, listed=None, **changes):
        register = make_register(
            *(proposal(name, manfaat_mitra=facts[3]) for name, facts in usulan.items())
        )
        columns = ["points", "coverage", "jenis"]
        rows = {name: facts[:3] for name, facts in usulan.items()}
        table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        found = classify(table.loc[listed or list(usulan)], register, method.replace(**changes))
        assert list(found.columns) == ["class_name", "class_change"]
        return dict(zip(found.index, found.itertuples(index=False, name=None), strict=True))

    return classified


def test_each_usulan_has_its_own_class_wherever_it_stands_in_the_list(classes_of):
    usulan = {
        "DINKES-01": (50.0, 1.0, "KSDD-W", 3),
        "DINKES-02": (90.0, 1.0, "SINERGI", None),
        "DINKES-03": (90.0, 0.5, "SINERGI", 3),
        "DINKES-04": (10.0, 1.0, "SINERGI", 3),
        "DINKES-05": (90.0, 1.0, "SINERGI", "TB"),
        "DINKES-06": (90.0, 1.0, "SINERGI", "TT"),
    }
    expected = {
        "DINKES-01": ("II", "floor"),
        "DINKES-02": ("II", "cap"),
        "DINKES-03": ("-", "coverage"),
        "DINKES-04": ("ditunda", ""),
        "DINKES-05": ("I", ""),  # what does not apply is not unknown
        "DINKES-06": ("II", "cap"),
    }
    assert classes_of(usulan) == expected
    # some of them only, the last first
    some = ["DINKES-06", "DINKES-05", "DINKES-03", "DINKES-02", "DINKES-01"]
    assert classes_of(usulan, listed=some) == {name: expected[name] for name in some}


def test_below_the_lowest_border_is_the_last_class(classes_of):
    usulan = {
        "DINKES-01": (-0.01, 1.0, "SINERGI", 3),
        "DINKES-02": (0.0, 1.0, "SINERGI", 3),
        "DINKES-03": (75.0, 1.0, "SINERGI", 3),
    }
    bands = tuple(Band(name, lower, {}) for name, lower in (("I", 75.0), ("II", 0.0)))
    assert classes_of(usulan, bands=bands, floor_class="I", cap_class="II") == {
        "DINKES-01": ("II", ""),
        "DINKES-02": ("II", ""),
        "DINKES-03": ("I", ""),
    }


def test_coverage_may_fall_short_by_what_binary_loses_and_no_more(classes_of, method):
    least = method.coverage_minimum
    usulan = {
        "DINKES-01": (90.0, least - 1e-9, "SINERGI", 3),
        "DINKES-02": (90.0, least - 2e-9, "SINERGI", 3),
    }
    assert classes_of(usulan) == {"DINKES-01": ("I", ""), "DINKES-02": ("-", "coverage")}


def test_the_cap_may_lie_anywhere(classes_of):
    usulan = {
        "DINKES-01": (90.0, 1.0, "SINERGI", None),
        "DINKES-02": (70.0, 1.0, "SINERGI", None),
        "DINKES-03": (50.0, 1.0, "SINERGI", None),
        "DINKES-04": (10.0, 1.0, "SINERGI", None),
    }
    assert classes_of(usulan, cap_class="III") == {
        "DINKES-01": ("III", "cap"),
        "DINKES-02": ("III", "cap"),
        "DINKES-03": ("III", ""),
        "DINKES-04": ("ditunda", ""),
    }


def test_net_flows_fall_into_no_class(classes_of):
    usulan = {"DINKES-01": (90.0, 1.0, "SINERGI", 3), "DINKES-02": (-40.0, 0.2, "KSDD-W", None)}
    assert classes_of(usulan, aggregation="promethee") == dict.fromkeys(usulan, ("-", "method"))
