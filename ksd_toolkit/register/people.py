"""The liaison officers an office names, for the internal papers alone."""

from typing import Final

import pandas as pd

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.register.private import LIAISON, open_private, private_database
from ksd_toolkit.register.store import database, open_store

_PEOPLE_COLUMNS: Final = ("opd_kode", "slot", "nama", "nip", "kontak")


def people_of(dossier: Dossier) -> pd.DataFrame:
    """The liaison officers (PPKSD) the offices name in the answers in use today, for internal papers.

    Returns:
        One row per office and slot (`ppksd_1`, `ppksd_2`, ...) with `opd_kode, slot, nama, nip,
        kontak`; what an office left blank is missing. Empty where nothing was taken in yet.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    if private_database(dossier.store).exists() and database(dossier.store).exists():
        used = _in_use(dossier)
        with open_private(dossier.store) as private:
            for one in private.holdings(dossier.period):
                if one.sha256 in used and one.slot.startswith(LIAISON):
                    found.setdefault((one.opd_kode, one.slot), {})[one.field] = one.value
    rows = [(*key, *(told.get(n) for n in _PEOPLE_COLUMNS[2:])) for key, told in found.items()]
    ordered = sorted(rows, key=lambda row: (str(row[0]), str(row[1])))
    return pd.DataFrame(ordered, columns=list(_PEOPLE_COLUMNS), dtype="str")


def _in_use(dossier: Dossier) -> frozenset[str]:
    """The hashes of the files whose answers are used."""
    with open_store(dossier.store) as connection:
        rows = connection.execute(
            "SELECT sha256 FROM submission WHERE period = ? AND active = 1 AND kind = 'opd'",
            (dossier.period,),
        )
        return frozenset(sha for (sha,) in rows)
