"""Words at a forum about an usulan nobody sent: kept, but told with their cell, since they count for none."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import Submission

TABLE: Final = "forum"


def told_where_strange(
    understood: Submission | Problem, known: Collection[str]
) -> Submission | Problem:
    """The same table, with every usulan in it that nobody sent; a blank one is a general interest.

    Args:
        understood: The table `forum`, or why it could not be read.
        known: The usulan in use.
    """
    if isinstance(understood, Problem):
        return understood
    found = tuple(
        Problem(
            "row.forum_unknown_usulan",
            Where(understood.file, answer.sheet, answer.cell),
            {"usulan": answer.value},
            "warning",
        )
        for answer in understood.answers
        if answer.field == "usulan_id" and answer.value is not None and answer.value not in known
    )
    return replace(understood, problems=(*understood.problems, *found))
