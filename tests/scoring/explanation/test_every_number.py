"""Every number of every sentence is read back and worked out again; every "bila" is applied."""

from fractions import Fraction

import pytest

from ksd_toolkit.scoring import type_grounds
from tests.scoring.explanation.reading import Reader
from tests.scoring.explanation.reckoning import Reckoning, half_up

TENTH = Fraction(1, 10)
NAMED = 2


@pytest.fixture(scope="module")
def reckoned(sample_ranking):
    return Reckoning(sample_ranking)


@pytest.fixture(scope="module", params=["id", "en"])
def told(request, sample_ranking):
    """What the sentence of every ranked usulan of the sample says, by usulan."""
    lang = request.param
    notes = [type_grounds(dict(row), lang) for _, row in sample_ranking.types.iterrows()]
    reader = Reader(sample_ranking.method, lang, notes)
    return lang, {
        usulan: reader.ranked(sample_ranking.explain(usulan, lang), usulan, title)
        for usulan, title in sample_ranking.table["judul"].items()
    }


def test_the_leaves_the_reckoning_starts_from_are_those_of_the_workbooks(reckoned, sample_answers):
    for usulan in reckoned.usulan:
        worked = {leaf.code: leaf for leaf in sample_answers.work(usulan).leaves}
        assert {code for code, leaf in worked.items() if leaf.applies} == set(
            reckoned.levels[usulan]
        )
        for code, level in reckoned.levels[usulan].items():
            assert worked[code].value == level, (usulan, code)


def test_rank_points_and_class_are_those_worked_out(told, reckoned, sample_answers):
    lang, everyone = told
    labels = {band.name: band.labels[lang] for band in reckoned.method.bands}
    for usulan, said in everyone.items():
        worked = sample_answers.work(usulan)
        rank, sharing = reckoned.rank(usulan)
        assert said.facts["rank"] == rank
        assert said.facts.get("others", 1) == sharing
        assert said.facts["of"] == len(reckoned.usulan)
        assert said.facts["points"] == worked.points == reckoned.points[usulan]
        class_name = reckoned.class_name(usulan, reckoned.points[usulan], worked.coverage)
        assert said.class_label == labels.get(class_name, "")
        assert (said.class_change == "coverage") == (class_name == "-")


def test_the_interval_and_the_answered_weight_are_those_worked_out(told, reckoned, sample_answers):
    for usulan, said in told[1].items():
        worked = sample_answers.work(usulan)
        assert (worked.coverage == 1) == ("worst" not in said.facts)
        coverage = half_up(100 * worked.coverage, 0)
        if "worst" in said.facts:
            assert (said.facts["worst"], said.facts["best"]) == (worked.worst, worked.best)
            assert said.facts["coverage"] == coverage
        if said.class_change == "coverage":
            assert said.facts["class_coverage"] == coverage


def test_the_reasons_are_the_largest_and_their_points_right(told, reckoned):
    for usulan, said in told[1].items():
        gaps = reckoned.gaps(usulan, reckoned.mean)
        for side, sign in (("lifted", 1), ("held", -1)):
            mine = {code: gap for code, gap in gaps.items() if gap * sign > 0 and half_up(gap, 1)}
            named = said.gaps[side]
            assert len(named) == min(NAMED, len(mine)), usulan
            assert {code for code, _ in named} <= mine.keys(), usulan
            for code, shown in named:
                assert shown == half_up(gaps[code], 1), (usulan, code)
            least = min((abs(mine[code]) for code, _ in named), default=0)
            others = [abs(gap) for code, gap in mine.items() if code not in dict(named)]
            assert least >= max(others, default=0), usulan


def test_how_firm_a_rank_is_stands_in_the_table(told, sample_ranking):
    low, high = sample_ranking.method.uncertainty.interval
    for usulan, said in told[1].items():
        facts = said.facts
        ends = [int(sample_ranking.table.at[usulan, f"rank_{end}"]) for end in ("low", "high")]
        draws = facts.get("draws", facts.get("steady_draws"))
        assert draws == sample_ranking.method.uncertainty.draws
        assert facts.get("share", facts.get("steady_share")) == round(100 * (high - low))
        if "steady_low" in facts:
            assert [facts["steady_low"]] * 2 == ends
        else:
            assert [facts["low"], facts["high"]] == ends


# --- what would move it --------------------------------------------------------------------------


def moved_classes(reckoned, usulan, now, way, levels=None, weights=None):
    """Whether an usulan stands in a lower (or higher) class than now, worked out in fractions."""
    levels = levels or reckoned.levels[usulan]
    names = [band.name for band in reckoned.method.bands]
    points, coverage = reckoned.printed(levels, weights), reckoned.coverage(levels, weights)
    then = reckoned.class_name(usulan, points, coverage)
    if then == "-":
        return False
    step = names.index(then) - names.index(now)
    return step > 0 if way == "fall" else step < 0


