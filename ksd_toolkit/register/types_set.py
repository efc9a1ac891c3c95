"""Types of cooperation set otherwise: what keeps one from being used is told with its cell."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import Answer, Submission

TABLE: Final = "jenis_ditetapkan"
_SAYS_NOTHING: Final = frozenset({"kosong", "TT", "TB"})
_BLANK: Final = ".required"  # how the code of a blank cell ends


def told_where_unused(
    understood: Submission | Problem, known: Collection[str]
) -> Submission | Problem:
    """The same table, with why a row of it will not be used.

    A type holds only with a reason and for an usulan somebody sent: `TT` is no reason, so that the
    remedy of an ordinary blank cell would mislead and is left out.

    Args:
        understood: The table `jenis_ditetapkan`, or why it could not be read.
        known: The usulan in use.
    """
    if isinstance(understood, Problem):
        return understood
    found = tuple(_unused(understood, known))
    places = {one.where for one in found}
    kept = (p for p in understood.problems if not p.code.endswith(_BLANK) or p.where not in places)
    return replace(understood, problems=(*kept, *found))


def _unused(submission: Submission, known: Collection[str]) -> Iterator[Problem]:
    rows: dict[str, list[Answer]] = defaultdict(list)
    for answer in submission.answers:
        rows[answer.row_key].append(answer)
    for usulan, answers in rows.items():
        for answer in answers:
            where = Where(submission.file, answer.sheet, answer.cell)
            if answer.field == "usulan_id" and usulan not in known:
                yield Problem("row.type_unknown_usulan", where, {"usulan": usulan}, "warning")
            elif answer.field == "jenis" and answer.state in _SAYS_NOTHING:
                yield Problem("row.type_missing", where, {"usulan": usulan}, "warning")
            elif answer.field == "alasan" and answer.state in _SAYS_NOTHING:
                yield Problem("row.type_without_reason", where, {"usulan": usulan}, "warning")
