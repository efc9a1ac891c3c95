"""What weights really do: effective weights by hand, criteria that say nothing, criteria that say the same."""

import numpy as np
import pytest

from ksd_toolkit.scoring.coherence import coherence


def only(method, **weights):
    return method.replace(weights=dict.fromkeys(method.weights, 0) | weights)


def test_two_criteria_of_equal_weight_by_hand(rank, proposal, method):
    """U 1, 5 and S 3, 3: all differences of the score come from U."""
    found = coherence(
        rank(proposal(U=1), proposal("DINKES-02", U=5), method=only(method, U=50, S=50))
    )
    assert found.table["effective"].to_dict() == {"U": 100, "S": 0}
    assert found.table["spread"].to_dict() == {"U": 0.5, "S": 0}
    assert "S Keseriusan" in found.sentence("id")


def test_a_criterion_against_the_score_takes_away(rank, proposal, method):
    """U 75: 0, 1, 1; S 25: 1, 1, 0. Scores 25, 100, 75: covariances 1875 and -0, by hand."""
    ranking = rank(
        proposal(U=1, S=5), proposal("DINKES-02", U=5, S=5), proposal("DINKES-03", U=5, S=1),
        method=only(method, U=75, S=25),
    )  # fmt: skip
    score = np.array([25.0, 100, 75])
    urgency = np.array([0.0, 75, 75])
    by_hand = ((urgency - 50) * (score - score.mean())).sum() / ((score - score.mean()) ** 2).sum()
    found = coherence(ranking).table["effective"]
    assert found["U"] == pytest.approx(100 * by_hand)
    assert found.sum() == pytest.approx(100)


def test_effective_weights_of_the_sample_sum_to_100(sample_ranking):
    found = coherence(sample_ranking)
    assert found.table["effective"].sum() == pytest.approx(100)
    assert found.table["correlation"].between(-1, 1).all()


def test_criteria_that_always_go_together_are_named(rank, proposal, method):
    levels = [1, 3, 5, 2, 4, 1, 2, 3, 4, 5]
    proposals = [proposal(f"DINKES-{n:02d}", U=u, S=u) for n, u in enumerate(levels, start=1)]
    found = coherence(rank(*proposals, method=only(method, U=60, S=40)))
    assert found.alike[["first", "second"]].to_numpy().tolist() == [["U", "S"]]
    assert "1,00" in found.sentence("id")
    assert "1.00" in found.sentence("en")


def test_a_few_usulan_show_no_correlation(rank, proposal, method):
    few = [proposal(f"DINKES-0{n}", U=n, S=n) for n in range(1, 6)]
    assert coherence(rank(*few, method=only(method, U=60, S=40))).alike.empty


def test_what_blanks_make_decide_is_not_called_silent(rank, proposal, method):
    """S is 3 wherever it was answered, but who left it blank stands on U alone."""
    ranking = rank(
        proposal(U=5), proposal("DINKES-02", U=5, S=None), proposal("DINKES-03", U=1),
        method=only(method, U=50, S=50),
    )  # fmt: skip
    found = coherence(ranking)
    assert found.table.at["S", "spread"] == 0
    assert abs(found.table.at["S", "effective"]) > 1
    assert "Semua usulan sama" not in found.sentence("id")


def test_all_equal_and_one_alone_are_a_sentence(rank, proposal):
    for ranking in (rank(proposal(), proposal("DINKES-02")), rank(proposal())):
        found = coherence(ranking)
        assert found.table["effective"].isna().all()
        assert found.sentence("id").startswith("Semua skor sama")
