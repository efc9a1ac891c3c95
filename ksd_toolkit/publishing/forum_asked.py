"""Find the list of a forum's paper with who fits it, a candidate in its register and what it said of its interest."""

from collections import defaultdict
from typing import Any, Final

from ksd_toolkit.matching.candidates import RATINGS
from ksd_toolkit.matching.forum_pairs import ForumPairs
from ksd_toolkit.matching.pairs import ASKED
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.forum_case import brought
from ksd_toolkit.publishing.answers_asked import Place
from ksd_toolkit.publishing.institutions_asked import REGISTER, forum_on, row_keys
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.theme import read_theme

RATED: Final = (*ASKED, *RATINGS)


def pairs_of_list(asked: AskedPartner) -> ForumPairs:
    """The list of the paper with who fits it, as it stands today."""
    given = asked.evidence

    def find() -> ForumPairs:
        theme = read_theme(given.register.dossier)
        return brought(Case(given.register, theme, given.ranking, given.outcome)).pairs

    return asked.once("forum_pairs", find)


def named_of(asked: AskedPartner) -> tuple[str, str]:
    """The first part of the subject, and the candidate it tells of."""
    return asked.names[0], "|".join(asked.names[1:])


def candidate_on(asked: AskedPartner, name: str, fields: tuple[str, ...]) -> list[Place]:
    """Some fields of a candidate, in every row of the register about it."""
    return [(REGISTER, key, field) for key in row_keys(asked, name) for field in fields]


def interest_on(asked: AskedPartner, usulan: str, name: str) -> list[Place]:
    """Where the interest last known stands: at a forum, else in the register of candidates."""
    told = asked.once("forum_interest", lambda: _interest_told(asked))
    for about in (usulan, ""):
        if (name, about) in told:
            return list(forum_on(asked, told[name, about]))
    return candidate_on(asked, name, ("minat",))


def _interest_told(asked: AskedPartner) -> dict[tuple[str, str], Any]:
    """Where the interest of a candidate in an usulan, or in none by name, was told first."""
    found = pairs_of_list(asked).found
    names: dict[str, list[str]] = defaultdict(list)
    for key, name in zip(found.candidates["key"], found.candidates["mitra_nama"], strict=True):
        names[key].append(str(name))
    known = found.interest[found.interest["interest"].notna()]
    told: dict[tuple[str, str], Any] = {}
    for key, usulan, place in zip(known["key"], known["usulan_id"], known["place"], strict=True):
        for name in names.get(key, ()):
            told.setdefault((name, usulan), place)
    return told
