"""`ksd what-if`: the what-if page as one file that needs no server."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ksd_toolkit.cli.commands import ranking_of
from ksd_toolkit.cli.options import DossierName, Lang, MethodName
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import sentences, tell

PAGE: Final = "what-if.html"

Html = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", help="nama berkas / file; else reports/.../what-if.html"
    ),
]


def what_if(
    dossier: DossierName, html: Html = None, method: MethodName = "", lang: Lang = ""
) -> None:
    """Halaman bagaimana-bila dalam satu berkas, tanpa peladen. / The what-if page as one offline file."""
    from ksd_toolkit.publishing.files import replace_file  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.widgets.offline import offline_page  # noqa: PLC0415

    with sentences(lang):
        ranking = ranking_of(dossier, lang, method)
        file = html if html and html.name else ranking.register.dossier.reports / PAGE
        is_new = not file.parent.is_dir()
        replace_file(file, offline_page(ranking).encode())
        if is_new:
            tell("cli.folder_made", ranking.lang, folder=shown_path(file.parent))
        tell("cli.what_if", ranking.lang, file=shown_path(file))
