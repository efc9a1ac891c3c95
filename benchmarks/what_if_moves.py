"""One move of a slider until it is painted, in all three doors, and beside it matplotlib in an Output widget.

    python benchmarks/what_if_moves.py [--usulan 500] [--moves 40] [--doors offline served lab peer]

Every move is scored with its ranking, its classes and a band of 1,000 draws; the time runs from the slider's event
to the second frame after the list changed. Then 200 moves in two seconds: how long after the last of them the list
shows it. Needs Chromium (scripts/setup_browser_tests.sh).
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

sys.path.insert(0, str(Path(__file__).parents[1]))

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.scoring import Ranking, load_method, score
from ksd_toolkit.widgets import app
from ksd_toolkit.widgets.offline import offline_page
from tests.scoring.conftest import NAME, OFFICES, RATED, SETTINGS, proposal_of, register_of

GOALS_MS = {"offline": 50.0, "served": 80.0, "lab": 120.0}
_SEED = 20261126
_LAB_PORT = 8917
_SLIDER = ".ksd-what-if input[type=range]"
_ONE_MOVE = """
async ([slider, watched, value]) => {
  const range = document.querySelector(slider);
  const list = document.querySelector(watched);
  const painted = new Promise((done) => {
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    });
    seen.observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const start = performance.now();
  range.value = value;
  range.dispatchEvent(new Event("input", { bubbles: true }));
  return (await painted) - start;
}
"""
_MANY_MOVES = """
async ([slider, watched]) => {
  const range = document.querySelector(slider);
  const list = document.querySelector(watched);
  let changed = 0;
  let count = 0;
  const seen = new MutationObserver(() => { changed = performance.now(); count += 1; });
  seen.observe(list, { subtree: true, childList: true, characterData: true });
  for (let move = 0; move < 200; move += 1) {
    range.value = 20 + (move * 7) % 60;
    range.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((go) => setTimeout(go, 10));
  }
  const last = performance.now();
  await new Promise((go) => setTimeout(go, 1500));
  seen.disconnect();
  return [Math.max(0, changed - last), count];
}
"""
_PEER = """
import ipywidgets as w
import matplotlib.pyplot as plt
slider, out = w.IntSlider(9, 0, 100, description="K3A"), w.Output()
def shown(change):
    found = ranking.replace(weights=moved(ranking, change["new"])).table.head(20)
    with out:
        out.clear_output(wait=True)
        figure, ax = plt.subplots(figsize=(7, 6))
        ax.barh(found["judul"].str[:40][::-1], found["points"][::-1])
        figure.tight_layout()
        plt.show()
slider.observe(shown, "value")
shown({"new": 9})
w.VBox([slider, out])
"""


def big_ranking(home: Path, usulan: int) -> Ranking:
    """A list of usulan whose sixteen criteria were answered by chance."""
    folder = home / "data" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "opd.csv").write_text(OFFICES, encoding="utf-8")
    dice = np.random.default_rng(_SEED)
    proposals = [
        proposal_of(
            f"DINKES-{number:03d}",
            **{
                code: int(level)
                for code, level in zip(RATED, dice.integers(1, 6, len(RATED)), strict=True)
            },
        )
        for number in range(1, usulan + 1)
    ]
    return score(register_of(open_dossier(NAME, home=home), *proposals), load_method())


def moved(ranking: Ranking, points: float) -> dict[str, float]:
    """Weights with one of them at so many points and the others in proportion."""
    weights = {**ranking.method.weights, "K3A": float(points)}
    return {code: 100 * weight / sum(weights.values()) for code, weight in weights.items()}


def notebook(folder: Path, usulan: int, *cells: str) -> Path:
    """A notebook that ranks as many usulan and then does what its cells say."""
    start = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from what_if_moves import big_ranking, moved\n"
        f"ranking = big_ranking(Path({str(folder)!r}), {usulan})"
    )
    file = folder / "what_if.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells_of = [new_code_cell(source) for source in (start, *cells)]
    nbformat.write(new_notebook(cells=cells_of, metadata={"kernelspec": kernel}), file)
    return file


_SHOWN = "import ksd_toolkit as ksd\nksd.what_if(ranking)"


@contextlib.contextmanager
def running(command: Sequence[str], environment: dict[str, str], folder: Path) -> Iterator[None]:
    """A server for as long as it is needed."""
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            yield
        finally:
            server.terminate()
            server.wait()


def offline(page: Page, folder: Path, usulan: int) -> str:
    """The offline file."""
    file = folder / "what-if.html"
    file.write_text(offline_page(big_ranking(folder, usulan)), encoding="utf-8")
    page.goto(file.as_uri())
    return f"{file.stat().st_size / 1024:.0f} KB"


@contextlib.contextmanager
def served(page: Page, folder: Path, usulan: int) -> Iterator[str]:
    """The page `ksd app` serves, over a list of so many usulan."""
    dossier = big_ranking(folder, usulan).register.dossier
    file = notebook(folder, usulan, _SHOWN)
    with _notebook_of(file):
        made = app.service(dossier, folder)
    with running(made.command, dict(made.environment), folder):
        start = _reached(page, made.url)
        page.wait_for_selector(_SLIDER, timeout=90_000)
        yield f"first paint {time.monotonic() - start:.1f} s"


@contextlib.contextmanager
def _notebook_of(file: Path) -> Iterator[None]:
    """`app.service` with this notebook in place of the toolkit's."""
    before = app.notebook_path
    app.notebook_path = lambda *_: file
    try:
        yield
    finally:
        app.notebook_path = before


