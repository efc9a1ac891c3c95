"""What a plenary must not overlook in the list: usulan still to be reviewed, and those only offices scored."""

from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.messages import count, join_words, say, say_counted
from ksd_toolkit.scoring import Ranking, gate_reasons
from ksd_toolkit.tables.measures import about

_NAMED = 20


def unscored(ranking: Ranking, lang: str = "") -> Shown:
    """How many usulan the TKKSD has not scored, or not in full, and which: the offices' medians stand there."""
    lang = lang or ranking.lang
    parts = []
    for state in ("belum", "sebagian"):
        mine = [str(u) for u in ranking.table.index[ranking.table["tkksd"] == state]]
        if not mine:
            continue
        names = mine[:_NAMED]
        if more := len(mine) - len(names):
            names.append(say("attention.more", lang, n=count(more, lang)))
        facts = {"n": count(len(mine), lang), "names": join_words(names, lang)}
        parts.append(say_counted(f"attention.{state}", len(mine), lang, **facts))
    text = " ".join(parts) or say("attention.all_scored", lang)
    return Shown(Paragraph(runs(text), origin="unscored@usulan/*"), lang=lang)


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
