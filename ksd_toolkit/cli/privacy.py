"""`ksd privacy`: who is held, everything about one person, erasing a person, what was done with whom."""

from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from ksd_toolkit.cli.options import AsJson, DossierName, Lang
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import moment, print_json, sentences, tell
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.messages import say

app = typer.Typer(
    name="privacy",
    help="Data pribadi: siapa, salinan, hapus, catatan. / Personal data: who, export, erase, log.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


Asked = Annotated[
    str, typer.Option("--person", help="nama, NIP, telepon, surel, atau rujukan / or reference")
]

_SHA_SHOWN: Final = 12
_REFERENCE_WIDTH: Final = 20


@app.command("list")
def list_persons(
    dossier: DossierName,
    show: Annotated[
        bool, typer.Option("--show", help="tampilkan isinya / show the values")
    ] = False,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Siapa yang datanya disimpan. / Whose data are held."""
    from ksd_toolkit.register.persons import persons  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.register.private import open_private  # noqa: PLC0415
    from ksd_toolkit.register.verification import need_register  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        need_register(opened)
        with open_private(opened.store) as private:
            found = persons(private.holdings())
        if as_json:
            print_json([_facts(person, show=show) for person in found])
            return
        for person in found:
            fields = ", ".join(sorted({one.field for one in person.holdings}))
            typer.echo(
                f"{person.reference:{_REFERENCE_WIDTH}}  {legible(person.label)}  ({fields})"
            )
            if show:
                for field, value in sorted({(one.field, one.value) for one in person.holdings}):
                    typer.echo(f"{'':{_REFERENCE_WIDTH}}  {field}: {legible(value)}")
        tell("privacy.held" if found else "privacy.nobody", opened.lang, n=len(found))


def _facts(person: Any, *, show: bool) -> dict[str, object]:
    places = dict.fromkeys((one.period, one.opd_kode, one.slot) for one in person.holdings)
    facts: dict[str, object] = {
        "person": person.reference,
        "held": [{"period": p, "opd_kode": o, "slot": s} for p, o, s in places],
        "fields": sorted({one.field for one in person.holdings}),
    }
    if show:
        facts["values"] = sorted(person.values)
    return facts


@app.command()
def find(dossier: DossierName, person: Asked, lang: Lang = "") -> None:
    """Di mana seseorang disebut, juga di berkas Anda. / Where a person stands, in your files as well."""
    from ksd_toolkit.register.person_places import find_places  # noqa: PLC0415  pandas is slow to load

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        found = find_places(opened, person)
        if found.person is None and not found.places:
            tell("privacy.found_nowhere", opened.lang)
            raise typer.Exit(1)
        if found.person is None:
            tell("privacy.found_not_held", opened.lang)
        else:
            held = {"n": len(found.person.holdings), "person": found.person.reference}
            tell("privacy.found_held", opened.lang, name=opened.name, **held)
        for kind, places in groupby(found.places, key=lambda place: place.kind):
            for place in places:
                typer.echo(f"  {legible(_place(place, opened.lang))}")
            tell(f"privacy.remedy_{kind}", opened.lang, name=opened.name)


def _place(place: Any, lang: str) -> str:
    """A file with its line, or with its sheet and cell."""
    file = shown_path(place.path)
    if place.line:
        return say("privacy.place_line", lang, file=file, line=place.line)
    if place.cell:
        return say("privacy.place_cell", lang, file=file, sheet=place.sheet, cell=place.cell)
    return say("privacy.place_file", lang, file=file)


@app.command()
def export(
    dossier: DossierName,
    person: Asked,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="berkas .json atau .csv / file")
    ] = None,
    lang: Lang = "",
) -> None:
    """Semua yang disimpan tentang seseorang, sebagai JSON atau CSV. / Everything held about a person."""
    from ksd_toolkit.register.access import access  # noqa: PLC0415

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        found = access(opened, person)
        if out is None:
            typer.echo(found.json_bytes(opened.lang).decode(), nl=False)
            return
        found.write(out, opened.lang)
        tell("privacy.exported", opened.lang, n=len(found.values), file=shown_path(out))


@app.command()
def erase(
    dossier: DossierName,
    person: Asked,
    reason: Annotated[str, typer.Option("--reason", help="alasan / reason")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="tanpa bertanya / do not ask")] = False,
    lang: Lang = "",
) -> None:
    """Hapus seseorang untuk seterusnya. / Erase a person for good."""
    from ksd_toolkit.errors import RunError  # noqa: PLC0415
    from ksd_toolkit.register import erasure  # noqa: PLC0415

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        if not reason.strip():
            raise RunError("register.no_reason")
        plan = erasure.plan_erasure(opened, person)
        _tell_plan(plan, opened)
        if not yes and not _agrees(opened.lang):
            tell("privacy.nothing_done", opened.lang)
            raise typer.Exit(1)
        done = erasure.erase(plan, reason)
        _tell_erased(done, plan, opened)
        raise typer.Exit(2 if plan.left or plan.sealed or plan.trail or done.doubtful else 0)


def _agrees(lang: str) -> bool:
    """Whether the answer at the prompt is a yes; anything else, or none, is a no."""
    question = say("privacy.confirm", lang)
    try:
        answer = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
    except typer.Abort:
        typer.echo()
        return False
    return answer.strip().casefold() in say("privacy.yes", lang).split()


def _tell_plan(plan: Any, dossier: Dossier) -> None:
    """Who is meant and what will change."""
    lang = dossier.lang
    places = dict.fromkeys(f"{one.period} {one.opd_kode} {one.slot}" for one in plan.holdings)
    tell("privacy.person", lang, person=plan.reference, places=legible(", ".join(places)) or "-")
    facts = {"values": len(plan.holdings), "files": len(plan.files), "texts": plan.texts}
    tell("privacy.will_go", lang, **facts)
    if plan.shared:
        tell("privacy.shared", lang)
    for reference, places in plan.beside:
        known = {"person": reference, "places": legible(places), "name": dossier.name}
        tell("privacy.beside", lang, **known)
    if plan.gone_before:
        tell("privacy.gone_before", lang)


def _tell_erased(done: Any, plan: Any, dossier: Dossier) -> None:
    """What was done, and what only people can do."""
    lang = dossier.lang
    facts = {"values": done.values, "files": len(done.files), "texts": done.texts}
    tell("privacy.erased", lang, person=plan.reference, **facts)
    for sha, state in done.files:
        if state != "redacted":
            tell(f"privacy.file_{state}", lang, sha=sha[:_SHA_SHOWN])
    for sha in plan.sealed:
        tell("privacy.file_sealed", lang, sha=sha[:_SHA_SHOWN])
    if plan.trail:
        tell("privacy.trail_keeps", lang, n=plan.trail)
    if done.doubtful:
        tell("privacy.doubtful", lang, n=len(done.doubtful), name=dossier.name)
        for place in done.doubtful:
            typer.echo(f"  {legible(place)}")
    if not done.scrubbed:
        tell("privacy.not_scrubbed", lang)
    if plan.left:
        tell("privacy.left", lang, n=len(plan.left))
        for path in plan.left:
            typer.echo(f"  {legible(shown_path(path))}")


@app.command()
def log(dossier: DossierName, lang: Lang = "", as_json: AsJson = False) -> None:
    """Apa yang dilakukan dengan data pribadi, oleh siapa, kapan. / What was done, by whom, when."""
    from ksd_toolkit.register.private import open_private  # noqa: PLC0415
    from ksd_toolkit.register.verification import need_register  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        need_register(opened)
        with open_private(opened.store) as private:
            lines = private.log()
        if as_json:
            print_json(lines)
            return
        for line in lines:
            who = f"{line['actor']}  {line['person'] or '-':{_REFERENCE_WIDTH}}"
            typer.echo(
                f"{moment(str(line['at']))}  {legible(who)}  {legible(_did(line, opened.lang))}"
            )
        tell("privacy.log_lines", opened.lang, n=len(lines))


def _did(line: Any, lang: str) -> str:
    """What was done, in a sentence, and why where somebody said so."""
    facts = {name: str(value)[:_SHA_SHOWN] for name, value in line["facts"].items()}
    told = say(f"privacy.did_{line['action']}", lang, **facts)
    return f"{told} {say('privacy.because', lang, reason=line['basis'])}" if line["basis"] else told
