"""Trace a figure of a roll-up: how it was counted, and the summary of every region behind it."""

from pathlib import Path

from ksd_toolkit.errors import RunError
from ksd_toolkit.project import find_home
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.notebook_reading import read_document
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.publishing.rollup_figures import explained
from ksd_toolkit.rollup import RollUp, read_rollup
from ksd_toolkit.rollup.result import PAPER
from ksd_toolkit.runs.rollup import (
    NOTEBOOK,
    folder_of,
    front_matter,
    is_rollup,
    rollup_called,
)
from ksd_toolkit.runs.stamp_file import STAMP_FILE, told_stamp
from ksd_toolkit.runs.traced_report import calls_of, home_of, plain_block
from ksd_toolkit.runs.tracing import Answer, Trace, is_meant, no_such_figure
from ksd_toolkit.runs.verifying_rollup import never_made, verify_rollup
from ksd_toolkit.stamp import Source


def trace_in_rollup(asked: str, figure: str, name: str = "", lang: str = "") -> Answer | None:
    """Trace a figure of a roll-up back to the summaries of its regions; None where no roll-up is asked about.

    Args:
        asked: A file of the roll-up, or the name of its paper with `name` beside it.
        figure: An id (`T2.5.3`), or a number as it is printed.
        name: `rekap/2026`.
        lang: Language of the roll-up asked for by name.

    Raises:
        RunError: It was not made, or there is no such figure.
    """
    found = _folder(asked, name, lang)
    if found is None:
        return None
    folder, home = found
    told = told_stamp(folder)
    period, area = rollup_called(str(told["stamp"]["dossier"])) or ("", "")
    rollup = read_rollup(period, area, lang=str(told["stamp"]["lang"]), home=home)
    kept = folder / "notebooks" / f"{NOTEBOOK}.ipynb"
    document, made = read_document(kept, front_matter(rollup, None)), calls_of(kept)
    figures = [one for one in figures_of(document) if is_meant(one, figure)]
    if not figures:
        raise no_such_figure(figures_of(document), figure, PAPER)
    makers = [made.get(plain_block(block), "") for block in document.blocks]

    def traced(one: PrintedFigure) -> Trace:
        how = explained(one, document, rollup)
        return Trace(
            figure=one,
            origin=one.origin,
            computation=" ".join([how.sentence, *_told_alone(how.codes, rollup)]),
            maker=makers[one.block] if one.block >= 0 else "",
            usulan=(),
            counted=(),
            cells=(),
            decided="",
            sources=_sources(how.codes, rollup),
            explained=how.known or not (one.block >= 0 and makers[one.block]),
        )

    differences = verify_rollup(folder, home).differences
    traces = tuple(traced(one) for one in figures)
    return Answer(traces, tuple(one.sentence(rollup.lang) for one in differences), rollup.lang)


def _folder(asked: str, name: str, lang: str) -> tuple[Path, Path] | None:
    """The folder of the roll-up asked about and its project."""
    path = Path(asked)
    if path.is_file():
        folder = path.resolve().parent
        return (folder, home_of(folder)) if is_rollup(told_stamp(folder)) else None
    called = rollup_called(name)
    if called is None:
        return None
    home = find_home()
    folder = folder_of(read_rollup(*called, lang=lang or "id", home=home))
    if path.stem != PAPER:
        raise RunError("trace.no_paper", report=asked, known=PAPER)
    if not (folder / STAMP_FILE).is_file():
        raise never_made(name, *called)
    return folder, home


def _told_alone(codes: tuple[str, ...], rollup: RollUp) -> list[str]:
    """What is known of the region a figure is about, where it is about one."""
    counted = {one.code for one in rollup.used}
    return [rollup.explain(code) for code in codes if code in counted] if len(codes) == 1 else []


def _sources(codes: tuple[str, ...], rollup: RollUp) -> tuple[Source, ...]:
    """The summaries of the regions behind a figure."""
    return tuple(
        Source(one.file, one.sha256, one.summary.response.usulan)
        for one in rollup.used
        if one.code in codes
    )
