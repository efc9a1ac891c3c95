"""Hold what a sentence says against the list worked out in fractions, and apply what it supposes."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import pandas as pd

from ksd_toolkit.scoring import Ranking, score, type_grounds
from ksd_toolkit.scoring.explanation import explain, why_above
from tests.scoring.explanation.reading import Move, Reader, Told
from tests.scoring.explanation.reckoning import Reckoning, half_up

TENTH = Fraction(1, 10)
FULL = Fraction(100)
HAIR = Fraction(1, 10**9)
NAMED = 2


def read_all(ranking: Ranking, lang: str) -> dict[str, Told]:
    """What the sentence of every ranked usulan says, nothing left over."""
    notes = [type_grounds(dict(row), lang) for _, row in ranking.types.iterrows()]
    reader = Reader(ranking.method, lang, notes)
    return {
        str(usulan): reader.ranked(ranking.explain(str(usulan), lang), str(usulan), title)
        for usulan, title in ranking.table["judul"].items()
    }


def prove(
    ranking: Ranking, lang: str, reckoned: Reckoning | None = None, step: int = 1
) -> dict[str, Told]:
    """Everything said about every usulan (or every so many), proven; what was said of all, for more questions."""
    reckoned = reckoned or Reckoning(ranking)
    quick = unshaken(ranking)
    told = read_all(ranking, lang)
    for usulan, said in islice(told.items(), 0, None, step):
        prove_figures(said, usulan, reckoned, lang)
        prove_reasons(said, usulan, reckoned)
        prove_wanting(said, usulan, reckoned, quick)
        prove_held(said, usulan, reckoned, lang)
        prove_lift(said, usulan, reckoned, quick, lang)
        prove_smallest(said, usulan, reckoned)
        prove_applied(said, usulan, reckoned, quick, lang)
    return told


def unshaken(ranking: Ranking) -> Ranking:
    """The same list with one draw of the weights: what is applied looks at points only."""
    still = replace(ranking.method.uncertainty, draws=1, weights="none", missing=False)
    return ranking.replace(uncertainty=still)


# --- figures and reasons -------------------------------------------------------------------------


def prove_figures(said: Told, usulan: str, reckoned: Reckoning, lang: str) -> None:
    """Rank, points, class, interval and answered weight."""
    rank, sharing = reckoned.rank(usulan)
    assert (said.facts["rank"], said.facts.get("others", 1)) == (rank, sharing), usulan
    assert said.facts["of"] == len(reckoned.usulan)
    assert said.facts["points"] == reckoned.points[usulan], usulan
    levels = reckoned.levels[usulan]
    coverage = reckoned.coverage(levels)
    shown = half_up(100 * coverage, 0)
    assert (coverage == 1) == ("worst" not in said.facts) or "worst" in said.facts
    if "worst" in said.facts:
        assert (said.facts["worst"], said.facts["best"]) == reckoned.ends(usulan), usulan
        assert said.facts["coverage"] == shown
    if not reckoned.method.has_classes:
        assert said.class_change == "method"
        return
    class_name = now(usulan, reckoned)
    assert said.class_label == reckoned.method.class_label(class_name, lang).removeprefix("-")
    assert (said.class_change == "coverage") == (class_name == "-")
    if class_name == "-":
        assert said.facts["class_coverage"] == shown


def prove_reasons(said: Told, usulan: str, reckoned: Reckoning) -> None:
    """The criteria named are those with the largest gaps, and the gaps are right."""
    assert said.alone == (len(reckoned.usulan) == 1)
    if said.alone:
        return
    gaps = reckoned.named(reckoned.parts_to_mean(usulan), usulan)
    prove_named(said.gaps["lifted"], {c: gap for c, gap in gaps.items() if gap > 0}, NAMED)
    prove_named(said.gaps["held"], {c: gap for c, gap in gaps.items() if gap < 0}, NAMED)
    prove_rest(said, reckoned.parts_to_mean(usulan), usulan, reckoned)


def prove_rest(
    said: Told, parts: dict[str, Fraction], usulan: str, reckoned: Reckoning, rival: str = ""
) -> None:
    """How many points come from what one side did not answer, and from how many criteria.

    Against a rival it is said of every side with anything to print; against the mean, where it counts
    as much as the least reason named.
    """
    least = min((abs(parts[c]) for side in said.gaps.values() for c, _ in side), default=Fraction())
    weighing = sum(weight > 0 for weight in reckoned.weights.values())
    assert said.subject in {"", usulan}
    for side, alone in reckoned.one_sided(parts, usulan, rival).items():
        total = sum(alone, Fraction())
        if side in said.rest:
            assert said.rest[side] == (half_up(total, 1), len(alone), weighing), (usulan, side)
        if rival:
            told = half_up(total, 1) != 0 or any(half_up(part, 1) for part in alone)
            assert told == (side in said.rest), (usulan, side)
        elif abs(abs(total) - least) > HAIR:  # as large as the least: either may be
            assert (side in said.rest) == (half_up(total, 1) != 0 and abs(total) > least)
    assert set(said.rest) <= ({usulan, rival} if rival else {""})


def prove_named(named: list[tuple[str, object]], gaps: dict[str, Fraction], most: int) -> None:
    """These criteria of one side, and no larger one passed over."""
    shown = {code: gap for code, gap in gaps.items() if half_up(gap, 1)}
    assert len(named) == min(most, len(shown))
    for code, figure in named:
        assert figure == half_up(gaps[code], 1), code
    sizes = [abs(shown[code]) for code, _ in named]
    rest = [abs(gap) for code, gap in shown.items() if code not in dict(named)]
    assert min(sizes, default=0) >= max(rest, default=0)


# --- what would move it --------------------------------------------------------------------------


def now(usulan: str, reckoned: Reckoning) -> str:
    """The printed class as it is."""
    coverage = reckoned.coverage(reckoned.levels[usulan])
    return reckoned.class_name(usulan, reckoned.points[usulan], coverage)


def moves(said: Told, usulan: str, reckoned: Reckoning) -> Callable[..., bool]:
    """Whether levels or weights move the class or rank the way the sentence speaks of."""
    way, _, of = said.outlook.removeprefix("no_").partition("_")
    names = [band.name for band in reckoned.method.bands]

    def move(levels: object = None, weights: object = None) -> bool:
        if of == "rank":
            points = reckoned.everyone(usulan, levels, weights)
            step = reckoned.rank(usulan, points)[0] - reckoned.rank(usulan)[0]
        else:
            mine = levels or reckoned.levels[usulan]
            points, coverage = reckoned.printed(mine, weights), reckoned.coverage(mine, weights)
            then = reckoned.class_name(usulan, points, coverage)
            if then == "-":
                return False
            step = names.index(then) - names.index(now(usulan, reckoned))
        return step > 0 if way == "fall" else step < 0

    return move


def prove_smallest(said: Told, usulan: str, reckoned: Reckoning) -> None:
    """No other single answer does it in fewer steps; a weight is named only where no answer does."""
    if not said.outlook or said.wanting:
        return
    move = moves(said, usulan, reckoned)
    before = reckoned.points[usulan]
    doing = []
    for code, level in reckoned.other_levels(usulan):
        levels = reckoned.with_level(usulan, code, level)
        if move(levels):
            size = abs(level - reckoned.levels[usulan][code])
            effect = abs(reckoned.everyone(usulan, levels)[usulan] - before)
            doing.append((size, -effect, code, level))
    best = min((one[:2] for one in doing), default=None)
    if said.move is None or said.move.kind == "weight":
        assert not doing, usulan
        prove_smallest_weight(said.move, usulan, reckoned, lambda w: move(weights=w))
        return
    assert said.move.before == half_up(reckoned.levels[usulan][said.move.code], 2)
    named = (said.move.code, Fraction(said.move.after))
    assert named in {one[2:] for one in doing if one[:2] == best}, usulan


def prove_smallest_weight(
    named: Move | None, usulan: str, reckoned: Reckoning, move: Callable[..., bool]
) -> None:
    """No weight does it by less. Points go one way as a weight grows, so the farthest tells of all."""
    size = FULL
    if named is not None:
        assert named.before == half_up(reckoned.weights[named.code], 2)
        assert move(reckoned.rescaled(named.code, Fraction(named.after)))
        size = abs(Fraction(named.after) - reckoned.weights[named.code]) - TENTH
    for code in reckoned.answered(reckoned.levels[usulan]):
        for way in (-1, 1):
            percent = min(max(reckoned.weights[code] + way * size, Fraction()), FULL)
            if reckoned.weights[code] < FULL:
                assert not move(reckoned.rescaled(code, percent)), (usulan, code, percent)


def prove_applied(said: Told, usulan: str, reckoned: Reckoning, quick: Ranking, lang: str) -> None:
    """Applied through the toolkit's own what-if, the change gives the printed class or rank."""
    if said.move is None:
        return
    column = "class_name" if said.outlook.endswith("class") else "rank"
    as_it_is = quick.table.at[usulan, column]

    def printed(figure: Fraction) -> str:
        name = applied(reckoned, quick, usulan, said.move, figure).at[usulan, column]
        if column == "rank":
            return str(name)
        return reckoned.method.class_label(name, lang) if name != as_it_is else "same"

    assert printed(Fraction(said.move.after)) == said.to, usulan
    less = one_step_less(usulan, reckoned, said.move)
    if less is not None:
        assert printed(less) == ("same" if column == "class_name" else str(as_it_is)), usulan


