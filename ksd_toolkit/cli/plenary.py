"""`ksd plenary`: check the record of the plenary and say what was decided; or make the form for it."""

from typing import Annotated, Any, Final

import typer
from rich.markup import escape

from ksd_toolkit.cli.commands import ranking_of
from ksd_toolkit.cli.options import AsJson, DossierName, Lang, MethodName
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.problems import tell_problems
from ksd_toolkit.cli.saying import (
    console,
    frame_facts,
    print_json,
    problem_facts,
    sentences,
    tell,
    tell_banner,
)
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.errors import PlenaryError, RunError
from ksd_toolkit.messages import count, date_text, decimal, say
from ksd_toolkit.remembering import remembering

_PLACES: Final = 2

Form = Annotated[
    bool, typer.Option("--form", help="buat formulir pleno.xlsx / make the form to fill in")
]
Papers = Annotated[
    bool, typer.Option("--papers", help="tulis naskah pleno / write the papers of the plenary")
]


def plenary(  # noqa: PLR0913, PLR0917  a command is its options
    dossier: DossierName,
    form: Form = False,
    papers: Papers = False,
    method: MethodName = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Periksa catatan rapat pleno dan sebutkan hasilnya. / Check the plenary's record and say its outcome."""
    with sentences(lang, as_json=as_json), remembering():
        ranking = ranking_of(dossier, lang, method)
        if form:
            _make_form(ranking, as_json=as_json)
            return
        outcome = _outcome(ranking, lang, as_json=as_json)
        made = _make_papers(outcome) if papers else []
        if as_json:
            print_json(_facts(outcome) | {"papers": made})
            return
        _tell(outcome)
        for name in made:
            typer.echo(f"  {name}")


def _outcome(ranking: Any, lang: str, *, as_json: bool) -> Any:
    """What was decided.

    Raises:
        RunError: No plenary is recorded.
    """
    from ksd_toolkit.plenary import read_plenary  # noqa: PLC0415  pandas is slow to load

    opened = ranking.register.dossier
    try:
        outcome = read_plenary(ranking)
    except PlenaryError as refused:
        if not as_json:
            raise
        spoken = lang or opened.lang
        problems = [problem_facts(problem) for problem in refused.problems]
        message = refused.sentence(spoken)
        print_json(
            {"error": refused.code, "message": message, "problems": problems, "exit_code": 1}
        )
        raise typer.Exit(1) from refused
    if outcome is None:
        raise RunError("plenary.no_record", dossier=opened.name, folder=shown_path(opened.folder))
    return outcome


def _make_form(ranking: Any, *, as_json: bool) -> None:
    """The form to fill in, and every fault of the roster while there is time to mend it.

    Raises:
        Exit: With 2, where the roster cannot be used as it is.
    """
    from ksd_toolkit.plenary import read_roster  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.publishing.plenary_workbook import write_form  # noqa: PLC0415

    path, opened = write_form(ranking), ranking.register.dossier
    problems = read_roster(opened).problems
    code = 2 if problems else 0
    if as_json:
        faults = [problem_facts(problem) for problem in problems]
        print_json({"file": shown_path(path), "problems": faults, "exit_code": code})
    else:
        tell("plenary.form_made", opened.lang, file=shown_path(path), dossier=opened.name)
    if problems and not as_json:
        tell("remark.roster_faults", opened.lang, n=count(len(problems), opened.lang))
        tell_problems(problems, opened.lang)
    if problems:
        raise typer.Exit(code)


def _make_papers(outcome: Any) -> list[str]:
    """The formal papers of the dossier, written by the run that knows them."""
    from ksd_toolkit.runs import formal_papers  # noqa: PLC0415  slow to load

    return [shown_path(path) for path in formal_papers.write_plenary_papers(outcome)]


def _facts(outcome: Any) -> dict[str, Any]:
    """The outcome for machines, without anybody's name."""
    minutes, quorum = outcome.minutes, outcome.quorum
    return {
        "stamp": outcome.stamp.to_json(),
        "minutes": {
            "number": minutes.number,
            "held": minutes.held.isoformat(),
            "place": minutes.place,
            "starts": minutes.starts,
            "ends": minutes.ends,
            "chair": minutes.chair,
            "secretary": minutes.secretary,
            "agenda": list(minutes.agenda),
        },
        "quorum": {
            "entitled": quorum.entitled,
            "present": quorum.present,
            "needed": quorum.needed,
            "reached": quorum.reached,
            "rule": quorum.rule,
            "excuse": quorum.excuse,
        },
        "attendance": frame_facts(outcome.attendance.drop(columns="name").set_index("member")),
        "weights": frame_facts(outcome.weights),
        "table": [
            row | {"explanation": outcome.explain(row["usulan_id"])}
            for row in frame_facts(outcome.table)
        ],
        "changes": frame_facts(outcome.changes.set_index("kind")),
        "warnings": [problem_facts(problem) for problem in outcome.warnings],
        "exit_code": 0,
    }


def _tell(outcome: Any) -> None:
    """Meeting, quorum, weights, final list, changes with their reasons, and what was not set."""
    lang = outcome.lang
    tell_banner(lang, simulated=outcome.stamp.simulated)
    _tell_meeting(outcome, lang)
    _tell_weights(outcome, lang)
    set_list = outcome.set_list
    if len(set_list):
        tell("plenary.set_title", lang, n=count(len(set_list), lang))
        console().print(_list_of(outcome, lang))
    else:
        tell("plenary.set_none", lang)
    _tell_changes(outcome, lang)
    if outcome.warnings:
        tell("plenary.warnings_title", lang)
        tell_problems(outcome.warnings, lang)


def _tell_meeting(outcome: Any, lang: str) -> None:
    minutes, quorum = outcome.minutes, outcome.quorum
    held = say(
        "plenary.held", lang, dossier=outcome.stamp.dossier, date=date_text(minutes.held, lang)
    )
    told = say("plenary.held_at", lang, held=held, place=minutes.place) if minutes.place else held
    typer.echo(legible(told) + ".")
    facts = {name: count(getattr(quorum, name), lang) for name in ("present", "entitled", "needed")}
    code = "plenary.quorum_reached" if quorum.reached else "plenary.quorum_excused"
    typer.echo(legible(say(code, lang, reason=quorum.excuse, **facts)))
    typer.echo(legible(quorum.rule))


def _tell_weights(outcome: Any, lang: str) -> None:
    rows = outcome.changes[outcome.changes["kind"] == "weight"].to_dict("records")
    tell("plenary.weights_changed" if rows else "plenary.weights_kept", lang)
    for row in rows:
        facts = {key: row[key] for key in ("before", "after", "reason", "source")}
        line = say("plenary.weight_line", lang, criterion=row["subject"], **facts)
        typer.echo("  " + legible(line))


def _list_of(outcome: Any, lang: str) -> Any:
    import pandas as pd  # noqa: PLC0415  slow to load, and loaded by then
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False)
    for name in ("final", "computed", "points", "class"):
        table.add_column(
            say(f"plenary.column_{name}", lang), justify="left" if name == "class" else "right"
        )
    table.add_column(say("plenary.column_usulan", lang))
    titles = outcome.ranking.register.usulan.set_index("usulan_id")["judul"]
    for usulan, row in outcome.set_list.iterrows():
        computed, points = row["computed_rank"], row["points"]
        table.add_row(
            count(row["final_rank"], lang),
            "-" if pd.isna(computed) else count(int(computed), lang),
            "-" if pd.isna(points) else decimal(points, _PLACES, lang),
            outcome.agreed.method.class_label(str(row["class_name"]), lang) or "-",
            escape(legible(f"{usulan} {titles.get(usulan, '')}")),
        )
    return table


def _tell_changes(outcome: Any, lang: str) -> None:
    """Every usulan the plenary treated otherwise than computed, then how many others are not set."""
    named = outcome.changes[outcome.changes["kind"] != "weight"]["subject"]
    if len(named):
        tell("plenary.changes_title", lang, n=count(len(named), lang))
    else:
        tell("plenary.changes_none", lang)
    for usulan in named:
        typer.echo("  - " + legible(outcome.explain(usulan)))
    rest = outcome.table[~outcome.table["named"]]["decision"]
    facts = {
        "postponed": count(int((rest == "ditunda").sum()), lang),
        "rejected": count(int((rest == "ditolak").sum()), lang),
    }
    tell("plenary.others_computed", lang, **facts)
