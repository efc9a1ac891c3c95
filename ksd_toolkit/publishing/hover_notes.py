"""A short note on every figure of a page: how it was computed, of which usulan, and its first cell."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import Final

from ksd_toolkit.document import Document
from ksd_toolkit.messages import say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.plenary import Outcome
from ksd_toolkit.publishing.definitions import computation_of, defined
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import Meaning, meaning_of
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking

_PERSON: Final = "pribadi:"
LONGEST: Final = 160
"""Letters of a note: what a screen shows beside a cell without hiding the table."""


def hovers_of(document: Document, case: Case) -> Mapping[str, str]:
    """A note for every figure, by its id; never longer than `LONGEST` letters.

    A figure whose computation nobody named is told by its id, so that it can be traced.
    """
    evidence = _evidence(case.register, case.ranking, case.outcome, case.lang)
    cells = _first_cells(case.register)
    notes = {}
    for figure in figures_of(document):
        meaning = meaning_of(figure, document, evidence.known)
        notes[figure.id] = _note(figure, meaning, evidence, cells)
    return notes


@lru_cache(maxsize=1)
def _evidence(
    register: Register, ranking: Ranking | None, outcome: Outcome | None, lang: str
) -> Evidence:
    """What the papers of one run rest on: what was looked up for one of them serves the next."""
    return Evidence.over(register, ranking, outcome, lang)


def _note(
    figure: PrintedFigure, meaning: Meaning, evidence: Evidence, cells: Mapping[str, str]
) -> str:
    """How it was computed as far as it fits, with the first cell whole; else how to trace it."""
    cell = next((cells[one] for one in meaning.usulan if one in cells), "")
    how = ""
    if meaning.measure:
        explain = defined if meaning.measure.partition(":")[0] in _SLOW else computation_of
        found = explain(figure, meaning, evidence)
        if found is not None:
            how = found.sentence
            cell = found.decided or _first_told(found, evidence.register) or cell
    if not how:
        how = say("trace.hover_call", evidence.lang, id=figure.id)
    end = say("trace.hover_cell", evidence.lang, cell=cell) if cell else ""
    if len(end) > LONGEST // 2:
        end = f"{end[: LONGEST // 2 - 1]}\u2026"
    start = say("trace.hover", evidence.lang, id=figure.id, how=how)
    room = LONGEST - len(end)
    return (start if len(start) <= room else f"{start[: room - 1].rstrip()}\u2026") + end


_SLOW: Final = frozenset(
    {
        "explain", "tkksd", "table_flags", "table_takeover", "place_points",
        "brief_compared", "brief_needs_known", "brief_fitting",
    }
)  # fmt: skip
"""Told in sentences that weigh everything anew; a note has no more of them than their definition."""


def _first_told(found: Computation, register: Register) -> str:
    """The first cell a computation names itself; nothing of what people are called."""
    keys = chain(found.cells, ((*row, name) for row in found.rows for name in found.questions))
    told = register.tables.told
    key = next((key for key in keys if key in told and not told[key][0].startswith(_PERSON)), None)
    return "" if key is None else _place(told[key][1].file, told[key][1].cell)


def _first_cells(register: Register) -> dict[str, str]:
    """The cell of the first score of each usulan, else of its title."""
    usulan, nilai = register.usulan, register.nilai
    firsts = nilai.drop_duplicates("usulan_id")
    keys = [("usulan", str(one), str(one), "judul") for one in usulan["usulan_id"]]
    keys += [
        ("nilai", str(key), str(one), "skor")
        for key, one in zip(firsts["row_key"], firsts["usulan_id"], strict=True)
    ]
    told = register.tables.told
    return {
        usulan_id: _place(told[table, key, question][1].file, told[table, key, question][1].cell)
        for table, key, usulan_id, question in keys
        if (table, key, question) in told
    }


def _place(file: str, cell: str) -> str:
    return f"{file.rpartition('/')[2]}:{cell}"
