"""`ksd agreements`: how every agreement stands, its history, and what falls due."""

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.markup import escape

from ksd_toolkit.cli.options import AsJson, DossierName, Lang
from ksd_toolkit.cli.saying import (
    console,
    print_json,
    problem_facts,
    sentences,
    table_of,
    tell,
    tell_banner,
)
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.messages import count, date_text, say

app = typer.Typer(
    name="agreements",
    help="Naskah kerja sama: tahap, riwayat, pengingat. / Agreements: stages, history, reminders.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Number = Annotated[str, typer.Argument(metavar="NO_DOK", help="PKS-01/2025")]
CalendarPath = Annotated[
    Path | None, typer.Option("--calendar", metavar="FILE", help="tulis .ics / write an .ics file")
]


def _agreements_of(opened: Dossier) -> Any:
    from ksd_toolkit import register  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.agreements import agreements  # noqa: PLC0415

    register.ingest(opened)
    return agreements(register.read_register(opened))


@app.command()
def status(dossier: DossierName, lang: Lang = "", as_json: AsJson = False) -> None:
    """Tahap, sisa hari, dan yang keliru. / Stage, days left and what is wrong."""
    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found, spoken = _agreements_of(opened), opened.lang
        rows = [_status_row(found, row, spoken) for row in found.documents.to_dict("records")]
        if as_json:
            print_json(rows)
            return
        tell_banner(spoken, simulated=opened.simulated)
        names = ("no_dok", "jenis_ksd", "stage", "next_stage", "days_left", "wrong")
        table = table_of(spoken)
        for name in names:
            table.add_column(say(f"agreements.column.{name}", spoken))
        for row in rows:
            wrong = "; ".join(row["wrong_" + spoken])
            days = "-" if row["days_left"] is None else count(row["days_left"], spoken)
            cells = (f"{row['no_dok']} ({row['jenis_dok']})", row["jenis_ksd"], row["stage"],
                     row["next_stage"], days, wrong or "-")  # fmt: skip
            table.add_row(*(escape(legible(cell)) for cell in cells))
        console().print(table)


def _status_row(found: Any, row: dict[Any, Any], lang: str) -> dict[str, Any]:
    from ksd_toolkit.agreements.stages import stage_label  # noqa: PLC0415

    history = found.history(row["no_dok"])
    stage, following = history.stage, history.next_stage
    problems = found.problems_of(row["no_dok"])
    told = (
        f"{stage_label(following.code, lang)} ({following.ground.cited(lang)})"
        if following
        else "-"
    )
    return {
        "no_dok": row["no_dok"],
        "jenis_dok": row["jenis_dok"],
        "jenis_ksd": row["jenis_ksd"],
        "status": row["effective_status"],
        "stage": stage_label(stage.code, lang) if stage else "-",
        "next_stage": told,
        "days_left": None if pd.isna(row["days_left"]) else int(row["days_left"]),
        "problems": [problem.code for problem in problems],
        "wrong_id": [problem.text("id") for problem in problems],
        "wrong_en": [problem.text("en") for problem in problems],
    }


@app.command()
def explain(dossier: DossierName, no_dok: Number, lang: Lang = "", as_json: AsJson = False) -> None:
    """Riwayat satu naskah beserta pasalnya. / The history of one document, with its articles."""
    from ksd_toolkit.agreements.refusals import event_text  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found, spoken = _agreements_of(opened), opened.lang
        history, problems = found.history(no_dok), found.problems_of(no_dok)
        lines = []
        for event in history.events:
            ground = history.ground_of(event)
            law = ground.cited(spoken) if ground else ""
            lines.append((date_text(event.on, spoken), event_text(event, spoken), law))
        if as_json:
            events = [{"date": day, "what": what, "article": law} for day, what, law in lines]
            told = [problem_facts(problem) for problem in problems]
            print_json({"no_dok": no_dok, "events": events, "problems": told})
            return
        tell_banner(spoken, simulated=opened.simulated)
        tell("agreements.history", spoken, no_dok=legible(no_dok))
        for day, what, law in lines or [(say("agreements.no_history", spoken), "", "")]:
            typer.echo("  " + legible("  ".join(part for part in (day, what, law) if part)))
        for problem in problems:
            typer.echo("  ! " + legible(problem.sentence(spoken)))


@app.command()
def remind(
    dossier: DossierName, calendar: CalendarPath = None, lang: Lang = "", as_json: AsJson = False
) -> None:
    """Yang jatuh tempo, menurut tanggal acuan. / What falls due, by the reference date."""
    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found, spoken = _agreements_of(opened), opened.lang
        rows = found.reminders[found.reminders["state"] != "later"].to_dict("records")
        if calendar is not None:
            _write_calendar(found, opened, calendar)
        if as_json:
            print_json([_reminder_facts(row) for row in rows])
            return
        tell_banner(spoken, simulated=opened.simulated)
        if not rows:
            tell("agreements.nothing_due", spoken, days=max(found.rules.windows_days))
        _print_reminders(rows, spoken)
        if not found.holidays:
            tell("agreements.no_holidays", spoken)


def _print_reminders(rows: list[dict[Any, Any]], lang: str) -> None:
    from ksd_toolkit.publishing.calendar_file import duty_text  # noqa: PLC0415

    for row in rows:
        days = count(abs(row["days_left"]), lang)
        code = "agreements.line_overdue" if row["state"] == "overdue" else "agreements.line_due"
        facts = {
            "what": duty_text(row, lang),
            "date": date_text(row["due"].date(), lang),
            "days": days,
        }
        line = say(code, lang, office=row["office"], law=row["ground"].cited(lang), **facts)
        typer.echo("  " + legible(line))


def _reminder_facts(row: dict[Any, Any]) -> dict[str, Any]:
    window = None if pd.isna(row["window"]) else int(row["window"])
    facts = {name: row[name] for name in ("kind", "no_dok", "office", "partner", "state")}
    due, days = row["due"].date().isoformat(), int(row["days_left"])
    return facts | {
        "due": due,
        "days_left": days,
        "window": window,
        "article": row["ground"].article,
    }


def _write_calendar(found: Any, opened: Dossier, path: Path) -> None:
    from ksd_toolkit.publishing.calendar_file import calendar_bytes  # noqa: PLC0415
    from ksd_toolkit.publishing.files import replace_files  # noqa: PLC0415

    region = opened.name.partition("/")[0]
    replace_files({path: calendar_bytes(found, region, opened.lang)})
    tell("agreements.calendar_written", opened.lang, file=path.name)