def applied(
    reckoned: Reckoning, ranking: Ranking, usulan: str, move: Move, figure: Fraction
) -> pd.DataFrame:
    """The list with one answer, or one weight and the others in proportion, changed.

    The other language's sentence asks for the same list: it is made once.
    """
    asked = (usulan, move.kind, move.code, figure)
    if asked not in reckoned.applied:
        reckoned.applied[asked] = _applied(ranking, usulan, move, figure)
    return reckoned.applied[asked]


def _applied(ranking: Ranking, usulan: str, move: Move, figure: Fraction) -> pd.DataFrame:
    if move.kind == "answer":
        return ranking.with_answers({usulan: {move.code: float(figure)}}).table
    weights = ranking.method.weights
    factor = (100 - float(figure)) / (100 - weights[move.code])
    changed = {code: weight * factor for code, weight in weights.items()}
    return ranking.replace(weights=changed | {move.code: float(figure)}).table


def one_step_less(usulan: str, reckoned: Reckoning, move: Move) -> Fraction | None:
    """The level or weight one step less far away, if that is a change at all."""
    levels, weights = reckoned.levels[usulan], reckoned.weights
    at = levels[move.code] if move.kind == "answer" else weights[move.code]
    way = 1 if move.after > move.before else -1
    less = Fraction(move.after) - way * (1 if move.kind == "answer" else TENTH)
    return less if (less - at) * way > 0 else None


