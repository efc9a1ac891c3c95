"""Who is held: the personal answers of a region gathered by person, over offices, files and periods."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.register.private import LIAISON, NO_ONE, Holding
from ksd_toolkit.register.single_names import words_of_names
from ksd_toolkit.register.spellings import POSTS, forms_of, normal_forms

_REFERENCE: Final = "pribadi:"
_NUMBERS: Final = frozenset({"nip", "nik"})
_NAMES: Final = frozenset({"nama"})
_NEAR: Final = "near"
_ROW: Final = re.compile(r"\d+$")


@dataclass(frozen=True)
class Person:
    """Everything held about one person.

    `reference` is what the register knows the person by: that of the number, else of the name, else
    of the first value.
    """

    holdings: tuple[Holding, ...]

    @property
    def reference(self) -> str:
        """The keyed reference that stands for this person."""
        return min(self.holdings, key=_rank).reference

    @property
    def label(self) -> str:
        """Where the person stands, telling no value: `2026 DINKES ppksd_1`."""
        places = dict.fromkeys(f"{one.period} {one.opd_kode} {one.slot}" for one in self.holdings)
        return ", ".join(places)

    @cached_property
    def values(self) -> frozenset[str]:
        """What is held, each value once."""
        return frozenset(one.value for one in self.holdings)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The values in the spellings they are compared by."""
        return frozenset(form for value in self.values for form in forms_of(value))


def _rank(one: Holding) -> tuple[int, Holding]:
    if one.field in _NUMBERS:
        return 0, one
    return (1 if one.field in _NAMES else 2), one


def persons(holdings: Iterable[Holding]) -> list[Person]:
    """The persons behind these values, in the order of period, office and slot.

    Answers of one office about one liaison officer, in one file, are one person; so are those that
    share a civil servant's number, and those of one office that share a name, unless their numbers
    differ. A value found in running text belongs to the person who has it, first to one of the same
    office (there a single word of the name will do), else it stands alone.
    """
    cards: dict[tuple[str, ...], list[Holding]] = defaultdict(list)
    for one in holdings:
        cards[_card(one)].append(one)
    groups: list[list[Holding]] = []
    at: dict[tuple[str, ...], list[Holding]] = {}
    for card in sorted(cards.values(), key=lambda card: card[0].slot == NO_ONE):
        marks = list(_marks(card))
        marks = [mark for mark in marks if mark[0] == _NEAR and mark in at] or marks
        group: list[Holding] = []
        for same in (at.get(mark, group) for mark in marks):
            if same is not group and _agree(same, [*group, *card]):
                group = _joined(at, group, same)
        group += card
        groups.append(group)
        at |= dict.fromkeys(marks, group)
        for form in (form for one in card for form in sorted(forms_of(one.value))):
            at.setdefault((form,), group)
        for mark in _near(card):
            at.setdefault(mark, group)
    found = {Person(tuple(sorted(group))) for group in groups if group}
    return sorted(found, key=lambda person: person.holdings[0])


def _joined(
    at: dict[tuple[str, ...], list[Holding]], group: list[Holding], same: list[Holding]
) -> list[Holding]:
    """Two groups that turn out to be one person."""
    if group:
        same += group
        at |= {mark: same for mark, held in at.items() if held is group}
        group.clear()
    return same


def _card(one: Holding) -> tuple[str, ...]:
    """What is certainly one person: a slot of an office, a row of a table, a piece of running text."""
    if one.slot == NO_ONE:
        return one.opd_kode, one.reference
    if one.slot.startswith(LIAISON):
        return one.period, one.opd_kode, one.sha256, one.slot
    row = _ROW.search(one.cell)
    return one.period, one.opd_kode, one.sha256, one.sheet, row[0] if row else one.cell


def _near(card: Collection[Holding]) -> Iterator[tuple[str, ...]]:
    """By what a piece of running text of the same office belongs to this card."""
    forms = {(one.opd_kode, form) for one in card for form in forms_of(one.value)}
    words = {(one.opd_kode, word) for one in card for word in words_of_names([one], POSTS)}
    yield from ((_NEAR, *mark) for mark in sorted(forms | words))


def _marks(card: Collection[Holding]) -> Iterator[tuple[str, ...]]:
    """What a card shares with another of the same person."""
    for one in sorted(card, key=_rank):
        for form in sorted(normal_forms(one.value)):
            if one.slot == NO_ONE:
                yield _NEAR, one.opd_kode, form
                yield (form,)
            elif one.field in _NUMBERS:
                yield "number", form
            elif one.field in _NAMES:
                yield "name", one.opd_kode, form


def _agree(group: Iterable[Holding], card: Iterable[Holding]) -> bool:
    """Whether nothing speaks against one person: two numbers that differ do."""
    ours, theirs = (
        {form for one in cards if one.field in _NUMBERS for form in normal_forms(one.value)}
        for cards in (group, card)
    )
    return not ours or not theirs or bool(ours & theirs)


def find_person(known: Collection[Person], asked: str) -> Person | None:
    """The person somebody asks for by a reference, a number, a name, a telephone or an address.

    Raises:
        RunError: Several persons fit.
    """
    if asked.strip().casefold().startswith(_REFERENCE):
        wanted = asked.strip().casefold()
        fit = [p for p in known if p.reference == wanted] or [
            p for p in known if any(one.reference == wanted for one in p.holdings)
        ]
    else:
        forms = normal_forms(asked)
        fit = [person for person in known if forms & person.forms]
    if len(fit) > 1:
        names = "; ".join(f"{person.reference} ({person.label})" for person in fit)
        raise RunError("privacy.several", n=len(fit), names=names)
    return fit[0] if fit else None


def beside(person: Person, known: Iterable[Person]) -> tuple[Person, ...]:
    """What stood in the same pieces of running text and belongs to nobody known: an address, say."""
    places = {_place(one) for one in person.holdings if one.slot == NO_ONE}
    return tuple(
        other
        for other in known
        if other != person
        and all(one.slot == NO_ONE for one in other.holdings)
        and any(_place(one) in places for one in other.holdings)
    )


def _place(one: Holding) -> tuple[str, str, str]:
    return one.sha256, one.sheet, one.cell


def shared_forms(person: Person, known: Iterable[Person]) -> frozenset[str]:
    """What somebody else has, too: an office's telephone, say."""
    others = (other.forms for other in known if other != person)
    return person.forms & frozenset().union(*others)
