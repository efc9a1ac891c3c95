"""The legal case of every usulan with every partner it names: the register in, one case a row out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.legal_conditions import Conditions, all_conditions
from ksd_toolkit.matching.legal_parts import Kind
from ksd_toolkit.matching.legal_table import REGIONS
from ksd_toolkit.matching.legal_value import Ground, LegalCase
from ksd_toolkit.matching.partner_region import (
    VOLUNTARY,
    case_without_region,
    party_meant,
    unit_ground,
)
from ksd_toolkit.matching.regions_case import legal_case, with_kind
from ksd_toolkit.matching.third_party_case import Typed, case_with
from ksd_toolkit.questionnaire.places import region_named
from ksd_toolkit.regions import Region, are_neighbours, party_of
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.jenis import derive_types, type_facts
from ksd_toolkit.scoring.jenis_table import (
    deciding_rules,
    type_family,
    type_label,
    type_of_rule,
    type_reason,
    type_route,
)

MANDATORY: Final = "KSDD-W"
_LANGUAGES: Final = ("id", "en")


@dataclass(frozen=True, slots=True)
class UsulanCase:
    """The case of one usulan with one partner.

    `main` says whether it is the partner that decides the type of the usulan, and `usulan_jenis`
    which type that is; `mitra` is the partner as written, empty where none is named.
    """

    usulan_id: str
    mitra: str
    main: bool
    usulan_jenis: str
    case: LegalCase


def cases_of(register: Register, usulan_id: str = "") -> tuple[UsulanCase, ...]:
    """The case of every usulan with every partner it names, in the register's order.

    An usulan that names no partner has one row all the same. The type is that of the rule table
    with this partner in the main partner's place; a type a plenary set holds for every partner of
    the same rule, but never makes mandatory what does not border.

    Raises:
        InputError: Nobody sent that usulan.
    """
    return remembered("cases", usulan_id, register, lambda: _cases(register, usulan_id))


def _cases(register: Register, usulan_id: str) -> tuple[UsulanCase, ...]:
    conditions = all_conditions(register, (usulan_id,) if usulan_id else ())
    types = dict(records(derive_types(register)))
    rows = _rows(register, list(conditions))
    found = []
    for row, rule in zip(rows, _rules(register, rows), strict=True):
        held = types[row["usulan_id"]]
        case = _case(register.dossier.region, row, rule, held, conditions[row["usulan_id"]])
        name = str(row["mitra_nama"] or "")
        found.append(UsulanCase(row["usulan_id"], name, row["main"], str(held["jenis"]), case))
    return tuple(found)


def case_of_usulan(register: Register, usulan_id: str, partner: Mapping[str, Any]) -> LegalCase:
    """The case of an usulan with any partner, one it names or another.

    Args:
        register: The answers.
        usulan_id: The usulan.
        partner: `mitra_jenis`, `mitra_nama` and `kode_wilayah`, as in a row of `mitra`; what is
            left out is not known.

    Raises:
        InputError: Nobody sent that usulan.
    """
    conditions = all_conditions(register, (usulan_id,))[usulan_id]
    wanted = {
        name: _known(partner.get(name)) for name in ("mitra_jenis", "mitra_nama", "kode_wilayah")
    }
    row = {**_answers(register)[usulan_id], **wanted, "usulan_id": usulan_id, "main": False}
    rule = _rules(register, [row])[0]
    held = dict(records(derive_types(register)))[usulan_id]
    case = _case(register.dossier.region, row, rule, held, conditions)
    return case if case.partner in _named(register, usulan_id) else _tried(case, usulan_id)


def _named(register: Register, usulan_id: str) -> set[str]:
    """The parties an usulan names, by code; empty stands for what is no region."""
    home = register.dossier.region.code
    mitra = register.mitra[register.mitra["usulan_id"] == usulan_id]
    written = zip(mitra["kode_wilayah"], mitra["mitra_nama"].fillna(""), strict=True)
    codes = [_known(code) or region_named(str(name), home) for code, name in written]
    return {"", *(party.code for code in codes if (party := party_of(code)) is not None)}


def _tried(case: LegalCase, usulan_id: str) -> LegalCase:
    """The case of a region the usulan does not name: its answers were given about others."""
    facts = (("usulan", usulan_id), ("partner", case.partner_name))
    return replace(case, reasons=(*case.reasons, Ground("tried", facts=facts)))


def _rows(register: Register, wanted: Iterable[str]) -> list[dict[str, Any]]:
    """One row per usulan and partner with the answers of both; one without where none is named."""
    answers = _answers(register)
    mitra = register.mitra
    by_usulan = dict(iter(mitra.groupby("usulan_id", sort=False)))
    rows = []
    for name in wanted:
        own = answers[name]
        partners = by_usulan.get(name, mitra[:0])
        named = zip(
            partners["mitra_jenis"], partners["mitra_nama"], partners["kode_wilayah"], strict=True
        )
        for position, (kind, written, code) in enumerate(list(named) or [(None, None, None)]):
            partner = {
                "mitra_jenis": _known(kind),
                "mitra_nama": _known(written),
                "kode_wilayah": _known(code),
            }
            rows.append({**own, **partner, "usulan_id": name, "main": position == 0})
    return rows


def _answers(register: Register) -> dict[str, dict[str, Any]]:
    return dict(records(register.usulan.set_index("usulan_id")))


def _rules(register: Register, rows: list[dict[str, Any]]) -> list[int]:
    """The rule of the table of types that decides each row, its partner in the main partner's place."""
    facts = type_facts(register).loc[[row["usulan_id"] for row in rows]].reset_index(drop=True)
    home = register.dossier.region.code
    parties = [party_of(str(row["kode_wilayah"])) for row in rows]
    borders = [party is not None and are_neighbours(home, party.code) for party in parties]
    kinds = pd.Series([row["mitra_jenis"] for row in rows], dtype="str")
    of_rows = facts.assign(mitra_jenis=kinds, berbatasan=np.where(borders, "ya", "tidak"))
    return [int(rule) for rule in deciding_rules(of_rows)]


