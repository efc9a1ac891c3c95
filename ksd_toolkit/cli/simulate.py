"""`ksd simulate`: write a simulated nation, for batch tests and for trying out reports over many regions."""

import os
from pathlib import Path
from typing import Annotated

import typer

from ksd_toolkit.cli.options import AsJson, Lang
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import home_or_here, print_json, progress, sentences, tell, tell_banner
from ksd_toolkit.messages import count, language, say


def simulate(  # noqa: PLR0913, PLR0917  every option of a command is an argument
    regions: Annotated[int, typer.Option(help="banyak daerah, 1-514 / how many regions")] = 514,
    seed: Annotated[int, typer.Option(help="benih undian / what decides every draw")] = 1,
    period: Annotated[str, typer.Option(help="periode / period")] = "2026",
    offices: Annotated[int, typer.Option(help="perangkat daerah per daerah / offices each")] = 28,
    previous: Annotated[
        bool, typer.Option("--previous", help="juga periode sebelumnya / the period before too")
    ] = False,
    home: Annotated[
        Path | None, typer.Option(metavar="DIR", help="folder proyek / project folder")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="banyak proses; 0 semua inti / processes")
    ] = 0,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Tulis dosir simulasi banyak daerah untuk uji. / Write simulated dossiers of many regions."""
    from ksd_toolkit.simulation.simulate import (  # noqa: PLC0415  pandas is slow to load
        STEPS,
        Nation,
        simulate_nation,
    )

    with sentences(lang, as_json=as_json):
        spoken = language(lang)
        nation = Nation(regions, seed, period, offices, with_previous=previous)
        folder = home if home is not None else home_or_here()
        with progress(min(STEPS, regions), spoken, silent=as_json) as told:
            of = count(regions, spoken)
            names = simulate_nation(
                nation, folder, workers=workers or os.cpu_count() or 1,
                on_step=lambda n: told(say("simulate.step", spoken, n=count(n, spoken), of=of)),
            )  # fmt: skip
        if as_json:
            print_json({"home": shown_path(folder), "seed": seed, "dossiers": names})
            return
        tell_banner(spoken, simulated=True)
        place = shown_path(folder / "data")
        tell("simulate.made", spoken, n=count(len(names), spoken), seed=seed, folder=place)
        tell("simulate.next", spoken, dossier=names[-1])
