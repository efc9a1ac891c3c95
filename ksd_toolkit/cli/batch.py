"""`ksd batch`: the papers of many dossiers in one go."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ksd_toolkit.cli.options import AsJson, Lang, known_engine
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.run import Papers, Settings
from ksd_toolkit.cli.saying import sentences, tell
from ksd_toolkit.errors import BusyError, RunError
from ksd_toolkit.messages import say
from ksd_toolkit.project import dossier_names, find_home

if TYPE_CHECKING:
    from ksd_toolkit.runs.batch.order import Done, Order, Watch

_TRY_AGAIN: Final = 75
_NAMES_SHOWN: Final = 5
_TENTHS: Final = 10  # of a long reading are told where no bar shows it
_INTERRUPTED: Final = 130
_TERMINATED: Final = 143

Dossiers = Annotated[
    list[str] | None, typer.Argument(metavar="DOSSIER...", help="hulu-sungai-selatan/2026 ...")
]
All = Annotated[
    bool, typer.Option("--all", help="semua dosir periode itu / every dossier of the period")
]
Period = Annotated[
    str, typer.Option("--period", metavar="PERIOD", help="periode untuk --all; terbaru bila kosong / latest if empty"),
]  # fmt: skip
Workers = Annotated[
    int, typer.Option("--workers", min=0, help="banyak proses; 0 = sebanyak inti prosesor / 0 = one a core"),
]  # fmt: skip
Scheduler = Annotated[
    str, typer.Option("--scheduler", metavar="ADDRESS", help="tcp://host:8786, penjadwal Dask / a Dask scheduler"),
]  # fmt: skip
Engine = Annotated[
    str,
    typer.Option("--engine", metavar="NAME", callback=known_engine, help="ksd-fork | papermill"),
]
Timeout = Annotated[
    int, typer.Option("--timeout", min=1, metavar="SECONDS", help="batas waktu tiap dosir / limit for each dossier"),
]  # fmt: skip
HearAgain = Annotated[
    bool, typer.Option("--hear-again", help="kumpulkan lagi apa kata tiap daerah / gather anew what regions say"),
]  # fmt: skip
Again = Annotated[
    bool, typer.Option("--again", help="buat juga yang tidak berubah / make unchanged ones, too")
]


def batch(  # noqa: PLR0913, PLR0917  every option of a command is an argument
    dossier: Dossiers = None,
    every: All = False,
    period: Period = "",
    paper: Papers = None,
    setting: Settings = None,
    workers: Workers = 0,
    scheduler: Scheduler = "",
    engine: Engine = "",
    timeout: Timeout = 3600,
    again: Again = False,
    hear_again: HearAgain = False,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Buat semua naskah banyak dosir; yang tidak berubah dilewati. / Make the papers of many dossiers."""
    from ksd_toolkit.publishing.period_index import page_file  # noqa: PLC0415
    from ksd_toolkit.runs.batch.batch import run_batch  # noqa: PLC0415  papermill is slow to load
    from ksd_toolkit.runs.batch.order import Order, exit_code, summary  # noqa: PLC0415
    from ksd_toolkit.runs.notebooks import split_setting  # noqa: PLC0415  papermill is slow to load

    spoken = lang or "id"
    with sentences(lang, as_json=as_json), _ended_gently(spoken, as_json=as_json):
        order = Order(
            root=find_home(), dossiers=_named(dossier or [], every=every, period=period), lang=lang,
            papers=tuple(paper or ()), workers=workers, seconds=timeout, engine=engine,
            settings=dict(split_setting(text) for text in setting or []), again=again,
            hear_again=hear_again,
        )  # fmt: skip
        try:
            with _shown(order, spoken, as_json=as_json) as watch, _work(scheduler) as work:
                found = run_batch(order, watch, work)
        except BusyError as error:
            _tell_end(as_json, {"event": "busy"}, error.sentence(spoken), _TRY_AGAIN)
            raise typer.Exit(_TRY_AGAIN) from error
        code = exit_code(found.done)
        pages = [
            order.root / "reports" / page_file(period, spoken) for period in sorted(order.periods)
        ]
        if found.says_otherwise and not as_json:
            names = ", ".join(found.says_otherwise[:_NAMES_SHOWN])
            tell("batch.says_otherwise", spoken, n=len(found.says_otherwise), names=names)
        end = {"event": "end", "says_otherwise": list(found.says_otherwise)}
        end["index"] = [shown_path(page) for page in pages]
        _tell_end(as_json, end, summary(found.done, spoken), code)
        for page in pages if not as_json else ():
            tell("batch.index", spoken, file=shown_path(page))
        raise typer.Exit(code)


