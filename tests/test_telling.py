"""A sentence told as runs says what `say` says, and its numbers keep their origin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.document import (
    Run,
    joined,
    measured,
    plain_text,
    runs,
    spaced,
    told,
    told_counted,
)
from ksd_toolkit.messages import join_words, say, say_counted


def test_a_number_keeps_its_origin_inside_its_sentence():
    line = told("trace.counted", n=measured("3", "ranked", "usulan/*"), names="a, b, c")
    assert plain_text(line) == say("trace.counted", n="3", names="a, b, c")
    assert [(run.text, run.origin) for run in line if run.origin] == [("3", "ranked@usulan/*")]


@given(st.text(max_size=12), st.text(max_size=12))
def test_told_says_what_say_says(first, second):
    assert plain_text(told("trace.counted", n=first, names=second)) == say(
        "trace.counted", n=first, names=second
    )
    line = runs(Run(first), Run(second, "strong"))
    assert plain_text(told("trace.counted", n=line, names="")) == say(
        "trace.counted", n=first + second, names=""
    )


@given(st.lists(st.text(min_size=1, max_size=6), max_size=5), st.sampled_from(["id", "en"]))
def test_parts_are_joined_as_words_are(words, lang):
    assert plain_text(joined(words, lang)) == join_words(words, lang)
    assert plain_text(joined([Run(word) for word in words], lang)) == join_words(words, lang)
    assert plain_text(spaced(words)) == " ".join(words)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_sentence_is_chosen_by_the_number(count):
    facts = {"n": str(count), "name": "I"}
    assert plain_text(told_counted("brief.placed", count, "id", **facts)) == say_counted(
        "brief.placed", count, "id", **facts
    )


def test_a_missing_fact_is_a_bug():
    with pytest.raises(KeyError):
        told("trace.counted", n="3")
