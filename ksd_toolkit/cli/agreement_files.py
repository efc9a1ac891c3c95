"""`ksd agreements export` and `form`: the register of agreements as a workbook to edit and put back."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ksd_toolkit.cli.options import AsJson, DossierName, Lang
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import print_json, sentences, tell
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import count

EXPORT_FILE: Final = "register-naskah.xlsx"
FORM_FILE: Final = "formulir-naskah.xlsx"
_PLACE: Final = "internal"

File = Annotated[Path | None, typer.Argument(metavar="FILE", help="berkas .xlsx / .xlsx file")]
Filled = Annotated[
    bool,
    typer.Option("--filled", help="dengan isi register yang ada / with what the register holds"),
]


def export(
    dossier: DossierName, file: File = None, lang: Lang = "", as_json: AsJson = False
) -> None:
    """Tulis register kerja sama sebagai buku kerja. / Write the register of agreements as a workbook."""
    from ksd_toolkit import register  # noqa: PLC0415  pandas is slow to load

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        register.ingest(opened)
        path, tables = _write_filled(opened, file, EXPORT_FILE)
        counts = {table.table: len(table.rows) for table in tables}
        if as_json:
            sources = {table.table: table.file for table in tables}
            print_json({"file": shown_path(path), "rows": counts, "read_from": sources})
            return
        told = {name: count(rows, opened.lang) for name, rows in counts.items()}
        tell("agreement_files.exported", opened.lang, file=shown_path(path), **told)
        _tell_sources(tables, opened.lang)
        folder = shown_path(opened.folder)
        tell("agreement_files.exported_next", opened.lang, folder=folder, dossier=opened.name)


def form(
    dossier: DossierName,
    file: File = None,
    filled: Filled = False,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Tulis formulir register kerja sama. / Write the form of the register of agreements."""
    from ksd_toolkit import register  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.publishing.agreement_register import agreement_form  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        if filled:
            register.ingest(opened)
            path, _ = _write_filled(opened, file, FORM_FILE)
        else:
            path = _put(opened, file, FORM_FILE, agreement_form(opened, opened.lang))
        if as_json:
            print_json({"file": shown_path(path), "filled": filled})
            return
        facts = {"file": shown_path(path), "folder": shown_path(opened.folder)}
        code = "agreement_files.form_filled" if filled else "agreement_files.form_made"
        tell(code, opened.lang, dossier=opened.name, **facts)


def _write_filled(dossier: Dossier, file: Path | None, name: str) -> tuple[Path, Any]:
    """The workbook with the register's rows, and those rows.

    Raises:
        RunError: A text is longer than a cell can hold, or the file exists with other content.
    """
    from ksd_toolkit.publishing.agreement_cells import CELL_LIMIT  # noqa: PLC0415
    from ksd_toolkit.publishing.agreement_register import register_bytes, too_long  # noqa: PLC0415
    from ksd_toolkit.register.agreement_rows import agreement_rows  # noqa: PLC0415

    tables = agreement_rows(dossier)
    for table, key, question in too_long(tables)[:1]:
        facts = {"table": table, "key": key, "question": question}
        raise RunError("agreement_files.too_long", limit=count(CELL_LIMIT, dossier.lang), **facts)
    return _put(dossier, file, name, register_bytes(dossier, tables, dossier.lang)), tables


def _put(dossier: Dossier, file: Path | None, name: str, content: bytes) -> Path:
    """The file in its place: below the reports by default, where what was made before is replaced.

    Raises:
        RunError: A file somebody named exists with other content.
    """
    from ksd_toolkit.publishing.files import replace_file  # noqa: PLC0415

    path = file or dossier.reports / _PLACE / name
    if file is not None and path.is_file() and path.read_bytes() != content:
        raise RunError("agreement_files.kept", file=shown_path(path))
    replace_file(path, content)
    return path


def _tell_sources(tables: Any, lang: str) -> None:
    for table in tables:
        code = "agreement_files.read_from" if table.file else "agreement_files.read_from_none"
        tell(code, lang, table=table.table, file=table.file)
