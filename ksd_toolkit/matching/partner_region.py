"""Which party of cooperation a partner region means, and the case of one that means none."""

from collections.abc import Mapping
from typing import Any, Final

from ksd_toolkit.matching.legal_conditions import Conditions
from ksd_toolkit.matching.legal_parts import Kind
from ksd_toolkit.matching.legal_table import REGIONS, council_of, kind_of
from ksd_toolkit.matching.legal_value import Ground, LegalCase
from ksd_toolkit.matching.regions_case import checks_without_region
from ksd_toolkit.questionnaire.places import region_named
from ksd_toolkit.regions import Region, party_of, region_or_none

VOLUNTARY: Final = "KSDD-S"
_OURSELVES: Final = {"region_own", "region_part"}  # no other party, whatever was answered


def party_meant(home: Region, code: str | None) -> tuple[Region | None, str]:
    """The party a code means, or why it means none."""
    if code is None:
        return None, "region_missing"
    party = party_of(code)
    if party is None:
        return None, "region_unknown"
    if party == home:
        return None, "region_own" if code == home.code else "region_part"
    return party, ""


def unit_ground(code: str, party: Region) -> tuple[Ground, ...]:
    """That what was named is no party, and whose part it is."""
    unit = region_or_none(code)
    if unit is None or unit == party:
        return ()
    return (Ground("unit", facts=(("unit", unit.name), ("party", party.name))),)


def case_without_region(
    home: Region,
    row: Mapping[str, Any],
    fault: str,
    conditions: Conditions,
    remarks: tuple[Ground, ...],
) -> LegalCase:
    """A region partner nobody can place: voluntary where the answers alone say so, else not known."""
    kind, articles = kind_of(True, conditions.externality, conditions.joint)
    nobody = fault in _OURSELVES
    known: Kind = "sukarela" if kind == "sukarela" and not nobody else "belum"
    meant = region_or_none(region_named(str(row["mitra_nama"] or ""), home.code))
    if fault == "region_missing" and meant is not None and meant != home:
        why = Ground("region_named", facts=(("region", meant.name), ("code", meant.code)))
    else:
        why = Ground(fault, facts=(("code", str(row["kode_wilayah"] or "")), ("home", home.name)))
    nature = () if nobody else (Ground(f"kind_{known}", articles),)
    return LegalCase(
        home=home.code,
        partner="",
        home_name=home.name,
        partner_name=str(row["mitra_nama"] or ""),
        family=REGIONS,
        jenis=VOLUNTARY,
        kind=known,
        council=council_of(REGIONS, conditions.burden, conditions.budgeted),
        conditions=conditions,
        checks=checks_without_region(conditions),
        reasons=(why, *nature, *remarks),
    )
