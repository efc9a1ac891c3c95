"""At the register's door: personal answers become references, and the persons go to the private store.

Whatever reader understood a file, nothing personal passes here: not the answers to personal
questions, not what such questions left in rows set aside or in the facts of a problem, and not a
name, number or address that somebody typed into another cell, a sheet's name or a file's.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import Answer, Form, SetAside, Submission
from ksd_toolkit.questionnaire.personal import holder_of, is_personal, looks_personal
from ksd_toolkit.register.contents import EXTRA_PREFIX, Key
from ksd_toolkit.register.erased import Erased
from ksd_toolkit.register.private import NO_ONE, Holding, PrivateStore, open_private
from ksd_toolkit.register.single_names import (
    lone_words,
    ordinary_words,
    single_names,
    words_of_names,
)
from ksd_toolkit.register.spellings import Wanted, forms_of
from ksd_toolkit.register.store import PersonalReferences
from ksd_toolkit.register.veil import Veil


class Door:
    """What every submission passes on its way into the register of one region."""

    def __init__(self, store: Path, forms: Collection[Form], offices: Iterable[str] = ()) -> None:
        fields = [field for form in forms for table in form.tables for field in table.fields]
        self.store = store
        self.asked = {field.name for field in fields}
        self.personal = {field.name for field in fields if is_personal(field)}
        self._forms, self._offices = forms, tuple(offices)
        self.refer = PersonalReferences(store).of
        with open_private(store) as private:
            self.erased = Erased(private.tombstones(), self.refer)
            self._words = {value: value.casefold().split() for value in private.values()}
        self._covered: dict[str, str] = {}
        self._veils: dict[frozenset[str], Veil] = {}

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words that name nobody, gathered when the first new file comes."""
        return ordinary_words(self._forms, self._offices)

    def name(self, file: str) -> str:
        """The name of a file as the register may keep it: a person in it becomes a reference."""
        if file not in self._covered:
            self._covered[file] = self._cover(file).name(file)
        return self._covered[file]

    def refusal(self, problem: Problem) -> Problem:
        """Why a file was refused, without a person in its name or in the facts."""
        return self._cover(problem.where.file).problem(problem)

    def _cover(self, file: str) -> Veil:
        """What covers a file's name: the persons held that share a word with it."""
        plain = file.casefold()
        words = self._words.items()
        near = frozenset(v for v, told in words if any(word in plain for word in told))
        if near not in self._veils:  # files of offices are called much alike
            self._veils[near] = Veil(self.refer, self.erased, near)
        return self._veils[near]

    def receive(self, submission: Submission) -> tuple[Submission, dict[Key, str], Wanted | None]:
        """The submission without persons, the references in their place, and what was erased before.

        The persons are in the private store when this returns, so that a run that is cut short
        between the two stores loses nobody: the next one finds the file still new. What the third
        part names must also go from the file that is kept.
        """
        holdings = list(self._holdings(submission))
        names = {one.value for one in holdings}
        alone = single_names(holdings, self.ordinary)
        words = words_of_names(holdings, self.ordinary)
        veil = Veil(self.refer, self.erased, names, alone, words)
        file = self.name(Veil(self.refer, self.erased, names).name(submission.file))
        found = list(_names_told(submission, veil, file))
        masked = replace(
            submission,
            file=file,
            answers=tuple(self._answers(submission, veil, file, found)),
            set_aside=tuple(self._aside(row, veil) for row in submission.set_aside),
            problems=(*(_in_file(veil.problem(p), file) for p in submission.problems), *found),
        )
        everything = [
            replace(one, file=file, sheet=veil.name(one.sheet))
            for one in (*holdings, *self._noted(submission, veil))
        ]
        with open_private(self.store) as private:
            barred = {one for one in everything if self._barred(one, private)}
            private.remember(one for one in everything if one not in barred)
        gone = veil.met | self._to_remove(barred, everything)
        erased = Wanted(
            gone, alone=(alone & single_names(barred, self.ordinary)) | lone_words(barred)
        )
        return masked, self._concealed(masked), erased if gone else None

    def _barred(self, one: Holding, private: PrivateStore) -> bool:
        """Whether a value was erased, everywhere or for this holder."""
        if self.erased.is_one(one.value):
            return True
        return private.barred(one, {self.refer(form) for form in forms_of(one.value)})

    def _to_remove(self, barred: Collection[Holding], everything: Iterable[Holding]) -> set[str]:
        """Barred values; one that somebody else shares stays in the file."""
        kept = {form for one in everything if one not in barred for form in forms_of(one.value)}
        return {one.value for one in barred if not forms_of(one.value) & kept}

    def _concealed(self, submission: Submission) -> dict[Key, str]:
        """The reference that replaces each personal answer."""
        return {
            (answer.table, answer.row_key, answer.field): (
                "" if answer.value is None else self.refer(str(answer.value))
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
            submission.period, submission.sender, slot, field, text, self.refer(text),
            submission.file, submission.sha256, *place,
        )  # fmt: skip

    def _noted(self, submission: Submission, veil: Veil) -> Iterator[Holding]:
        """What was found in running text: it is held too, for whom nobody knows."""
        for text, sheet, cell in veil.noted:
            yield self._holding(submission, NO_ONE, "lain", text, sheet, cell)

    def _answers(
        self, submission: Submission, veil: Veil, file: str, found: list[Problem]
    ) -> Iterator[Answer]:
        """Answers to other questions with personal data in their text replaced, and said so."""
        for answer in submission.answers:
            name = answer.field
            if name not in self.asked:
                name = EXTRA_PREFIX + veil.text(name.removeprefix(EXTRA_PREFIX))
            raw, value, sheet = answer.raw, answer.value, veil.name(answer.sheet)
            if not self._is_personal(answer.field):
                raw = veil.text(raw, answer.sheet, answer.cell)
                value = veil.text(value) if isinstance(value, str) else value
            if (raw, value) != (answer.raw, answer.value):
                where = Where(file, sheet, answer.cell)
                found.append(Problem("cell.person_in_text", where, {}, "warning"))
            key = veil.text(answer.row_key)
            told: dict[str, Any] = {
                "row_key": key,
                "field": name,
                "raw": raw,
                "value": value,
                "sheet": sheet,
            }
            same = all(getattr(answer, part) == text for part, text in told.items())
            yield answer if same else replace(answer, **told)

    def _aside(self, row: SetAside, veil: Veil) -> SetAside:
        cells = {
            name if name in self.asked else veil.text(name): (self.refer(text) if text else "")
            if self._is_personal(name)
            else veil.text(text, row.sheet, f"#{row.row}")
            for name, text in row.cells.items()
        }
        return replace(row, cells=cells, sheet=veil.name(row.sheet))


def _names_told(submission: Submission, veil: Veil, file: str) -> Iterator[Problem]:
    """Warn of persons in the name of the file or of a sheet; what is shown are the covered names."""
    if file != submission.file:
        yield Problem("file.person_in_name", Where(file), {}, "warning")
    for sheet in dict.fromkeys(answer.sheet for answer in submission.answers):
        if (covered := veil.name(sheet)) != sheet:
            yield Problem("sheet.person_in_name", Where(file, covered), {}, "warning")


def _in_file(problem: Problem, file: str) -> Problem:
    where = problem.where
    return (
        problem if where.file in {"", file} else replace(problem, where=replace(where, file=file))
    )
