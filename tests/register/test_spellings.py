"""Where a text is not worth a pattern: never where the pattern would have found somebody in it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ksd_toolkit.register.spellings import Wanted

WORDS = st.text("abkKsS\u017f\u212a\u0131iI\u00e9 .-_'0123456789+()", min_size=1, max_size=14)
VALUES = st.lists(WORDS.filter(lambda text: bool(text.split())), min_size=1, max_size=4)


@given(VALUES, WORDS, WORDS)
@example(["0812-3456-7890"], "hubungi (+62) 812 3456 7890", "")
@example(["Siti Kumala"], "menurut SITI_KUMALA", "")
@example(["Siti Kumala"], "menurut S\u0131ti \u212aumala", "")
@example(["\u017fiti kumala"], "siti kumala", "")
def test_what_a_pattern_finds_is_worth_looking_for(values, before, after):
    wanted = Wanted(values)
    for text in (before, *(f"{before} {value.upper()} {after}" for value in values)):
        assert wanted.may_stand_in(text) or not wanted.pattern.search(text)


@pytest.mark.parametrize("text", ["Penguatan pasar ternak", "2026", "0812 1111 2222", ""])
def test_a_text_without_them_is_passed_over(text):
    assert not Wanted(["Siti Kumala", "0812-3456-7890", "siti@kab.go.id"]).may_stand_in(text)
