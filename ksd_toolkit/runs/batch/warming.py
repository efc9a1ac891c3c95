"""Read once, before tasks are forked, what every one of them would read again: wording, tables, layouts, drawing.

No page is set here: what sets pages starts threads, and none of them would live on in a forked process.
"""

import gc
import importlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from string import ascii_letters, digits, punctuation
from typing import Any, Final

from ksd_toolkit.charts.canvas import Canvas
from ksd_toolkit.display.fragment import template_engine
from ksd_toolkit.display.markdown import markdown_blocks
from ksd_toolkit.matching.gathered import read_gathered
from ksd_toolkit.matching.settings import match_settings
from ksd_toolkit.messages import date_text, decimal, say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.publishing.fonts import FAMILIES, text_width
from ksd_toolkit.publishing.html import page_engine
from ksd_toolkit.questionnaire.form_reading import form_from_json, read_form, shipped_forms
from ksd_toolkit.runs.fork_engine import ENGINE, default_engine
from ksd_toolkit.runs.fork_server import warm_up
from ksd_toolkit.runs.notebook_files import toolkit_notebook
from ksd_toolkit.runs.notebooks import parameters_of
from ksd_toolkit.runs.papers import PAPERS
from ksd_toolkit.runs.warm_shell import ready_shell

_LATE: Final = (
    "docx", "openpyxl", "openpyxl.packaging.extended", "xlsxwriter", "typst",
    "ksd_toolkit.publishing.docx", "ksd_toolkit.publishing.fonts", "ksd_toolkit.runs.partner_sheets",
    "ksd_toolkit.runs.run", "encodings.cp437", "encodings.utf_8_sig", "encodings.unicode_escape",
)  # fmt: skip
_LETTERS: Final = f"{ascii_letters}{digits}{punctuation}"
_DAY: Final = date(2026, 1, 1)
_MARKDOWN: Final = "# x\n\n1. *x* **x** `x`\n\n> [x](#x) <x>\n\n| x |\n|---|\n| x |\n"


def rehearse() -> None:
    """Fill what is read once a process, and let no collection of garbage in its children look at it again."""
    warm_up()
    for name in _LATE:
        importlib.import_module(name)
    for read in _readers():
        read()
    _rehearse_wording()
    _rehearse_drawing()
    if default_engine() == ENGINE:
        ready_shell()
    gc.collect()
    gc.freeze()


def listen(root: Path, period: str) -> None:
    """Read what the regions of a period say, where it is gathered: every paper asks for it, and a nation says much.

    Nothing is said here of a file that cannot be used: who makes a paper of it says so.
    """
    with suppress(Exception):
        others = read_gathered(root, period)
        if others is not None:
            others.strongest(match_settings())
    gc.freeze()


def _rehearse_wording() -> None:
    """Forms as registers keep them, notebooks, layouts of pages, and how words, numbers and days are written."""
    for lang in LANGUAGES:
        say("step.done", lang)
        decimal(1.5, 1, lang)
        date_text(_DAY, lang)
    for name in shipped_forms():
        form_from_json(read_form(name).source)
    for name in {paper.notebook for paper in PAPERS}:
        for lang in LANGUAGES:
            parameters_of(toolkit_notebook(name, lang))
    for engine in (template_engine(), page_engine()):
        for name in engine.list_templates(extensions=["j2", "css"]):
            engine.get_template(name)
    markdown_blocks(_MARKDOWN)


def _rehearse_drawing() -> None:
    """A drawing of every letter, and how wide letters are in the columns of a table."""
    canvas = Canvas(1)
    canvas.text(1, 1, _LETTERS)
    canvas.text(1, 1, _LETTERS, weight="Semibold", room=1)
    canvas.svg()
    for family in FAMILIES:
        for strong in (False, True):
            text_width(_LETTERS, family, 1.0, strong=strong)


def _readers() -> Iterator[Any]:
    """Everything of the toolkit that keeps what it read and asks for nothing but, perhaps, a language."""
    modules = [
        module for name, module in sorted(sys.modules.items()) if name.startswith("ksd_toolkit.")
    ]
    found = {id(one): one for module in modules for one in vars(module).values() if hasattr(one, "cache_info")}  # fmt: skip
    for reader in found.values():
        if "typst" in str(inspect.signature(reader).return_annotation):
            continue  # it starts threads
        asked = [p for p in inspect.signature(reader).parameters.values() if p.default is p.empty]
        if not asked:
            yield reader
        elif [p.name for p in asked] == ["lang"]:
            yield from (partial(reader, lang) for lang in LANGUAGES)
