"""At the register's door: personal answers become references, and the persons go to the private store.

Whatever reader understood a file, nothing personal passes here: not the answers to personal
questions, not what such questions left in rows set aside or in the facts of a problem, and not a
name, number or address that somebody typed into another cell.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import Answer, Form, SetAside, Submission
from ksd_toolkit.questionnaire.personal import (
    holder_of,
    is_personal,
    looks_personal,
    personal_places,
)
from ksd_toolkit.register.contents import EXTRA_PREFIX, Key
from ksd_toolkit.register.private import Holding, PrivateStore, open_private
from ksd_toolkit.register.redaction import Wanted, normal_forms
from ksd_toolkit.register.store import PersonalReferences

PERSONAL: Final = "(data pribadi)"
_LEAST_WORDS: Final = 2  # a single word such as `Budi` also stands in `Budi daya`
_LEAST_LETTERS: Final = 6
_LEAST_DIGITS: Final = 10  # a shorter plain number is no number of a person
_POSTS: Final = frozenset(
    {
        "kepala", "sekretaris", "bidang", "bagian", "seksi", "subbagian", "subbag", "kasubbag",
        "kabid", "kasi", "staf", "dinas", "badan", "kantor", "satuan", "unit", "bupati", "wakil",
        "camat", "lurah", "asisten", "direktur", "pejabat", "petugas", "analis", "perencana",
        "pranata", "fungsional", "pengelola", "operator", "admin", "ketua", "anggota", "belum", "ada",
    }
)  # fmt: skip
_WORD: Final = re.compile(r"\S+")
_EDGES: Final = ".,;:!?()[]\"'"


class Door:
    """What every submission passes on its way into the register of one region."""

    def __init__(self, store: Path, forms: Iterable[Form]) -> None:
        fields = [field for form in forms for table in form.tables for field in table.fields]
        self.store = store
        self.asked = {field.name for field in fields}
        self.personal = {field.name for field in fields if is_personal(field)}
        self.references = PersonalReferences(store)

    def receive(self, submission: Submission) -> tuple[Submission, dict[Key, str], bool]:
        """The submission without persons, the references in their place, and whether one was erased.

        The persons are in the private store when this returns, so that a run that is cut short
        between the two stores loses nobody: the next one finds the file still new.
        """
        holdings = list(self._holdings(submission))
        with open_private(self.store) as private:
            veil = _Veil(self.references, private, holdings)
            found: list[Problem] = []
            masked = replace(
                submission,
                answers=tuple(self._answers(submission, veil, found)),
                set_aside=tuple(self._aside(row, veil) for row in submission.set_aside),
                problems=(*(veil.problem(p) for p in submission.problems), *found),
            )
            private.remember([*holdings, *self._noted(submission, veil)])
            erased = veil.met_erased or any(private.barred(one) for one in holdings)
        return masked, self._concealed(masked), erased

    def _concealed(self, submission: Submission) -> dict[Key, str]:
        """The reference that replaces each personal answer."""
        return {
            (answer.table, answer.row_key, answer.field): (
                "" if answer.value is None else self.references.of(str(answer.value))
            )
            for answer in submission.answers
            if self._is_personal(answer.field)
        }

    def _is_personal(self, name: str) -> bool:
        if name in self.asked:
            return name in self.personal
        return looks_personal(name.removeprefix(EXTRA_PREFIX))

    def _holdings(self, submission: Submission) -> Iterator[Holding]:
        """The personal answers, those that could not be read included."""
        for answer in submission.answers:
            text = str(answer.value) if answer.value is not None else answer.raw
            if self._is_personal(answer.field) and text and answer.state in {"", "tak_terbaca"}:
                slot, field = holder_of(answer.field)
                yield self._holding(submission, slot, field, text, answer.sheet, answer.cell)
        for row in submission.set_aside:
            for name, text in row.cells.items():
                if text and self._is_personal(name):
                    slot, field = holder_of(name)
                    yield self._holding(submission, slot, field, text, row.sheet, f"#{row.row}")

    def _holding(
        self, submission: Submission, slot: str, field: str, text: str, *place: str
    ) -> Holding:
        return Holding(
            submission.period, submission.sender, slot, field, text, self.references.of(text),
            submission.file, submission.sha256, *place,
        )  # fmt: skip

    def _noted(self, submission: Submission, veil: "_Veil") -> Iterator[Holding]:
        """What was found in running text: it is held too, for whom nobody knows."""
        for text, sheet, cell in veil.noted:
            yield self._holding(submission, "teks", "lain", text, sheet, cell)

    def _answers(
        self, submission: Submission, veil: "_Veil", found: list[Problem]
    ) -> Iterator[Answer]:
        """Answers to other questions with personal data in their text replaced, and said so."""
        for answer in submission.answers:
            key = veil.text(answer.row_key)
            name = answer.field
            if name not in self.asked:
                name = EXTRA_PREFIX + veil.text(name.removeprefix(EXTRA_PREFIX))
            raw, value = answer.raw, answer.value
            if not self._is_personal(answer.field):
                raw = veil.text(raw, answer.sheet, answer.cell)
                value = veil.text(value) if isinstance(value, str) else value
            if (raw, value) != (answer.raw, answer.value):
                where = Where(submission.file, answer.sheet, answer.cell)
                found.append(Problem("cell.person_in_text", where, {}, "warning"))
            told = (key, name, raw, value) == (
                answer.row_key,
                answer.field,
                answer.raw,
                answer.value,
            )
            yield answer if told else replace(answer, row_key=key, field=name, raw=raw, value=value)

    def _aside(self, row: SetAside, veil: "_Veil") -> SetAside:
        cells = {
            name: (self.references.of(text) if text else "")
            if self._is_personal(name)
            else veil.text(text, row.sheet, f"#{row.row}")
            for name, text in row.cells.items()
        }
        return replace(row, cells=cells)


class _Veil:
    """Replaces persons in text: those this file names, those that were erased, and whatever looks so."""

    def __init__(
        self, references: PersonalReferences, private: PrivateStore, holdings: list[Holding]
    ) -> None:
        self.references, self.private = references, private
        self.exact = {one.value for one in holdings}
        named = {value for value in self.exact if _tells_apart(value)}
        self.named = Wanted(named).pattern if named else None
        self.lengths = private.erased_lengths()
        self.noted: list[tuple[str, str, str]] = []
        self.met_erased = False
        self._known: dict[str, list[tuple[int, int]]] = {}

    def text(self, text: str, sheet: str = "", cell: str = "") -> str:
        """`text` with a reference wherever it shows a person; with a place, what was found is noted."""
        places = self._places(text)
        if cell:
            self.noted += [(text[start:stop], sheet, cell) for start, stop in places]
        return _replaced(text, places, self.references.of)

    def problem(self, problem: Problem) -> Problem:
        """The problem without personal data among its facts."""
        facts = {name: self._fact(value) for name, value in problem.facts.items()}
        return problem if facts == dict(problem.facts) else replace(problem, facts=facts)

    def _fact(self, value: object) -> object:
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
            all_of_them = {*personal_places(text), *self._named(text), *self._erased(text)}
            apart: list[tuple[int, int]] = []
            for start, stop in sorted(all_of_them, key=lambda place: (place[0], -place[1])):
                if not apart or start >= apart[-1][1]:
                    apart.append((start, stop))
            self._known[text] = apart
        return self._known[text]

    def _named(self, text: str) -> Iterator[tuple[int, int]]:
        if self.named is not None:
            yield from (match.span() for match in self.named.finditer(text))

    def _erased(self, text: str) -> Iterator[tuple[int, int]]:
        """Runs of words somebody had erased; the store knows their references only."""
        words = [match.span() for match in _WORD.finditer(text)] if self.lengths else []
        for length in self.lengths:
            for first in range(len(words) - length + 1):
                start, stop = words[first][0], words[first + length - 1][1]
                piece = text[start:stop]
                start += len(piece) - len(piece.lstrip(_EDGES))
                bare = piece.strip(_EDGES)
                if any(map(self._is_erased, {*normal_forms(piece), *normal_forms(bare)})):
                    self.met_erased = True
                    yield start, start + len(bare)

    def _is_erased(self, text: str) -> bool:
        return bool(text) and self.private.erased(self.references.of(text))


def _replaced(text: str, places: list[tuple[int, int]], instead: Callable[[str], str]) -> str:
    shown, end = "", 0
    for start, stop in places:
        shown += text[end:start] + instead(text[start:stop])
        end = stop
    return shown + text[end:]


def _tells_apart(value: str) -> bool:
    """Whether a value in running text means this person: a full name, a number, an address.

    Offices also write a post where a name is asked: `Kepala Bidang` names nobody.
    """
    words = [word.strip(_EDGES).casefold() for word in value.split()]
    if any(mark.isdigit() for mark in value) or "@" in value:
        return len(value) >= _LEAST_LETTERS
    return len(words) >= _LEAST_WORDS and not _POSTS & set(words)
