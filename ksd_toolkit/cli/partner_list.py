"""The list `ksd partners` gives: candidate regions as a table, the reasons of the first, and all for machines."""

import math
from typing import Any, Final

import typer

from ksd_toolkit.cli.saying import console, frame_facts, table_of, tell_banner
from ksd_toolkit.messages import count, percent, say

_SIMILAR: Final = 5
_NARROW: Final = 110  # columns of a terminal below which the criteria do not fit


def list_facts(matches: Any) -> dict[str, Any]:
    """Everything a machine needs of a matching."""
    return {
        "home": matches.home.code,
        "stamp": matches.stamp.to_json(),
        "lens": matches.lens,
        "weights": dict(matches.settings.weights),
        "unknown": list(matches.unknown),
        "partners": [
            row | {"explanation": matches.explain(row["code"])}
            for row in frame_facts(matches.table)
        ],
        "other_level": frame_facts(matches.other_level.set_index("code")),
        "benchmark": frame_facts(matches.benchmark().set_index("code")),
    }


def tell_list(matches: Any, rows: int) -> None:
    """The list, what the first ones share, and what could not be known."""
    from ksd_toolkit.prose.partners import case_of  # noqa: PLC0415

    lang = matches.lang
    tell_banner(lang, simulated=matches.stamp.simulated)
    typer.echo(say("partners.home", lang, region=matches.home.name, code=matches.home.code))
    console().print(list_of(matches, rows))
    for code in matches.table.index[: min(rows, 3)]:
        typer.echo(f"- {matches.explain(code)}")
        typer.echo(f"  {case_of(matches, code).sentence(lang)}")
    for letter, rows_of in matches.other_level.groupby("letter", sort=True):
        names = "; ".join(f"{row['name']} ({row['code']})" for row in rows_of.to_dict("records"))
        number = count(len(rows_of), lang)
        typer.echo(say("partners.other_level_line", lang, letter=letter, n=number, names=names))
    similar = matches.benchmark(_SIMILAR)
    if len(similar):
        names = "; ".join(f"{row['name']} ({row['code']})" for row in similar.to_dict("records"))
        typer.echo(say("partners.similar", lang, names=names))
    for sentence in matches.unknown:
        typer.echo(sentence)
    if matches.table["shared_problems"].isna().any():
        typer.echo(say("partners.bring", lang))


def list_of(matches: Any, rows: int) -> Any:
    """The first regions as a table for the screen; a narrow one has no room for the criteria."""
    import pandas as pd  # noqa: PLC0415

    from ksd_toolkit.matching.settings import CRITERIA  # noqa: PLC0415
    from ksd_toolkit.tables.partner_words import (  # noqa: PLC0415
        criteria_texts,
        points_text,
        relation_text,
    )

    lang = matches.lang
    table = table_of(lang)
    criteria = CRITERIA if console().width >= _NARROW else ()
    names = ("rank", "region", "points", *criteria, "relation", "letter", "top_share")
    for name in names:
        right = name in {"rank", "points", "top_share", *CRITERIA}
        title = say(f"partners.column.{name}", lang).replace("\u00ad", "")
        table.add_column(title, justify="right" if right else "left")
    shown = matches.table.head(rows)
    for code, row in zip(shown.index, shown.to_dict("records"), strict=True):
        name = f"{row['name']} ({code})"
        table.add_row(
            "-" if pd.isna(row["rank"]) else count(row["rank"], lang),
            say("partners.named", lang, name=name) if row["named"] else name,
            points_text(row, lang),
            *(criteria_texts(row, lang) if criteria else ()),
            relation_text(row, lang),
            str(row["letter"]) or "-",
            _share(row["top_share"], lang),
        )
    return table


def _share(value: float, lang: str) -> str:
    return "-" if math.isnan(value) else percent(100 * value, 0, lang)
