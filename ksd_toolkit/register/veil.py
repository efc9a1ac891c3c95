"""Replaces persons in text: those a file names, those who were erased, and whatever looks so."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.personal import personal_places
from ksd_toolkit.register.erased import Erased
from ksd_toolkit.register.spellings import EDGES, Wanted, tells_apart

PERSONAL: Final = "(data pribadi)"
_LEAST_DIGITS: Final = 10  # a shorter plain number is no number of a person

Refer = Callable[[str], str]


class Veil:
    """What covers the texts of one file.

    `noted` are the persons found in running text, with sheet and cell; `met` is what was found of
    those who were erased. `alone` are words that mean a person anywhere in a text, `words` those that
    do where they are all it says; both casefolded.
    """

    def __init__(
        self,
        refer: Refer,
        erased: Erased,
        named: Iterable[str] = (),
        alone: frozenset[str] = frozenset(),
        words: frozenset[str] = frozenset(),
    ) -> None:
        self.refer, self.erased = refer, erased
        self.exact = frozenset(named)
        telling = {value for value in self.exact if tells_apart(value)}
        self.wanted = Wanted(telling, alone=alone) if telling or alone else None
        self.words = words
        self.noted: list[tuple[str, str, str]] = []
        self.met: set[str] = set()
        self._known: dict[str, list[tuple[int, int]]] = {}

    def text(self, text: str, sheet: str = "", cell: str = "") -> str:
        """`text` with a reference wherever it shows a person; with a place, what was found is noted."""
        if not (places := self._places(text)):
            return text
        if cell:
            self.noted += [(text[start:stop], sheet, cell) for start, stop in places]
        return _replaced(text, places, self.refer)

    def name(self, name: str) -> str:
        """The name of a file or sheet, with a reference that may stand in a name for each person."""
        return _replaced(
            name, self._places(name), lambda person: self.refer(person).replace(":", "-")
        )

    def where(self, where: Where) -> Where:
        """A place whose names tell no person."""
        return replace(where, file=self.name(where.file), sheet=self.name(where.sheet))

    def problem(self, problem: Problem) -> Problem:
        """The problem without personal data among its facts and in its place."""
        facts = {name: self._fact(value) for name, value in problem.facts.items()}
        where = self.where(problem.where)
        told = facts == dict(problem.facts) and where == problem.where
        return problem if told else replace(problem, facts=facts, where=where)

    def _fact(self, value: object) -> object:
        if isinstance(value, list | tuple):
            return [self._fact(one) for one in value]
        if not isinstance(value, str):
            return value
        if value in self.exact:
            return PERSONAL
        return _replaced(value, self._places(value), lambda _: PERSONAL)

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where `text` shows a person, from left to right and without overlaps."""
        if not text or (text.isdecimal() and len(text) < _LEAST_DIGITS):
            return []
        if text not in self._known:
            gone = set(self.erased.places(text))
            self.met |= {text[start:stop] for start, stop in gone}
            all_of_them = {*personal_places(text), *self._named(text), *gone}
            apart: list[tuple[int, int]] = []
            for start, stop in sorted(all_of_them, key=lambda place: (place[0], -place[1])):
                if not apart or start >= apart[-1][1]:
                    apart.append((start, stop))
            self._known[text] = apart
        return self._known[text]

    def _named(self, text: str) -> Iterator[tuple[int, int]]:
        bare = text.strip(EDGES + " \t\r\n")
        if bare.casefold() in self.words:
            start = text.index(bare)
            yield start, start + len(bare)
        if self.wanted is not None and self.wanted.may_stand_in(text):
            yield from (match.span() for match in self.wanted.pattern.finditer(text))


def _replaced(text: str, places: list[tuple[int, int]], instead: Refer) -> str:
    shown, end = "", 0
    for start, stop in places:
        shown += text[end:start] + instead(text[start:stop])
        end = stop
    return shown + text[end:]
