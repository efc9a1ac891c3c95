"""What many commands are asked alike: the dossier, the language, where results go, and for whom."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ksd_toolkit.messages.catalogue import LANGUAGES

ENGINES: Final = ("ksd-fork", "papermill")
"""What may run notebooks (`runs.fork_engine`, which is slow to load)."""


def _known_language(name: str) -> str:
    if name and name not in LANGUAGES:
        raise typer.BadParameter(f"{name}: id, en")
    return name


def known_engine(name: str) -> str:
    """The engine asked for, where there is one of that name."""
    if name and name not in ENGINES:
        raise typer.BadParameter(f"{name}: {', '.join(ENGINES)}")
    return name


DossierName = Annotated[str, typer.Argument(metavar="DOSSIER", help="hulu-sungai-selatan/2026")]
Lang = Annotated[str, typer.Option("--lang", help="id | en", callback=_known_language)]
MethodName = Annotated[
    str,
    typer.Option(
        "--method", metavar="NAME", help="cara menilai lain, mis. usg / another method, e.g. usg"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON untuk mesin / for machines")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="folder hasil / output folder")
]
