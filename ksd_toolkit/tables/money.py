"""Budget, spending, revenue and goods of the documents as a table."""

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.money import MoneyTotal, total_of
from ksd_toolkit.messages import count, join_words, rupiah, say
from ksd_toolkit.tables.cells import DASH, percent_or_dash, text_or_dash
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.reviewed import Title, reviewed


def by_document(review: Review, lang: str = "id") -> Shown:
    """What each document of the half-year cost and brought, and the sum of those that can be compared."""
    found = review.money
    titles: list[Title] = [
        ("no_dok", "left", 1.2),
        ("anggaran", "right", 1.5),
        ("realisasi", "right", 1.5),
    ]
    titles += [("serapan", "right", 1), ("serapan_lalu", "right", 1)]
    titles += [("hasil_uang", "right", 1.4), ("hasil_barang", "left", 2)]
    rows: list[tuple[str, ...]] = [
        (
            row["no_dok"],
            _rupiah(row["anggaran"], lang),
            _rupiah(row["realisasi_anggaran"], lang),
            percent_or_dash(row["absorption_percent"], 1, lang),
            percent_or_dash(row["previous_percent"], 1, lang),
            _rupiah(row["hasil_uang"], lang),
            text_or_dash(row["hasil_barang"]),
        )
        for row in found.to_dict("records")
    ]
    total = total_of(found)
    if rows:
        rows.append(_sum(total, lang))
    facts = {
        "period": review.semester,
        "previous": review.previous,
        "compared": count(total.compared, lang),
        "whole": count(total.documents, lang),
        "without": _without(review, lang),
    }
    subjects = about("uang", (*found["no_dok"], "*")) if rows else ()
    return reviewed("money", titles, rows, lang, subjects=subjects, facts=facts)


def _sum(total: MoneyTotal, lang: str) -> tuple[str, ...]:
    """The last row: only documents with budget and spending enter its sums."""
    compared = total.compared > 0
    return (
        say("periodic.total", lang),
        rupiah(total.budget, lang) if compared else DASH,
        rupiah(total.spent, lang) if compared else DASH,
        percent_or_dash(total.percent, 1, lang),
        DASH,
        DASH if total.revenue is None else rupiah(total.revenue, lang),
        say("periodic.goods", lang, count=count(total.goods, lang)),
    )


def _without(review: Review, lang: str) -> str:
    """The documents that do not enter the sums, each with its reason."""
    found = review.money
    left_out = found[found["state"] != "lengkap"]
    if left_out.empty:
        return say("periodic.money.all", lang)
    told = [
        say(f"periodic.money.{state}", lang, no_dok=number)
        for number, state in zip(left_out["no_dok"], left_out["state"], strict=True)
    ]
    return say("periodic.money.without", lang, documents=join_words(told, lang))


def _rupiah(value: float, lang: str) -> str:
    return DASH if pd.isna(value) else rupiah(value, lang)
