"""What concerns a period as a whole: offices that sent twice or not at all, files that are gone."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where


def problems_of_period(
    connection: sqlite3.Connection,
    dossier: Dossier,
    files: Mapping[str, list[str]],
    hashes: Collection[str],
) -> Iterator[Problem]:
    """Everything no single file can know.

    Args:
        connection: The register after every file was taken in.
        dossier: The region and period.
        files: The usable files of each sender.
        hashes: The SHA-256 of every file in the dossier.
    """
    used = connection.execute(
        "SELECT sender, file, sha256 FROM submission WHERE period = ? AND active = 1 ORDER BY file",
        (dossier.period,),
    ).fetchall()
    yield from _double_senders(files, {sender: file for sender, file, _ in used})
    for _, file, sha256 in used:
        if sha256 not in hashes:
            yield Problem("file.gone", Where(file), {}, "warning")
    yield from _silent(connection, dossier)


def _double_senders(files: Mapping[str, list[str]], used: Mapping[str, str]) -> Iterator[Problem]:
    for sender, names in files.items():
        if len(names) > 1:
            facts = {"sender": sender, "names": ", ".join(sorted(names)), "used": used[sender]}
            yield Problem("file.two_for_sender", Where(min(names)), facts)


def _silent(connection: sqlite3.Connection, dossier: Dossier) -> Iterator[Problem]:
    rows = connection.execute(
        "SELECT DISTINCT sender FROM submission WHERE period = ? AND kind = 'opd'",
        (dossier.period,),
    )
    heard = {sender for (sender,) in rows}
    for code, name in dossier.offices["opd_nama"].items():
        if code not in heard:
            yield Problem("opd.silent", Where(), {"code": code, "office": name}, "warning")
    if not dossier.tkksd_workbook.is_file():
        yield Problem("file.missing_tkksd", Where(), {}, "warning")