def prove_held(said: Told, usulan: str, reckoned: Reckoning, lang: str) -> None:
    """What is said to hold the class does so at the lowest and the highest points."""
    if not said.floor and not said.cap:
        return
    label = reckoned.method.class_label(now(usulan, reckoned), lang)
    for held, points in ((said.floor, Fraction()), (said.cap, FULL)):
        if held:
            assert held == label
            assert reckoned.class_name(usulan, points, Fraction(1)) == now(usulan, reckoned)


def prove_lift(said: Told, usulan: str, reckoned: Reckoning, quick: Ranking, lang: str) -> None:
    """With the partner's benefit answered the class rises: always, or where its points stay enough."""
    capped = said.class_change == "cap"
    if said.lift:
        assert capped, usulan
        assert said.facts.get("lower", 75) == 75, usulan
    if not capped:
        return
    rises = []
    for answer in "12345":
        found = with_field(quick, usulan, "manfaat_mitra", answer).table.loc[usulan]
        assert (found["class_name"] == "I") == (found["points"] >= 75), usulan
        rises.append(found["class_name"] == "I")
    assert bool(said.lift) == any(rises), usulan
    if said.lift:
        assert said.lift == reckoned.method.class_label("I", lang)
        assert ("lower" in said.facts) == (not all(rises)), usulan


def with_field(ranking: Ranking, usulan: str, field: str, answer: str) -> Ranking:
    """The list of the register with one field of an usulan answered, everything read again."""
    tables = ranking.register.tables
    proposals, states = tables.frames["usulan"].copy(), tables.states["usulan"].copy()
    at = (proposals["usulan_id"] == usulan).to_numpy()
    proposals.loc[at, field], states.loc[at, field] = answer, ""
    changed = replace(
        tables,
        frames={**tables.frames, "usulan": proposals},
        states={**tables.states, "usulan": states},
    )
    return score(replace(ranking.register, tables=changed), ranking.method)


def prove_wanting(said: Told, usulan: str, reckoned: Reckoning, quick: Ranking) -> None:
    """Any answers to the criteria named give a class; with one fewer of any there is none."""
    if not said.wanting:
        return
    levels = reckoned.levels[usulan]
    open_ = sorted(
        (code for code, level in levels.items() if level is None),
        key=reckoned.weights.__getitem__,
        reverse=True,
    )
    needed = int(said.facts.get("wanted", len(said.wanting)))
    assert said.wanting == open_[: len(said.wanting)]
    for count, has_class in ((needed, True), (needed - 1, False)):
        answers = dict.fromkeys(open_[:count], 3.0)
        table = quick.with_answers({usulan: answers}).table
        assert (table.at[usulan, "class_name"] != "-") == has_class, usulan


