"""`ksd trace` and `ksd verify`: from a printed figure back to its cells, and whether papers are still true."""

from dataclasses import asdict
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ksd_toolkit.cli.options import AsJson, Lang
from ksd_toolkit.cli.saying import print_json, sentences, tell
from ksd_toolkit.errors import Where
from ksd_toolkit.messages import count, join_words, say

if TYPE_CHECKING:
    from ksd_toolkit.runs.tracing import Trace

_CELLS_SHOWN: Final = 40
_NAMES_SHOWN: Final = 30
_ANSWER_SHOWN: Final = 30

Whose = Annotated[
    str, typer.Option("--dossier", metavar="DOSSIER", help="hulu-sungai-selatan/2026")
]


def trace(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="berkas naskah atau namanya / file or paper")
    ],
    figure: Annotated[
        str, typer.Argument(metavar="ID", help="T2.5.3, K1.2, atau angkanya / or the number")
    ],
    dossier: Whose = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Lacak sebuah angka sampai ke selnya. / Trace a printed figure back to its cells."""
    from ksd_toolkit.runs.traced_rollup import trace_in_rollup  # noqa: PLC0415  papermill is slow to load
    from ksd_toolkit.runs.tracing import trace_figure  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        rolled = trace_in_rollup(report, figure, dossier, lang)
        answer = rolled or trace_figure(report, figure, dossier, lang)
        spoken = answer.lang
        if as_json:
            traces = [asdict(one) for one in answer.traces]
            print_json({"traces": traces, "differences": list(answer.differences)})
            return
        if answer.differences:
            tell("trace.outdated", spoken)
            for line in answer.differences:
                typer.echo(f"  {line}")
        if len(answer.traces) > 1:
            tell("trace.several", spoken, n=count(len(answer.traces), spoken))
            for one in answer.traces:
                _tell_figure(one, spoken)
            return
        _tell(answer.traces[0], spoken)


def verify(
    target: Annotated[
        str, typer.Argument(metavar="TARGET", help="naskah, folder, atau dosir / or dossier")
    ],
    dossier: Whose = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Periksa apakah naskah masih sesuai dengan data dan capnya. / Check papers against data and stamp."""
    from ksd_toolkit.runs.verifying import verify as check  # noqa: PLC0415  papermill is slow to load

    with sentences(lang, as_json=as_json):
        found = check(target, dossier, lang)
        spoken = lang or found.lang
        if as_json:
            print_json(asdict(found) | {"same": found.same})
        else:
            for one in found.differences:
                typer.echo(one.sentence(spoken))
            facts = {"dossier": found.dossier, "n": count(len(found.differences), spoken)}
            numbers = {"inputs": found.inputs, "outputs": found.outputs}
            tell("verify.same" if found.same else "verify.differs", spoken, **facts, **numbers)
        raise typer.Exit(0 if found.same else 1)


def _tell_figure(one: "Trace", lang: str) -> None:
    text = shorten(one.figure.text, _ANSWER_SHOWN, placeholder="\u2026")
    tell("trace.figure", lang, id=one.figure.id, text=text, place=one.figure.place)


def _tell(one: "Trace", lang: str) -> None:
    """A trace as a person reads it: what it is, how it was computed, what it rests on."""
    _tell_figure(one, lang)
    typer.echo(one.computation)
    if one.usulan:
        tell("trace.usulan", lang, names=_named(one.usulan, lang))
    if one.counted:
        facts: dict[str, Any] = {"n": count(len(one.counted), lang)}
        tell("trace.counted", lang, **facts, names=_named(one.counted, lang))
    if one.decided:
        tell("trace.decided", lang, source=one.decided)
    if one.cells:
        tell("trace.cells", lang, n=count(len(one.cells), lang))
        for cell in one.cells[:_CELLS_SHOWN]:
            answer = shorten(cell.answer, _ANSWER_SHOWN, placeholder="\u2026")
            name = f"{cell.criterion:6} {cell.question:22} {cell.rater:8}"
            typer.echo(f"  {name} {answer:30} {Where(cell.file, cell.sheet, cell.cell)}")
        _tell_more(len(one.cells) - _CELLS_SHOWN, lang)
        return
    tell("trace.sources", lang, n=count(len(one.sources), lang))
    for source in one.sources[:_CELLS_SHOWN]:
        typer.echo(f"  {source.sha256[:12]}  {source.name}")
    _tell_more(len(one.sources) - _CELLS_SHOWN, lang)


def _tell_more(number: int, lang: str) -> None:
    if number > 0:
        tell("trace.more", lang, n=count(number, lang))


def _named(names: tuple[str, ...], lang: str) -> str:
    """The first names; how many more there are."""
    shown = list(names[:_NAMES_SHOWN])
    if more := len(names) - len(shown):
        shown.append(say("trace.more_names", lang, n=count(more, lang)))
    return join_words(shown, lang)
