"""Erase a person: from the private store, the kept files, the register and its backups; for good.

What people brought (`data/`) and papers for internal use are theirs: they are named, never touched.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.register.erased import Erased
from ksd_toolkit.register.erasing import erasing
from ksd_toolkit.register.masking import (
    Refer,
    count_texts,
    count_trail,
    mask_backups,
    mask_texts,
    scrub,
    sentences_with,
)
from ksd_toolkit.register.person_places import files_with
from ksd_toolkit.register.persons import beside, find_person, persons, shared_forms
from ksd_toolkit.register.private import NO_ONE, Holding, PrivateStore, Tombstone, open_private
from ksd_toolkit.register.raw_files import all_raw, drafts, note_redaction, write_redacted
from ksd_toolkit.register.redaction import Redaction, redact
from ksd_toolkit.register.single_names import doubtful_names, lone_words
from ksd_toolkit.register.spellings import Wanted, normal_forms, parts_of, tells_apart
from ksd_toolkit.register.store import PersonalReferences, open_store, transaction
from ksd_toolkit.register.verification import need_register

_HOLDS: Final = frozenset({"redacted", "rebuilt", "emptied"})
_SHA_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing a person will change, before it does.

    `files` are the kept files that hold the person, by hash; `sealed` those nobody can look into;
    `texts` counts the answers, rows set aside and changes that show the person; `left` are files of
    people that stay as they are; `trail` counts the entries of the audit trail that cannot change;
    `beside` is what else stood in the same sentences and is of nobody known: reference and place.
    """

    dossier: Dossier
    reference: str
    holdings: tuple[Holding, ...]
    values: frozenset[str]
    shared: frozenset[str]
    files: tuple[str, ...]
    sealed: tuple[str, ...]
    texts: int
    trail: int
    left: tuple[Path, ...]
    gone_before: bool
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def wanted(self) -> Wanted:
        """What has to go, in every spelling."""
        return Wanted(self.values, self.shared)

    def wanted_in(self, sha256: str) -> Wanted:
        """What has to go from one kept file: a single name in its sentences, too, where it was told."""
        return _wanted_in(sha256, self.holdings, self.wanted)

    @property
    def empty(self) -> bool:
        """Whether the toolkit holds nothing of this person."""
        return not (self.holdings or self.files or self.texts)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done: values removed, files redacted and how, texts covered.

    `scrubbed` is false where another program kept old pages of the register alive. `doubtful` are
    places, of the register and of kept files, where a name of one word still stands in a sentence.
    """

    values: int
    files: tuple[tuple[str, str], ...]
    texts: int
    scrubbed: bool
    doubtful: tuple[str, ...] = ()


def plan_erasure(dossier: Dossier, asked: str) -> Plan:
    """Who is meant, and everywhere the person stands. Nothing is changed.

    Args:
        dossier: Any dossier of the region; all its periods are searched.
        asked: A name, number, telephone, address or reference.

    Raises:
        RunError: There is no register yet, nobody fits, several fit, only people's own files hold the
            person, or the text is too common to be looked for.
    """
    need_register(dossier)
    references = PersonalReferences(dossier.store)
    with open_private(dossier.store) as private:
        known = persons(private.holdings())
        erased = Erased(private.tombstones(), references.of)
    person = find_person(known, asked)
    values = person.values if person else frozenset({" ".join(asked.split())})
    if person is None and not any(map(tells_apart, values)):
        raise RunError("privacy.too_vague", asked=asked)
    shared = shared_forms(person, known) if person else frozenset()
    wanted = Wanted(values, shared)
    held = person.holdings if person else ()
    states = {
        sha: redact(path, _wanted_in(sha, held, wanted)).state
        for sha, path in all_raw(dossier.store)
    }
    with open_store(dossier.store) as connection:
        texts, trail = count_texts(connection, wanted), count_trail(connection, wanted)
    plan = Plan(
        dossier=dossier,
        reference=person.reference if person else references.of(asked),
        holdings=held,
        values=values,
        shared=shared,
        files=tuple(sha for sha, state in states.items() if state in _HOLDS),
        sealed=tuple(sha for sha, state in states.items() if state == "sealed"),
        texts=texts,
        trail=trail,
        left=tuple(files_with(dossier, wanted)),
        gone_before=person is None and erased.is_one(asked),
        beside=tuple((o.reference, o.label) for o in beside(person, known)) if person else (),
    )
    if plan.empty and not plan.gone_before:
        if plan.left:  # only where people keep it: there is nothing of ours to erase or to export
            raise RunError("privacy.only_in_files", n=len(plan.left), name=dossier.name)
        raise RunError("privacy.unknown_person", asked=asked, name=dossier.name)
    return plan


def erase(plan: Plan, reason: str) -> Erasure:
    """Carry a plan out. Cut short at any moment, the same command completes it.

    First nothing new comes in, then the register and the files go, and last what tells who it was.

    Raises:
        RunError: No reason is given.

    Source:
        UU 27/2022 Pasal 8 and 43 (erasure on request), 31 (record of processing): secondary sources.
    """
    wanted, store = plan.wanted, plan.dossier.store
    told = " ".join(wanted.pattern.sub(plan.reference, reason).split())
    if not told:
        raise RunError("register.no_reason")
    refer = PersonalReferences(store).of
    with open_private(store) as private:
        with transaction(private.connection):
            private.forget((), _tombstones(plan, refer))
        files = _redact_files(plan)
        with open_store(store) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            with erasing(connection, "", plan.reference, told):
                texts = mask_texts(connection, wanted, refer)
                for sha, redaction in files:
                    note_redaction(connection, sha, redaction.content or b"")
            for sha, redaction in files:
                write_redacted(store, sha, redaction.content or b"")
            texts += mask_backups(store, wanted, refer, told)
            scrubbed = scrub(connection)
        scrubbed &= _forget(private, plan, told, {"files": len(files), "texts": texts})
    for path in drafts(store):
        if redact(path, wanted).state in _HOLDS:
            path.unlink()
    done = tuple((sha, redaction.state) for sha, redaction in files)
    return Erasure(len(plan.holdings), done, texts, scrubbed, tuple(_doubtful(plan)))


def _wanted_in(sha256: str, holdings: Iterable[Holding], wanted: Wanted) -> Wanted:
    """What has to go from one file, whose sentences the register's door knew to tell the person."""
    alone = lone_words(one for one in holdings if one.sha256 == sha256)
    return replace(wanted, alone=alone) if alone else wanted


