"""JupyterLab and the served page: one walk through each, and the scenario saved there is what ksd run prints."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect
from typer.testing import CliRunner

from ksd_toolkit.cli import app as cli
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.messages import decimal
from ksd_toolkit.register import ingest
from ksd_toolkit.widgets.app import service

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
SAMPLE = "hulu-sungai-selatan/2026"
KEPT = ("Kesehatan", "Perikanan", "Lingkungan Hidup", "Penanggulangan Bencana")
FIRST = ".ksd-what-if input[type=range]"
SOON = 90_000


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The sample cut to a few offices, so that a run of it takes a third of the time."""
    home = tmp_path_factory.mktemp("doors")
    data = home / "data" / "hulu-sungai-selatan"
    shutil.copytree(ROOT / "data" / "hulu-sungai-selatan" / "2026", data / "2026")
    for book in (data / "2026" / "kuesioner").iterdir():
        if not any(name in book.name for name in KEPT):
            book.unlink()
    (data / "2026" / "pleno.toml").unlink()
    ingest(open_dossier(SAMPLE, home=home))
    return home


@contextlib.contextmanager
def serving(command, environment, folder):
    """A server that lives as long as the test; its log tells why it did not."""
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            yield
        finally:
            server.terminate()
            server.wait()


@contextlib.contextmanager
def served(home, folder):
    dossier = open_dossier(SAMPLE, home=home)
    made = service(dossier, folder)
    with serving(made.command, dict(made.environment), folder):
        yield made.url


@contextlib.contextmanager
def lab(home, folder):
    shutil.copy(ROOT / "notebooks" / "what_if.ipynb", folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", f"--LabApp.user_settings_dir={folder}",
        f"--LabApp.workspaces_dir={folder}",
    ]  # fmt: skip
    with serving(command, {**os.environ, "KSD_HOME": str(home)}, folder):
        yield f"http://127.0.0.1:{port}/lab/tree/what_if.ipynb?reset"


def reached(page, url):
    """Open an address as soon as its server answers."""
    for _ in range(120):
        with contextlib.suppress(Exception):
            page.goto(url, timeout=SOON)
            return
        time.sleep(0.5)
    raise AssertionError(url)


def run_all(page):
    """Run every cell; a menu clicked while JupyterLab still connects does nothing, so it is clicked again."""
    # On a busy machine JupyterLab asks which kernel, once for every cell: what it offers is taken each time.
    page.add_locator_handler(
        page.locator("dialog.jp-Dialog"),
        lambda asks: asks.locator("button.jp-mod-accept").click(),
        no_wait_after=True,
    )
    expect(page.locator(".jp-Toolbar-kernelName")).to_contain_text("Python 3", timeout=SOON)
    idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    expect(idle).to_be_visible(timeout=SOON)
    for _ in range(3):
        page.locator(".jp-Notebook-cell").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with contextlib.suppress(PlaywrightTimeout):
            page.wait_for_selector(".jp-InputPrompt >> text=/\\[[*1]\\]/", timeout=SOON / 9)
            break
    # The last cell's; an assertion answers what JupyterLab asks, a wait does not.
    expect(page.locator(".ksd-what-if .map").first).to_be_visible(timeout=SOON)
    expect(idle).to_be_visible(timeout=SOON)


@pytest.fixture(params=["served", "lab"])
def door(request, chromium, home, tmp_path):
    """A page in a door, every request it makes, and which door it is."""
    asked = []
    with {"served": served, "lab": lab}[request.param](home, tmp_path) as url:
        context = chromium.new_context(viewport={"width": 1280, "height": 1000}, bypass_csp=False)
        page = context.new_page()
        page.on("request", lambda one: asked.append(one.url))
        reached(page, url)
        if request.param == "lab":
            run_all(page)
        page.wait_for_selector(FIRST, timeout=SOON)
        yield page, asked, request.param
        context.close()


