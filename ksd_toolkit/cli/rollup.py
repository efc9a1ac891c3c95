"""`ksd roll-up`: one paper over many regions of a period."""

from typing import Annotated, Any

import typer

from ksd_toolkit.cli.options import AsJson, Lang, Out
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.run import EngineName
from ksd_toolkit.cli.saying import print_json, progress, sentences, tell
from ksd_toolkit.messages import count

Period = Annotated[str, typer.Argument(metavar="PERIOD", help="2026, 2026-S1")]
Province = Annotated[
    str,
    typer.Option("--province", metavar="CODE", help="kode provinsi, mis. 63 / code of a province"),
]
Rows = Annotated[
    int,
    typer.Option(
        "--rows", min=0, help="baris tabel per daerah; 0 = 25 / rows of tables by region; 0 = 25"
    ),
]


def roll_up(  # noqa: PLR0913, PLR0917  every option of a command is an argument
    period: Period,
    province: Province = "",
    rows: Rows = 0,
    engine: EngineName = "",
    out: Out = None,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Rekap banyak daerah satu periode. / Roll up many regions of a period."""
    from ksd_toolkit.runs import rollup as runs  # noqa: PLC0415  papermill is slow to load

    with sentences(lang, as_json=as_json):
        spoken = lang or "id"
        with progress(runs.STEPS, spoken, silent=as_json) as on_step:
            result = runs.roll_up(
                period, province, lang=spoken, folder=out, rows=rows or None, engine=engine,
                on_step=on_step,
            )  # fmt: skip
        if as_json:
            print_json(_facts(result))
        else:
            _tell(result, spoken)
        raise typer.Exit(result.exit_code)


def _facts(result: Any) -> dict[str, Any]:
    """What was rolled up and made, for machines."""
    from ksd_toolkit.runs.rollup import regions_told  # noqa: PLC0415

    return {
        "name": result.rollup.name,
        "regions": regions_told(result.rollup),
        "stale": {one.dossier: list(one.changes) for one in result.rollup.stale},
        "files": [shown_path(path) for path in result.files],
        "exit_code": result.exit_code,
    }


def _tell(result: Any, lang: str) -> None:
    """Which regions are counted, why others are not, and where the paper lies."""
    from ksd_toolkit.rollup.wording import left_sentence  # noqa: PLC0415

    rollup = result.rollup
    numbers = {"used": count(len(rollup.used), lang), "left": count(len(rollup.left), lang)}
    tell("rollup.cli.counted", lang, name=rollup.name, **numbers)
    for one in rollup.left:
        typer.echo(f"  {left_sentence(one, lang)}")
    for one in rollup.stale:
        tell("rollup.cli.stale", lang, dossier=one.dossier)
    tell("cli.papers", lang, folder=shown_path(result.folder))
    for path in result.files:
        typer.echo(f"  {path.relative_to(result.folder).as_posix()}")
