"""`ksd agreements`: how every agreement stands, its history, and what falls due."""

import typer

app = typer.Typer(
    name="agreements",
    help="Naskah kerja sama: tahap, riwayat, pengingat. / Agreements: stages, history, reminders.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
