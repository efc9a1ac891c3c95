"""LibreOffice where it can open spreadsheets: Writer alone has the same command and loads none."""

import shutil
from pathlib import Path

import pytest


def _calc() -> str | None:
    """The command, unless it is Debian's without Calc, whose parts are packages of their own."""
    command = shutil.which("soffice")
    parts = Path("/usr/lib/libreoffice/program")
    return None if parts.is_dir() and not (parts / "libsclo.so").is_file() else command


SOFFICE = _calc()
needs_calc = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc is not installed")
