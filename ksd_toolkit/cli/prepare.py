"""`ksd prepare`: the schedule, the offices short of two PPKSD, and the invitations, before any answer."""

from typing import Annotated

import typer

from ksd_toolkit.cli.options import DossierName, Lang, Out
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import sentences, tell, tell_banner
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.messages import count, say_counted
from ksd_toolkit.project import SETTINGS_FILE


def prepare(
    dossier: DossierName,
    start: Annotated[
        str, typer.Option("--start", metavar="DATE", help="hari pertama jadwal / its first day")
    ] = "",
    out: Out = None,
    lang: Lang = "",
) -> None:
    """Siapkan pemetaan: jadwal, PPKSD yang kurang, dan undangan. / Schedule, PPKSD and invitations."""
    from ksd_toolkit.runs.prepare import write_pack  # noqa: PLC0415  papermill is slow to load

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        pack = write_pack(opened, out, start)
        tell_banner(opened.lang, simulated=opened.simulated)
        if pack.schedule is not None:
            tell("prepare.schedule_written", opened.lang, file=shown_path(pack.schedule))
        begins = pack.preparation.schedule.start
        if start and begins != opened.schedule_start:
            settings = shown_path(opened.folder / SETTINGS_FILE)
            tell("prepare.this_once", opened.lang, file=settings, start=begins)
        number = len(pack.preparation.short)
        shown = count(number, opened.lang)
        typer.echo(say_counted("prepare.short", number, opened.lang, n=shown))
        tell("prepare.made", opened.lang, folder=shown_path(pack.folder))
        for path in pack.files:
            typer.echo(f"  {path.relative_to(pack.folder).as_posix()}")