@contextlib.contextmanager
def lab(page: Page, folder: Path, usulan: int, *cells: str, ready: str = _SLIDER) -> Iterator[str]:
    """JupyterLab with the notebook run."""
    file = notebook(folder, usulan, *(cells or (_SHOWN,)))
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={_LAB_PORT}",
        "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    with running(command, dict(os.environ), folder):
        start = _reached(page, f"http://127.0.0.1:{_LAB_PORT}/lab/tree/{file.name}?reset")
        _run_all(page)
        page.wait_for_selector(ready, timeout=90_000)
        yield f"first paint {time.monotonic() - start:.1f} s"


def _run_all(page: Page) -> None:
    """Run every cell; a menu clicked while JupyterLab still connects does nothing, so it is clicked again."""
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=90_000)
    for _ in range(3):
        page.locator(".jp-Notebook-cell").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with contextlib.suppress(PlaywrightTimeout):
            page.wait_for_selector(r".jp-InputPrompt >> text=/\[[*1]\]/", timeout=10_000)
            return


def _reached(page: Page, url: str) -> float:
    """Open an address once its server answers; when that was."""
    for _ in range(120):
        start = time.monotonic()
        with contextlib.suppress(Exception):
            page.goto(url, timeout=60_000)
            return start
        time.sleep(0.5)
    raise TimeoutError(url)


def measure(page: Page, moves: int) -> np.ndarray:
    """Milliseconds of each move of one slider."""
    slider = f"{_SLIDER} >> nth=5"
    page.evaluate(
        "n => document.querySelectorAll('.ksd-what-if input[type=range]')[n].setAttribute('data-moved', '')",
        5,
    )
    page.locator(slider).scroll_into_view_if_needed()
    chosen, watched = "[data-moved]", ".ksd-what-if .list tbody"
    found = []
    for move in range(moves + 5):
        found.append(page.evaluate(_ONE_MOVE, [chosen, watched, 10 + (move * 13) % 70]))
        page.wait_for_timeout(300)
    return np.array(found[5:])


def told(name: str, found: np.ndarray, about: str, page: Page) -> None:
    """Print what was measured beside its goal, and how many fast moves end."""
    after, changes = page.evaluate(_MANY_MOVES, ["[data-moved]", ".ksd-what-if .list tbody"])
    middle, high = np.percentile(found, [50, 95])
    goal = GOALS_MS[name]
    verdict = "ok" if high <= goal else "MISSED"
    print(
        f"{name:8} p50 {middle:5.0f} ms  p95 {high:5.0f} ms (goal {goal:.0f}: {verdict})  {about};"
        f" 200 moves in 2 s: last one shown after {after:.0f} ms, {changes} redraws"
    )


def peer(page: Page, moves: int) -> np.ndarray:
    """Milliseconds from a key on an ipywidgets slider to the next chart in its Output widget."""
    handle = page.locator(".noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.evaluate(
        "() => { window.drawn = []; new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame("
        "() => window.drawn.push(performance.now())))).observe(document.querySelector('.jp-OutputArea .widget-output,"
        " .jupyter-widgets-output-area'), { subtree: true, childList: true }); }"
    )
    found = []
    for _ in range(moves):
        start = page.evaluate("() => { window.drawn = []; return performance.now(); }")
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(1500)
        drawn = page.evaluate("() => window.drawn.at(-1)")
        found.append(drawn - start)
    return np.array(found)


def main() -> None:
    """Measure the doors asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--usulan", type=int, default=500)
    parser.add_argument("--moves", type=int, default=40)
    parser.add_argument("--doors", nargs="+", default=["offline", "served", "lab", "peer"])
    asked = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is missing: run scripts/setup_browser_tests.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        middles: dict[str, float] = {}
        for name in asked.doors:
            with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as opened:
                page, folder = browser.new_page(viewport={"width": 1280, "height": 900}), Path(home)
                if name == "peer":
                    opened.enter_context(
                        lab(page, folder, asked.usulan, _PEER, ready=".noUi-handle")
                    )
                    found = peer(page, asked.moves)
                    print(
                        f"peer     p50 {np.median(found):5.0f} ms  p95 {np.percentile(found, 95):5.0f} ms  matplotlib in an Output widget"
                    )
                else:
                    about = (
                        offline(page, folder, asked.usulan)
                        if name == "offline"
                        else opened.enter_context(
                            (served if name == "served" else lab)(page, folder, asked.usulan)
                        )
                    )
                    page.wait_for_selector(_SLIDER)
                    found = measure(page, asked.moves)
                    told(name, found, about, page)
                middles[name] = float(np.median(found))
                page.close()
        browser.close()
    if "peer" in middles and "lab" in middles:
        print(
            f"ratio    matplotlib in JupyterLab / ours in JupyterLab: {middles['peer'] / middles['lab']:.1f}x"
        )


if __name__ == "__main__":
    main()
