"""The tables of the evaluation report; each says in a sentence when it has nothing to show."""

from typing import Final

from ksd_toolkit.agreements.documents import STATUSES
from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.messages import count, rupiah, say, share
from ksd_toolkit.tables.cells import date_or_dash, percent_or_dash, text_or_dash
from ksd_toolkit.tables.evaluation_actions import decisions, follow_ups, recommendations
from ksd_toolkit.tables.evaluation_results import achievements, deliveries, profile
from ksd_toolkit.tables.evaluation_table import Titles, evaluation_table
from ksd_toolkit.tables.measures import about

__all__ = [
    "achievements",
    "decisions",
    "deliveries",
    "documents_by_status",
    "expiring",
    "findings",
    "follow_through",
    "follow_ups",
    "open_usulan",
    "profile",
    "recommendations",
]

_SEVERITIES: Final = ("error", "warning", "info")


def documents_by_status(review: Review, lang: str = "id") -> Shown:
    """How many documents stand where on the reference date, and their stated value."""
    documents = review.documents
    columns: Titles = (("status", "left", 2), ("documents", "right", 1), ("share", "right", 1))
    columns += (("value", "right", 2),)
    groups = {s: documents[documents["effective_status"] == s] for s in STATUSES}
    present = {status: group for status, group in groups.items() if len(group)}
    rows = [
        (
            say(f"evaluation.status.{status}", lang),
            count(len(group), lang),
            share(len(group), len(documents), 1, lang),
            rupiah(group["nilai_rupiah"].sum(), lang),
        )
        for status, group in present.items()
    ]
    if rows:
        whole = rupiah(documents["nilai_rupiah"].sum(), lang)
        total = say("evaluation.column.total", lang)
        rows.append((total, count(len(documents), lang), share(1, 1, 1, lang), whole))
    facts = {"date": date_or_dash(review.tanggal_acuan, lang)}
    subjects = about("status", (*present, "*")) if present else ()
    return evaluation_table("status", columns, rows, lang, subjects=subjects, facts=facts)


def expiring(review: Review, lang: str = "id") -> Shown:
    """The documents that end within the largest window, soonest first."""
    documents = review.documents
    found = documents[documents["effective_status"] == "akan_berakhir"].sort_values(
        ["days_left", "no_dok"], kind="stable"
    )
    columns: Titles = (("no_dok", "left", 1.2), ("judul", "left", 3), ("mitra", "left", 2))
    columns += (("opd", "left", 1.2), ("until", "left", 1.8))
    columns += (("days_left", "right", 0), ("window", "right", 0))
    rows = [
        (
            row["no_dok"],
            text_or_dash(row["judul"]),
            text_or_dash(row["mitra_nama"]),
            text_or_dash(row["opd_kode"]),
            date_or_dash(row["berakhir"], lang),
            count(row["days_left"], lang),
            count(row["window_days"], lang),
        )
        for row in found.to_dict("records")
    ]
    date, days = date_or_dash(review.tanggal_acuan, lang), max(review.rules.windows_days)
    facts = {"date": date, "days": days}
    return evaluation_table(
        "expiring", columns, rows, lang, subjects=about("naskah", found["no_dok"]), facts=facts
    )


def follow_through(review: Review, lang: str = "id") -> Shown:
    """From determined proposal to work, step by step."""
    steps = review.follow_through
    columns: Titles = (("step", "left", 2.6), ("entered", "right", 1), ("reached", "right", 1))
    columns += (("open", "right", 1), ("stopped", "right", 1))
    columns += (("conversion", "right", 1.2), ("decided", "right", 1.2))
    rows = [
        (
            say(f"evaluation.step.{row['step']}", lang),
            *(count(row[name], lang) for name in ("entered", "reached", "open", "stopped")),
            percent_or_dash(row["conversion_percent"], 1, lang),
            percent_or_dash(row["decided_percent"], 1, lang),
        )
        for row in steps.to_dict("records")
        if steps["entered"].iloc[0]
    ]
    subjects = about("langkah", steps["step"])
    return evaluation_table("follow_through", columns, rows, lang, subjects=subjects)


def open_usulan(review: Review, lang: str = "id") -> Shown:
    """The determined proposals that were not carried out, with the step they miss."""
    waiting = review.cases[review.cases["next"].notna()]
    columns: Titles = (("usulan", "left", 1.6), ("judul", "left", 3.4), ("next", "left", 2))
    columns += (("state", "left", 1.2), ("documents", "left", 1.6))
    rows = [
        (
            f"{row['periode']}/{row['usulan_id']}",
            text_or_dash(row["judul"]),
            say(f"evaluation.step.{row['next']}", lang),
            say(f"evaluation.state.{row['state']}", lang),
            text_or_dash(row["documents"]),
        )
        for row in waiting.to_dict("records")
    ]
    subjects = about("penetapan", (row[0] for row in rows))
    return evaluation_table("open_usulan", columns, rows, lang, subjects=subjects)


def findings(review: Review, lang: str = "id") -> Shown:
    """What the register breaks and how to mend it, gravest first."""
    columns: Titles = (("severity", "left", 1.2), ("finding", "left", 3.4), ("fix", "left", 3.4))
    ordered = sorted(review.findings, key=lambda problem: _SEVERITIES.index(problem.severity))
    rows = [
        (
            say(f"evaluation.severity.{problem.severity}", lang),
            problem.text(lang),
            problem.remedy(lang),
        )
        for problem in ordered
    ]
    subjects = about("temuan", (problem.facts.get("no_dok", "*") for problem in ordered))
    return evaluation_table("findings", columns, rows, lang, row_header=1, subjects=subjects)
