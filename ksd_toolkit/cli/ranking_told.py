"""What a command says of a ranking: how many are in it, what was stopped, and the points of one usulan."""

from typing import Any

import typer
from rich.table import Table

from ksd_toolkit.cli.saying import table_of, tell
from ksd_toolkit.messages import decimal, language, say, trimmed


def tell_ranked(ranking: Any) -> None:
    """How many usulan were ranked and why the others were not."""
    excluded = ranking.excluded
    other = int((excluded["jenis"] == "BUKAN").sum())
    silent = int((excluded["gate"] != "fail").sum())
    tell(
        "cli.ranked",
        ranking.lang,
        ranked=len(ranking.table),
        stopped=len(excluded),
        other=other,
        gates=len(excluded) - other - silent,
        silent=silent,
        method=ranking.method.name,
    )
    unscored = int((ranking.table["tkksd"] != "lengkap").sum())
    if unscored:
        tell("cli.unscored", ranking.lang, n=unscored, of=len(ranking.table))
    if ranking.table["class_change"].isin(["floor", "cap"]).any():
        tell("cli.changed_classes", ranking.lang)


def tell_stopped(ranking: Any) -> None:
    """The cooperation proposals a gate stopped, each with its reason, so that none vanishes unseen."""
    from ksd_toolkit.scoring import gate_reasons  # noqa: PLC0415  pandas is slow to load

    stopped = ranking.excluded.index[ranking.excluded["jenis"] != "BUKAN"]
    for usulan in stopped:
        told = gate_reasons(ranking, usulan, ranking.lang)
        reasons = "; ".join(told) or say("explain.unanswered", ranking.lang)
        typer.echo(f"  {usulan}: {reasons}")


def leaf_table(ranking: Any, usulan: str) -> Table:
    """Every criterion of an usulan: its level, weight and points, and the score they add up to."""
    lang = ranking.lang
    table = table_of(
        lang, ("criterion", "left"), ("level", "right"), ("weight", "right"), ("points", "right")
    )
    points = ranking.contributions.loc[usulan]
    for criterion in ranking.method.criteria:
        level = ranking.leaves.answers.loc[usulan, criterion.code]
        falling = f" ({say('explain.lower_is_better', lang)})" if criterion.direction == "-" else ""
        table.add_row(
            f"{criterion.code} {criterion.labels[language(lang)]}{falling}",
            _number(level, lang),
            trimmed(criterion.weight_percent, 2, lang),
            _number(points[criterion.code], lang),
        )
    scored = ranking.table if usulan in ranking.table.index else ranking.excluded
    table.add_section()
    table.add_row(say("answers.total", lang), "", "", _number(scored.at[usulan, "points"], lang))
    return table


def _number(value: float, lang: str) -> str:
    return "-" if value != value else decimal(value, 2, lang)  # noqa: PLR0124  NaN
