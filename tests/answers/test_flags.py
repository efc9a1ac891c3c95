"""Flags: what is marked, what just is not, and that a flag changes no figure."""

import numpy as np
import pytest

from ksd_toolkit.answers.quality import quality
from ksd_toolkit.answers.quality.flags import outlying
from tests.answers.conftest import CRITERIA, answers_of, dossier_in

VARIED = [1, 2, 3, 4, 5, 4, 3, 2, 1]
SHIFTED = [2, 2, 3, 4, 4, 4, 3, 3, 1]


def alike(score):
    return [score] * len(CRITERIA)


def flagged(register, *kinds):
    found = quality(register).flags
    rows = found[found["flag"].isin(kinds)]
    return [(row["flag"], row["opd_kode"], row["subject"]) for row in rows.to_dict("records")]


def usulan(*names):
    return [{"usulan_id": name} for name in names]


def test_a_rater_who_gives_one_score_to_all_criteria_is_marked(answers):
    names = [f"DINKES-0{n}" for n in range(1, 5)]
    scores = {(name, "OPD-1"): alike(4) for name in names}
    scores |= {(name, "OPD-2"): VARIED for name in names}
    found = flagged(answers(usulan(*names), scores), "straight")
    assert found == [("straight", "DINKES", "OPD-1")]


def test_few_usulan_few_answers_or_few_alike_are_not_marked(answers):
    names = [f"DINKES-0{n}" for n in range(1, 6)]
    two = {(name, "OPD-1"): alike(4) for name in names[:2]}
    assert flagged(answers(usulan(*names[:2]), two), "straight") == []
    short = {(name, "OPD-1"): [4, 4, 4, 4, *[None] * 5] for name in names}
    assert flagged(answers(usulan(*names), short), "straight") == []
    half = {(n, "OPD-1"): alike(4) if k < 2 else VARIED for k, n in enumerate(names[:4])}
    assert flagged(answers(usulan(*names[:4]), half), "straight") == []


def test_two_officers_who_answer_exactly_alike_are_asked_about(answers):
    names = ["DINKES-01", "DINKES-02"]
    scores = {(name, rater): VARIED for name in names for rater in ("OPD-1", "OPD-2")}
    assert flagged(answers(usulan(*names), scores), "identical") == [("identical", "DINKES", "")]
    one_apart = scores | {("DINKES-02", "OPD-2"): SHIFTED}
    assert flagged(answers(usulan(*names), one_apart), "identical") == []
    few = {key: given for key, given in scores.items() if key[0] == "DINKES-01"}
    assert flagged(answers(usulan("DINKES-01"), few), "identical") == []


def test_a_rater_far_from_all_others_is_marked_as_strict_or_generous(tmp_path):
    offices = {f"OPD{n}": f"Dinas {n}" for n in range(10)}
    scores = {}
    for n in range(10):
        middle = [3, 3, 3, 3, 3, 3, 3, 3, 3 + (n % 3) - 1]
        scores[f"OPD{n}-01", "OPD-1"] = alike(1) if n == 4 else alike(5) if n == 7 else middle
    register = answers_of(
        dossier_in(tmp_path, offices), usulan(*(f"OPD{n}-01" for n in range(10))), scores
    )
    assert flagged(register, "strict", "generous") == [
        ("strict", "OPD4", "OPD-1"), ("generous", "OPD7", "OPD-1"),
    ]  # fmt: skip


def test_an_amount_a_thousand_times_the_usual_is_marked_for_its_unit(answers):
    rows = [
        {
            "usulan_id": f"DINKES-{n:02d}",
            "biaya_indikatif": (100 + n) * 10**6,
            "manfaat_indikatif": None,
        }
        for n in range(12)
    ]
    rows[5] = {**rows[5], "biaya_indikatif": 105}
    found = answers(rows, {})
    assert flagged(found, "cost", "benefit") == [("cost", "DINKES", "DINKES-05")]


@pytest.mark.parametrize("values", [[], [7.0], [1.0] * 7 + [9.0], [2.0, 3.0, 4.0]])
def test_nothing_lies_far_where_there_is_too_little_to_compare(values):
    assert np.isnan(outlying(np.array(values))).all()


def test_the_modified_z_score_of_iglewicz_and_hoaglin():
    """By hand: median 4.5, distances 3.5 2.5 1.5 .5 .5 1.5 2.5 15.5, their median 2."""
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 20.0])
    assert outlying(values)[-1] == pytest.approx(0.6745 * 15.5 / 2)


def test_a_flag_leaves_every_figure_as_it_is(answers):
    names = [f"DINKES-0{n}" for n in range(1, 5)]
    scores = {(name, "OPD-1"): alike(4) for name in names}
    found = quality(answers(usulan(*names), scores))
    assert len(found.flags) == 1
    assert found.response.levels.loc["pic", "part"] == 1
