"""`ksd app`: serve the what-if page to officials who have only a browser."""

import subprocess
import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from ksd_toolkit.cli.commands import ranking_of
from ksd_toolkit.cli.options import DossierName, Lang
from ksd_toolkit.cli.saying import sentences, tell

_LOOPBACK = "127.0.0.1"

Host = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="selain komputer ini / beyond this machine")
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="0: yang kosong / any free one")
]
NoBrowser = Annotated[
    bool, typer.Option("--no-browser", help="jangan buka peramban / open no browser")
]


def app(
    dossier: DossierName,
    host: Host = _LOOPBACK,
    port: Port = 0,
    no_browser: NoBrowser = False,
    lang: Lang = "",
) -> None:
    """Sajikan halaman bagaimana-bila di peramban. / Serve the what-if page to a browser."""
    from ksd_toolkit.widgets.app import service  # noqa: PLC0415  Jupyter is slow to load

    with sentences(lang), tempfile.TemporaryDirectory(prefix="ksd-app-") as workshop:
        ranking = ranking_of(dossier, lang)  # a dossier that cannot be ranked is told of here
        made = service(ranking.register.dossier, Path(workshop), host=host, port=port)
        tell("app.served", ranking.lang, url=made.url)
        if host != _LOOPBACK:
            tell("app.open_to_all", ranking.lang)
        with subprocess.Popen(  # noqa: S603  our own command line
            made.command, env=dict(made.environment), cwd=workshop, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:  # fmt: skip
            if not no_browser:
                webbrowser.open(made.url)
            try:
                code = server.wait()
            except KeyboardInterrupt:
                server.terminate()
                return
        if code:
            tell("app.ended", ranking.lang, code=code)
            raise typer.Exit(1)