def smallest_answers(reckoned, usulan, moves):
    """The answers that move an usulan in the fewest steps, and of these those that do most."""
    now = reckoned.printed(reckoned.levels[usulan])
    doing = []
    for code, level in reckoned.other_levels(usulan):
        levels = reckoned.with_level(usulan, code, level)
        if moves(levels):
            size = abs(level - reckoned.levels[usulan][code])
            doing.append((size, -abs(reckoned.printed(levels) - now), code, level))
    best = min((one[:2] for one in doing), default=None)
    return {one[2:] for one in doing if one[:2] == best}


def nearer(reckoned, usulan, move):
    """The level or weight one step less far away, if that is a change at all."""
    step = 1 if move.kind == "answer" else TENTH
    way = 1 if move.after > move.before else -1
    less = Fraction(move.after) - way * step
    now = (
        reckoned.levels[usulan][move.code] if move.kind == "answer" else reckoned.weights[move.code]
    )
    return less if (less - now) * way > 0 else None


def test_every_answer_named_is_the_smallest_that_does_it(told, reckoned):
    for usulan, said in told[1].items():
        if said.wanting or not said.outlook:
            continue
        coverage = reckoned.coverage(reckoned.levels[usulan])
        now = reckoned.class_name(usulan, reckoned.points[usulan], coverage)
        way = said.outlook.removeprefix("no_").partition("_")[0]
        best = smallest_answers(
            reckoned,
            usulan,
            lambda levels, usulan=usulan, now=now, way=way: moved_classes(
                reckoned, usulan, now, way, levels
            ),
        )
        if said.move is not None and said.move.kind == "answer":
            assert said.move.before == reckoned.levels[usulan][said.move.code]
            assert (said.move.code, Fraction(said.move.after)) in best, usulan
        else:
            assert not best, usulan


def test_every_weight_named_is_the_smallest_that_does_it(told, reckoned):
    for usulan, said in told[1].items():
        if said.wanting or not said.outlook or (said.move and said.move.kind == "answer"):
            continue
        coverage = reckoned.coverage(reckoned.levels[usulan])
        now = reckoned.class_name(usulan, reckoned.points[usulan], coverage)
        way = said.outlook.removeprefix("no_").partition("_")[0]

        def moves(code, percent, usulan=usulan, now=now, way=way):
            weights = reckoned.rescaled(code, percent)
            return moved_classes(reckoned, usulan, now, way, weights=weights)

        size = Fraction(100)
        if said.move is not None:
            assert said.move.before == reckoned.weights[said.move.code]
            assert moves(said.move.code, Fraction(said.move.after))
            size = abs(Fraction(said.move.after) - reckoned.weights[said.move.code])
        for code in reckoned.answered(reckoned.levels[usulan]):
            for way_ in (-1, 1):  # points move one way as a weight grows: the farthest tells of all
                percent = reckoned.weights[code] + way_ * (size - TENTH)
                assert not moves(code, min(max(percent, Fraction()), Fraction(100))), (usulan, code)


def test_every_bila_comes_true_when_it_is_applied(told, sample_ranking, reckoned):
    lang, everyone = told
    labels = {band.name: band.labels[lang] for band in reckoned.method.bands} | {"-": ""}
    quick = sample_ranking.replace(
        uncertainty=sample_ranking.method.uncertainty.__class__(
            draws=1, seed=1, concentration=1.0, top=1, interval=(0.05, 0.95), weights="none"
        )
    )
    applied = 0
    for usulan, said in everyone.items():
        if said.move is None:
            continue
        now = labels[sample_ranking.table.at[usulan, "class_name"]]
        there = after(quick, usulan, said.move, Fraction(said.move.after))
        assert labels[there.at[usulan, "class_name"]] == said.to != now, usulan
        less = nearer(reckoned, usulan, said.move)
        if less is not None:
            near = after(quick, usulan, said.move, less)
            assert labels[near.at[usulan, "class_name"]] == now, usulan
        applied += 1
    assert applied > 100


def after(ranking, usulan, move, figure):
    """The list with one answer or weight changed."""
    if move.kind == "answer":
        return ranking.with_answers({usulan: {move.code: float(figure)}}).table
    weights = ranking.method.weights
    factor = (100 - float(figure)) / (100 - weights[move.code])
    changed = {code: weight * factor for code, weight in weights.items()}
    return ranking.replace(weights=changed | {move.code: float(figure)}).table