# --- two usulan, and what one is held to ---------------------------------------------------------


def prove_pair(ranking: Ranking, a: str, b: str, reckoned: Reckoning, lang: str) -> Told:
    """Everything said about two usulan; the one that stands first in the list is named first."""
    upper, lower = sorted((a, b), key=list(ranking.table.index).index)
    text = why_above(ranking, a, b, lang)
    said = Reader(ranking.method, lang).pair(text, upper, lower)
    points = reckoned.points
    assert said.facts["upper_points"] == points[upper]
    assert said.facts["rank"] == reckoned.rank(upper)[0]
    assert (said.class_change == "beside") == (points[upper] == points[lower])
    if said.class_change == "above":
        assert said.facts["lower_points"] == points[lower]
        assert said.facts["lower_rank"] == reckoned.rank(lower)[0]
        assert said.facts["gap"] == points[upper] - points[lower]
    whole = reckoned.parts_between(upper, lower)
    assert said.alike == (not any(whole.values()))
    if "least" in said.facts:
        assert any(whole.values())
        assert all(abs(part) < Fraction(said.facts["least"]) for part in whole.values())
        assert said.facts["least"] == TENTH / 2
    prove_rest(said, whole, upper, reckoned, lower)
    parts = reckoned.named(whole, upper, lower)
    prove_named(said.gaps["ahead"], {c: gap for c, gap in parts.items() if gap > 0}, 3)
    prove_named(said.gaps["behind"], {c: gap for c, gap in parts.items() if gap < 0}, 2)
    prove_swap(said, upper, lower, reckoned, unshaken(ranking))
    return said


def prove_swap(said: Told, upper: str, lower: str, reckoned: Reckoning, quick: Ranking) -> None:
    """The smallest answer of the lower one, else of a weight, that puts it above the other."""

    def above(levels: object = None, weights: object = None) -> bool:
        points = reckoned.everyone(lower, levels, weights)
        return lower in points and upper in points and points[lower] > points[upper]

    doing = {
        (abs(level - reckoned.levels[lower][code]), code, level)
        for code, level in reckoned.other_levels(lower)
        if above(reckoned.with_level(lower, code, level))
    }
    if said.move is not None and said.move.kind == "answer":
        named = Fraction(said.move.after)
        at = reckoned.levels[lower][said.move.code]
        assert (abs(named - at), said.move.code, named) in doing
        assert abs(named - at) == min(doing)[0]
    else:
        assert not doing
        prove_smallest_weight(said.move, lower, reckoned, lambda w: above(weights=w))
    if said.move is None:
        return
    table = applied(reckoned, quick, lower, said.move, Fraction(said.move.after))["points"]
    assert table[lower] > table[upper]
    less = one_step_less(lower, reckoned, said.move)
    if less is not None:
        table = applied(reckoned, quick, lower, said.move, less)["points"]
        assert table[lower] <= table[upper]


def prove_against(
    ranking: Ranking, usulan: str, held_to: str, reckoned: Reckoning, lang: str
) -> None:
    """The points of both sides and the reasons between them."""
    text = explain(ranking, usulan, held_to).sentence(lang)
    said = Reader(ranking.method, lang).against(text, usulan, held_to)
    places = reckoned.method.decimals
    scores = reckoned.scores_of_all()
    if held_to == "mean":
        parts, start = reckoned.parts_to_mean(usulan), sum(scores.values()) / len(scores)
    elif held_to == "class":
        bands = reckoned.method.bands
        reached = next(
            (b for b in bands if reckoned.points[usulan] >= Fraction(str(b.lower))), bands[-1]
        )
        border = bands[-2] if reached is bands[-1] and len(bands) > 1 else reached
        assert said.class_label == border.labels[lang]
        start = Fraction(str(border.lower))
        parts = reckoned.parts(usulan, reckoned.uniform(start / 100, usulan))
    else:
        parts, start = reckoned.parts_between(usulan, held_to), scores[held_to]
    assert said.facts["end"] == half_up(scores[usulan], places)
    assert said.facts["start"] == half_up(start, places)
    known = (usulan,) if held_to in {"mean", "class"} else (usulan, held_to)
    named = reckoned.named(parts, *known)
    prove_named(said.gaps["lifted"], {c: gap for c, gap in named.items() if gap > 0}, NAMED)
    prove_named(said.gaps["held"], {c: gap for c, gap in named.items() if gap < 0}, NAMED)
    prove_rest(said, parts, usulan, reckoned, "" if held_to in {"mean", "class"} else held_to)
