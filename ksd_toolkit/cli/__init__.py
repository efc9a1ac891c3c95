"""The `ksd` command."""

from ksd_toolkit.cli.commands import app
from ksd_toolkit.cli.register import app as register_app

app.add_typer(register_app)

__all__ = ["app"]
