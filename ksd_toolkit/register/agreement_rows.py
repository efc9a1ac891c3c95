"""The rows of the tables of agreements as the register keeps them: every cell as written, own columns and all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.questionnaire.agreement_files import agreement_tables
from ksd_toolkit.register.contents import EXTRA_PREFIX, AnswerRow, stored_rows
from ksd_toolkit.register.store import database, open_store


@dataclass(frozen=True, slots=True)
class AgreementRows:
    """What a table of agreements holds.

    Attributes:
        table: The table.
        file: The file it was read from; empty where there is none.
        rows: By row, the cells by question; further columns of the office under their own headings.
        own: The headings of those further columns, in the order they were met.
        held: Rows of the file that are not among them: held back or repeated.
    """

    table: str
    file: str = ""
    rows: tuple[Mapping[str, AnswerRow], ...] = ()
    own: tuple[str, ...] = ()
    held: int = 0


def agreement_rows(dossier: Dossier) -> tuple[AgreementRows, ...]:
    """Every table of agreements of the dossier's period, empty ones too; reads no file anybody sent."""
    tables = agreement_tables()
    if not database(dossier.store).is_file():
        return tuple(map(AgreementRows, tables))
    with open_store(dossier.store) as connection:
        sent = connection.execute(
            "SELECT sender, id, file, quarantined + duplicate FROM submission"
            " WHERE period = ? AND kind = 'naskah' AND active = 1",
            (dossier.period,),
        )
        found = {
            table: _rows(table, file, held, stored_rows(connection, number))
            for table, number, file, held in sent.fetchall()
        }
    return tuple(found.get(table, AgreementRows(table)) for table in tables)


def _rows(table: str, file: str, held: int, told: Iterable[AnswerRow]) -> AgreementRows:
    rows: dict[str, dict[str, AnswerRow]] = {}
    own: dict[str, None] = {}
    for answer in told:
        rows.setdefault(answer.row_key, {})[answer.field] = answer
        if answer.field.startswith(EXTRA_PREFIX):
            own.setdefault(answer.field, None)
    return AgreementRows(table, file, tuple(rows.values()), tuple(own), held)
