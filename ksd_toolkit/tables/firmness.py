"""How firm the first ranks are, and what shakes them, as a table of a paper."""

from typing import Any

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import count, percent, say
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.uncertainty.by_source import ALONE, TOGETHER, BySource
from ksd_toolkit.tables.measures import about

_DASH = "\u2013"


def by_source(ranking: Ranking, found: BySource, rows: int = 20, lang: str = "") -> Shown:
    """The rank interval of the first usulan under every source of doubt alone, and all together."""
    lang = lang or ranking.lang
    shown = ranking.table.head(rows)[["rank", "judul"]].join(found.table)
    sources = (*ALONE, TOGETHER)
    columns = (
        Column(say("firmness.usulan", lang), "left", 4.0, measure="titled"),
        Column(say("firmness.rank", lang), "right", 0.0, "integer", "rank"),
        *(
            Column(say(f"firmness.{source}", lang), "center", 1.0, measure=f"{source}_interval")
            for source in sources
        ),
        Column(
            say("firmness.top", lang, top=count(found.uncertainty.top, lang)), "right", 0.0,
            "percent", f"{TOGETHER}_top",
        ),
    )  # fmt: skip
    body = tuple(
        (
            f"{usulan} {row['judul']}",
            count(row["rank"], lang),
            *(_interval(row, source, lang) for source in sources),
            percent(100 * row[f"{TOGETHER}_top"], 0, lang),
        )
        for usulan, row in records(shown)
    )
    low, high = found.uncertainty.interval
    note = say(
        "firmness.note", lang, draws=count(found.draws, lang), share=percent(100 * (high - low), 0, lang),
        noise=percent(100 * found.noise, 0, lang),
    )  # fmt: skip
    facts = {"shown": count(len(shown), lang), "of": count(len(ranking.table), lang)}
    caption, subjects = say("firmness.caption", lang, **facts), about("usulan", shown.index)
    return Shown(
        Table(caption, columns, body, note, 0, subjects, origin="table_firmness@usulan/*"),
        lang=lang,
    )


def _interval(row: dict[str, Any], source: str, lang: str) -> str:
    low, high = row[f"{source}_low"], row[f"{source}_high"]
    ends = [count(low, lang)] if low == high else [count(low, lang), count(high, lang)]
    return _DASH.join(ends)