def _doubtful(plan: Plan) -> Iterator[str]:
    """Where a name of one word is left in a sentence: it may be another person, or no person at all."""
    if not (names := doubtful_names(plan.holdings) - plan.shared):
        return
    loose = Wanted((), alone=names)
    with open_store(plan.dossier.store) as connection:
        yield from sentences_with(connection, loose)
    for sha, path in all_raw(plan.dossier.store):
        if redact(path, loose).state in _HOLDS:
            yield f".ksd {sha[:_SHA_SHOWN]}"


def _redact_files(plan: Plan) -> list[tuple[str, Redaction]]:
    """The redacted copies of the kept files that hold the person today."""
    kept = all_raw(plan.dossier.store)
    copies = ((sha, redact(path, plan.wanted_in(sha))) for sha, path in kept)
    return [(sha, copy) for sha, copy in copies if copy.content is not None]


def _forget(private: PrivateStore, plan: Plan, reason: str, done: Mapping[str, int]) -> bool:
    """Remove the values, note that it was done, and leave no old page behind."""
    refer = PersonalReferences(plan.dossier.store).of
    with transaction(private.connection):
        private.forget(plan.holdings, ())
        mask_texts(private.connection, plan.wanted, refer)
        facts = {"values": len(plan.holdings), **done}
        private.note("erase", plan.reference, facts, basis=reason)
    return scrub(private.connection)


def _tombstones(plan: Plan, refer: Refer) -> Iterator[Tombstone]:
    """What keeps each value away: everywhere, or from its holder only where it may be another's."""
    holders = {(one.opd_kode, slot) for one in plan.holdings for slot in (one.slot, NO_ONE)}
    for form, telling in _forms(plan.values):
        words = len(form.split())
        if telling and form not in plan.shared:
            yield Tombstone(refer(form), words)
        else:
            yield from (Tombstone(refer(form), words, "", *holder) for holder in sorted(holders))


def _forms(values: Iterable[str]) -> set[tuple[str, bool]]:
    """Every spelling to remember, and whether it means this person wherever it stands."""
    return {
        (form, tells_apart(part))
        for value in values
        for part in parts_of(value)
        for form in normal_forms(part)
    }
