"""`ksd app`: the what-if notebook as a web page for officials who have only a browser.

Voila serves it on this machine alone unless told otherwise. Its template is ours: no code, nothing from a content
network, and a policy that lets a page reach nothing but this server.
"""

import json
import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import nbformat

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import say
from ksd_toolkit.runs.notebook_files import notebook_path

LOOPBACK: Final = "127.0.0.1"
NOTEBOOK: Final = "what_if"
_TEMPLATE: Final = "ksd"
_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://{host}:{port};"
    " frame-ancestors 'self'; base-uri 'self'; object-src 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Service:
    """A page that can be served: the command, what its environment needs, and where it is found."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    url: str


def service(dossier: Dossier, workshop: Path, *, host: str = LOOPBACK, port: int = 0) -> Service:
    """Prepare the page of a dossier in a folder of its own.

    Args:
        dossier: Whose usulan are weighed.
        workshop: An empty folder that lives as long as the page is served.
        host: The address it listens on; this machine alone unless given.
        port: The port; a free one when 0.

    Raises:
        RunError: The port is taken.
    """
    port = port or _free_port(host)
    if not _is_free(host, port):
        raise RunError("app.port", port=port)
    notebook = workshop / f"{NOTEBOOK}.ipynb"
    nbformat.write(_notebook(dossier), notebook)
    (workshop / "voila.json").write_text(
        json.dumps(_settings(dossier, host, port)), encoding="utf-8"
    )
    command = (
        sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}",
        f"--Voila.ip={host}", f"--VoilaConfiguration.template={_TEMPLATE}",
    )  # fmt: skip
    templates = str(files("ksd_toolkit.widgets"))
    paths = os.pathsep.join(filter(None, (templates, os.environ.get("JUPYTER_PATH", ""))))
    environment = {
        **os.environ,
        "JUPYTER_PATH": paths,
        "JUPYTER_CONFIG_PATH": str(workshop),
        "KSD_HOME": str(dossier.root),
    }
    return Service(command, environment, f"http://{host}:{port}/")


def _notebook(dossier: Dossier) -> Any:
    """The what-if notebook with the dossier and its language as parameters."""
    notebook = nbformat.read(notebook_path(NOTEBOOK, dossier), as_version=4)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = f"dossier = {dossier.called!r}\nlang = {dossier.lang!r}"
    region = dossier.region.name
    notebook.metadata["title"] = say("what_if.page_title", dossier.lang, region=region)
    return notebook


def _settings(dossier: Dossier, host: str, port: int) -> dict[str, Any]:
    """What Voila reads from its settings file: the policy, the language, no traceback, no other file."""
    policy = _POLICY.format(host=host, port=port)
    return {
        "Voila": {"tornado_settings": {"headers": {"Content-Security-Policy": policy}}},
        "VoilaConfiguration": {
            "show_tracebacks": False,
            "strip_sources": True,
            "file_allowlist": [],
            "resources": {
                "language_code": dossier.lang,
                "waiting": say("app.waiting", dossier.lang),
            },
        },
    }


def _free_port(host: str) -> int:
    with socket.socket() as found:
        found.bind((host, 0))
        return int(found.getsockname()[1])


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True
