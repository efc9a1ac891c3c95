"""`ksd regions`: bring indicators and boundaries an office has, see what is there, take it out again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ksd_toolkit.cli.options import AsJson, Lang
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.problems import tell_problems
from ksd_toolkit.cli.saying import frame_facts, print_json, problem_facts, sentences, tell
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.errors import Problem, RunError, Where
from ksd_toolkit.messages import count, language, say, say_counted
from ksd_toolkit.project import find_home

if TYPE_CHECKING:  # pandas is slow to load
    from ksd_toolkit.atlas.region_codes import System

app = typer.Typer(
    name="regions",
    help="Data wilayah: indikator dan batas wilayah. / Region data: indicators and boundaries.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_SYSTEMS: Final["dict[str, System]"] = {"": "", "kemendagri": "kemendagri", "bps": "bps"}
Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="CSV, xlsx, ods, GeoJSON, Parquet"),
]


def _known_system(name: str) -> str:
    """One of the systems of codes, however its name is written."""
    system = name.strip().casefold()
    if system not in _SYSTEMS:
        raise typer.BadParameter(f"{name}: kemendagri, bps")
    return system


Codes = Annotated[
    str,
    typer.Option(
        "--codes",
        metavar="kemendagri|bps",
        callback=_known_system,
        help="sistem kode tanpa titik / the system of codes without a dot",
    ),
]
Year = Annotated[
    int | None,
    typer.Option("--year", min=1945, max=2100, help="tahun angkanya / the year of the figures"),
]
From = Annotated[
    str, typer.Option("--source", metavar="TEXT", help="sumber angkanya / where they come from")
]
What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="nama berkas, awal SHA-256, indicators|boundaries|crosswalk|meta, all",
    ),
]

_ALIKE: Final = 3  # problems of one kind in a file that are told one by one
_BUSY: Final = 75
_FATES: Final = ("read", "accepted", "quarantined", "duplicate", "blank")


@app.command("import")
def import_files(  # noqa: PLR0913, PLR0917  a command is its options
    files: Files,
    codes: Codes = "",
    year: Year = None,
    source: From = "",
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Impor indikator atau batas wilayah. / Import indicators or boundaries."""
    from ksd_toolkit.atlas import Asked, bring  # noqa: PLC0415  pandas is slow to load

    with _sentences(lang, as_json=as_json):
        home = find_home()
        found = bring(home, files, Asked(_SYSTEMS[codes], year, " ".join(source.split())))
        page = _keep_problems(home, (*found.problems, *found.earlier), lang)
        code = _exit_code(found)
        if as_json:
            print_json(_facts(found) | {"exit_code": code})
        else:
            _tell(found, page, language(lang))
        raise typer.Exit(code)


@app.command()
def status(lang: Lang = "id", as_json: AsJson = False) -> None:
    """Apa yang sudah diimpor dan apa yang belum. / What was imported, and what was not."""
    from ksd_toolkit.atlas import atlas_status  # noqa: PLC0415  pandas is slow to load

    with _sentences(lang, as_json=as_json):
        found = atlas_status(find_home())
        if as_json:
            print_json(_status_facts(found))
        else:
            _tell_status(found, language(lang))


@app.command()
def remove(what: What, lang: Lang = "id", as_json: AsJson = False) -> None:
    """Keluarkan berkas wilayah. / Take region files out."""
    from ksd_toolkit.atlas import remove as take_out  # noqa: PLC0415  pandas is slow to load

    with _sentences(lang, as_json=as_json):
        gone = take_out(find_home(), what)
        if as_json:
            print_json({"removed": list(gone.files), "returned": gone.returned})
            return
        for name in gone.files:
            tell("atlas.removed", lang, file=legible(name))
        if gone.returned:
            number = count(gone.returned, language(lang))
            typer.echo(say_counted("atlas.returned", gone.returned, lang, n=number))


@contextmanager
def _sentences(lang: str, *, as_json: bool) -> Iterator[None]:
    """As everywhere; a store in use is told by its own exit code."""
    with sentences(lang, as_json=as_json):
        try:
            yield
        except RunError as error:
            if error.code != "atlas.busy":
                raise
            sentence = error.sentence(language(lang))
            if as_json:
                print_json({"error": error.code, "message": sentence, "exit_code": _BUSY})
            else:
                typer.echo(sentence, err=True)
            raise typer.Exit(_BUSY) from error


