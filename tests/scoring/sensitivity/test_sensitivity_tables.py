"""The tables of sensitivity: finished texts in both languages, each figure that of its result."""

import re
from itertools import pairwise

import pytest

from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.sensitivity import rank_reversal, swap
from ksd_toolkit.scoring.sensitivity import tornado as tornado_of
from ksd_toolkit.tables import sensitivity

LANGUAGES = ("id", "en")


@pytest.fixture(scope="module")
def four(make_register, proposal, method):
    return score(
        make_register(
            proposal("DINKES-01", U=5, S=1),
            proposal("DINKES-02", U=2, S=5, EKON=4),
            proposal("DINKES-03", U=3, HUK=None, POL=4),
            proposal("DINKES-04"),
        ),
        method,
    )


def table(shown):
    return shown.blocks[0]


def cells(shown):
    return [[str(cell) for cell in row] for row in table(shown).rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_is_nan_and_the_languages_differ(four, lang):
    found = tornado_of(four)
    shown = [
        sensitivity.neighbours(four, lang=lang),
        sensitivity.thresholds(swap(four, *four.table.index[:2]), lang),
        sensitivity.tornado(found, "weights", lang=lang),
        sensitivity.tornado(found, "answers", lang=lang),
        sensitivity.reversal(rank_reversal(four), lang=lang),
    ]
    for one in shown:
        assert not re.search(r"\b(nan|None)\b", str(one.blocks))
    assert "naik" not in str(shown[0].blocks) or lang == "id"


def test_each_usulan_stands_beside_the_next_below(four):
    listed = list(four.table.index)
    rows = cells(sensitivity.neighbours(four, rows=12))
    assert [row[1].split()[0] for row in rows] == listed[:-1]
    assert [row[2].split()[0] for row in rows] == listed[1:]
    for row, (upper, lower) in zip(rows, pairwise(listed), strict=True):
        code = swap(four, upper, lower).smallest
        assert row[4].startswith(code) if code else row[4] == "tidak mungkin"


def test_thresholds_come_smallest_change_first_and_the_impossible_last(four):
    found = swap(four, *four.table.index[:2])
    rows = cells(sensitivity.thresholds(found))
    assert len(rows) == 16
    sizes = [float(row[3][1:].replace(",", ".")) for row in rows if row[2] != "tidak mungkin"]
    assert sizes == sorted(sizes)
    assert rows[0][0].split()[0] == found.smallest
    open_ = [row[2] == "tidak mungkin" for row in rows]
    assert open_ == sorted(open_)


def test_a_tornado_row_is_its_ends(four):
    found = tornado_of(four, "DINKES-01")
    row = cells(sensitivity.tornado(found, "answers"))[0]
    first = found.answers.iloc[0]
    assert row[0].split()[0] == found.answers.index[0]
    assert row[3].startswith(f"{first['lowest_points']:.2f}".replace(".", ","))
    assert row[6] == f"{first['span']:.2f}".replace(".", ",")


def test_net_flows_tell_who_turns_whom(make_register, proposal, method):
    levels = [(5, 1, 3), (4, 4, 1), (1, 5, 4), (3, 3, 3), (2, 5, 2), (5, 2, 1)]
    proposals = [proposal(f"DINKES-0{n}", U=u, S=s, G=g) for n, (u, s, g) in enumerate(levels, 1)]
    ranking = score(make_register(*proposals), method.replace(aggregation="promethee"))
    found = rank_reversal(ranking)
    shown = sensitivity.reversal(found)
    assert not found.stable
    assert len(cells(shown)) == (found.tests["reversed"] > 0).sum()
    assert table(shown).note == found.explain("id")


def test_one_usulan_alone_and_one_criterion_alone_are_sentences(rank, proposal, method):
    alone = rank(proposal())
    assert "Hanya satu usulan" in str(sensitivity.neighbours(alone).blocks)
    single = method.replace(weights={code: 100.0 * (code == "U") for code in method.weights})
    found = tornado_of(rank(proposal(), method=single))
    assert "satu kriteria menanggung" in str(sensitivity.tornado(found).blocks)
