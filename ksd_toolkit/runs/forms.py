"""The blank workbooks a secretariat hands out: one for every office, one for the TKKSD."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import TKKSD_FILE, Dossier
from ksd_toolkit.errors import InputError
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.questionnaire_workbook import (
    office_workbook,
    tkksd_workbook,
    workbook_name,
)
from ksd_toolkit.questionnaire import Submission, read_workbook
from ksd_toolkit.register import Register, ingest, read_register
from ksd_toolkit.scoring import derive_types

BLANK_FOLDER: Final = "formulir"
_NOT_KSD: Final = "BUKAN"
_PREFILLED: Final = frozenset(
    {"opd_kode", "opd_nama", "urusan_opd", "usulan_id", "kriteria_kode", "penilai"}
)


@dataclass(frozen=True, slots=True)
class Forms:
    """What was written to `formulir/`, and the workbooks left alone because somebody filled them."""

    folder: Path
    offices: tuple[Path, ...]
    tkksd: Path | None
    kept: tuple[Path, ...]


def build_forms(dossier: Dossier) -> Forms:
    """Write the blank workbooks anew, e.g. after `opd.csv` was edited or usulan came in.

    Workbooks of offices that are no longer listed are removed. A filled one is never touched.
    """
    register = _register(dossier)
    folder = dossier.folder / BLANK_FOLDER
    known = frozenset(register.usulan["usulan_id"]) if register is not None else frozenset[str]()
    kept = tuple(p for p in sorted(folder.glob("*.xlsx")) if _is_filled(p, dossier, known))
    offices = build_workbooks(dossier, kept)
    tkksd = folder / TKKSD_FILE
    if register is None:
        return Forms(folder, tuple(offices), None, kept)
    if tkksd not in kept:
        replace_file(tkksd, _tkksd_book(register))
    return Forms(folder, tuple(offices), tkksd, kept)


def build_workbooks(dossier: Dossier, kept: tuple[Path, ...] = ()) -> list[Path]:
    """Write the blank workbook of every listed office, except those in `kept`."""
    folder = dossier.folder / BLANK_FOLDER
    books = {
        folder / workbook_name(dossier, str(code)): str(code) for code in dossier.offices.index
    }
    folder.mkdir(exist_ok=True)
    for stale in set(folder.glob("*.xlsx")) - books.keys() - set(kept):
        if stale.name != TKKSD_FILE:
            stale.unlink()
    for path, code in books.items():
        if path not in kept:
            replace_file(path, office_workbook(dossier, code))
    return list(books)


def _is_filled(path: Path, dossier: Dossier, known: frozenset[str]) -> bool:
    """Whether a workbook holds anything the toolkit did not write; what cannot be read counts."""
    understood = read_workbook(path, dossier, known)
    if not isinstance(understood, Submission):
        return True
    answered = any(a.raw and a.field not in _PREFILLED for a in understood.answers)
    return answered or bool(understood.set_aside)


def _register(dossier: Dossier) -> Register | None:
    """What the offices have sent so far; nothing before the first has."""
    ingest(dossier)
    try:
        return read_register(dossier)
    except InputError:
        return None


def _tkksd_book(register: Register) -> bytes:
    """Every usulan received so far that is a KSD, for each member of the TKKSD."""
    dossier = register.dossier
    kinds = derive_types(register)["jenis"]
    titles = register.usulan.set_index("usulan_id")["judul"].fillna("")
    usulan = {str(key): str(title) for key, title in titles[kinds != _NOT_KSD].items()}
    members = tuple(f"TKKSD-{number}" for number in range(1, dossier.tkksd_members + 1))
    return tkksd_workbook(dossier, members, usulan)
