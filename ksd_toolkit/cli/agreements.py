"""`ksd agreements status` and `explain`: how every agreement stands, and the history of one."""

from collections.abc import Iterator
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
from ksd_toolkit.messages import count, date_text, say, say_counted

app = typer.Typer(
    name="agreements",
    help="Naskah kerja sama: tahap, riwayat, pengingat. / Agreements: stages, history, reminders.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Number = Annotated[str, typer.Argument(metavar="NO_DOK", help="PKS-01/2025")]


def agreements_in(opened: Dossier) -> Any:
    """The agreements of a dossier after everything new in it was taken in."""
    from ksd_toolkit import register  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.agreements import agreements  # noqa: PLC0415

    register.ingest(opened)
    return agreements(register.agreement_register(opened))


@app.command()
def status(dossier: DossierName, lang: Lang = "", as_json: AsJson = False) -> None:
    """Tahap, sisa hari, dan yang keliru. / Stage, days left and what is wrong."""
    from ksd_toolkit.tables.agreements import by_urgency  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found, spoken = agreements_in(opened), opened.lang
        rows = [_status_row(found, row, spoken) for row in by_urgency(found).to_dict("records")]
        if as_json:
            print_json(rows)
            return
        tell_banner(spoken, simulated=opened.simulated)
        if rows:
            _print_status(rows, spoken)
        else:
            tell("agreements.no_documents", spoken)


def _print_status(rows: list[dict[str, Any]], lang: str) -> None:
    table = table_of(lang)
    for name in ("no_dok", "jenis_ksd", "stage", "next_stage", "days_left", "wrong"):
        table.add_column(say(f"agreements.column.{name}", lang))
    for row in rows:
        days = "-" if row["days_left"] is None else count(row["days_left"], lang)
        cells = (
            f"{row['no_dok']} ({row['jenis_dok'] or '-'})", row["jenis_ksd"] or "-", row["stage"],
            row["next_stage"], days, " ".join(row["wrong_" + lang]) or "-",
        )  # fmt: skip
        table.add_row(*(escape(legible(cell)) for cell in cells))
    console().print(table)


def _status_row(found: Any, row: dict[Any, Any], lang: str) -> dict[str, Any]:
    from ksd_toolkit.tables.agreements import next_text, stage_text  # noqa: PLC0415

    history = found.history(row["no_dok"])
    stage, following = history.stage, history.next_stage
    problems = found.problems_of(row["no_dok"])
    known = ("no_dok", "jenis_dok", "jenis_ksd")
    return {name: None if pd.isna(row[name]) else row[name] for name in known} | {
        "status": row["effective_status"],
        "stage_code": stage.code if stage else None,
        "stage": stage_text(history, lang),
        "next_code": following.code if following else None,
        "next_stage": next_text(history, lang),
        "days_left": None if pd.isna(row["days_left"]) else int(row["days_left"]),
        "problems": [problem.code for problem in problems],
        "wrong_id": [problem.text("id") for problem in problems],
        "wrong_en": [problem.text("en") for problem in problems],
    }


@app.command()
def explain(dossier: DossierName, no_dok: Number, lang: Lang = "", as_json: AsJson = False) -> None:
    """Riwayat satu naskah beserta pasalnya. / The history of one document, with its articles."""
    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found, spoken = agreements_in(opened), opened.lang
        number = _known_number(found, no_dok)
        if as_json:
            print_json(_history_facts(found, number, spoken))
            return
        tell_banner(spoken, simulated=opened.simulated)
        for line in _history_lines(found, number, spoken):
            typer.echo(legible(line))


def _known_number(found: Any, text: str) -> str:
    """The number as the register writes it, whatever its letters' case and the blanks around it."""
    wanted = text.strip()
    alike = [number for number in found.histories if number.casefold() == wanted.casefold()]
    return wanted if wanted in found.histories or len(alike) != 1 else alike[0]


def _history_facts(found: Any, number: str, lang: str) -> dict[str, Any]:
    """The history of a document, for machines."""
    from ksd_toolkit.cli.agreement_reminders import reminder_facts  # noqa: PLC0415
    from ksd_toolkit.tables.agreements import next_text, stage_text  # noqa: PLC0415

    history, due = found.history(number), found.reminders
    names = ("date", "what", "article")
    mine = due[due["no_dok"] == number].to_dict("records")
    return {
        "no_dok": number,
        "stage": stage_text(history, lang),
        "next_stage": next_text(history, lang),
        "events": [dict(zip(names, event, strict=True)) for event in _events(history, lang)],
        "due": [reminder_facts(row, lang) for row in mine],
        "problems": [problem_facts(problem) for problem in found.problems_of(number)],
    }


def _events(history: Any, lang: str) -> Iterator[tuple[str, str, str]]:
    """Day, event and article, oldest first."""
    from ksd_toolkit.agreements.refusals import event_text  # noqa: PLC0415

    for event in history.events:
        ground = history.ground_of(event)
        law = ground.cited(lang) if ground else ""
        yield date_text(event.on, lang), event_text(event, lang), law


def _history_lines(found: Any, number: str, lang: str) -> Iterator[str]:
    """What happened, where the document stands, what comes next and when, and what is wrong."""
    from ksd_toolkit.cli.agreement_reminders import reminder_line  # noqa: PLC0415
    from ksd_toolkit.tables.agreements import next_text, stage_text  # noqa: PLC0415

    history, problems = found.history(number), found.problems_of(number)
    yield say("agreements.history", lang, no_dok=number)
    told = [f"  {day}  {what}" + (f"  ({law})" if law else "") for day, what, law in
            _events(history, lang)]  # fmt: skip
    yield from told or [f"  {say('agreements.no_history', lang)}"]
    yield say("agreements.stands", lang, stage=stage_text(history, lang))
    yield say("agreements.comes_next", lang, next=next_text(history, lang))
    due = found.reminders
    for row in due[due["no_dok"] == number].to_dict("records"):
        yield f"  {reminder_line(row, lang)}"
    if not problems:
        yield say("agreements.nothing_wrong", lang)
        return
    n = len(problems)
    yield say_counted("agreements.wrong_count", n, lang, n=count(n, lang))
    for problem in problems:
        yield f"  ! {problem.sentence(lang)}"
