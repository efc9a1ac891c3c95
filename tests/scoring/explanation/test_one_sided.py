"""What a sentence says of points that come from criteria only one side answered, worked by hand."""

import pytest

from ksd_toolkit.scoring.explanation import explain, why_above
from tests.scoring.conftest import RATED
from tests.scoring.explanation.proving import prove, prove_against, prove_pair
from tests.scoring.explanation.reckoning import Reckoning

LANGUAGES = pytest.mark.parametrize("lang", ["id", "en"])
UPPER, LOWER = "DINKES-01", "DINKES-02"


@pytest.fixture
def ranked(rank, proposal, method):
    """Two usulan under a few weights; what is not given is blank."""

    def ranking(weights, upper, lower):
        weighed = method.replace(weights=dict.fromkeys(method.weights, 0.0) | weights)
        rows = ((UPPER, upper), (LOWER, lower))
        given = [proposal(name, **dict.fromkeys(RATED) | levels) for name, levels in rows]
        return rank(*given, method=weighed)

    return ranking


def prove_all(ranking, lang):
    reckoned = Reckoning(ranking)
    prove(ranking, lang, reckoned)
    for held_to in ("mean", "class", LOWER):
        prove_against(ranking, UPPER, held_to, reckoned, lang)
    return prove_pair(ranking, UPPER, LOWER, reckoned, lang)


FULL = {"U": 50.0, "S": 30.0, "G": 20.0}


@LANGUAGES
def test_a_reason_and_what_only_the_lower_one_answered(ranked, lang):
    """60 of 70 is 85.71, 65 of 100; urgency 50 x 0.5, and the blank 30 x (0.8571 - 1)."""
    ranking = ranked(FULL, {"U": 5, "G": 3}, {"U": 3, "S": 5, "G": 3})
    prove_all(ranking, lang)
    told = why_above(ranking, UPPER, LOWER, lang)
    assert {
        "id": "dengan selisih 20,71 poin: unggul pada urgensinya (+25,0 poin), dan \u22124,3 poin bagi "
        "DINKES-01 karena 1 dari 3 kriteria hanya dinilai pada DINKES-02.",
        "en": "by 20.71 points: ahead in its urgency (+25.0 points), and \u22124.3 points for DINKES-01 "
        "from 1 of 3 criteria scored for DINKES-02 only.",
    }[lang] in told


@LANGUAGES
def test_nothing_in_common_is_not_nothing_that_parts_them(ranked, lang):
    """100 and 50 over the 80 that one of them answered: 50 x 50 / 80 and 30 x 50 / 80."""
    ranking = ranked(FULL, {"U": 5}, {"S": 3})
    prove_all(ranking, lang)
    parts = explain(ranking, UPPER, LOWER).parts
    assert parts[["U", "S", "G"]].tolist() == pytest.approx([31.25, 18.75, 0])
    told = why_above(ranking, UPPER, LOWER, lang)
    assert {
        "id": "dengan selisih 50,00 poin: +31,3 poin bagi DINKES-01 karena 1 dari 3 kriteria hanya "
        "dinilai pada DINKES-01 dan +18,8 poin bagi DINKES-01 karena 1 dari 3 kriteria hanya dinilai "
        "pada DINKES-02.",
        "en": "by 50.00 points: +31.3 points for DINKES-01 from 1 of 3 criteria scored for DINKES-01 "
        "only and +18.8 points for DINKES-01 from 1 of 3 criteria scored for DINKES-02 only.",
    }[lang] in told


@LANGUAGES
def test_equal_points_of_different_answers_are_told_apart(ranked, lang):
    """Both have 75: the blanks of each count as 0.75, so 30 x (1 - 0.75) against 20 x (0.75 - 0.5)."""
    weights = {"U": 50.0, "S": 25.0, "G": 25.0}
    ranking = ranked(weights, {"U": 4, "S": 5, "G": 3}, {"U": 4})
    said = prove_all(ranking, lang)
    assert said.class_change == "beside"
    assert not said.alike
    assert said.rest == {UPPER: (0, 2, 3)}  # +6.25 and -6.25


@LANGUAGES
def test_only_equal_answers_leave_nothing_that_parts_them(ranked, lang):
    alike = prove_all(ranked(FULL, {"U": 4, "S": 2}, {"U": 4, "S": 2}), lang)
    assert alike.alike
    assert alike.rest == {}


@LANGUAGES
def test_too_little_on_every_criterion_is_said_so(ranked, lang):
    """A quarter of a tenth of a point: 50.025 and 50."""
    ranking = ranked({"U": 99.9, "S": 0.1}, {"U": 3, "S": 4}, {"U": 3, "S": 3})
    said = prove_all(ranking, lang)
    assert not said.alike
    least = {"id": "kurang dari 0,05 poin", "en": "less than 0.05 points"}[lang]
    assert least in why_above(ranking, UPPER, LOWER, lang)


@LANGUAGES
def test_against_the_mean_blanks_are_told_when_they_count_as_much_as_a_reason(ranked, lang):
    """40 of 60 is 66.67, and 30: half of 20 x 0.5 for urgency, half of 40 x 0.6667 for the blank."""
    weights = {"U": 20.0, "S": 40.0, "G": 40.0}
    ranking = ranked(weights, {"U": 5, "S": 3}, {"U": 3, "S": 3, "G": 1})
    prove_all(ranking, lang)
    assert {
        "id": "terangkat oleh urgensinya (+5,0 poin) dibanding rata-rata semua usulan, dan +13,3 poin "
        "karena 1 dari 3 kriteria tidak dinilai padanya;",
        "en": "lifted by its urgency (+5.0 points) compared with the mean of all proposals, and +13.3 "
        "points from 1 of 3 criteria not scored for it;",
    }[lang] in ranking.explain(UPPER, lang).replace("; ", ";")


@LANGUAGES
def test_against_the_mean_small_blanks_are_passed_over(ranked, lang):
    """Urgency is half of 50 x 0.5, the blank only half of 20 x 0.8125."""
    ranking = ranked(FULL, {"U": 5, "S": 3}, {"U": 3, "S": 3, "G": 1})
    told = prove(ranking, lang)
    assert (told[UPPER].gaps["lifted"], told[UPPER].rest) == ([("U", 12.5)], {})


@LANGUAGES
def test_where_blanks_are_all_there_is_they_stand_alone(ranked, lang):
    """Both answers are the middle, the blank counts as the middle, too, against a 5: half of -10."""
    ranking = ranked(FULL, {"U": 3, "S": 3, "G": 5}, {"U": 3, "S": 3})
    told = prove(ranking, lang)
    assert told[LOWER].rest == {"": (-5, 1, 3)}
    assert told[LOWER].gaps == {"lifted": [], "held": []}


def test_the_border_of_a_class_has_the_blanks_of_the_usulan(ranked):
    """85.71 against 75 over the 70 answered: 50 x 25 / 70 and 20 x -25 / 70; the blank has no part."""
    ranking = ranked(FULL, {"U": 5, "G": 3}, {"U": 3, "S": 5, "G": 3})
    found = explain(ranking, UPPER, "class")
    assert found.parts[["U", "S", "G"]].tolist() == pytest.approx([1250 / 70, 0, -500 / 70])
    assert found.one_sided == {}
