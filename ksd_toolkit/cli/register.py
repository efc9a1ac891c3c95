"""`ksd register`: how a period stands, what happened to an usulan, closing, withdrawing, verifying."""

from dataclasses import asdict
from itertools import groupby
from typing import Annotated, Any, Final

import typer

from ksd_toolkit.cli.options import AsJson, DossierName, Lang
from ksd_toolkit.cli.saying import moment, print_json, sentences, tell
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.messages import count, say
from ksd_toolkit.project import find_home

app = typer.Typer(
    name="register",
    help="Isi, riwayat, dan keutuhan register. / The register: contents, history, integrity.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


Sender = Annotated[str, typer.Argument(metavar="SENDER", help="kode OPD / OPD code; TKKSD")]
Reason = Annotated[str, typer.Option("--reason", help="alasan / reason")]

_SHA_SHOWN: Final = 12
_STATUS_COLUMNS: Final = ("sender", "version", "received", "file")


@app.command()
def status(dossier: DossierName, lang: Lang = "", as_json: AsJson = False) -> None:
    """Berkas, versi, keterlambatan, dan neraca. / Files, versions, lateness and balance."""
    from ksd_toolkit.register.status import status as look  # noqa: PLC0415  pandas is slow to load

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found = look(opened)
        if as_json:
            print_json(asdict(found) | {"cells_read": found.cells.read})
            return
        _tell_status(found, opened.period, opened.lang)


def _tell_status(found: Any, period: str, lang: str) -> None:
    code = "register.state_closed" if found.closed_at else "register.state_open"
    tell(code, lang, period=period, at=moment(found.closed_at))
    if found.waits_in_line:
        tell("register.no_wal", lang)
    _tell_files(found, lang)
    sent = found.submissions
    facts = {
        "n": len(sent), "refused": len(found.refused),
        "used": sum(one.use == "yes" for one in sent), "late": sum(one.late for one in sent),
    }  # fmt: skip
    tell("register.files", lang, **facts)
    rows = ("read", "accepted", "quarantined", "duplicate", "blank")
    tell("register.rows", lang, **{n: count(getattr(found.balance, n), lang) for n in rows})
    cells = ("read", *asdict(found.cells))
    tell("register.cells", lang, **{n: count(getattr(found.cells, n), lang) for n in cells})


def _tell_files(found: Any, lang: str) -> None:
    """Every file in a table: who sent it, which version it is, when it came."""
    lines = [tuple(say(f"register.column_{name}", lang) for name in _STATUS_COLUMNS)]
    lines += [_sent_row(one, lang) for one in found.submissions]
    refused = say("register.refused_mark", lang)
    lines += [("-", f"{refused}, {code}", "-", file) for file, code in found.refused]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    for *named, file in lines:
        texts = (text.ljust(width) for text, width in zip(named, widths, strict=True))
        typer.echo("  ".join(("", *texts, legible(file))))


def _sent_row(one: Any, lang: str) -> tuple[str, ...]:
    """Sender, version and use, when it came, the file; and that it came late."""
    name = f"{one.sender}/{one.slot}" if one.slot else one.sender
    use = say(f"register.used_{one.use}", lang)
    version = f"{say('register.version', lang, n=one.version)}, {use}"
    late = say("register.late_mark", lang) if one.late and one.use != "terlambat" else ""
    return name, f"{version}, {late}" if late else version, one.received_at, one.file


@app.command()
def history(
    usulan: Annotated[str, typer.Argument(metavar="USULAN", help="DINKES-01")],
    dossier: Annotated[
        str, typer.Option("--dossier", help="usulan periode itu saja / of that period only")
    ] = "",
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Semua perubahan sebuah usulan. / Every change of an usulan."""
    from ksd_toolkit.register.history import history as look  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        home = open_dossier(dossier).root if dossier else find_home()
        region, _, period = dossier.partition("/")
        events = look(home, usulan, region, period)
        if as_json:
            print_json([asdict(event) for event in events])
            return
        for arrival, group in groupby(events, key=lambda event: _arrival(event, lang)):
            typer.echo(arrival)
            for event in group:
                typer.echo(f"  {event.usulan}  {_event(event, lang)}")


def _arrival(event: Any, lang: str) -> str:
    """When it happened, to whose answers; for a version also its marks and its file."""
    sender = f"{event.sender}/{event.slot}" if event.slot else event.sender
    parts = [f"{event.region}/{event.period}", moment(event.at), legible(sender)]
    if event.version:
        marks = [say("register.version", lang, n=event.version)]
        marks += [say("register.reread", lang)] if event.reread else []
        if event.status == "terlambat":
            marks.append(say("register.used_terlambat", lang))
        elif event.late:
            marks.append(say("register.late_mark", lang))
        parts += [", ".join(marks), event.file]
    return "  ".join(filter(None, parts))


def _event(event: Any, lang: str) -> str:
    """What happened, in one line."""
    place = " -> ".join(part for part in (event.before_place, event.after_place) if part)
    shown = f"  [{place}]" if place else ""
    match event.what:
        case "first":
            return say("register.first", lang, n=event.after)
        case "row_added" | "row_removed":
            key = event.row_key.replace("|", ", ")
            return say(f"register.{event.what}", lang, table=event.table, key=key) + shown
        case "back_in_use":
            return say("register.back_in_use", lang, n=event.version, file=event.file)
        case "withdraw" | "restore" | "reopen":
            facts = {"sender": event.sender, "reason": event.reason}
            return legible(say(f"register.decided_{event.what}", lang, **facts))
        case "follows":
            return say("register.follows", lang, before=event.before) + shown
    blank = say("register.nothing", lang)
    before, after = event.before or blank, event.after or blank
    row = event.row_key.partition("|")[2].replace("|", ", ")
    name = f"{event.field} ({row})" if row else event.field
    return legible(f"{name}: {before} -> {after}{shown}")


@app.command()
def verify(dossier: DossierName, lang: Lang = "", as_json: AsJson = False) -> None:
    """Periksa keutuhan jejak, berkas, dan jawaban. / Check trail, files and answers."""
    from ksd_toolkit.register.verification import verify as check  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        found = check(opened)
        if as_json:
            print_json(asdict(found) | {"intact": found.intact})
        else:
            _tell_verified(found, opened.lang)
        raise typer.Exit(0 if found.intact else 1)


def _tell_verified(found: Any, lang: str) -> None:
    if found.broken:
        tell("register.verify_chain", lang, seq=found.broken.seq)
    for sha, state in found.files:
        tell(f"register.verify_{state}", lang, sha=sha[:_SHA_SHOWN])
    for number, sender in found.answers:
        tell("register.verify_answers", lang, n=number, sender=sender)
    for what, about, number in found.differences:
        tell(f"register.verify_{what}", lang, n=number, sender=legible(about))
    if found.intact:
        facts = {"files": found.files_checked, "submissions": found.submissions}
        seal = found.seal[:_SHA_SHOWN]
        tell("register.verify_ok", lang, entries=found.entries, seal=seal, **facts)


@app.command()
def close(dossier: DossierName, lang: Lang = "") -> None:
    """Tutup periode: yang datang kemudian tidak dipakai. / Close the period to later answers."""
    from ksd_toolkit.register import closing  # noqa: PLC0415

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        closing.close(opened)
        tell("register.closed", opened.lang, period=opened.period)


@app.command()
def reopen(dossier: DossierName, reason: Reason = "", lang: Lang = "") -> None:
    """Buka kembali periode, dengan alasan. / Open the period again, with a reason."""
    from ksd_toolkit.register import closing  # noqa: PLC0415

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        number = closing.reopen(opened, reason)
        tell("register.reopened", opened.lang, period=opened.period, n=number)
        tell("register.next_ingest", opened.lang, name=opened.name)


@app.command()
def withdraw(dossier: DossierName, sender: Sender, reason: Reason = "", lang: Lang = "") -> None:
    """Tarik jawaban seorang pengirim. / Take a sender's answers out of use."""
    from ksd_toolkit.register import closing  # noqa: PLC0415

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        number = closing.withdraw(opened, sender, reason)
        tell("register.withdrawn", opened.lang, sender=sender.upper(), n=number)
        if sender.upper() in opened.offices.index:
            tell("register.scores_rest", opened.lang)


@app.command()
def restore(dossier: DossierName, sender: Sender, reason: Reason = "", lang: Lang = "") -> None:
    """Pulihkan jawaban yang ditarik. / Take withdrawn answers back in."""
    from ksd_toolkit.register import closing  # noqa: PLC0415

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        number = closing.restore(opened, sender, reason)
        tell("register.restored", opened.lang, sender=sender.upper(), n=number)
        tell("register.next_ingest", opened.lang, name=opened.name)
