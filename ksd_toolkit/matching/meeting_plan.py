"""Who meets whom when at a forum: no candidate and no office at two tables at once."""

from collections import defaultdict

import pandas as pd


def meeting_plan(meetings: pd.DataFrame, tables: int) -> pd.DataFrame:
    """Every meeting with its session and table, the first ones first.

    Each meeting takes the earliest session in which its candidate and its office are free and a table is
    left. The order of the rows decides who chooses first, so the same meetings get the same plan.

    Args:
        meetings: One row per meeting, with `partner` and `office`; further columns stay.
        tables: Meetings that can go on at the same time, 1 or more.

    Returns:
        The meetings with `session` and `table`, both from 1, in the order of sessions and tables.

    Raises:
        ValueError: There is no table.
    """
    if tables < 1:
        raise ValueError(tables)
    busy: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    seats: defaultdict[int, int] = defaultdict(int)
    full = 1  # every session before this one has no table left
    places = []
    for partner, office in zip(meetings["partner"], meetings["office"], strict=True):
        who = {("partner", str(partner)), ("office", str(office))}
        while seats[full] == tables:
            full += 1
        session = full
        while seats[session] == tables or busy[session] & who:
            session += 1
        busy[session] |= who
        seats[session] += 1
        places.append((session, seats[session]))
    planned = meetings.assign(
        session=pd.Series([session for session, _ in places], meetings.index, dtype="int64"),
        table=pd.Series([table for _, table in places], meetings.index, dtype="int64"),
    )
    return planned.sort_values(["session", "table"], kind="stable", ignore_index=True)
