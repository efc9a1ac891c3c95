"""`ksd compare`: the same usulan under every profile and way to compute, and what all say together."""

from typing import Annotated, Any

import typer
from rich.markup import escape

from ksd_toolkit.cli.commands import ranking_of
from ksd_toolkit.cli.options import AsJson, DossierName, Lang, MethodName
from ksd_toolkit.cli.saying import (
    console,
    frame_facts,
    print_json,
    sentences,
    table_of,
    tell_banner,
)
from ksd_toolkit.messages import count, say


def compare(
    dossier: DossierName,
    rows: Annotated[int, typer.Option(min=1)] = 20,
    method: MethodName = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Peringkat menurut semua profil dan cara menghitung. / Ranks under every profile and way to compute."""
    from ksd_toolkit.scoring.comparison.side_by_side import side_by_side  # noqa: PLC0415  slow to load

    with sentences(lang, as_json=as_json):
        found = side_by_side(ranking_of(dossier, lang, method))
        if as_json:
            print_json(
                {
                    "stamp": found.ranking.stamp.to_json(),
                    "ranks": frame_facts(found.ranks),
                    "table": frame_facts(found.table),
                    "condorcet": found.condorcet,
                    "refused": {
                        name: error.sentence(found.ranking.lang)
                        for name, error in found.refused.items()
                    },
                }
            )
            return
        _tell(found, rows)


def _tell(found: Any, rows: int) -> None:
    ranking = found.ranking
    lang = ranking.lang
    keys = list(found.ranks.columns)
    table = table_of(lang, ("usulan", "left"))
    for key in keys:
        table.add_column(str(key), justify="right")
    for name in ("borda", "copeland", "span"):
        table.add_column(say(f"compare.{name}", lang), justify="right")
    for usulan in ranking.table.index[:rows]:
        ranks = [_rank(found.ranks.at[usulan, key], lang) for key in keys]
        places = [_rank(found.table.at[usulan, f"{c}_rank"], lang) for c in ("borda", "copeland")]
        ends = [_rank(found.table.at[usulan, end], lang) for end in ("low", "high")]
        title = escape(f"{usulan} {ranking.table.at[usulan, 'judul']}")
        table.add_row(title, *ranks, *places, "\u2013".join(ends))
    tell_banner(lang, simulated=ranking.stamp.simulated)
    console().print(table)
    for key in keys:
        typer.echo(f"  {key}: {found.title(key)}")
    for name, error in found.refused.items():
        typer.echo(say("compare.refused", lang, name=name, reason=error.sentence(lang)))


def _rank(value: Any, lang: str) -> str:
    import pandas as pd  # noqa: PLC0415  slow to load, and loaded by then

    return "-" if pd.isna(value) else count(value, lang)
