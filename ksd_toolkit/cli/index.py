"""`ksd index`: the page of everything made in a period, in both languages, and the same for machines."""

from typing import Annotated

import typer

from ksd_toolkit.cli.options import AsJson, Lang
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import print_json, sentences, tell, tell_banner
from ksd_toolkit.messages import count, language, say
from ksd_toolkit.project import find_home


def index(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="2026, 2026-S1")],
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Indeks semua naskah satu periode. / The index page of everything made in a period."""
    from ksd_toolkit.runs.indexing import indexed, write_index  # noqa: PLC0415  pandas is slow to load

    with sentences(lang, as_json=as_json):
        home = find_home()
        found = indexed(home, period)
        written = [shown_path(path) for path in write_index(found, home)]
        if as_json:
            print_json({"files": written, "totals": found.totals, "exit_code": 0})
            return
        spoken = language(lang or "id")
        tell_banner(spoken, simulated=found.simulated)
        tell("cli_index.made", spoken, period=period, n=count(len(found.regions), spoken))
        for status, number in found.totals.items():
            name = say(f"index_page.{status}", spoken)
            tell("cli_index.count", spoken, n=count(number, spoken), status=name)
        for path in written:
            typer.echo(f"  {path}")
        tell("cli_index.open", spoken, file=written[1] if spoken == "en" else written[0])
