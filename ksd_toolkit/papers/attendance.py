"""The attendance list of the plenary with names and room to sign; internal, it names persons."""

from typing import Final

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Table
from ksd_toolkit.messages import say
from ksd_toolkit.papers.berita_acara import presence
from ksd_toolkit.papers.decided_list import columns
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.meeting_words import CONDITIONS as MEETING
from ksd_toolkit.papers.meeting_words import meeting_conditions, meeting_words, signatures
from ksd_toolkit.papers.opening import closing
from ksd_toolkit.tables.cells import DASH, text_or_dash

CONDITIONS: Final = MEETING | {"internal"}
_BLANK_ROWS: Final = 15
"""Lines to sign on while no plenary was recorded."""


def attendance(case: Case) -> PaperFacts:
    """The members with position and office; their names only in the internal edition."""
    blocks = {
        "list": (_listed(case),),
        "signatures": signatures(case),
        "stamp": closing(case.stamp, files=False),
    }
    holds = meeting_conditions(case) | ({"internal"} if case.edition == "internal" else set())
    return PaperFacts(meeting_words(case, "berita-acara"), blocks, frozenset(holds), CONDITIONS)


def _listed(case: Case) -> Block:
    lang = case.lang
    titles = columns(
        lang, ("number", 0, "attendance_number"), ("name", 2.6, ""), ("position", 4.2, ""), ("office", 3.8, ""),
        ("present", 1.5, "present"), ("signature", 2.4, ""),
    )  # fmt: skip
    caption = say("formal.table.attendance", lang)
    if case.outcome is None:
        empty = tuple((str(n), *[""] * (len(titles) - 1)) for n in range(1, _BLANK_ROWS + 1))
        return Table(caption, titles, empty)
    named = case.edition == "internal" and "name" in case.outcome.attendance
    body = tuple(
        (
            str(number),
            text_or_dash(row["name"]) if named else DASH,
            text_or_dash(row["position"]),
            text_or_dash(row["office"]),
            say(f"formal.there.{presence(row)}", lang),
            "",
        )
        for number, (_, row) in enumerate(records(case.outcome.attendance), start=1)
    )
    return Table(caption, titles, body, row_header=2)