def test_a_walk_through_the_door_ends_in_a_run_of_the_same_ranks(door, home, checkers):
    page, asked, name = door
    widget = page.locator(".ksd-what-if").first
    before = widget.locator("td.points .number").all_inner_texts()
    widget.get_by_label(re.compile("^K3A ")).focus()
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    expect(widget.locator(".status")).to_contain_text(re.compile("naik|berpindah"), timeout=SOON)
    expect(widget.locator("td.points .number").first).not_to_have_text(before[0], timeout=SOON)
    widget.locator("button.open").first.focus()
    page.keyboard.press("Enter")
    expect(widget.locator(".details .sentence")).to_contain_text("peringkat", timeout=SOON)
    title = f"Lewat {name}"
    widget.get_by_role("textbox", name="Nama skenario").fill(title)
    widget.get_by_role("button", name="Simpan skenario").focus()
    page.keyboard.press("Enter")
    expect(widget.locator(".scenarios .told")).to_contain_text(
        f"--scenario lewat-{name}", timeout=SOON
    )
    shown = shown_by(widget)
    widget.get_by_role("button", name="Urungkan").click()
    expect(widget.locator("td.points .number").first).to_have_text(before[0], timeout=SOON)
    shots = ROOT / "reports" / "what-if"
    shots.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shots / f"{name}.png")
    accessible(page, checkers, ".ksd-what-if" if name == "lab" else "")
    assert [
        url for url in asked if not re.match(r"(https?|ws)://127\.0\.0\.1[:/]|data:|blob:", url)
    ] == []
    printed = ranks_of_a_run(home, f"lewat-{name}")
    assert printed[: len(shown)] == shown


def test_a_walk_through_the_offline_file_ends_in_a_run_of_the_same_ranks(chromium, home, tmp_path):
    file = tmp_path / "what-if.html"
    environment = {**os.environ, "KSD_HOME": str(home)}
    command = [sys.executable, "-m", "ksd_toolkit", "what-if", SAMPLE, "--html", str(file)]
    subprocess.run(command, env=environment, cwd=home, check=True, capture_output=True)
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(file.as_uri())
    before = page.locator("td.points .number").first.inner_text()
    page.get_by_label(re.compile("^K3A ")).focus()
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    expect(page.locator("td.points .number").first).not_to_have_text(before)
    page.get_by_role("textbox", name="Nama skenario").fill("Lewat berkas")
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh berkas skenario").click()
    kept = home / "data" / SAMPLE / "scenarios" / download.value.suggested_filename
    kept.parent.mkdir(exist_ok=True)
    download.value.save_as(kept)
    shown = shown_by(page)
    page.close()
    assert ranks_of_a_run(home, "lewat-berkas", "priorities")[: len(shown)] == shown


def shown_by(widget):
    """Rank, usulan and points of every row in sight."""
    ranks = widget.locator("td.rank").all_inner_texts()
    usulan = widget.locator("button.open").all_inner_texts()
    points = widget.locator("td.points .number").all_inner_texts()
    return [(int(rank), *rest) for rank, *rest in zip(ranks, usulan, points, strict=True)]


def accessible(page, checkers, within):
    """axe-core finds nothing: in the widget in JupyterLab, on the whole page where it is ours."""
    page.mouse.move(0, 0)
    source = (checkers / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    chosen = f"[...document.querySelectorAll('{within}')]" if within else "document"
    result = page.evaluate(f"async () => axe.run({chosen}, {{ resultTypes: ['violations'] }})")
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]] == []


def ranks_of_a_run(home, scenario, *papers):
    """What `ksd run --scenario` printed into its ranking workbook: rank, usulan and points as shown."""
    command = [sys.executable, "-m", "ksd_toolkit", "run", SAMPLE, "--scenario", scenario]
    for paper in ("ranking", "berita-acara", *papers):  # nobody decides a scenario
        command += ["--paper", paper]
    environment = {**os.environ, "KSD_HOME": str(home)}
    done = subprocess.run(
        command, env=environment, cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 2}, done.stdout + done.stderr
    folder = open_dossier(f"{SAMPLE}@{scenario}", home=home).reports
    assert not (folder / "berita-acara.pdf").exists()
    book = load_workbook(folder / "ranking.xlsx", data_only=True)
    rows = [row for row in book["Peringkat"].values if isinstance(row[0], int)]
    book.close()
    return [(row[0], row[1], decimal(row[7], 2, "id")) for row in rows]


def test_a_taken_port_and_an_unknown_dossier_are_told_in_a_sentence(home, tmp_path, monkeypatch):
    monkeypatch.chdir(home)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(cli, ["app", SAMPLE, "--port", port, "--no-browser"])
    assert done.exit_code == 1
    assert port in done.output
    assert "Traceback" not in done.output
    unknown = CliRunner().invoke(cli, ["app", "tiada/2026", "--no-browser"])
    assert unknown.exit_code == 1
    assert "tiada/2026" in unknown.output