def _named(names: list[str], *, every: bool, period: str) -> tuple[str, ...]:
    """The dossiers asked for, each once, in the order given.

    Raises:
        RunError: None is named, or both kinds of asking are mixed, or the period or the project has none.
    """
    if every == bool(names):
        raise RunError("batch.all_and_named" if names else "batch.none_named")
    if names:
        return tuple(dict.fromkeys(names))
    home = find_home()
    known = dossier_names(home)
    if not known:
        raise RunError("batch.no_dossiers", folder=shown_path(home / "data"))
    periods = sorted({name.partition("/")[2] for name in known})
    wanted = period or (periods[-1] if periods else "")
    if wanted not in periods:
        raise RunError("batch.no_period", period=wanted or "-", known=", ".join(periods) or "-")
    return tuple(name for name in known if name.partition("/")[2] == wanted)


@contextmanager
def _work(address: str) -> Iterator[Any]:
    """What makes the tasks: a Dask cluster where one is named, else the processes of this machine."""
    if not address:
        yield None
        return
    from ksd_toolkit.runs.batch.cluster import cluster_work  # noqa: PLC0415  an optional extra

    with cluster_work(address) as work:
        yield work


@contextmanager
def _shown(order: "Order", lang: str, *, as_json: bool) -> Iterator["Watch"]:
    """How each outcome is shown: as JSON, on a bar with the time left, or a line each where nobody watches."""
    from ksd_toolkit.runs.batch.order import Watch, told  # noqa: PLC0415

    total = len(order.dossiers)
    if as_json:
        _print({"event": "start", "dossiers": total, "periods": sorted(order.periods)})
        yield Watch(
            lambda name: _print({"event": "heard", "dossier": name}),
            lambda one: _print({"event": "dossier", **asdict(one)}),
        )
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        typer.echo(say("batch.started", lang, total=total), err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())  # fmt: skip
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        hearing = bar.add_task(say("batch.hearing", lang), total=total, visible=False)
        making = bar.add_task(say("batch.making", lang), total=total)
        number = heard = 0

        def on_heard(_: str) -> None:
            nonlocal heard
            heard += 1
            bar.update(hearing, advance=1, visible=True)
            if not console.is_terminal and heard % max(1, total // _TENTHS) == 0:
                typer.echo(f"{say('batch.hearing', lang)}: {heard}/{total}", err=True)

        def on_done(one: "Done") -> None:
            nonlocal number
            number += 1
            bar.update(hearing, visible=False)
            bar.update(making, advance=1)
            if one.status != "unchanged" or not console.is_terminal:
                line = say("batch.line", lang, n=number, total=total, told=told(one, lang))
                bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

        yield Watch(on_heard, on_done)


@contextmanager
def _ended_gently(lang: str, *, as_json: bool) -> Iterator[None]:
    """Ctrl-C and a request to end stop the workers, take the drafts away and say so."""

    def terminated(_: int, __: FrameType | None) -> None:
        raise SystemExit(_TERMINATED)

    before = signal.signal(signal.SIGTERM, terminated)
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as error:
        code = _INTERRUPTED if isinstance(error, KeyboardInterrupt) else _TERMINATED
        _tell_end(as_json, {"event": "stopped"}, say("batch.stopped", lang), code)
        raise typer.Exit(code) from error
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell_end(as_json: bool, event: dict[str, Any], sentence: str, code: int) -> None:
    if as_json:
        _print({**event, "message": sentence, "exit_code": code})
    else:
        typer.echo(sentence, err=code not in {0, 2})


def _print(event: dict[str, Any]) -> None:
    """One line of JSON, at once and with the hour: whoever reads it follows the work, or finds the night."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    sys.stdout.write(json.dumps({"at": at, **event}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
