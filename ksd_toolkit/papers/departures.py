"""Where a plenary departed from the computed result, and what it did not set, as tables of its minutes."""

from typing import Any

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Table
from ksd_toolkit.messages import language, say
from ksd_toolkit.papers.decided_list import columns, named, number_text, points_text
from ksd_toolkit.plenary import Outcome, article_text
from ksd_toolkit.scoring import gate_reasons
from ksd_toolkit.tables.cells import DASH, listed, text_or_dash


def changes(outcome: Outcome, lang: str) -> Table:
    """Every departure from the computed result, in the order of the record, with its reason."""
    titles = columns(
        lang, ("number", 0, "change_number"), ("change", 1.3, "change"), ("subject", 3.4, "card_title"),
        ("before", 1.1, "before"), ("after", 1.1, "after"), ("reason", 5.6, "reason"),
        ("article", 1.2, "article"),
    )  # fmt: skip
    rows = [row for _, row in records(outcome.changes)]
    body = tuple(
        (
            str(number),
            say(f"formal.change.{row['kind']}", lang),
            _subject(outcome, row, lang),
            text_or_dash(row["before"]),
            text_or_dash(row["after"]),
            text_or_dash(row["reason"]),
            article_text(str(row["article"]), lang) or DASH,
        )
        for number, row in enumerate(rows, start=1)
    )
    subjects = tuple(
        f"kriteria/{row['subject']}" if row["kind"] == "weight" else f"usulan/{row['subject']}"
        for row in rows
    )
    caption = say("formal.table.changes", lang)
    return Table(caption, titles, body, "", 2, subjects, anchor="changes")


def admitted(outcome: Outcome, lang: str) -> Table:
    """What was set although a gate stopped it, with the article the plenary names."""
    passed = outcome.set_list[outcome.set_list["article"] != ""]
    titles = columns(
        lang, ("number", 0, "final_rank"), ("usulan", 3.0, "card_title"), ("gate", 4.0, "gate"),
        ("article", 2.0, "article"), ("reason", 4.0, "reason"),
    )  # fmt: skip
    body = tuple(
        (
            number_text(row["final_rank"], lang),
            named(usulan, _facts(outcome, usulan)),
            listed(gate_reasons(outcome.agreed, usulan, lang)) or DASH,
            article_text(str(row["article"]), lang),
            str(row["reason"]) or DASH,
        )
        for usulan, row in records(passed)
    )
    subjects = tuple(f"usulan/{usulan}" for usulan in passed.index)
    return Table(say("formal.table.admitted", lang), titles, body, "", 1, subjects)


def not_set(outcome: Outcome, lang: str) -> Table:
    """What was not set, each with the plenary's reason or the computed one."""
    rest = outcome.table[outcome.table["decision"] != "ditetapkan"]
    titles = columns(
        lang, ("usulan", 3.6, "card_title"), ("office", 2.4, ""), ("decision", 1.3, "decision"),
        ("points", 0, "points"), ("reason", 5.0, "reason"),
    )  # fmt: skip
    body = tuple(
        (
            named(usulan, _facts(outcome, usulan)),
            text_or_dash(_facts(outcome, usulan)["opd_nama"]),
            say(f"formal.decision.{row['decision']}", lang),
            points_text(row, outcome.agreed, lang),
            _why_not(outcome, usulan, row, lang),
        )
        for usulan, row in records(rest)
    )
    subjects = tuple(f"usulan/{usulan}" for usulan in rest.index)
    caption = say("formal.table.others", lang)
    return Table(caption, titles, body, "", 0, subjects, anchor="others")


def _why_not(outcome: Outcome, usulan: str, row: dict[str, Any], lang: str) -> str:
    into = "" if pd.isna(row["merged_into"]) else str(row["merged_into"])
    merged = say("formal.merged_into", lang, usulan=into) if into else ""
    told = listed([merged, str(row["reason"] or "")])
    if told:
        return told
    failed = usulan in outcome.agreed.excluded.index
    return listed(gate_reasons(outcome.agreed, usulan, lang)) if failed else _by_class(row, lang)


def _by_class(row: dict[str, Any], lang: str) -> str:
    known = not pd.isna(row["class_name"]) and row["class_name"] != "-"
    return say("formal.by_class" if known else "formal.without_class", lang)


def _facts(outcome: Outcome, usulan: str) -> dict[str, Any]:
    [(_, row)] = records(outcome.ranking.basis.facts.loc[[usulan]])
    return row


def _subject(outcome: Outcome, row: dict[str, Any], lang: str) -> str:
    name = str(row["subject"])
    if row["kind"] != "weight":
        return named(name, _facts(outcome, name))
    method = outcome.ranking.method
    known = {criterion.code: criterion.labels[language(lang)] for criterion in method.criteria}
    return f"{name} {known[name]}" if name in known else name
