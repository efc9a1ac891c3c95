"""`ksd run` and `ksd publish`: make every paper of a dossier, or write them again."""

from typing import Annotated, Any

import typer

from ksd_toolkit.cli.commands import ranking_of
from ksd_toolkit.cli.intake_told import intake_facts, tell_intake
from ksd_toolkit.cli.options import AsJson, DossierName, Lang, Out, known_engine
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.problems import tell_problems
from ksd_toolkit.cli.ranking_told import tell_ranked, tell_stopped
from ksd_toolkit.cli.saying import print_json, problem_facts, progress, sentences, tell
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.remembering import remembering

Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="parameter notebook / notebook parameter"),
]

ScenarioName = Annotated[
    str, typer.Option("--scenario", metavar="NAME", help="skenario what-if / a what-if scenario")
]
OtherData = Annotated[
    bool,
    typer.Option(
        "--other-data",
        help="walau data berubah sejak skenario dibuat / though the data changed since the scenario",
    ),
]

Papers = Annotated[
    list[str] | None,
    typer.Option(
        "--paper",
        metavar="NAME",
        help="naskah ini saja, boleh diulang / this paper only, repeatable",
    ),
]
EngineName = Annotated[
    str,
    typer.Option(
        "--engine", metavar="NAME", callback=known_engine,
        help="ksd-fork (cepat) atau papermill / ksd-fork (fast) or papermill",
    ),
]  # fmt: skip


def run(  # noqa: PLR0913, PLR0917  every option of a command is an argument
    dossier: DossierName,
    setting: Settings = None,
    scenario: ScenarioName = "",
    other_data: OtherData = False,
    paper: Papers = None,
    engine: EngineName = "",
    out: Out = None,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Jalankan seluruh dosir: kuesioner, skor, notebook, dan naskah. / Run everything of a dossier."""
    from ksd_toolkit.runs.notebooks import split_setting  # noqa: PLC0415  papermill is slow to load
    from ksd_toolkit.runs.run import STEPS, run_dossier  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(f"{dossier}@{scenario}" if scenario else dossier, lang=lang)
        settings = dict(split_setting(text) for text in setting or [])
        with progress(STEPS, opened.lang, silent=as_json) as on_step:
            result = run_dossier(
                opened, folder=out, settings=settings, other_data=other_data,
                only=frozenset(paper or ()), engine=engine, on_step=on_step,
            )  # fmt: skip
        if as_json:
            print_json(_facts(result))
        else:
            _tell_run(result)
        raise typer.Exit(result.exit_code)


def _facts(result: Any) -> dict[str, Any]:
    """What a run found and made, for machines."""
    made: dict[str, Any] = {"files": [shown_path(path) for path in result.files]}
    if result.plenary_refused is not None:
        made["plenary_problems"] = [problem_facts(p) for p in result.plenary_refused.problems]
    remarks = [remark for remark in (*result.remarks, _sheet(result.dossier)) if remark]
    made |= {"remarks": remarks, "exit_code": result.exit_code}
    return intake_facts(result.intake) | made


def _tell_run(result: Any) -> None:
    """What a run found and where its papers lie."""
    lang, previous = result.dossier.lang, result.previous_intake
    if previous and not previous.nothing_changed:
        period = result.dossier.previous_period
        tell("cli.intake_previous", lang, period=period, files=len(previous.files))
    tell_intake(result.intake, result.dossier, result.folder / "masalah.csv")
    tell_ranked(result.ranking)
    tell_stopped(result.ranking)
    _tell_plenary(result)
    tell("cli.papers", lang, folder=shown_path(result.folder))
    for path in result.files:
        typer.echo(f"  {path.relative_to(result.folder).as_posix()}")
    for remark in (*result.remarks, _sheet(result.dossier)):
        if remark:
            typer.echo(remark)
    tell("cli.read_brief", lang, file=shown_path(result.folder / "policy-brief.pdf"))
    if result.exit_code:
        tell("cli.partial", lang)


def _sheet(dossier: Dossier) -> str:
    """What to say when the office's letterhead lies on another sheet than its theme asks for."""
    from ksd_toolkit.publishing.docx.letterhead_sheet import sheet_remark  # noqa: PLC0415  slow to load
    from ksd_toolkit.theme import read_theme  # noqa: PLC0415

    return sheet_remark(read_theme(dossier), dossier.lang)


def _tell_plenary(result: Any) -> None:
    """What became of the plenary's record, where there is one."""
    lang = result.dossier.lang
    if result.plenary_refused is not None:
        tell("cli.plenary_refused", lang, dossier=result.dossier.name)
        tell_problems(result.plenary_refused.problems, lang)
    elif result.outcome is not None:
        facts = {"set": len(result.outcome.set_list), "changes": len(result.outcome.changes)}
        tell("cli.plenary_held", lang, **facts)


def publish(dossier: DossierName, out: Out = None, lang: Lang = "") -> None:
    """Tulis ulang semua naskah tanpa menjalankan notebook lagi. / Write every paper again."""
    from ksd_toolkit.runs.formal_papers import (  # noqa: PLC0415
        case_of,
        plenary_of,
        write_formal_papers,
    )
    from ksd_toolkit.runs.papers import republish, to_republish  # noqa: PLC0415
    from ksd_toolkit.runs.stamp_file import renew_stamp  # noqa: PLC0415
    from ksd_toolkit.runs.verifying import stamps_of  # noqa: PLC0415

    with sentences(lang), remembering():
        folder = out or open_dossier(dossier, lang=lang).reports
        to_republish(folder)  # before anything is read
        ranking = ranking_of(dossier, lang)
        outcome, refused = plenary_of(ranking)
        case = case_of(ranking.register, ranking, outcome)
        written = [*republish(case, ranking.stamp, folder), *write_formal_papers(case, folder)]
        renew_stamp(folder, written, stamps_of(case))
        for path in written:
            typer.echo(shown_path(path))
        if refused is not None:
            tell("cli.plenary_refused", case.lang, dossier=case.dossier.name)
            tell_problems(refused.problems, case.lang)
            raise typer.Exit(2)
