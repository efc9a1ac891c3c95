"""The rows of a `bobot.csv` to be filled: what each member is asked, by one procedure, in the tree's order."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from ksd_toolkit.csv_text import csv_bytes
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.judgement_rows import PAIRWISE
from ksd_toolkit.scoring.weights.judgements import COLUMNS
from ksd_toolkit.scoring.weights.tree import Tree

PREPARED: Final = ("poin", "swing", "urutan", "ahp")
_PAIR: Final = 2


def blank_rows(tree: Tree, procedure: str, members: int) -> list[tuple[str, ...]]:
    """One row a judgement, the column `nilai` blank.

    Args:
        tree: What is weighed; a node of one criterion is not asked about.
        procedure: `poin`, `swing`, `urutan` or `ahp`.
        members: How many members, called TKKSD-1, TKKSD-2, ...

    Raises:
        MethodError: The procedure's rows cannot be known beforehand.
    """
    if procedure not in PREPARED:
        raise MethodError("weights.blank_procedure", name=procedure, known=", ".join(PREPARED))
    return [
        (f"TKKSD-{number}", "", procedure, *asked, "")
        for number in range(1, members + 1)
        for asked in _asked(tree, procedure)
    ]


def blank_table(rows: list[tuple[str, ...]]) -> bytes:
    """The rows as a CSV file with its headings."""
    return csv_bytes(COLUMNS, rows)


def _asked(tree: Tree, procedure: str) -> Iterator[tuple[str, str, str]]:
    """Node, criterion and the criterion compared with."""
    for node, children in tree.nodes.items():
        if len(children) < _PAIR:
            continue
        if procedure in PAIRWISE:
            yield from ((node, first, second) for first, second in combinations(children, 2))
        else:
            yield from ((node, child, "") for child in children)
