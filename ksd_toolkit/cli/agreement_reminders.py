"""`ksd agreements remind` and `calendar`: what falls due, on screen and as a calendar file."""

from pathlib import Path
from typing import Annotated, Any, Final

import pandas as pd
import typer

from ksd_toolkit.cli.agreements import agreements_in
from ksd_toolkit.cli.options import AsJson, DossierName, Lang
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import print_json, sentences, tell, tell_banner
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import count, date_text, say

CALENDAR_FILE: Final = "pengingat.ics"

Within = Annotated[
    int | None,
    typer.Option(
        "--within",
        min=0,
        metavar="DAYS",
        help="sampai sekian hari ke depan (180) / so many days ahead (180)",
    ),
]
CalendarPath = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help="berkas .ics atau folder / .ics file or folder"),
]


def remind(
    dossier: DossierName, within: Within = None, lang: Lang = "", as_json: AsJson = False
) -> None:
    """Yang jatuh tempo, menurut tanggal acuan. / What falls due, by the reference date."""
    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found, spoken = agreements_in(opened), opened.lang
        days = max(found.rules.windows_days) if within is None else within
        due = found.reminders
        rows = due[due["days_left"] <= days].to_dict("records")
        if as_json:
            print_json([reminder_facts(row, spoken) for row in rows])
            return
        tell_banner(spoken, simulated=opened.simulated)
        day = date_text(found.tanggal_acuan, spoken)
        code = "caption_reminders" if rows else "empty_reminders"
        facts = {"date": day, "days": count(days, spoken)}
        typer.echo(say(f"agreements.{code}", spoken, **facts) + (":" if rows else ""))
        for row in rows:
            typer.echo("  " + legible(reminder_line(row, spoken)))
        if not found.holidays and any(row["kind"] == "council" for row in rows):
            tell("agreements.no_holidays", spoken)


def reminder_line(row: dict[Any, Any], lang: str) -> str:
    """When something is due, how far away that is, what it is, who acts and by which article."""
    from ksd_toolkit.publishing.calendar_file import duty_text  # noqa: PLC0415
    from ksd_toolkit.tables.agreements import days_text  # noqa: PLC0415

    office = say("agreements.not_stated", lang) if pd.isna(row["office"]) else row["office"]
    facts = {"date": date_text(row["due"], lang), "days": days_text(row["days_left"], lang)}
    law, what = row["ground"].cited(lang), duty_text(row, lang)
    return say("agreements.line_due", lang, what=what, office=office, law=law, **facts)


def reminder_facts(row: dict[Any, Any], lang: str) -> dict[str, Any]:
    """Something due, for machines; what is not stated is null."""
    from ksd_toolkit.publishing.calendar_file import duty_text  # noqa: PLC0415

    names = ("kind", "no_dok", "judul", "office", "partner", "state")
    facts = {name: None if pd.isna(row[name]) else row[name] for name in names}
    return facts | {
        "what": duty_text(row, lang),
        "due": row["due"].date().isoformat(),
        "days_left": int(row["days_left"]),
        "window": None if pd.isna(row["window"]) else int(row["window"]),
        "article": row["ground"].article,
        "cited": row["ground"].cited(lang),
    }


def calendar(
    dossier: DossierName, file: CalendarPath = None, lang: Lang = "", as_json: AsJson = False
) -> None:
    """Tulis tenggat sebagai berkas kalender. / Write what falls due as a calendar file."""
    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found = agreements_in(opened)
        path, events = _write_calendar(found, opened, file), len(found.reminders)
        if as_json:
            print_json({"file": shown_path(path), "events": events})
            return
        tell_banner(opened.lang, simulated=opened.simulated)
        facts = {"file": shown_path(path), "n": count(events, opened.lang)}
        tell("agreements.calendar_written", opened.lang, **facts)


def _write_calendar(found: Any, opened: Dossier, file: Path | None) -> Path:
    """The calendar in its place, or in the folder given; an earlier calendar of ours is replaced.

    Raises:
        RunError: The file holds something else.
    """
    from ksd_toolkit.publishing.calendar_file import calendar_bytes, is_ours  # noqa: PLC0415
    from ksd_toolkit.publishing.files import replace_file  # noqa: PLC0415

    path = file or opened.reports
    path = path if file is not None and not path.is_dir() else path / CALENDAR_FILE
    if path.is_file() and not is_ours(path.read_bytes()):
        raise RunError("agreement_files.kept", file=shown_path(path))
    replace_file(path, calendar_bytes(found, opened.name.partition("/")[0], opened.lang))
    return path
