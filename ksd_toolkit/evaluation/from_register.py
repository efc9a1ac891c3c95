"""Review the cooperation a register knows: its agreements, their monitoring, and every usulan so far."""

from dataclasses import replace
from typing import Final
from weakref import WeakKeyDictionary

from ksd_toolkit.agreements import agreements
from ksd_toolkit.evaluation.determined_lists import all_usulan, determinations_of
from ksd_toolkit.evaluation.earlier import earlier_of
from ksd_toolkit.evaluation.evaluating import evaluate
from ksd_toolkit.evaluation.result import Review
from ksd_toolkit.evaluation.rules import read_evaluation_rules
from ksd_toolkit.register import Register

_REVIEWS: Final[WeakKeyDictionary[Register, Review]] = WeakKeyDictionary()
"""A register never changes, and neither does its review; both go together."""


def review(register: Register) -> Review:
    """What became of the cooperation up to the dossier's `tanggal_acuan`; a register is reviewed once.

    Source:
        Permendagri 25/2020 Pasal 35-39 (reporting, evaluation at least twice a year) applied to every
        kind of document; the seed brief, pilihan kebijakan d.
    """
    if register not in _REVIEWS:
        _REVIEWS[register] = _reviewed(register)
    return _REVIEWS[register]


def _reviewed(register: Register) -> Review:
    told, refused = determinations_of(register)
    found = evaluate(
        naskah=register.table("naskah"),
        tahapan=register.table("tahapan"),
        monev=register.table("monev"),
        capaian=register.table("capaian"),
        usulan=all_usulan(register),
        rules=read_evaluation_rules(),
        tanggal_acuan=register.dossier.tanggal_acuan,
        earlier=earlier_of(register),
        told=told,
        standing=agreements(register),
    )
    return replace(found, findings=(*found.findings, *refused))