def _exit_code(found: Any) -> int:
    """0 when everything was used, 2 when a part was, 1 when nothing was."""
    if not found.balance.accepted:
        return 1
    refused = any(not file.balance.accepted for file in found.files)
    return 2 if refused or found.balance.quarantined else 0


def _keep_problems(home: Path, problems: tuple[Problem, ...], lang: str) -> Path | None:
    """Every problem in a file a spreadsheet opens; none where there is nothing to tell."""
    from ksd_toolkit.publishing.files import replace_file  # noqa: PLC0415
    from ksd_toolkit.publishing.problem_table import problems_csv  # noqa: PLC0415

    page = home / "reports" / "wilayah" / "masalah.csv"
    if not problems:
        page.unlink(missing_ok=True)
        return None
    replace_file(page, problems_csv(problems, lang))
    return page


def _tell(found: Any, page: Path | None, lang: str) -> None:
    for file in found.files:
        kind = say(f"atlas.kind_{file.kind or 'refused'}", lang)
        counts = {name: count(getattr(file.balance, name), lang) for name in _FATES}
        tell("atlas.file", lang, file=legible(file.name), kind=kind, **counts)
        if file.unchanged:
            tell("atlas.unchanged", lang)
        elif file.replaced:
            tell("atlas.replaced", lang, n=count(file.replaced, lang))
    tell_problems(_summed(found.problems), lang)
    if number := len(found.earlier):
        typer.echo(say_counted("atlas.earlier", number, lang, n=count(number, lang)))
    if page is not None:
        number = len(found.problems) + len(found.earlier)
        typer.echo(say_counted("atlas.all_problems", number, lang, n=number, file=shown_path(page)))


def _summed(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The first problems of each kind in a file, then how many more there are."""
    alike = Counter((problem.where.file, problem.code) for problem in problems)
    seen: Counter[tuple[str, str]] = Counter()
    summed = []
    for problem in problems:
        key = problem.where.file, problem.code
        seen[key] += 1
        if seen[key] <= _ALIKE:
            summed.append(problem)
        elif seen[key] == _ALIKE + 1:
            facts = {"n": alike[key] - _ALIKE, "code": problem.code}
            where = Where(problem.where.file)
            summed.append(Problem("atlas.same_again", where, facts, problem.severity))
    return tuple(summed)


def _facts(found: Any) -> dict[str, Any]:
    return {
        "files": [
            asdict(file) | {"balance": {name: getattr(file.balance, name) for name in _FATES}}
            for file in found.files
        ],
        "balance": {name: getattr(found.balance, name) for name in _FATES},
        "problems": [problem_facts(problem) for problem in found.problems],
        "earlier": [problem_facts(problem) for problem in found.earlier],
    }


def _status_facts(found: Any) -> dict[str, Any]:
    return {
        "files": [
            asdict(file) | {"balance": {name: getattr(file.balance, name) for name in _FATES}}
            for file in found.files
        ],
        "standing": dict(found.standing),
        "indicators": frame_facts(found.indicators.set_index("indicator")),
        "shapes": dict(found.shapes),
        "regions": dict(found.of),
        "crosswalk": found.crosswalk,
        "missing": list(found.missing),
        "problems": [problem_facts(problem) for problem in found.suspicions],
    }


def _tell_status(found: Any, lang: str) -> None:
    if not found.files:
        tell("atlas.nothing", lang)
    for file in found.files:
        kind = say(f"atlas.kind_{file.kind}", lang)
        counts = {name: count(getattr(file.balance, name), lang) for name in _FATES}
        tell("atlas.file", lang, file=legible(file.name), kind=kind, **counts)
        if not found.standing.get(file.sha256):
            tell("atlas.replaced_whole", lang)
    for row in found.indicators.to_dict("records"):
        same = row["first_year"] == row["last_year"]
        years = str(row["last_year"] if same else f"{row['first_year']}-{row['last_year']}")
        facts = {"n": count(row["regions"], lang), "years": years, "sources": row["sources"]}
        line = say("atlas.indicator_line", lang, indicator=row["indicator"], **facts)
        doubted = say("atlas.doubted", lang, n=row["suspects"]) if row["suspects"] else ""
        typer.echo(legible(f"  {line}{doubted}"))
    shapes = {name: count(n, lang) for name, n in found.shapes.items()}
    tell("atlas.shapes" if any(found.shapes.values()) else "atlas.no_shapes", lang, **shapes)
    if found.missing:
        tell("atlas.missing", lang, n=len(found.missing), names=", ".join(found.missing))
    tell_problems(_summed(found.suspicions), lang)
