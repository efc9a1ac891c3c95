"""What the period before hands on to a paper of this period: open follow-ups, missing monitoring, postponed usulan."""

from ksd_toolkit.document import Block
from ksd_toolkit.evaluation import review
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.opening import blocks_of
from ksd_toolkit.prose import periodic
from ksd_toolkit.tables import carried_over


def carried_blocks(case: Case, *, tables: bool = True) -> tuple[Block, ...]:
    """The sentences on what is handed on and, where asked for, the postponed usulan one by one.

    Args:
        case: What the paper is made from.
        tables: Whether the table of postponed usulan follows; left out where nothing was postponed.

    Returns:
        Nothing where nothing is handed on.
    """
    found = review(case.register)
    late = found.open_follow_ups
    if not (late["carried"].any() or len(found.monev_gaps) or len(found.postponed)):
        return ()
    blocks = blocks_of(periodic.carried(found, case.lang))
    if tables and len(found.postponed):
        blocks += blocks_of(carried_over.postponed(found, case.lang))
    return blocks
