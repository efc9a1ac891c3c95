"""Every number of every sentence is read back and worked out again; every "bila" is applied."""

import pytest

from ksd_toolkit.scoring.uncertainty import judged
from ksd_toolkit.scoring.uncertainty.counting import count_ranks
from tests.extent import EVERYTHING, one_of, sampled
from tests.scoring.explanation.proving import (
    prove,
    prove_against,
    prove_pair,
    read_all,
    unshaken,
)
from tests.scoring.explanation.reckoning import Reckoning

pytestmark = pytest.mark.usefixtures("as_in_a_run")


def in_language(turn):
    """The same facts are said in both languages: tests take turns, and all of them both with KSD_EVERYTHING=1."""
    return pytest.mark.parametrize("lang", one_of(["id", "en"], turn))


@pytest.fixture(scope="module")
def reckoned(sample_ranking):
    return Reckoning(sample_ranking)


def test_the_leaves_reckoned_with_are_those_of_the_workbooks(reckoned, sample_answers):
    for usulan in reckoned.usulan:
        worked = sample_answers.work(usulan)
        leaves = {leaf.code: leaf for leaf in worked.leaves if leaf.applies}
        assert leaves.keys() == reckoned.levels[usulan].keys()
        for code, level in reckoned.levels[usulan].items():
            assert leaves[code].value == level, (usulan, code)
        assert reckoned.points[usulan] == worked.points
        assert reckoned.ends(usulan) == (worked.worst, worked.best)


@in_language(0)
def test_every_sentence_about_the_sample_is_proven(sample_ranking, reckoned, lang):
    # Every sentence is read; the same facts are said in both languages, and proving them all takes a minute.
    told = prove(sample_ranking, lang, reckoned, step=2 if EVERYTHING else 5)
    assert len(told) == len(sample_ranking.table)
    assert sum(said.move is not None for said in told.values()) > 100
    assert {said.move.kind for said in told.values() if said.move} == {"answer", "weight"}


@in_language(1)
def test_how_firm_a_rank_is_counts_the_draws(sample_ranking, lang):
    """The interval leaves at most 5 of 100 draws on either side, and no shorter one would."""
    settings = sample_ranking.method.uncertainty
    low, high = settings.interval
    basis, method = sample_ranking.basis, sample_ranking.method
    rows = basis.types.index.get_indexer(sample_ranking.table.index)  # drawn in printed order
    counted = count_ranks(judged(basis, method, sample_ranking.tree, rows), settings)
    reached_by = dict(zip(basis.types.index[rows], counted.ranks.cumsum(axis=1), strict=True))
    for usulan, said in read_all(sample_ranking, lang).items():
        facts = said.facts
        draws = facts.get("draws", facts.get("steady_draws"))
        assert draws == settings.draws
        assert facts.get("share", facts.get("steady_share")) == round(100 * (high - low))
        first = int(facts.get("low", facts.get("steady_low")))
        last = int(facts.get("high", facts.get("steady_low")))
        reached = reached_by[usulan] / settings.draws
        assert reached[first - 1] >= low - 1e-9 > (reached[first - 2] if first > 1 else -1)
        assert reached[last - 1] >= high - 1e-9 > (reached[last - 2] if last > 1 else -1)


@in_language(2)
def test_where_nothing_is_drawn_nothing_is_said_of_draws(sample_ranking, lang):
    told = read_all(unshaken(sample_ranking), lang)
    assert not any("draws" in said.facts or "steady_draws" in said.facts for said in told.values())


@in_language(3)
def test_pairs_of_the_sample_are_proven(sample_ranking, reckoned, lang):
    listed = list(sample_ranking.table.index)
    neighbours = sampled(list(zip(listed[::9], listed[1::9], strict=False)), 2)
    far = list(zip(listed[:6], reversed(listed[-6:]), strict=True))
    found = [prove_pair(sample_ranking, b, a, reckoned, lang) for a, b in neighbours + far]
    assert {said.class_change for said in found} == {"above", "beside"}
    assert {said.move.kind for said in found if said.move} == {"answer", "weight"}


@in_language(4)
@pytest.mark.parametrize("held_to", ["mean", "class", "DINKES-07"])
def test_what_usulan_of_the_sample_are_held_to_is_proven(sample_ranking, reckoned, lang, held_to):
    for usulan in sample_ranking.table.index[::10]:
        if usulan != held_to:
            prove_against(sample_ranking, usulan, held_to, reckoned, lang)
