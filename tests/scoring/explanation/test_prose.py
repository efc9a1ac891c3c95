"""The paragraphs of the papers say what the ranking says."""

import pytest

from ksd_toolkit import prose
from ksd_toolkit.errors import MethodError
from ksd_toolkit.prose import brief, priorities
from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.explanation import explain, outlook, why_above

LANGUAGES = pytest.mark.parametrize("lang", ["id", "en"])


@pytest.fixture(scope="module")
def three(make_register, proposal, method):
    return score(
        make_register(proposal(U=5), proposal("DINKES-02"), proposal("DINKES-03", U=1)), method
    )


@LANGUAGES
def test_the_first_of_the_list_is_explained_unless_one_is_named(three, lang):
    assert three.explain("DINKES-01", lang) in repr(priorities.explanation(three, lang=lang))
    assert three.explain("DINKES-03", lang) in repr(
        priorities.explanation(three, "dinkes-03", lang)
    )
    assert brief.explanation is priorities.explanation is prose.priorities.explanation


@LANGUAGES
def test_the_first_two_are_set_side_by_side_unless_others_are_named(three, lang):
    assert repr(priorities.pair(three, lang=lang)) == why_above(
        three, "DINKES-01", "DINKES-02", lang
    )
    named = priorities.pair(three, "DINKES-03", "DINKES-02", lang)
    assert repr(named) == why_above(three, "DINKES-02", "DINKES-03", lang)
    other = priorities.pair(three, "DINKES-02", lang=lang)
    assert repr(other) == why_above(three, "DINKES-01", "DINKES-02", lang)


@LANGUAGES
def test_what_would_move_the_first_is_listed(three, lang):
    shown = priorities.turning_points(three, 2, lang)
    [items] = shown.blocks
    assert len(items.items) == 2
    for usulan in ("DINKES-01", "DINKES-02"):
        assert f"{usulan}: {outlook(three, usulan, lang)}." in repr(shown)


@LANGUAGES
def test_an_usulan_is_held_to_the_border_of_its_class(three, lang):
    shown = priorities.against(three, "DINKES-01", "class", lang)
    assert repr(shown) == explain(three, "DINKES-01", "class").sentence(lang)


@LANGUAGES
def test_one_usulan_alone_has_no_other(rank, proposal, method, lang):
    alone = rank(proposal(), method=method.replace(aggregation="promethee"))
    assert repr(priorities.pair(alone, lang=lang))
    assert repr(priorities.turning_points(alone, lang=lang))
    with pytest.raises(MethodError):
        priorities.pair(alone, "DINKES-01", "DINKES-01", lang)