def _case(
    home: Region, row: Mapping[str, Any], rule: int, held: Mapping[str, Any], conditions: Conditions
) -> LegalCase:
    """The case of one row: of two regions, or of a region and someone else."""
    by_rule = type_of_rule(rule)
    was_set = pd.notna(held["set_why"]) and by_rule == held["derived"]
    jenis = str(held["jenis"]) if was_set else by_rule
    remarks = _remarks(held, jenis, by_rule, was_set=was_set)
    if type_family(jenis) != REGIONS:
        why = remarks if was_set else (_type_ground(rule), *remarks)
        route = type_route(rule) if jenis == by_rule else ""
        return case_with(home, Typed(jenis, why, route), row, conditions)
    region, fault = party_meant(home, row["kode_wilayah"])
    if region is None:
        return case_without_region(home, row, fault, conditions, remarks)
    remarks = (*remarks, *unit_ground(row["kode_wilayah"], region))
    case = legal_case(home.code, region.code, conditions)
    if was_set:
        case = with_kind(case, _kind_set(jenis, can=case.can_be_mandatory))
    told = (*case.reasons, *remarks, *_set_in_vain(case, jenis, was_set=was_set))
    return replace(case, jenis=MANDATORY if case.kind == "wajib" else VOLUNTARY, reasons=told)


def _type_ground(rule: int) -> Ground:
    """Why the rule table gives its type, with its article and the other rules to follow."""
    texts = {lang: type_reason(rule, lang)[0] for lang in _LANGUAGES}
    keys = (type_reason(rule)[1], type_route(rule))
    return Ground("type", tuple(key for key in keys if key), own=texts)


def _remarks(
    held: Mapping[str, Any], jenis: str, by_rule: str, *, was_set: bool
) -> tuple[Ground, ...]:
    """That a plenary set the type, or that the main partner gives the usulan another."""
    if was_set:
        by = "" if pd.isna(held["set_by"]) else str(held["set_by"])
        facts = (("by", by), ("why", str(held["set_why"])), ("type", _label(by_rule)))
        return (Ground("set_by" if by else "set_by_nobody", facts=facts),)
    if str(held["jenis"]) == MANDATORY and jenis == VOLUNTARY:
        return (Ground("other_border"),)
    if str(held["jenis"]) != jenis:
        return (Ground("main_decides", facts=(("type", _label(str(held["jenis"]))),)),)
    return ()


def _set_in_vain(case: LegalCase, jenis: str, *, was_set: bool) -> tuple[Ground, ...]:
    """That a plenary called mandatory what does not border."""
    if was_set and jenis == MANDATORY and case.kind != "wajib":
        return (Ground("set_in_vain", ("UU 23/2014 364(1) berbatasan",)),)
    return ()


def _kind_set(jenis: str, *, can: bool) -> Kind:
    """What a type set by a plenary makes of a pair; a border cannot be set."""
    return "wajib" if jenis == MANDATORY and can else "sukarela"


def _label(jenis: str) -> dict[str, str]:
    return {lang: type_label(jenis, lang) for lang in _LANGUAGES}


def _known(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
