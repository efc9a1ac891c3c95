"""`python -m ksd_toolkit` is `ksd`."""

from ksd_toolkit.cli import app

if __name__ == "__main__":
    app()
