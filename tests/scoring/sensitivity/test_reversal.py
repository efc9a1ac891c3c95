"""Dropping or doubling an usulan: nothing on fixed scales, told by name under net flows."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.sensitivity import rank_reversal
from ksd_toolkit.scoring.sensitivity.reversal import order_changes
from ksd_toolkit.scoring.weights.eigen import principal_eigenvectors

GOLDEN = Path(__file__).parents[2] / "golden"
LEVELS = st.sampled_from([1, 2, 3, 4, 5, None])


@given(st.data())
def test_fixed_scales_never_reverse(make_register, proposal, method, data):
    count = data.draw(st.integers(1, 4))
    proposals = [
        proposal(f"DINKES-0{n}", **{code: data.draw(LEVELS) for code in ("U", "S", "EKON")})
        for n in range(1, count + 1)
    ]
    aggregation = data.draw(st.sampled_from(["additive", "geometric"]))
    ranking = score(make_register(*proposals), method.replace(aggregation=aggregation))
    found = rank_reversal(ranking)
    assert found.stable
    assert (found.tests["ties"] == 0).all()
    assert len(found.tests) == (2 * count if count > 1 else 1)


def test_net_flows_reverse_and_name_who(make_register, proposal, method):
    """Found by trying levels: the answers below turn a pair round when one usulan leaves."""
    rng = np.random.default_rng(4)
    promethee = method.replace(aggregation="promethee")
    for _ in range(20):
        proposals = [
            proposal(
                f"DINKES-0{n}", **dict(zip("USG", map(int, rng.integers(1, 6, 3)), strict=True))
            )
            for n in range(1, 7)
        ]
        ranking = score(make_register(*proposals), promethee)
        found = rank_reversal(ranking)
        if not found.stable:
            break
    assert not found.stable
    row = found.pairs.iloc[0]
    table = ranking.table["points"]
    assert table[row["above"]] > table[row["below"]]
    if row["test"] == "drop":
        rest = [p for p in proposals if p.usulan_id != row["usulan"]]
        after = score(make_register(*rest), promethee).table["points"]
        assert after[row["above"]] < after[row["below"]]
    assert row["usulan"] in found.explain("id")
    assert found.explain("en").startswith("In 12 tests")


def test_a_dropped_usulan_is_a_list_without_it(make_register, proposal, method):
    proposals = [proposal(f"DINKES-0{n}", U=n, S=6 - n, EKON=n % 3 + 1) for n in range(1, 6)]
    promethee = method.replace(aggregation="promethee")
    ranking = score(make_register(*proposals), promethee)
    found = rank_reversal(ranking).tests.set_index(["test", "usulan"])
    before = ranking.table["points"]
    for gone in before.index:
        rest = [p for p in proposals if p.usulan_id != gone]
        after = score(make_register(*rest), promethee).table["points"]
        pairs, ties = order_changes(before[after.index].to_numpy(), after.to_numpy())
        assert found.loc[("drop", gone)].tolist() == [len(pairs), ties]


def test_order_changes_by_hand():
    """(3, 2, 2) to (1, 2, 1): the first falls below the second and ties with the third, whose tie breaks."""
    pairs, ties = order_changes(np.array([3.0, 2.0, 2.0]), np.array([1.0, 2.0, 1.0]))
    assert pairs == [(0, 1)]
    assert ties == 2


def test_ahp_rank_reversal_belton_gear_1983_as_an_order_change():
    case = json.loads((GOLDEN / "ahp_rank_reversal_belton_gear_1983.json").read_text("utf-8"))
    scores = np.array(list(case["input"]["scores_before"].values()), dtype=float)
    copied = np.vstack((scores, scores[1]))

    def priorities(table, ideal):
        ratios = np.array([column[:, None] / column[None, :] for column in table.T])
        local = principal_eigenvectors(ratios).weights
        local = local / local.max(axis=1, keepdims=True) if ideal else local
        return (local * np.array(case["input"]["criteria_weights"])[:, None]).sum(axis=0)

    before, after = priorities(scores, ideal=False), priorities(copied, ideal=False)
    expected = case["expected"]
    assert before == pytest.approx(list(expected["before"].values()), abs=case["tolerance"]["all"])
    assert after == pytest.approx(list(expected["after"].values()), abs=case["tolerance"]["all"])
    assert order_changes(before, after[:3])[0] == [(1, 0)]
    ideal = [priorities(table, ideal=True)[:3] for table in (scores, copied)]
    assert order_changes(*ideal)[0] == []


def test_one_usulan_alone_is_steady(rank, proposal):
    found = rank_reversal(rank(proposal()))
    assert found.stable
    assert found.tests["test"].tolist() == ["clone"]
