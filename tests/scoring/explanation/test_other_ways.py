"""The same proof where values are multiplied or compared pairwise, on a small list with blanks."""

from dataclasses import replace

import numpy as np
import pytest

from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.preference import Preference
from tests.extent import one_of
from tests.scoring.conftest import RATED
from tests.scoring.explanation.other_reckonings import FlowReckoning, TreeReckoning
from tests.scoring.explanation.proving import prove, prove_against, prove_pair
from tests.scoring.explanation.reckoning import Reckoning

SIZE = 7
HOSTILE = (
    'Kata "berkutip" dan {kurung} 12,5',
    "Baris pertama\nbaris kedua: peringkat 1 dari 2 dengan skor 99,99 (Prioritas I)",
    "akan turun ke Prioritas II bila nilai Urgensi turun dari 5 menjadi 3.",
    "terangkat oleh urgensinya (+9,9 poin); {usulan} \\1 (?P<x>) 100 %",
    "<script>7*7</script> $x^{2}$ %s",
)


def multiplied(method, *groups):
    """The method with these groups multiplied."""
    return method.replace(
        groups={
            code: replace(group, aggregation="geometric") if code in groups else group
            for code, group in method.groups.items()
        }
    )


def with_preference(method, preference):
    criteria = tuple(replace(c, preference=preference) for c in method.criteria)
    return method.replace(aggregation="promethee", criteria=criteria)


WAYS = {
    "added": (lambda m: m, Reckoning),
    "multiplied": (lambda m: m.replace(aggregation="geometric"), TreeReckoning),
    "groups-multiplied": (lambda m: multiplied(m, "K1", "K4"), TreeReckoning),
    "all-multiplied": (
        lambda m: multiplied(m.replace(aggregation="geometric"), *m.groups),
        TreeReckoning,
    ),
    "flows": (lambda m: m.replace(aggregation="promethee"), FlowReckoning),
    "usual-flows": (lambda m: with_preference(m, Preference("usual")), FlowReckoning),
}


@pytest.fixture(scope="module", params=[2, 12], ids=["few-blanks", "half-blank"])
def listed(request, make_register, proposal):
    """Some usulan whose levels are drawn once; some answers are blank, and a few TB."""
    draw = np.random.default_rng(7)
    blanks = [None] * request.param

    def answer():
        return [*draw.integers(1, 6, 10), *blanks, "TB"][draw.integers(11 + len(blanks))]

    proposals = [
        proposal(
            f"DINKES-{number:02d}",
            judul=HOSTILE[number % len(HOSTILE)],
            isu="ISU-A;ISU-B" if number % 2 else "ISU-A",
            manfaat_mitra=int(draw.integers(1, 6)),
            risiko_teknis_k=int(draw.integers(1, 6)),
            **{code: answer() for code in RATED},
        )
        for number in range(SIZE)
    ]
    return make_register(*proposals)


@pytest.fixture(scope="module", params=WAYS)
def way(request, listed, method):
    """A ranking of the list by one of the ways, and how it is reckoned."""
    change, reckoning = WAYS[request.param]
    ranking = score(listed, change(method))
    return ranking, reckoning(ranking)


@pytest.mark.parametrize("lang", one_of(["id", "en"], 1))
def test_every_sentence_is_proven(way, lang):
    ranking, reckoned = way
    told = prove(ranking, lang, reckoned)
    assert len(told) == SIZE
    assert any(said.move for said in told.values())


@pytest.mark.parametrize("lang", one_of(["id", "en"], 2))
def test_every_pair_is_proven(way, lang):
    ranking, reckoned = way
    listed = list(ranking.table.index)
    for upper, lower in zip(listed, listed[1:] + listed[-3:-2], strict=True):
        if upper != lower:
            prove_pair(ranking, upper, lower, reckoned, lang)


@pytest.mark.parametrize("lang", one_of(["id", "en"], 3))
def test_what_an_usulan_is_held_to_is_proven(way, lang):
    ranking, reckoned = way
    first, *_, last = ranking.table.index
    for held_to in ("mean", last, *(["class"] if ranking.method.has_classes else [])):
        prove_against(ranking, first, held_to, reckoned, lang)
