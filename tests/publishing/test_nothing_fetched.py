"""While a paper is written no connection is made and no file is read but the toolkit's own.

A child process writes a paper that names a server of ours and files of the machine in every place,
with that server set as proxy, too. The server counts who comes; an audit hook sees every file that Python
opens and every socket; `strace`, where it is there, sees those of the typesetter as well.
"""

import json
import shutil
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CHILD = """
import json, sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/.."]
secret, address = sys.argv[2], sys.argv[3]
seen = []
watching = []

def hook(event, arguments):
    if watching and event in {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.exec"}:
        seen.append([event, str(arguments[0] if event == "open" else arguments)])

sys.addaudithook(hook)
from datetime import date
from test_docx_hostile import paper_of
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes

texts = [
    f"{address}/x", f"file://{secret}", secret, f'#image("{secret}")', f'#read("{secret}")',
    f'#import "{secret}"', f'#image("{address}/x.svg")', f'#include "../{secret}"',
    f'<img src="{address}/x.png">', f'<img src="file://{secret}">', f'{{% include "{secret}" %}}',
    f"@import url({address}/x.css)", f'INCLUDETEXT "{secret}"', f'INCLUDEPICTURE "{address}/x.png"',
    f'=WEBSERVICE("{address}/x")', f'=HYPERLINK("{address}/x","x")', f"![x]({address}/x.png)",
    '#import "@preview/cetz:0.3.0"',
]
dated = date(2026, 11, 23)
watching.append(True)
made = []
for text in texts:
    document = paper_of(text)
    made += [html_text(document).encode(), pdf_bytes(document, dated)]
    made += [docx_bytes(document, dated), annex_workbook(document, dated)]
watching.clear()
print(json.dumps({"seen": seen, "sizes": [len(one) for one in made]}))
"""


class Counted(socketserver.ThreadingTCPServer):
    daemon_threads = True
    calls = 0


class Counting(socketserver.BaseRequestHandler):
    def handle(self):
        self.server.calls += 1


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """What the child opened, the calls the server counted, and the trace of the system calls if there is one."""
    folder = tmp_path_factory.mktemp("rahasia")
    secret = folder / "rahasia.txt"
    secret.write_text("isi")
    work = folder / "kerja"
    work.mkdir()
    trace = folder / "trace"
    tracer = shutil.which("strace")
    traced = [tracer, "-f", "-qq", "-e", "trace=open,openat,connect", "-o", str(trace)]
    with Counted(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "ALL_PROXY"), address)
        child = subprocess.run(
            [*(traced if tracer else []), sys.executable, "-c", CHILD, HERE, secret, address],
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(work), "PYTHONDONTWRITEBYTECODE": "1", **proxies},
            capture_output=True, text=True, check=False, cwd=folder,
        )  # fmt: skip
        server.shutdown()
    assert child.returncode == 0, child.stderr
    told = json.loads(child.stdout)
    assert list(work.iterdir()) == []  # fonts laid out for the typesetter are taken away again
    return secret, server.calls, told, trace.read_text() if trace.exists() else ""


def test_the_server_counts_who_comes():
    """Else a count of 0 would say nothing."""
    with Counted(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        code = (
            "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1]))).recv(1)"
        )
        port = str(server.server_address[1])
        subprocess.run([sys.executable, "-c", code, port], check=True)
        server.shutdown()
        assert server.calls == 1


def test_every_form_was_written(written):
    sizes = written[2]["sizes"]
    assert len(sizes) == 18 * 4
    assert min(sizes) > 0


def test_nobody_came_to_the_server(written):
    assert written[1] == 0


def test_no_socket_and_no_process_was_begun(written):
    assert [what for what in written[2]["seen"] if what[0] != "open"] == []


def test_only_files_of_the_toolkit_and_its_packages_were_opened(written):
    package = HERE.parents[1] / "ksd_toolkit"
    work = str(written[0].parent / "kerja")
    known = (
        str(package),
        str(HERE.parent),
        work,
        sys.prefix,
        sys.base_prefix,
        *map(str, _shelves()),
    )
    opened = {what[1] for what in written[2]["seen"] if what[0] == "open"}
    foreign = {
        name
        for name in opened
        if not name.startswith(known) and not name.isdecimal() and not name.startswith("/dev/")
    }
    assert foreign == set()


def _shelves():
    """Folders Python itself loads modules from."""
    return [Path(folder).resolve() for folder in sys.path if folder]


def test_the_system_was_asked_for_no_named_file_and_no_connection(written):
    secret, _, _, trace = written
    if not trace:
        pytest.skip("strace is not installed: calls below Python are not seen")
    assert secret.name not in trace
    assert "AF_INET" not in trace
