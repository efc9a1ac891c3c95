"""What a plenary must not overlook in the list: usulan still to be reviewed, and those only offices scored."""

from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Column,
    Paragraph,
    Runs,
    Table,
    joined,
    measured,
    runs,
    spaced,
    told,
    told_counted,
)
from ksd_toolkit.messages import count, say, say_counted
from ksd_toolkit.scoring import Ranking, gate_reasons
from ksd_toolkit.tables.measures import about

NAMED = 20
"""Usulan a sentence names before it says how many more there are."""


def unscored(ranking: Ranking, lang: str = "") -> Shown:
    """How many usulan the TKKSD has not scored, or not in full, and which: the offices' medians stand there."""
    lang = lang or ranking.lang
    parts: list[Runs] = []
    for state in ("belum", "sebagian"):
        mine = [str(u) for u in ranking.table.index[ranking.table["tkksd"] == state]]
        if not mine:
            continue
        names: list[str | Runs] = [*mine[:NAMED]]
        if more := len(mine) - len(names):
            rest = measured(count(more, lang), f"unnamed:{state}", "usulan/*")
            names.append(told("attention.more", lang, n=rest))
        number = measured(count(len(mine), lang), f"tkksd:{state}", "usulan/*")
        line = told_counted(
            f"attention.{state}", len(mine), lang, n=number, names=joined(names, lang)
        )
        parts.append(line)
    text = spaced(parts) or runs(say("attention.all_scored", lang))
    return Shown(Paragraph(text), lang=lang)


def reviews(ranking: Ranking, lang: str = "") -> Shown:
    """The ranked usulan a gate asks to look at again, each with its reason and article."""
    lang = lang or ranking.lang
    shown = ranking.table[ranking.table["gate"] == "review"]
    if shown.empty:
        return Shown(Paragraph(runs(say("attention.no_reviews", lang))), lang=lang)
    columns = (
        Column(label("rank", lang), "right", kind="integer", measure="rank"),
        Column(label("usulan", lang), "left", 3.6, measure="titled"),
        Column(label("reason", lang), "left", 4.4, measure="gate"),
    )
    rows = tuple(
        (
            count(row["rank"], lang),
            f"{usulan} {row['judul']}",
            "; ".join(gate_reasons(ranking, usulan, lang)),
        )
        for usulan, row in records(shown)
    )
    caption = say_counted("attention.reviews", len(shown), lang, n=count(len(shown), lang))
    subjects = about("usulan", shown.index)
    return Shown(
        Table(caption, columns, rows, "", 1, subjects, origin="review@usulan/*"), lang=lang
    )
