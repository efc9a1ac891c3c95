"""The `ksd` command."""

from ksd_toolkit.cli.commands import app

__all__ = ["app"]
