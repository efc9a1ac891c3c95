"""Which mandatory cooperation is carried out, and which could be taken over: documents beside legal cases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.contract import conformed
from ksd_toolkit.agreements.documents import RUNNING, documents_on
from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.evaluation.links import with_proposals
from ksd_toolkit.matching.legal_case import LegalCase, cases_of, legal_case
from ksd_toolkit.questionnaire.places import region_named
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.register import Register

RUNNING_NOW, LAPSING, UMBRELLA, ENDED, DRAFT, NOTHING = (
    "running", "lapsing", "umbrella", "ended", "draft", "nothing",
)  # fmt: skip
_IMPLEMENTS: Final = "PKS"
_MANDATORY: Final = "KSDD-W"
_COLUMNS: Final = (
    "usulan_id", "title", "kode_wilayah", "partner", "letter", "takeover", "state", "documents",
)  # fmt: skip

_Key = tuple[str, str]
_Record = Mapping[str, Any]


def takeover_risk(register: Register) -> pd.DataFrame:
    """Every mandatory cooperation with whoever takes it over if it is not carried out.

    Returns:
        One row per mandatory usulan and region, then one per mandatory agreement of old that no
        such usulan carries on. `usulan_id` is empty for the latter; `letter, takeover` are empty
        where the partner is no region we know, or does not border. `state` is the best of its
        documents on the reference date: `running` (an implementing PKS in force), `lapsing` (one
        that ends soon), `umbrella` (only the joint agreement), `ended`, `draft` or `nothing`;
        `documents` their numbers, joined by `; `.

    Source:
        UU 23/2014 Pasal 364 ayat (3)-(4): mandatory cooperation that is not carried out is taken
        over; that an agreement in force carries it out is our reading.
    """
    today = pd.Timestamp(register.dossier.tanggal_acuan)
    naskah = conformed(register.table("naskah"), "naskah")
    standing = documents_on(naskah, read_agreement_rules(), today)
    records = with_proposals(standing).to_dict("records")
    documents = [{str(name): value for name, value in row.items()} for row in records]
    titles = dict(zip(register.usulan["usulan_id"], register.usulan["judul"], strict=True))
    rows, used = [], set[str]()
    for found in cases_of(register):
        if found.case.kind != "wajib":
            continue
        keys = set(_keys_of(register, found.usulan_id))
        mine = [row for row in documents if row["usulan_key"] in keys]
        mine = [row for row in mine if _with_region(row, found.case.partner, register)]
        used |= {str(row["no_dok"]) for row in mine}
        rows.append(_row(found.usulan_id, titles[found.usulan_id], found.case, mine))
    rows += _of_old(register, [row for row in documents if row["no_dok"] not in used])
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype("str")


def _keys_of(register: Register, usulan_id: str) -> Iterable[_Key]:
    """Period and id of an usulan, and of those of earlier periods that it carries on."""
    current: Register | None = register
    name: Any = usulan_id
    while current is not None and not pd.isna(name):
        yield current.dossier.period, str(name)
        origins = current.usulan.set_index("usulan_id")["usulan_asal"]
        name = origins.get(name)
        current = current.previous


def _with_region(row: _Record, code: str, register: Register) -> bool:
    """Whether a document is with this region; one whose partner is no region's name counts."""
    named = region_named(str(row["mitra_nama"]), register.dossier.region.code)
    return named in {code, ""}


def _of_old(register: Register, documents: Sequence[_Record]) -> Iterable[dict[str, str]]:
    """Mandatory agreements that no mandatory usulan of this period carries on, by their umbrella."""
    parents = {str(row["no_dok"]): row["induk_no"] for row in documents}
    families: dict[str, list[_Record]] = {}
    for row in documents:
        if row["jenis_ksd"] == _MANDATORY:
            families.setdefault(_root(str(row["no_dok"]), parents), []).append(row)
    for members in families.values():
        first = members[0]
        yield _row("", first["judul"], _case_of(register, str(first["mitra_nama"])), members)


def _root(number: str, parents: Mapping[str, Any]) -> str:
    """The document at the top; a circle of parents ends the search."""
    seen = {number}
    while not pd.isna(parents.get(number)) and parents[number] in parents:
        number = str(parents[number])
        if number in seen:
            return min(seen)
        seen.add(number)
    return number


def _case_of(register: Register, name: str) -> LegalCase | str:
    """The case with the region a document names; the name where it is none that can be a party."""
    home = register.dossier.region
    region = region_or_none(region_named(name, home.code))
    if region is None or not region.is_party or region == home:
        return name
    return legal_case(home.code, region.code)


def _row(
    usulan_id: str, title: Any, case: LegalCase | str, mine: Sequence[_Record]
) -> dict[str, str]:
    row = {
        "usulan_id": usulan_id,
        "title": "" if pd.isna(title) else str(title),
        "kode_wilayah": "",
        "partner": "",
        "letter": "",
        "takeover": "",
        "state": _state(mine),
        "documents": "; ".join(str(one["no_dok"]) for one in mine),
    }
    if isinstance(case, str):
        return row | {"partner": case}
    place = {"kode_wilayah": case.partner, "partner": case.partner_name}
    return row | place | {"letter": case.letter, "takeover": case.takeover}


def _state(mine: Sequence[_Record]) -> str:
    """The best that its documents show."""
    implementing = {r["effective_status"] for r in mine if r["jenis_dok"] == _IMPLEMENTS}
    others = {r["effective_status"] for r in mine if r["jenis_dok"] != _IMPLEMENTS}
    both = implementing | others
    conditions = (
        (RUNNING_NOW, "berlaku" in implementing),
        (LAPSING, "akan_berakhir" in implementing),
        (ENDED, bool(implementing & {"berakhir", "dihentikan"})),
        (UMBRELLA, bool(others & {*RUNNING, "belum_mulai"}) or "belum_mulai" in implementing),
        (ENDED, bool(others & {"berakhir", "dihentikan"})),
        (DRAFT, bool(both)),
    )
    return next((name for name, holds in conditions if holds), NOTHING)
