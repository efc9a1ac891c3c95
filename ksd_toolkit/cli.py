"""The `ksd` command: one verb a step, sentences in the dossier's language, `--json` for machines.

Exit codes: 0 done, 1 nothing could be done, 2 done in part.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ksd_toolkit.dossier import Dossier, find_home, open_dossier
from ksd_toolkit.errors import InputError, KsdError, Problem, RunError, Where
from ksd_toolkit.messages import count, decimal, language, say
from ksd_toolkit.register import Intake

app = typer.Typer(
    name="ksd",
    help="Dari kuesioner pemetaan ke kebijakan siap tanda tangan. / From mapping questionnaire to policy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_SHOWN: Final = 12  # problems printed on screen; the file holds all
_PIPE_WIDTH: Final = 160
_ANSWER_SHOWN: Final = 30
_ORDER: Final = {"error": 0, "warning": 1, "info": 2}

DossierName = Annotated[str, typer.Argument(metavar="DOSSIER", help="hulu-sungai-selatan/2026")]
Lang = Annotated[str, typer.Option("--lang", help="id | en")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON untuk mesin / for machines")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="parameter notebook / notebook parameter"),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="folder hasil / output folder")
]


@app.command()
def run(
    dossier: DossierName,
    setting: Settings = None,
    out: Out = None,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Jalankan seluruh dosir: kuesioner, skor, notebook, dan naskah. / Run everything of a dossier."""
    from ksd_toolkit.runs.notebooks import split_setting  # noqa: PLC0415  papermill is slow to load
    from ksd_toolkit.runs.run import STEPS, run_dossier  # noqa: PLC0415

    with _sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        settings = dict(split_setting(text) for text in setting or [])
        with _progress(STEPS, opened.lang, silent=as_json) as on_step:
            result = run_dossier(opened, folder=out, settings=settings, on_step=on_step)
        if as_json:
            files = [_shown_path(path) for path in result.files]
            _print_json(
                _intake_facts(result.intake) | {"files": files, "exit_code": result.exit_code}
            )
        else:
            if result.previous_intake and not result.previous_intake.nothing_changed:
                files_read = len(result.previous_intake.files)
                _say(
                    "cli.intake_previous",
                    opened.lang,
                    period=opened.previous_period,
                    files=files_read,
                )
            _print_intake(result.intake, opened, result.folder / "masalah.csv")
            table, excluded = result.ranking.table, result.ranking.excluded
            _say(
                "cli.ranked",
                opened.lang,
                ranked=len(table),
                stopped=len(excluded),
                method=result.ranking.method.name,
            )
            _say("cli.papers", opened.lang, folder=_shown_path(result.folder))
            for path in result.files:
                typer.echo(f"  {path.relative_to(result.folder).as_posix()}")
            _say(
                "cli.read_brief", opened.lang, file=_shown_path(result.folder / "policy-brief.pdf")
            )
            if result.exit_code:
                _say("cli.partial", opened.lang)
        raise typer.Exit(result.exit_code)


@app.command()
def ingest(dossier: DossierName, lang: Lang = "", as_json: AsJson = False) -> None:
    """Baca kuesioner ke register. / Read the questionnaires into the register."""
    from ksd_toolkit.register import ingest as take_in  # noqa: PLC0415

    with _sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        intake = take_in(opened)
        if as_json:
            _print_json(_intake_facts(intake))
        else:
            _print_intake(intake, opened, None)
        used = any(file.outcome != "refused" for file in intake.files)
        raise typer.Exit(1 if not used else 2 if intake.count("error") else 0)


