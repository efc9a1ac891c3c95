"""The register of one period, ready to be scored: frames, problems, balance and stamp."""

import sqlite3
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.atlas import read_atlas
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError, Problem, Where
from ksd_toolkit.register.form_store import forms_in_use
from ksd_toolkit.register.frames import Tables, load_tables
from ksd_toolkit.register.ingest import ingest
from ksd_toolkit.register.store import database, open_store
from ksd_toolkit.register.submissions import stored_problems
from ksd_toolkit.remembering import remembered
from ksd_toolkit.stamp import Source, Stamp

REGION_FILES: Final = "wilayah/"
"""What the names of files on regions begin with in a stamp."""
EARLIER: Final = "../"
"""What the names of an earlier period's files begin with in a stamp: `../2025/opd.csv`."""
_FILE_COLUMNS: Final = (
    "file", "kind", "sender", "sha256", "accepted", "quarantined", "duplicate", "blank", "version",
    "late",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Register:
    """Every accepted answer of a period with the cell it came from.

    `files` has one row per active file: `file, kind, sender, sha256, accepted, quarantined,
    duplicate, blank, version, late`. `previous` is the register of the period before, when there is
    one.
    """

    dossier: Dossier
    tables: Tables
    files: pd.DataFrame
    problems: tuple[Problem, ...]
    stamp: Stamp
    previous: "Register | None" = None

    def __repr__(self) -> str:
        return f"Register({self.dossier.name}: {len(self.usulan)} usulan, {len(self.opd)} OPD)"

    @property
    def lang(self) -> str:
        """The language of papers made from this register."""
        return self.dossier.lang

    @property
    def opd(self) -> pd.DataFrame:
        """One row per office that answered."""
        return self.tables.frames["opd"].copy(deep=False)

    @property
    def usulan(self) -> pd.DataFrame:
        """One row per usulan."""
        return self.tables.frames["usulan"].copy(deep=False)

    @property
    def mitra(self) -> pd.DataFrame:
        """One row per usulan and candidate partner, the main partner of an usulan first."""
        return self.tables.frames["mitra"].copy(deep=False)

    @property
    def nilai(self) -> pd.DataFrame:
        """One row per usulan, criterion and rater."""
        return self.tables.frames["nilai"].copy(deep=False)

    def table(self, name: str) -> pd.DataFrame:
        """Any table of the questionnaire or of the evaluation form."""
        return self.tables.frames[name].copy(deep=False)

    def where(self, table: str, row_key: str, field: str) -> Where:
        """The file, sheet and cell an answer came from."""
        return self.tables.where(table, row_key, field)


def read_register(dossier: Dossier) -> Register:
    """The register of the dossier's period; an empty one is first filled from the dossier's files.

    Raises:
        InputError: No office has sent anything that could be used.
    """
    return remembered("register", dossier.settings, None, lambda: _read(dossier))


def _read(dossier: Dossier) -> Register:
    with open_store(dossier.store) as connection:
        if not _has_answers(connection, dossier):
            ingest(dossier)
        earlier = None
        for past in reversed(dossier.past()):
            if not _has_answers(connection, past):
                ingest(past)
            earlier = _load(connection, past, earlier)
        if not _has_answers(connection, dossier):
            problems = stored_problems(connection, dossier.period)
            raise InputError("register.empty", problems, name=dossier.name)
        return _load(connection, dossier, earlier)


def kept_register(dossier: Dossier) -> Register | None:
    """The register of the dossier's period as it stands; None where nothing was taken in yet.

    Unlike `read_register` it never opens a file that offices sent.
    """
    if not database(dossier.store).is_file():
        return None
    with open_store(dossier.store) as connection:
        return _load(connection, dossier, None) if _has_answers(connection, dossier) else None


def agreement_register(dossier: Dossier) -> Register:
    """The register for what is asked of agreements alone, which may be there before any office has answered."""
    with open_store(dossier.store) as connection:
        if not _has_answers(connection, dossier):
            ingest(dossier)
        if not _has_answers(connection, dossier):
            return _load(connection, dossier, None)
    return read_register(dossier)


def _has_answers(connection: sqlite3.Connection, dossier: Dossier) -> bool:
    found = connection.execute(
        "SELECT 1 FROM submission WHERE period = ? AND kind = 'opd' AND active = 1",
        (dossier.period,),
    )
    return found.fetchone() is not None


def _load(
    connection: sqlite3.Connection, dossier: Dossier, previous: "Register | None"
) -> Register:
    specs = tuple(table for form in forms_in_use(dossier) for table in form.tables)
    files = pd.DataFrame(
        connection.execute(
            "SELECT file, kind, sender, sha256, accepted, quarantined, duplicate, blank, version_no,"
            " late FROM submission WHERE period = ? AND active = 1 ORDER BY file",
            (dossier.period,),
        ).fetchall(),
        columns=list(_FILE_COLUMNS),
    ).astype({"late": bool})
    return Register(
        dossier=dossier,
        tables=load_tables(connection, dossier.period, specs),
        files=files,
        problems=stored_problems(connection, dossier.period),
        stamp=_stamp(dossier, files, previous),
        previous=previous,
    )


def _stamp(dossier: Dossier, files: pd.DataFrame, previous: Register | None) -> Stamp:
    """Every file this period's results depend on: its own, those on regions, and the earlier period's."""
    counted = files[["accepted", "quarantined", "duplicate", "blank"]].sum(axis=1)
    read: dict[tuple[str, str], int] = {}  # a workbook of several tables is one file
    for name, sha256, rows in zip(files["file"], files["sha256"], counted, strict=True):
        read[name, sha256] = read.get((name, sha256), 0) + int(rows)
    sources = [Source(name, sha256, rows) for (name, sha256), rows in read.items()]
    brought = read_atlas(dossier.root).sources
    sources += [Source(f"{REGION_FILES}{one.name}", one.sha256, one.rows) for one in brought]
    if previous is not None:
        period = previous.dossier.period
        sources += [
            source
            if source.name.startswith(EARLIER)
            else Source(f"{EARLIER}{period}/{source.name}", source.sha256, source.rows)
            for source in previous.stamp.sources
            if not source.name.startswith(REGION_FILES)  # one atlas serves all periods
        ]
    return Stamp(
        dossier=dossier.called,
        tanggal_acuan=dossier.tanggal_acuan,
        lang=dossier.lang,
        simulated=dossier.simulated,
        sources=tuple(sources),
    )
