"""Last year's postponed usulan, as rows of this year's workbooks: known facts only, no judgement."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.publishing.questionnaire_style import Typed, choice_text, scale_of
from ksd_toolkit.questionnaire import Field, Form, form_of
from ksd_toolkit.register import Register, read_register
from ksd_toolkit.scoring.postponed import postponed

Row = dict[str, Typed]
OfficeRows = Mapping[str, Sequence[Row]]
"""Rows by table."""

RATERS: Final = ("OPD-1", "OPD-2")
_FACTS: Final = (
    "judul", "sifat", "isu", "urusan_kode", "kewenangan", "kewenangan_dasar", "uraian", "lokasi",
    "unsur_pihak", "unsur_interaksi", "unsur_tujuan", "kesamaan", "objek", "prakarsa",
    "sumber_dana", "output_dituju", "indikator", "satuan", "arah", "jangka_waktu_th",
)  # fmt: skip
"""What an usulan is. Left out is what must be judged or shown anew: scores and scales, evidence, risks,
plan references, costs and benefits, readiness, status."""
_PARTNER_FACTS: Final = ("mitra_nama", "mitra_jenis", "kode_wilayah", "kontribusi")
_NUMBER: Final = re.compile(r"-(\d+)$")


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The rows each office is handed, and the usulan whose office is no longer listed."""

    rows: Mapping[str, OfficeRows] = field(default_factory=dict, repr=False)
    homeless: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many usulan come along."""
        return sum(len(tables["usulan"]) for tables in self.rows.values())


def carried_over(
    dossier: Dossier, previous: Dossier | None, current: Register | None = None
) -> CarriedOver:
    """What the offices of `dossier` are handed from the period before.

    Every usulan gets the next free number of its office; `usulan_asal` keeps the old one. An usulan
    somebody already took up again is not handed out twice.

    Args:
        dossier: Whose workbooks are made.
        previous: The period before; None when there is none.
        current: What the offices have already sent this year.
    """
    register = _answers_of(previous)
    if register is None:
        return CarriedOver()
    form, taken = form_of(dossier), _taken(current)
    usulan = register.usulan.set_index("usulan_id").loc[postponed(register)]
    usulan = usulan[~usulan.index.isin(list(taken.origins))]
    listed = usulan["opd_kode"].isin(dossier.offices.index)
    partners = register.mitra
    by_office = {str(code): mine for code, mine in usulan[listed].groupby("opd_kode", sort=True)}
    rows = {
        code: _office_rows(form, dossier.lang, mine, partners, taken.numbers.get(code, 0))
        for code, mine in by_office.items()
    }
    return CarriedOver(rows, tuple(map(str, usulan.index[~listed])))


def _answers_of(previous: Dossier | None) -> Register | None:
    """The register of the period before; a year that cannot be read hands nothing on."""
    if previous is None:
        return None
    try:
        return read_register(previous)
    except InputError:
        return None


@dataclass(frozen=True, slots=True)
class _Taken:
    """Old usulan somebody continues already, and the highest number each office has used."""

    origins: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)


def _taken(current: Register | None) -> _Taken:
    if current is None:
        return _Taken()
    numbers: dict[str, int] = {}
    for office, name in zip(current.usulan["opd_kode"], current.usulan["usulan_id"], strict=True):
        if found := _NUMBER.search(str(name)):
            numbers[office] = max(numbers.get(office, 0), int(found[1]))
    return _Taken(frozenset(current.usulan["usulan_asal"].dropna()), numbers)


def _office_rows(
    form: Form, lang: str, usulan: pd.DataFrame, partners: pd.DataFrame, used: int
) -> OfficeRows:
    """One office's postponed usulan with their partners, and a blank score a criterion and liaison."""
    old = [str(name) for name in usulan.index]
    office = str(usulan["opd_kode"].iloc[0])
    new = {name: f"{office}-{number:02d}" for number, name in enumerate(old, start=used + 1)}
    table, mitra = form.table("usulan"), form.table("mitra")
    criteria = form.table("nilai").field("kriteria_kode").choices
    ours = partners[partners["usulan_id"].isin(old)]
    return {
        "usulan": [
            _named(new[name])
            | dict(_typed((table.field(f) for f in _FACTS), row, lang))
            | _named(name, "usulan_asal")
            for name, row in records(usulan)
        ],
        "mitra": [
            _named(new[str(row["usulan_id"])])
            | dict(_typed((mitra.field(f) for f in _PARTNER_FACTS), row, lang))
            for _, row in records(ours)
        ],
        "nilai": [
            {"usulan_id": name, "kriteria_kode": choice_text(criterion, lang), "penilai": rater}
            for name, criterion, rater in product(new.values(), criteria, RATERS)
        ],
    }


def _named(name: str, field: str = "usulan_id") -> Row:
    return {field: name}


def _typed(
    questions: Iterator[Field], row: Mapping[str, object], lang: str
) -> Iterator[tuple[str, Typed]]:
    """Answers as a person would type them into this year's workbook."""
    for question in questions:
        value = row.get(question.name)
        if value is None or pd.isna(value):  # type: ignore[call-overload]  # one cell
            continue
        choices = {choice.code: choice for choice in question.choices}
        if question.type == "integer" or (scale_of(question) and str(value).isdigit()):
            yield question.name, int(value)  # type: ignore[call-overload]  # a whole number
        elif question.type == "select_multiple":
            codes = [code for code in str(value).split(";") if code in choices]
            yield question.name, "; ".join(codes)
        elif question.choices:
            if str(value) in choices:
                yield question.name, choice_text(choices[str(value)], lang)
        else:
            yield question.name, str(value)
