"""The order of the list: by rank, equal ranks as the method says, and the id where all is equal."""

import pytest

# What one gains on a criterion it loses on another: under even weights all have the same points.
TIED = {
    "DINKES-01": {"U": 4, "HUK": 2, "TEK": 4, "EKON": 2},
    "DINKES-02": {"U": 2, "HUK": 4, "TEK": 2, "EKON": 4},
    "DINKES-03": {"U": 3, "HUK": 3, "TEK": 3, "EKON": 3},
}


@pytest.fixture
def listed(rank, proposal, method):
    """Ids and ranks in printed order under a tie order; every criterion weighs the same."""

    def ids(tie_order, usulan=TIED, arriving=None, without=()):
        weighed = [code for code in method.weights if code not in without]
        weights = dict.fromkeys(method.weights, 0.0) | dict.fromkeys(weighed, 100 / len(weighed))
        even = method.replace(weights=weights, tie_order=tie_order)
        names = arriving or list(usulan)
        table = rank(*(proposal(name, **usulan[name]) for name in names), method=even).table
        return table.index.tolist(), table["rank"].tolist()

    return ids


@pytest.mark.parametrize(
    ("tie_order", "expected"),
    [
        (("U",), ["DINKES-01", "DINKES-03", "DINKES-02"]),
        (("HUK",), ["DINKES-02", "DINKES-03", "DINKES-01"]),
        (("TEK", "HUK"), ["DINKES-01", "DINKES-03", "DINKES-02"]),
        (("HUK", "usulan_id"), ["DINKES-02", "DINKES-03", "DINKES-01"]),
        (("usulan_id", "HUK"), ["DINKES-01", "DINKES-02", "DINKES-03"]),
        (("K1", "usulan_id"), ["DINKES-01", "DINKES-03", "DINKES-02"]),
        ((), ["DINKES-01", "DINKES-02", "DINKES-03"]),
    ],
)
def test_equal_ranks_stand_in_the_order_asked_for(listed, tie_order, expected):
    assert listed(tie_order) == (expected, [1, 1, 1])


def test_the_first_that_differs_decides(listed):
    usulan = {
        "DINKES-01": {"U": 3, "HUK": 2, "TEK": 4},
        "DINKES-02": {"U": 3, "HUK": 4, "TEK": 2},
        "DINKES-03": {"U": 5, "HUK": 1, "TEK": 3},
    }
    order, _ = listed(("U", "HUK", "TEK"), usulan)
    assert order == ["DINKES-03", "DINKES-02", "DINKES-01"]


def test_less_risk_stands_first(listed):
    """4 x 4 is a higher risk than 3 x 3; what it costs is gained elsewhere."""
    risky = {f"risiko_{kind}_{side}": 4 for kind in ("anggaran", "hukum") for side in "kd"}
    usulan = {
        "DINKES-01": risky | {"HUK": 4},
        "DINKES-02": {},
    }
    order, ranks = listed(("RISK",), usulan)
    assert ranks == [1, 1]
    assert order == ["DINKES-02", "DINKES-01"]


def test_what_was_not_answered_stands_last_among_equals(listed):
    """A criterion that weighs nothing may still order equal ranks."""
    usulan = {"DINKES-01": {"U": None}, "DINKES-02": {"U": 1}, "DINKES-03": {"U": 2}}
    order, ranks = listed(("U",), usulan, without=("U",))
    assert ranks == [1, 1, 1]
    assert order == ["DINKES-03", "DINKES-02", "DINKES-01"]


def test_a_rank_is_never_overruled(listed):
    usulan = {
        "DINKES-01": {"U": 5, "HUK": 1, "TEK": 1},
        "DINKES-02": {"U": 1, "HUK": 5, "TEK": 5},
    }
    order, ranks = listed(("U",), usulan)
    assert (order, ranks) == (["DINKES-02", "DINKES-01"], [1, 2])


def test_as_many_as_arrive_in_any_order_are_listed_by_id_where_all_is_equal(listed):
    names = [f"DINKES-{number:02}" for number in range(1, 41)]
    mixed = names[::3] + names[2::3] + names[1::3]
    order, ranks = listed((), {name: {} for name in names}, mixed)
    assert order == names
    assert set(ranks) == {1}
