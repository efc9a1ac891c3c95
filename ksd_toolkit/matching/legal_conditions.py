"""What an usulan answered of the conditions of the law: answers in, nothing assumed."""

from dataclasses import dataclass
from typing import Any, Final, cast

import pandas as pd

from ksd_toolkit.errors import InputError
from ksd_toolkit.matching.legal_parts import Answer
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.jenis import type_facts

_ASKED: Final = (
    "eksternalitas_lokasi", "eksternalitas_pengguna", "eksternalitas_dampak", "efisien_bersama",
    "beban_masyarakat", "anggaran_tersedia", "jangka_waktu_th", "prakarsa", "studi_kelayakan",
    "syarat_pasal_18", "syarat_pasal_27",
)  # fmt: skip
_DERIVED: Final = ("eksternalitas", "efisien_bersama")
_NOT_APPLICABLE: Final = "TB"


@dataclass(frozen=True, slots=True)
class Conditions:
    """The answers the law asks for: `ya`, `tidak`, `belum` (blank or not known) or `TB`.

    `externality` and `joint` decide whether bordering regions must cooperate; `burden` and
    `budgeted` whether the DPRD must approve. `years` is the term asked for, `regions` how many
    regions take part, home included. `open` names the questions still to be answered, and `usulan`
    the proposal all this is about; it is empty where only two regions are compared.
    """

    externality: Answer = "belum"
    joint: Answer = "belum"
    burden: Answer = "belum"
    budgeted: Answer = "belum"
    years: int | None = None
    regions: int = 2
    open: tuple[str, ...] = _ASKED
    usulan: str = ""


UNASKED: Final = Conditions()
"""Two regions and no usulan: nothing has been asked yet."""


def conditions_of(register: Register, usulan_id: str) -> Conditions:
    """What an usulan answered.

    Raises:
        InputError: Nobody sent that usulan.

    Source:
        UU 23/2014 Pasal 364 ayat (1), externality by the three tests of Pasal 13 as the table of
        types counts them; PP 28/2018 Pasal 6 ayat (2).
    """
    return all_conditions(register, (usulan_id,))[usulan_id]


def all_conditions(register: Register, only: tuple[str, ...] = ()) -> dict[str, Conditions]:
    """What every usulan answered, by `usulan_id`; `only` those named where any are.

    Raises:
        InputError: Nobody sent one of those named.
    """
    if only:
        return _conditions(register, only)
    return dict(remembered("conditions", None, register, lambda: _conditions(register, ())))


def _conditions(register: Register, only: tuple[str, ...]) -> dict[str, Conditions]:
    ids = register.usulan["usulan_id"].tolist()
    for name in only:
        if name not in ids:
            raise InputError("legal.no_usulan", usulan=name)
    chosen, derived = list(only or ids), _rows(type_facts(register), ids, _DERIVED)
    answers = _rows(register.usulan, ids, _ASKED)
    marks = _rows(register.tables.states["usulan"], ids, _ASKED)
    parties = _regions_taking_part(register)
    return {
        str(name): Conditions(
            externality=cast("Answer", derived[name]["eksternalitas"]),
            joint=cast("Answer", derived[name]["efisien_bersama"]),
            burden=_answer(answers[name]["beban_masyarakat"], marks[name]["beban_masyarakat"]),
            budgeted=_answer(answers[name]["anggaran_tersedia"], marks[name]["anggaran_tersedia"]),
            years=_whole(answers[name]["jangka_waktu_th"]),
            regions=parties.get(str(name), 1),
            open=tuple(q for q in _ASKED if _is_open(answers[name][q], marks[name][q])),
            usulan=str(name),
        )
        for name in chosen
    }


def _rows(frame: pd.DataFrame, ids: list[str], asked: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Some columns of every usulan, by its id."""
    rows = zip(*(frame[name].tolist() for name in asked), strict=True)
    return {
        usulan: dict(zip(asked, row, strict=True)) for usulan, row in zip(ids, rows, strict=True)
    }


def _regions_taking_part(register: Register) -> dict[str, int]:
    """How many different regions an usulan names as partners, home added."""
    home = register.dossier.region.code
    mitra = register.mitra
    regions = mitra[mitra["kode_wilayah"].notna() & (mitra["mitra_jenis"] == "pemda")]
    named = regions[regions["kode_wilayah"] != home].groupby("usulan_id")["kode_wilayah"].nunique()
    return {str(name): int(number) + 1 for name, number in named.items()}


def _answer(value: object, state: object) -> Answer:
    if state == _NOT_APPLICABLE:
        return "TB"
    return "belum" if pd.isna(value) else cast("Answer", value)  # type: ignore[call-overload]


def _is_open(value: object, state: object) -> bool:
    return bool(pd.isna(value)) and state != _NOT_APPLICABLE  # type: ignore[call-overload]


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else int(value)
