"""Promised and received benefit as tables: per document and side, and counted per side."""

from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.benefits import STANDINGS, counts_by_side
from ksd_toolkit.messages import count, say
from ksd_toolkit.tables.cells import text_or_dash
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.reviewed import Title, reviewed


def by_party(review: Review, lang: str = "id") -> Shown:
    """What each side of every document was promised, what it received and how that compares."""
    found = review.benefits
    titles: list[Title] = [
        ("no_dok", "left", 1.2),
        ("side", "left", 1.1),
        ("promised", "left", 2.6),
    ]
    titles += [("received", "left", 2.6), ("standing", "left", 1.5), ("periode", "left", 0.9)]
    rows = [
        (
            row["no_dok"],
            say(f"periodic.side.{row['side']}", lang),
            text_or_dash(row["promised"]),
            text_or_dash(row["received"]),
            say(f"periodic.standing.{row['standing']}", lang),
            text_or_dash(row["periode"]),
        )
        for row in found.to_dict("records")
    ]
    subjects = about("manfaat", found["no_dok"] + "|" + found["side"])
    return reviewed("benefits", titles, rows, lang, subjects=subjects)


def counts(review: Review, lang: str = "id") -> Shown:
    """How many promises to each side were kept, in part, not yet, or never reported on."""
    found = review.benefits
    counted = counts_by_side(found).to_dict("records")
    titles: list[Title] = [("side", "left", 1.4), ("promises", "right", 1)]
    titles += [(f"standing_{name}", "right", 1) for name in STANDINGS]
    rows = [
        (
            say(f"periodic.side.{row['side']}", lang),
            count(row["promises"], lang),
            *(count(row[name], lang) for name in STANDINGS),
        )
        for row in counted
        if len(found)
    ]
    subjects = about("manfaat", (f"*|{row['side']}" for row in counted))
    return reviewed("benefit_counts", titles, rows, lang, subjects=subjects)
