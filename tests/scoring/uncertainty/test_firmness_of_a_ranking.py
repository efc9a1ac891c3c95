"""A ranked register drawn again: the printed table, sentences whose numbers can be found, and the sources."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import say
from ksd_toolkit.scoring.uncertainty import acceptability, by_source
from ksd_toolkit.scoring.uncertainty.acceptability import judged_of, shaken_words
from ksd_toolkit.scoring.uncertainty.by_source import ALONE, TOGETHER
from tests.scoring.conftest import RATED, proposal_of

FIGURES = ["first_share", "top_share", "rank_low", "rank_high", "rank_mean"]
AGGREGATIONS = ["additive", "geometric", "promethee"]


def scores(level, **others):
    return {code: others.get(code, level) for code in RATED}


@pytest.fixture(scope="module")
def doubted(rank, method):
    """Three usulan: one firm, one with blanks, one on which two members differ; all in doubt."""
    settings = replace(method.uncertainty, draws=600, top=1, missing=True, raters=True, noise=0.2)
    return rank(
        proposal_of("DINKES-01", raters={"TKKSD-1": scores(4), "TKKSD-2": scores(4)}),
        proposal_of("DINKES-02", raters={"TKKSD-1": scores(4, U=None, S=None, EKON=None)}),
        proposal_of("DINKES-03", raters={"TKKSD-1": scores(2), "TKKSD-2": scores(5)}),
        method=method.replace(uncertainty=settings),
    )


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_the_table_is_the_one_the_ranking_prints(doubted, aggregation):
    ranking = doubted.replace(aggregation=aggregation)
    found = acceptability(ranking)
    pd.testing.assert_frame_equal(found.table, ranking.table[FIGURES], check_names=False)
    assert found.shaken == ("weights", "missing", "raters", "noise")


def test_two_threads_print_the_same(doubted):
    one, two = acceptability(doubted), acceptability(doubted, threads=2)
    for name in ("table", "shares", "split", "pairwise", "central"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))
    assert one.ranking_entropy == two.ranking_entropy


def test_raters_are_those_of_the_official_role(doubted):
    """Only where several members scored; what a what-if supposed is nobody's any more."""
    place = list(doubted.table.index)
    found = judged_of(doubted, raters=True)
    codes = list(doubted.method.weights)
    mine = {
        (place[row], codes[column]): sorted(given)
        for (row, column), given in found.opinions.items()
    }
    assert set(mine) == {(u, code) for u in ("DINKES-01", "DINKES-03") for code in RATED}
    assert mine["DINKES-03", "U"] == [2, 5]
    assert mine["DINKES-01", "U"] == [4, 4]
    supposed = judged_of(doubted.with_answers({"DINKES-03": {"U": 5}}), raters=True)
    assert len(supposed.opinions) == len(found.opinions) - 1
    assert judged_of(doubted, raters=False).opinions == {}


def test_offices_differ_only_where_theirs_is_the_official_answer(rank, method):
    """Of the office's two officers one said TB on HUK; TKKSD scored U alone."""
    given = {
        "OPD-1": scores(2, HUK="TB"),
        "OPD-2": scores(4),
        "TKKSD-1": {"U": 3},
    }
    ranking = rank(proposal_of("DINKES-01", raters=given), method=method)
    found = judged_of(ranking, raters=True)
    codes = list(ranking.method.weights)
    mine = {codes[column]: given.tolist() for (_, column), given in found.opinions.items()}
    assert mine == {code: [2, 4] for code in RATED if code not in {"U", "HUK"}}


def test_other_settings_are_drawn_without_changing_the_method(doubted):
    certain = replace(
        doubted.method.uncertainty, weights="none", missing=False, raters=False, noise=0
    )
    found = acceptability(doubted, certain)
    assert found.shaken == ()
    assert found.table["rank_low"].tolist() == doubted.table["rank"].tolist()
    usulan = doubted.table.index[0]
    assert found.explain(usulan, "en") == f"The rank of {usulan} stays 1: nothing is drawn."


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_number_of_a_sentence_is_one_of_the_table(doubted, lang):
    found = acceptability(doubted)
    for usulan, row in found.table.iterrows():
        sentence = found.explain(str(usulan), lang)
        numbers = re.findall(r"\d+(?:[.,]\d+)?", sentence.replace(str(usulan), ""))
        low, high = str(row["rank_low"].astype(int)), str(row["rank_high"].astype(int))
        interval = [low] if low == high else [low, high]
        shares = [_percent(row["top_share"]), _percent(row["first_share"])]
        mean = f"{row['rank_mean']:.1f}".replace(".", "," if lang == "id" else ".")
        expected = sorted(["600", *interval, "90", "1", *shares, mean])
        assert sorted(numbers) == expected, sentence


