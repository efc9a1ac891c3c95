"""The `ksd` command: one verb a step, sentences in the dossier's language, `--json` for machines.

Exit codes: 0 done, 1 nothing could be done, 2 done in part.
"""

from textwrap import shorten
from typing import Annotated, Any, Final

import typer
from rich.markup import escape

from ksd_toolkit.cli.intake_told import intake_facts, tell_intake, tell_returned
from ksd_toolkit.cli.options import AsJson, DossierName, Lang, MethodName, Out
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.ranking_told import leaf_table, tell_ranked, tell_stopped
from ksd_toolkit.cli.saying import (
    console,
    frame_facts,
    home_or_here,
    print_json,
    sentences,
    table_of,
    tell,
    tell_banner,
)
from ksd_toolkit.cli.usage import Commands
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import Where
from ksd_toolkit.messages import decimal, say

_ANSWER_SHOWN: Final = 30

app = typer.Typer(
    name="ksd",
    cls=Commands,
    help="Dari kuesioner pemetaan ke kebijakan siap tanda tangan. / From mapping questionnaire to policy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


Against = Annotated[
    str,
    typer.Option(
        "--against", metavar="USULAN", help="bandingkan dengan usulan ini / against this usulan"
    ),
]


@app.command()
def ingest(dossier: DossierName, out: Out = None, lang: Lang = "", as_json: AsJson = False) -> None:
    """Baca kuesioner ke register dan tandai yang salah. / Read the questionnaires, mark what is wrong."""
    from ksd_toolkit.register import ingest as take_in  # noqa: PLC0415
    from ksd_toolkit.runs.returning import return_workbooks  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        intake = take_in(opened)
        returned = return_workbooks(opened, intake, out)
        if as_json:
            copies = [shown_path(path) for path in returned.files]
            print_json(
                intake_facts(intake) | {"report": shown_path(returned.report), "copies": copies}
            )
        else:
            tell_intake(intake, opened, returned.table)
            tell_returned(returned, opened)
        used = any(file.outcome != "refused" for file in intake.files)
        raise typer.Exit(1 if not used else 2 if intake.count("error") else 0)


@app.command()
def score(
    dossier: DossierName,
    rows: Annotated[int, typer.Option(min=1)] = 20,
    method: MethodName = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Tampilkan peringkat. / Show the ranking."""
    with sentences(lang, as_json=as_json):
        ranking = ranking_of(dossier, lang, method)
        if as_json:
            facts = {"stamp": ranking.stamp.to_json(), "ranking": frame_facts(ranking.table)}
            print_json(facts)
            return
        columns = (("rank", "right"), ("usulan", "left"), ("family", "left"), ("points", "right"))
        table = table_of(ranking.lang, *columns, ("class", "left"))
        shown = ranking.table.head(rows)
        for usulan, row in zip(shown.index, shown.to_dict("records"), strict=True):
            name = "" if row["class_name"] == "-" else str(row["class_name"])
            name += {"floor": "\u2191", "cap": "\u2193"}.get(str(row["class_change"]), "")
            points = decimal(row["points"], ranking.method.decimals, ranking.lang)
            title = escape(f"{usulan} {row['judul']}")
            table.add_row(str(row["rank"]), title, str(row["jenis"]), points, name)
        tell_banner(ranking.lang, simulated=ranking.stamp.simulated)
        console().print(table)
        tell_ranked(ranking)
        tell_stopped(ranking)


@app.command()
def explain(  # noqa: PLR0913, PLR0917  every option of a command is an argument
    dossier: DossierName,
    usulan: str,
    against: Against = "",
    method: MethodName = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Mengapa sebuah usulan bernilai demikian, sampai ke selnya. / Why an usulan scores what it scores."""
    from ksd_toolkit.scoring import trace  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        ranking = ranking_of(dossier, lang, method)
        found = ranking.find(usulan)
        if against:
            _explain_pair(ranking, found, against, as_json=as_json)
            return
        cells = trace(ranking, found)
        if as_json:
            points = ranking.contributions.loc[found].dropna().to_dict()
            facts = {"usulan": found, "explanation": ranking.explain(found), "points": points}
            print_json(facts | {"cells": frame_facts(cells)})
            return
        tell_banner(ranking.lang, simulated=ranking.stamp.simulated)
        typer.echo(ranking.explain(found))
        console().print(leaf_table(ranking, found))
        typer.echo(say("explain.how", ranking.lang))
        for line in cells.to_dict("records"):
            place = Where(line["file"], line["sheet"], line["cell"])
            answer = shorten(line["answer"], _ANSWER_SHOWN, placeholder="\u2026")
            name = f"{line['criterion']:6} {line['question']:22} {line['rater']:8}"
            typer.echo(f"  {name} {answer:30} {place}")


def _explain_pair(ranking: Any, usulan: str, other: str, *, as_json: bool) -> None:
    """Why one of two usulan is above the other, without the cells of either."""
    from ksd_toolkit.scoring.explanation import pair  # noqa: PLC0415

    found = pair(ranking, usulan, other)
    if as_json:
        points = {code: float(gap) for code, gap in found.explanation.parts.items()}
        facts = {"upper": found.upper, "lower": found.lower, "points": points}
        print_json(facts | {"explanation": found.sentence()})
        return
    tell_banner(ranking.lang, simulated=ranking.stamp.simulated)
    typer.echo(found.sentence())


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    year: Annotated[str, typer.Argument(metavar="YEAR")],
    lang: Lang = "id",
) -> None:
    """Buat dosir kosong beserta buku kerja kuesionernya. / Make an empty dossier with blank workbooks."""
    from ksd_toolkit.runs.new import new_dossier  # noqa: PLC0415

    with sentences(lang):
        home = home_or_here()
        is_new_project = not (home / "data").is_dir()
        folder = new_dossier(name, year, home)
        if is_new_project:
            tell("cli.new_project", lang, folder=home.as_posix())
        shown, dossier = shown_path(folder), f"{folder.parent.name}/{folder.name}"
        tell("cli.new_made", lang, folder=shown)
        for step in range(1, 5):
            tell(f"cli.new_next_{step}", lang, folder=shown, name=dossier)


@app.command()
def doctor(lang: Lang = "id", as_json: AsJson = False) -> None:
    """Periksa apa yang kurang dan perintah yang memperbaikinya. / What is missing and how to mend it."""
    from ksd_toolkit.runs.doctor import examine  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        checks = examine(lang)
        ill = [check for check in checks if check.state == "missing"]
        if as_json:
            print_json(
                [
                    {"name": c.name, "state": c.state, "finding": c.finding, "remedy": c.remedy}
                    for c in checks
                ]
            )
        else:
            for check in checks:
                state = say(f"cli.state_{check.state}", lang)
                typer.echo(f"{state:11}{check.name}: {check.finding}")
                if check.remedy:
                    typer.echo(f"{'':11}-> {check.remedy}")
            tell("cli.doctor_ill" if ill else "cli.doctor_well", lang, n=len(ill))
        raise typer.Exit(1 if ill else 0)


def ranking_of(name: str, lang: str, method: str = "") -> Any:
    """The ranking of a dossier after everything new in it was taken in."""
    from ksd_toolkit import register, scoring  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.runs.scenario_files import check_data  # noqa: PLC0415

    opened = open_dossier(name, lang=lang)
    register.ingest(opened)
    ranking = scoring.score(register.read_register(opened), scoring.read_method(opened, method))
    if not method:
        check_data(ranking)
    return ranking
