"""How a label reads in the middle of a sentence, and how a long list of names ends."""

from collections.abc import Sequence
from typing import Final

from ksd_toolkit.messages import count, join_words, say

_NAMED: Final = 8
"""Names told before it is said how many more there are."""


def mid_sentence(label: str) -> str:
    """`label` with a small first letter, unless it begins with an abbreviation.

    >>> mid_sentence("Akan berakhir"), mid_sentence("KB atau NK ditandatangani")
    ('akan berakhir', 'KB atau NK ditandatangani')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def some_names(names: Sequence[str], lang: str = "id") -> str:
    """The first names, and how many more documents there are."""
    if len(names) <= _NAMED:
        return join_words(list(names), lang)
    rest = say("periodic.summary.more", lang, count=count(len(names) - _NAMED, lang))
    return join_words([*names[:_NAMED], rest], lang)
