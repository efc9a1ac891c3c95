"""The matrix that ties every usulan to RPJMD, RKPD and Renstra; what no plan names yet is said."""

from typing import Any, Final

from ksd_toolkit.document import Block, KeyFigure, KeyFigures, Table
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.papers.decided_list import (
    Decided,
    answers_of,
    choices_text,
    columns,
    decided,
    money_text,
    named,
    number_text,
    target_text,
)
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.meeting_words import counted, meeting_words
from ksd_toolkit.papers.opening import closing
from ksd_toolkit.tables.cells import DASH, text_or_dash

CONDITIONS: Final = frozenset({"held", "set", "gaps", "unplanned"})
PLANS: Final = ("rpjmd_ref", "rkpd_ref", "renstra_ref")
"""The plans in the order of the law: five years, one year, the office's own."""


def plan_matrix(case: Case) -> PaperFacts:
    """Programme, indicator and page per plan, the cost stated by the office, and every gap by name."""
    chosen, lang = decided(case), case.lang
    answers = answers_of(case)
    listed = {usulan: answers[usulan] for usulan in map(str, chosen.table.index)}
    gaps = {plan: [u for u, told in listed.items() if told[plan] is None] for plan in PLANS}
    nowhere = [u for u, told in listed.items() if all(told[plan] is None for plan in PLANS)]
    words = {
        **meeting_words(case, "plan-matrix"),
        "set_count": counted("set", len(listed), lang, "set_count"),
        "unplanned": join_words(nowhere, lang),
        "unplanned_count": counted("unplanned", len(nowhere), lang, "unplanned_count"),
    }
    blocks = {
        "figures": (_figures(listed, gaps, lang),),
        "matrix": (_matrix(chosen, listed),),
        "gaps": (_gaps(chosen, listed),),
        "stamp": closing(case.stamp, files=False),
    }
    holds = {
        "held": case.outcome is not None,
        "set": bool(listed),
        "gaps": any(gaps.values()),
        "unplanned": bool(nowhere),
    }
    conditions = frozenset(name for name, holding in holds.items() if holding)
    return PaperFacts(words, blocks, conditions, CONDITIONS)


def _figures(listed: dict[str, dict[str, Any]], gaps: dict[str, list[str]], lang: str) -> Block:
    figures = (
        KeyFigure(
            count(len(listed) - len(gaps[plan]), lang),
            say(f"formal.in_plan.{plan}", lang),
            say("formal.of_all", lang, n=count(len(listed), lang)),
            origin=f"in_{plan}@usulan/*",
        )
        for plan in PLANS
    )
    return KeyFigures(tuple(figures))


def _matrix(chosen: Decided, listed: dict[str, dict[str, Any]]) -> Table:
    lang = chosen.case.lang
    titles = columns(
        lang, ("number", 0, "final_rank"), ("usulan", 3.0, "card_title"), ("office", 1.8, ""),
        ("rpjmd", 2.4, "answer:rpjmd_ref"), ("rkpd", 2.4, "answer:rkpd_ref"),
        ("renstra", 2.4, "answer:renstra_ref"), ("target", 2.6, "answer:target"),
        ("cost", 1.7, "answer:biaya_indikatif"), ("ceiling", 1.3, ""),
    )  # fmt: skip
    body = tuple(
        (
            number_text(row["place"], lang),
            named(usulan, row),
            text_or_dash(row["opd_nama"]),
            *(text_or_dash(listed[usulan][plan]) for plan in PLANS),
            target_text(listed[usulan], lang),
            money_text(listed[usulan]["biaya_indikatif"], lang),
            "",
        )
        for usulan, row in chosen.rows
    )
    note = say("formal.table.matrix_note", lang)
    caption = say("formal.table.matrix", lang)
    return Table(caption, titles, body, note, 1, chosen.subjects, anchor="matrix")


def _gaps(chosen: Decided, listed: dict[str, dict[str, Any]]) -> Table:
    """The usulan some plan does not name, with the ground stated for standing outside them all."""
    case, lang = chosen.case, chosen.case.lang
    titles = columns(lang, ("usulan", 3.4, ""), ("office", 2.4, ""), ("missing", 2.6, ""),
                     ("ground", 2.6, "answer:alasan_di_luar_rencana"))  # fmt: skip
    rows = []
    for usulan, row in chosen.rows:
        told = listed[usulan]
        absent = [say(f"formal.plan.{plan}", lang) for plan in PLANS if told[plan] is None]
        if absent:
            why = told["alasan_di_luar_rencana"]
            ground = choices_text(case.dossier, "alasan_di_luar_rencana", why, lang)
            rows.append((usulan, (named(usulan, row), text_or_dash(row["opd_nama"]),
                                  join_words(absent, lang), ground or DASH)))  # fmt: skip
    subjects = tuple(f"usulan/{usulan}" for usulan, _ in rows)
    caption = say("formal.table.gaps", lang)
    return Table(caption, titles, tuple(cells for _, cells in rows), "", 0, subjects, anchor="gaps")