def _percent(share):
    if 0 < share < 0.01:
        return "1"
    return "99" if 0.99 < share < 1 else f"{100 * share + 1e-9:.0f}"


@pytest.mark.parametrize(
    ("share", "told"), [(0.0, "0"), (0.004, "<1"), (0.996, ">99"), (1.0, "100")]
)
def test_what_is_not_certain_is_never_told_as_certain(share, told):
    from ksd_toolkit.scoring.uncertainty.acceptability import _chance

    words = _chance(share, "en").replace("less than ", "<").replace("more than ", ">")
    assert words == f"{told}%"


@pytest.mark.parametrize(
    "wrong",
    [{"draws": 0}, {"concentration": np.nan}, {"noise": 2.0}, {"weights": "tebakan"}],
    ids=str,
)
def test_settings_that_mean_nothing_are_refused(doubted, wrong):
    with pytest.raises(MethodError, match=next(iter(wrong))):
        acceptability(doubted, replace(doubted.method.uncertainty, **wrong))


def test_an_usulan_that_is_not_ranked_is_refused(doubted):
    for found in (acceptability(doubted), by_source(doubted, 10)):
        with pytest.raises(MethodError, match="DINKES-99"):
            found.explain("DINKES-99")


def test_a_result_shows_what_was_drawn(doubted):
    assert (
        repr(acceptability(doubted))
        == "Acceptability(3 usulan, 600 undian: weights, missing, raters, noise)"
    )
    assert repr(by_source(doubted, 10)).startswith("BySource(3 usulan, 10 undian: weights, order")
    assert shaken_words(doubted, "en") == (
        "weights, missing answers, the choice of rater, and scores that may be one level off"
    )
    assert shaken_words(doubted.replace(uncertainty=_none(doubted)), "en") == "nothing"


def _none(ranking):
    return replace(
        ranking.method.uncertainty, weights="none", missing=False, raters=False, noise=0.0
    )


# --- each source alone -----------------------------------------------------------------------


def test_each_source_alone_is_what_is_drawn_with_it_alone(doubted):
    found = by_source(doubted, 400)
    stated = replace(doubted.method.uncertainty, draws=400)
    none = replace(stated, weights="none", missing=False, raters=False, noise=0.0)
    alone = {
        "weights": replace(none, weights="dirichlet"),
        "order": replace(none, weights="order"),
        "missing": replace(none, missing=True),
        "raters": replace(none, raters=True),
        "noise": replace(none, noise=0.2),
        TOGETHER: stated,
    }
    for source, settings in alone.items():
        table = acceptability(doubted, settings).table
        for theirs, mine in (("rank_low", "low"), ("rank_high", "high"), ("top_share", "top")):
            np.testing.assert_array_equal(found.table[f"{source}_{mine}"], table[theirs])
    assert (found.table["draws"] == 400).all()
    assert (found.noise, found.idle) == (0.2, ())


def test_a_source_with_nothing_to_shake_is_idle_and_moves_no_rank(rank, method):
    ranking = rank(proposal_of("DINKES-01"), proposal_of("DINKES-02", U=5), method=method)
    found = by_source(ranking)
    assert found.idle == ("missing", "raters")
    assert found.table["missing_low"].tolist() == ranking.table["rank"].tolist()
    assert found.draws == ranking.method.uncertainty.draws
    assert found.noise == pytest.approx(0.1)  # the method names none: that of the table


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_sentence_names_every_source_that_moves_the_rank(doubted, lang):
    found = by_source(doubted)
    for usulan in found.table.index:
        row, sentence = found.table.loc[usulan], found.explain(usulan, lang)
        for source in ALONE:
            low, high = int(row[f"{source}_low"]), int(row[f"{source}_high"])
            between = say("firm.between", lang, low=low, high=high)
            words = say("firm.by", lang, source=say(f"firm.{source}", lang), between=between)
            assert (words in sentence) == (low < high)


def test_what_nothing_moves_is_told_so(rank, method):
    ranking = rank(proposal_of("DINKES-01"), method=method)
    assert by_source(ranking).explain("DINKES-01", "en") == (
        "No source of doubt moves the rank of DINKES-01 in 90% of 50 draws."
    )


@pytest.mark.parametrize("draws", [0, -1, 2.5])
def test_a_number_of_draws_that_is_none_is_refused(doubted, draws):
    with pytest.raises(MethodError, match="bilangan bulat"):
        by_source(doubted, draws)
