"""The workbooks a secretariat hands out: one for every office, one for the TKKSD."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ksd_toolkit.columns import records
from ksd_toolkit.dossier import TKKSD_FILE, Dossier
from ksd_toolkit.errors import InputError, MethodError, Problem, RunError
from ksd_toolkit.matching.proposals import proposals
from ksd_toolkit.matching.proposed_law import LEGAL
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.questionnaire_workbook import (
    office_workbook,
    tkksd_workbook,
    workbook_name,
)
from ksd_toolkit.questionnaire import Submission, read_workbook
from ksd_toolkit.questionnaire.prefilled import prefilled_of, untouched_rows
from ksd_toolkit.register import Register, ingest, read_register
from ksd_toolkit.runs.carried_over import CarriedOver, OfficeRows, carried_over
from ksd_toolkit.scoring import derive_types

BLANK_FOLDER: Final = "formulir"
_NOT_KSD: Final = "BUKAN"
_GIVEN: Final = frozenset(
    {"opd_kode", "opd_nama", "urusan_opd", "usulan_id", "kriteria_kode", "penilai"}
)


@dataclass(frozen=True, slots=True)
class Forms:
    """What was written to `formulir/`, and the workbooks left alone because somebody filled them.

    `carried` tells which postponed usulan of the period before the workbooks hold; `removed` are the
    untouched workbooks of offices that `opd.csv` no longer lists by that name.
    """

    folder: Path
    offices: tuple[Path, ...]
    tkksd: Path | None
    kept: tuple[Path, ...]
    carried: CarriedOver
    removed: tuple[Path, ...] = ()

    @property
    def unlisted(self) -> tuple[Path, ...]:
        """The workbooks left alone that are neither of a listed office nor of the TKKSD."""
        known = {*self.offices, self.folder / TKKSD_FILE}
        return tuple(path for path in self.kept if path not in known)


def build_forms(dossier: Dossier, offices: Collection[str] = ()) -> Forms:
    """Write the workbooks anew, e.g. after `opd.csv` was edited or usulan came in.

    Workbooks of offices that are no longer listed are removed. A filled one is never touched.

    Args:
        dossier: Whose workbooks are made.
        offices: Codes of the offices to write, in any letter case; every office and the TKKSD when
            empty.

    Raises:
        RunError: No office has such a code.
    """
    wanted = _known(offices, dossier)
    register = _register(dossier)
    folder = dossier.folder / BLANK_FOLDER
    known = frozenset(register.usulan["usulan_id"]) if register is not None else frozenset[str]()
    before = sorted(folder.glob("*.xlsx"))
    kept = tuple(path for path in before if _is_filled(path, dossier, known))
    carried = carried_over(dossier, dossier.previous(), register)
    tkksd = folder / TKKSD_FILE
    if wanted:
        handed = {code: rows for code, rows in carried.rows.items() if code in wanted}
        carried = CarriedOver(handed)
        paths = _write(dossier, wanted, kept, handed)
        mine = tuple(path for path in kept if path in paths)
        return Forms(folder, tuple(paths), None, mine, carried)
    made = build_workbooks(dossier, kept, carried.rows)
    removed = tuple(path for path in before if not path.exists())
    if register is None:
        return Forms(folder, tuple(made), None, kept, carried, removed)
    if tkksd not in kept:
        replace_file(tkksd, _tkksd_book(register))
    return Forms(folder, tuple(made), tkksd, kept, carried, removed)


def build_workbooks(
    dossier: Dossier,
    kept: Collection[Path] = (),
    carried: Mapping[str, OfficeRows] | None = None,
) -> list[Path]:
    """Write the workbook of every listed office, except those in `kept`; remove what is out of date.

    Args:
        dossier: Whose workbooks are made.
        kept: Files that are left alone.
        carried: Rows by office that come from the period before.
    """
    folder = dossier.folder / BLANK_FOLDER
    paths = _write(dossier, [str(code) for code in dossier.offices.index], kept, carried or {})
    for stale in set(folder.glob("*.xlsx")) - {*paths, *kept}:
        if stale.name != TKKSD_FILE:
            stale.unlink()
    return paths


def _write(
    dossier: Dossier, codes: list[str], kept: Collection[Path], carried: Mapping[str, OfficeRows]
) -> list[Path]:
    folder = dossier.folder / BLANK_FOLDER
    folder.mkdir(exist_ok=True)
    books = {folder / workbook_name(dossier, code): code for code in codes}
    for path, code in books.items():
        if path not in kept:
            replace_file(path, office_workbook(dossier, code, carried=carried.get(code)))
    return list(books)


def _known(offices: Collection[str], dossier: Dossier) -> list[str]:
    """The codes as `opd.csv` writes them, each once, in its order."""
    listed = {str(code).casefold(): str(code) for code in dossier.offices.index}
    wanted = [code.strip().casefold() for code in offices]
    unknown = [code for code in offices if code.strip().casefold() not in listed]
    if unknown:
        near = [
            listed[name]
            for code in unknown
            for name in difflib.get_close_matches(code.casefold(), list(listed), n=3)
        ]
        names = ", ".join(dict.fromkeys(near)) or ", ".join(listed.values())
        raise RunError("prepare.unknown_offices", codes=", ".join(unknown), near=names)
    return [code for folded, code in listed.items() if folded in wanted]


def _is_filled(path: Path, dossier: Dossier, known: frozenset[str]) -> bool:
    """Whether a workbook holds anything the toolkit did not write; what cannot be read counts."""
    understood = read_workbook(path, dossier, known)
    if isinstance(understood, Problem) and understood.code == "file.unknown_opd":
        understood = read_workbook(path, _asking(str(understood.facts["found"]), dossier), known)
    if not isinstance(understood, Submission):
        return True
    untouched = untouched_rows(understood.answers, prefilled_of(path))
    answered = any(
        a.raw and a.field not in _GIVEN and (a.table, a.row_key) not in untouched
        for a in understood.answers
    )
    return answered or bool(understood.set_aside)


def _asking(office: str, dossier: Dossier) -> Dossier:
    """The dossier as if it still listed the office a workbook was made for."""
    listed = dossier.offices.index
    return replace(dossier, offices=dossier.offices.reindex([*listed, office], fill_value=""))


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
    return tkksd_workbook(dossier, members, usulan, computed=_computed(register))


def _computed(register: Register) -> Mapping[tuple[str, str], tuple[float, str]]:
    """What evidence proposes for the criteria a member scores; nothing of it counts.

    A method of the dossier's own that cannot be used is told by everything that scores; the
    workbooks go out without proposals.
    """
    try:
        found = proposals(register)
    except MethodError:
        return {}
    found = found[found["kriteria_kode"] == LEGAL]
    return {
        (row["usulan_id"], row["kriteria_kode"]): (row["skor"], f"{row['alasan']} {row['bukti']}")
        for _, row in records(found)
    }
