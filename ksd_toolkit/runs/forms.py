"""The blank workbooks a secretariat hands out: one for every office, one for the TKKSD."""

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
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.scoring import derive_types

BLANK_FOLDER: Final = "formulir"
_NOT_KSD: Final = "BUKAN"


def build_workbooks(dossier: Dossier) -> list[Path]:
    """Write the blank workbook of every office anew, e.g. after `opd.csv` was edited.

    Workbooks of offices that are no longer listed are removed; filled ones lie elsewhere.
    """
    folder = dossier.folder / BLANK_FOLDER
    books = {
        folder / workbook_name(dossier, str(code)): office_workbook(dossier, str(code))
        for code in dossier.offices.index
    }
    folder.mkdir(exist_ok=True)
    for stale in set(folder.glob("*.xlsx")) - books.keys():
        stale.unlink()
    for path, content in books.items():
        replace_file(path, content)
    return list(books)


def build_tkksd_workbook(dossier: Dossier) -> Path | None:
    """Write the TKKSD's blank workbook: every usulan received so far that is a KSD, for each member.

    Returns:
        The file; None while no office has sent an usulan.
    """
    ingest(dossier)
    try:
        register = read_register(dossier)
    except InputError:
        return None
    types = derive_types(register)
    usulan = register.usulan.set_index("usulan_id")["judul"][types["jenis"] != _NOT_KSD]
    members = tuple(f"TKKSD-{number}" for number in range(1, dossier.tkksd_members + 1))
    titles = {str(key): str(title) for key, title in usulan.fillna("").items()}
    path = dossier.folder / BLANK_FOLDER / TKKSD_FILE
    replace_file(path, tkksd_workbook(dossier, members, titles))
    return path