@app.command()
def score(
    dossier: DossierName,
    rows: Annotated[int, typer.Option(min=1)] = 20,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Tampilkan peringkat. / Show the ranking."""
    with _sentences(lang, as_json=as_json):
        ranking = _ranking(dossier, lang)
        shown = ranking.table.head(rows)
        if as_json:
            _print_json({"stamp": ranking.stamp.to_json(), "ranking": _records(ranking.table)})
            return
        table = Table(box=None, pad_edge=False)
        for name, align in (
            ("rank", "right"),
            ("usulan", "left"),
            ("family", "left"),
            ("points", "right"),
            ("class", "left"),
        ):
            table.add_column(_label(name, ranking.lang), justify=align)  # type: ignore[arg-type]
        for usulan, row in zip(shown.index, shown.to_dict("records"), strict=True):
            name = "" if row["class_name"] == "-" else str(row["class_name"])
            table.add_row(
                str(row["rank"]), escape(f"{usulan} {row['judul']}"), str(row["jenis"]),
                decimal(row["points"], ranking.method.decimals, ranking.lang), name,
            )  # fmt: skip
        _banner(ranking.stamp.simulated, ranking.lang)
        _console().print(table)
        _say(
            "cli.ranked",
            ranking.lang,
            ranked=len(ranking.table),
            stopped=len(ranking.excluded),
            method=ranking.method.name,
        )


@app.command()
def explain(dossier: DossierName, usulan: str, lang: Lang = "", as_json: AsJson = False) -> None:
    """Mengapa sebuah usulan bernilai demikian, sampai ke selnya. / Why an usulan scores what it scores."""
    from ksd_toolkit.scoring import trace  # noqa: PLC0415

    with _sentences(lang, as_json=as_json):
        ranking = _ranking(dossier, lang)
        found = ranking.find(usulan)
        cells = trace(ranking, found)
        if as_json:
            points = ranking.contributions.loc[found].dropna().to_dict()
            _print_json(
                {
                    "usulan": found,
                    "explanation": ranking.explain(found),
                    "points": points,
                    "cells": _records(cells),
                }
            )
            return
        _banner(ranking.stamp.simulated, ranking.lang)
        typer.echo(ranking.explain(found))
        _console().print(_leaf_table(ranking, found))
        for line in cells.to_dict("records"):
            place = Where(line["file"], line["sheet"], line["cell"])
            answer = shorten(line["answer"], _ANSWER_SHOWN, placeholder="\u2026")
            typer.echo(
                f"  {line['criterion']:6} {line['question']:22} {line['rater']:8} {answer:30} {place}"
            )


@app.command()
def publish(dossier: DossierName, out: Out = None, lang: Lang = "") -> None:
    """Tulis ulang HTML dan PDF dari notebook yang sudah dijalankan. / Write the papers again."""
    from ksd_toolkit.runs.papers import republish  # noqa: PLC0415

    with _sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        for path in republish(_ranking(dossier, lang), out or opened.reports):
            typer.echo(_shown_path(path))


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    year: Annotated[str, typer.Argument(metavar="YEAR")],
    lang: Lang = "id",
) -> None:
    """Buat dosir kosong beserta buku kerja kuesionernya. / Make an empty dossier with blank workbooks."""
    from ksd_toolkit.runs.new import new_dossier  # noqa: PLC0415

    with _sentences(lang):
        folder = new_dossier(name, year, _home_or_here())
        shown, dossier = _shown_path(folder), f"{folder.parent.name}/{folder.name}"
        _say("cli.new_made", lang, folder=shown)
        for step in range(1, 5):
            _say(f"cli.new_next_{step}", lang, folder=shown, name=dossier)


@app.command()
def form(dossier: DossierName, lang: Lang = "") -> None:
    """Tulis buku kerja kosong bagi tiap perangkat daerah. / Write a blank workbook for every office."""
    from ksd_toolkit.runs.forms import build_tkksd_workbook, build_workbooks  # noqa: PLC0415

    with _sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        made = build_workbooks(opened)
        _say("cli.forms_made", opened.lang, n=len(made), folder=_shown_path(made[0].parent))
        for_tkksd = build_tkksd_workbook(opened)
        if for_tkksd is None:
            _say("cli.form_tkksd_later", opened.lang)
        else:
            _say("cli.form_tkksd", opened.lang, file=_shown_path(for_tkksd))


@app.command()
def doctor(lang: Lang = "id", as_json: AsJson = False) -> None:
    """Periksa apa yang kurang dan perintah yang memperbaikinya. / What is missing and how to mend it."""
    from ksd_toolkit.runs.doctor import examine  # noqa: PLC0415

    with _sentences(lang, as_json=as_json):
        checks = examine(lang)
        ill = [check for check in checks if check.state == "missing"]
        if as_json:
            _print_json(
                [
                    {"name": c.name, "state": c.state, "finding": c.finding, "remedy": c.remedy}
                    for c in checks
                ]
            )
        else:
            for check in checks:
                typer.echo(
                    f"{say(f'cli.state_{check.state}', lang):11}{check.name}: {check.finding}"
                )
                if check.remedy:
                    typer.echo(f"{'':11}-> {check.remedy}")
            _say("cli.doctor_ill" if ill else "cli.doctor_well", lang, n=len(ill))
        raise typer.Exit(1 if ill else 0)


# --- shared by the commands -----------------------------------------------------------------


@contextmanager
def _sentences(lang: str, *, as_json: bool = False) -> Iterator[None]:
    """A mistake the user can mend becomes a sentence and exit code 1; bugs stay visible as bugs."""
    try:
        yield
    except KsdError as error:
        spoken = language(lang or "id")
        problems = error.problems if isinstance(error, InputError) else ()
        lines = [error.sentence(spoken), *(problem.sentence(spoken) for problem in problems)]
        if as_json:
            _print_json(
                {"error": error.code, "message": lines[0], "problems": lines[1:], "exit_code": 1}
            )
        else:
            for line in lines:
                typer.echo(line, err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        name = Path(error.filename).name if error.filename else ""
        typer.echo(
            say("cli.unexpected_file", lang or "id", file=name, reason=error.strerror), err=True
        )
        raise typer.Exit(1) from error


@contextmanager
def _progress(steps: int, lang: str, *, silent: bool) -> Iterator[Any]:
    """A bar with the name of the step; one line a step where there is no terminal."""
    console = Console(stderr=True)
    if silent or not console.is_terminal:
        yield (lambda _: None) if silent else (lambda name: typer.echo(f"- {name}", err=True))
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=steps)
        started = False

        def on_step(name: str) -> None:
            nonlocal started
            bar.update(task, description=escape(name), advance=1 if started else 0)
            started = True

        yield on_step
        bar.update(task, description=say("step.done", lang), completed=steps)


def _ranking(name: str, lang: str) -> Any:
    from ksd_toolkit import register, scoring  # noqa: PLC0415

    opened = open_dossier(name, lang=lang)
    register.ingest(opened)
    return scoring.score(register.read_register(opened), scoring.read_method(opened))


def _home_or_here() -> Path:
    """The project this folder belongs to; this folder itself where there is none yet."""
    try:
        return find_home()
    except RunError:
        return Path.cwd()


def _leaf_table(ranking: Any, usulan: str) -> Table:
    """Every criterion of an usulan: its answer, weight and points."""
    table = Table(box=None, pad_edge=False)
    for name, align in (
        ("criterion", "left"),
        ("answer", "right"),
        ("weight", "right"),
        ("points", "right"),
    ):
        table.add_column(_label(name, ranking.lang), justify=align)  # type: ignore[arg-type]
    points = ranking.contributions.loc[usulan]
    for criterion in ranking.method.criteria:
        code = criterion.code
        answer = ranking.leaves.answers.at[usulan, code]
        table.add_row(
            f"{code} {criterion.labels[language(ranking.lang)]}",
            "-" if answer != answer else decimal(answer, 2, ranking.lang),  # noqa: PLR0124  NaN
            decimal(criterion.weight_percent, 0, ranking.lang),
            "-" if points[code] != points[code] else decimal(points[code], 2, ranking.lang),
        )
    return table


def _print_intake(intake: Intake, dossier: Dossier, all_of_them: Path | None) -> None:
    lang = dossier.lang
    _banner(dossier.simulated, lang)
    outcomes = {
        name: sum(f.outcome == name for f in intake.files)
        for name in ("new", "changed", "unchanged", "refused")
    }
    _say("cli.intake_nothing" if intake.nothing_changed else "cli.intake_new", lang, **outcomes)
    balance = intake.balance
    fates = {
        name: count(getattr(balance, name), lang)
        for name in ("read", "accepted", "quarantined", "duplicate", "blank")
    }
    _say("cli.balance", lang, **fates)
    if not intake.problems:
        _say("cli.no_problems", lang)
        return
    _say(
        "cli.problems",
        lang,
        errors=intake.count("error"),
        warnings=intake.count("warning"),
        infos=intake.count("info"),
    )
    errors = [problem for problem in intake.problems if problem.severity == "error"]
    others = sorted(
        (p for p in intake.problems if p.severity != "error"), key=lambda p: _ORDER[p.severity]
    )
    shown = [*errors, *others[: _SHOWN if all_of_them else None]]
    for problem in shown:
        typer.echo(f"  {say(f'severity.{problem.severity}', lang)}: {problem.sentence(lang)}")
    if hidden := len(intake.problems) - len(shown):
        _say(
            "cli.problems_hidden",
            lang,
            n=hidden,
            file=_shown_path(all_of_them) if all_of_them else "",
        )


def _intake_facts(intake: Intake) -> dict[str, Any]:
    balance = intake.balance
    return {
        "nothing_changed": intake.nothing_changed,
        "rows": {
            name: getattr(balance, name)
            for name in ("read", "accepted", "quarantined", "duplicate", "blank")
        },
        "inputs": [
            {"file": f.file, "outcome": f.outcome, "sender": f.sender} for f in intake.files
        ],
        "problems": [_problem_facts(problem) for problem in intake.problems],
    }


def _problem_facts(problem: Problem) -> dict[str, str]:
    where = problem.where
    return {
        "code": problem.code, "severity": problem.severity, "file": where.file, "sheet": where.sheet,
        "cell": where.cell, "message_id": problem.sentence("id"), "message_en": problem.sentence("en"),
    }  # fmt: skip


def _records(frame: Any) -> list[dict[str, Any]]:
    return json.loads(frame.reset_index().to_json(orient="records", double_precision=10))  # type: ignore[no-any-return]


def _banner(simulated: bool, lang: str) -> None:
    if simulated:
        _say("cli.simulated", lang)


def _label(name: str, lang: str) -> str:
    from ksd_toolkit.columns import label  # noqa: PLC0415

    return label(name, lang)


def _say(code: str, lang: str, **facts: object) -> None:
    typer.echo(say(code, lang, **facts))


def _print_json(facts: object) -> None:
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def _shown_path(path: Path) -> str:
    """A path as short as it can be named from here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _console() -> Console:
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PIPE_WIDTH)


if __name__ == "__main__":
    app()
