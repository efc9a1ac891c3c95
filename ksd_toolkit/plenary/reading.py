"""Read what a plenary decided: record and roster in, an outcome or every problem at once out."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import PlenaryError, Problem, Where
from ksd_toolkit.plenary.agreed_weights import read_weights, reweighed, weights_frame
from ksd_toolkit.plenary.final_order import changes_table, outcome_table
from ksd_toolkit.plenary.meeting import check_quorum, read_attendance, read_minutes, read_quorum
from ksd_toolkit.plenary.outcome import Outcome, Quorum
from ksd_toolkit.plenary.record import Record
from ksd_toolkit.plenary.roster import Roster, read_roster
from ksd_toolkit.plenary.rules import RECORD_TOML, RECORD_XLSX
from ksd_toolkit.plenary.rulings import read_rulings
from ksd_toolkit.plenary.sheet_record import read_sheets
from ksd_toolkit.plenary.standing import standing
from ksd_toolkit.plenary.toml_record import read_toml
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring import Ranking


def read_plenary(ranking: Ranking) -> Outcome | None:
    """What the plenary of a dossier decided; None where none is recorded.

    The computed order stays what it is: `ranking` is part of the outcome, untouched. Nothing was decided of a
    scenario.

    Args:
        ranking: The computed order of the dossier whose record it is.

    Raises:
        PlenaryError: The record is refused; it holds every problem, each with its place and remedy.

    Source:
        Order of the stages: the seed brief (pleno before penetapan); the rules by which a final order is
        made and their sources stand in `knowledge/plenary.toml`.
    """
    return remembered("plenary", None, ranking, lambda: _read(ranking))


def _read(ranking: Ranking) -> Outcome | None:
    dossier = ranking.register.dossier
    record = None if dossier.scenario else read_record(dossier)
    return None if record is None else decide(ranking, record)


def read_record(dossier: Dossier) -> Record | None:
    """The record as it was filled in; None where there is none, or only a form nobody filled in.

    Raises:
        PlenaryError: There are two records, and nobody can tell which one counts.
    """
    toml, xlsx = dossier.folder / RECORD_TOML, dossier.folder / RECORD_XLSX
    record = read_toml(toml, RECORD_TOML) if toml.is_file() else None
    written = record is not None and not record.is_blank  # a method may be called pleno, too
    if written and xlsx.is_file():
        problem = Problem("plenary.two_records", Where(RECORD_XLSX), {"other": RECORD_TOML})
        raise _refused(RECORD_XLSX, [problem])
    if xlsx.is_file():
        record = read_sheets(xlsx, RECORD_XLSX)
    return None if record is None or record.is_blank else record


def decide(ranking: Ranking, record: Record) -> Outcome:
    """What a record makes of a ranking.

    Raises:
        PlenaryError: The record is refused.
    """
    dossier = ranking.register.dossier
    roster = read_roster(dossier)
    problems = [*record.problems, *roster.problems]
    if record.problems and not record.entries:  # the file itself could not be read
        raise _refused(record.source.name, problems)
    minutes = read_minutes(record, dossier, problems)
    quorum, attendance = _met(record, roster, ranking, problems)
    changed = read_weights(record, ranking, problems)
    agreed = reweighed(ranking, changed, record, problems)
    stood = standing(agreed)
    rulings = read_rulings(record, stood, problems)
    problems += _names(record, roster)
    problems = record.in_order(_once(problems))
    if any(problem.severity == "error" for problem in problems):
        raise _refused(record.source.name, problems)
    table = outcome_table(agreed, stood, rulings)
    brought = tuple(source for source in (record.source, roster.source) if source is not None)
    return Outcome(
        ranking=ranking,
        agreed=agreed,
        minutes=minutes,
        quorum=quorum,
        attendance=attendance,
        weights=weights_frame(ranking, agreed, changed),
        table=table,
        changes=changes_table(ranking, stood, table, changed, rulings),
        stamp=replace(agreed.stamp, sources=(*agreed.stamp.sources, *brought)),
        warnings=tuple(problems),
    )


def _met(
    record: Record, roster: Roster, ranking: Ranking, problems: list[Problem]
) -> tuple[Quorum, pd.DataFrame]:
    """The quorum and the attendance; lines that could not be read may have been members who were there."""
    before = len(problems)
    attendance = read_attendance(record, roster, problems)
    unread = len(problems) - before
    quorum = read_quorum(record, attendance, ranking.lang, problems)
    if not roster.problems:
        check_quorum(quorum, record, problems, unread=unread)
    return quorum, attendance


def _names(record: Record, roster: Roster) -> Iterator[Problem]:
    """Texts that will be printed name nobody; people are told by the capacity in which they came."""
    for entry in record.entries:
        for key in entry.cells:
            if key != "penilai" and roster.persons_in(entry.text(key)):
                yield Problem("plenary.person_named", entry.at(key), {"key": key})


def _once(problems: list[Problem]) -> list[Problem]:
    """A cell whose value is lost is told as lost, and not for what it then is not."""
    lost = {problem.where for problem in problems if problem.code == "plenary.lost"}
    return [one for one in problems if one.code == "plenary.lost" or one.where not in lost]


def _refused(name: str, problems: list[Problem]) -> PlenaryError:
    errors = sum(problem.severity == "error" for problem in problems)
    return PlenaryError("plenary.refused", problems, file=name, n=errors)
