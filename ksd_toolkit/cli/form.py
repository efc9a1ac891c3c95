"""`ksd form`: check the definition of a questionnaire, build the workbooks people fill."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ksd_toolkit.cli.options import AsJson, DossierName, Lang
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.problems import tell_problems
from ksd_toolkit.cli.saying import print_json, problem_facts, sentences, tell
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.dossier import open_dossier

app = typer.Typer(
    name="form",
    help="Kuesioner: memeriksa definisi, membuat buku kerja. / The questionnaire and its workbooks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


Offices = Annotated[
    list[str] | None,
    typer.Option(
        "--opd", metavar="CODE", help="hanya kantor ini, boleh berulang / this office only"
    ),
]
Target = Annotated[
    str,
    typer.Argument(
        metavar="FILE|DOSSIER",
        help="XLSForm .xlsx atau .md; dosir; kosong: kuesioner bawaan / the shipped form if left out",
    ),
]
Against = Annotated[
    Path | None, typer.Option("--against", metavar="OLD", help="versi lama / the earlier version")
]
Xform = Annotated[
    bool | None, typer.Option("--xform/--no-xform", help="tanya pyxform juga / ask pyxform, too")
]


@app.command()
def build(dossier: DossierName, opd: Offices = None, lang: Lang = "") -> None:
    """Tulis buku kerja kosong bagi OPD dan TKKSD. / Write the blank workbooks of offices and TKKSD."""
    from ksd_toolkit.runs.forms import build_forms  # noqa: PLC0415  pandas is slow to load

    with sentences(lang):
        opened = open_dossier(dossier, lang=lang)
        made = build_forms(opened, opd or ())
        fresh = len(made.offices) - sum(path in made.kept for path in made.offices)
        tell("cli.forms_made", opened.lang, n=fresh, folder=shown_path(made.folder))
        if made.carried.count:
            tell("form_check.carried", opened.lang, n=made.carried.count)
        if made.carried.homeless:
            usulan = ", ".join(made.carried.homeless)
            tell("form_check.homeless", opened.lang, usulan=usulan)
        if made.tkksd is not None:
            tell("cli.form_tkksd", opened.lang, file=shown_path(made.tkksd))
        elif not opd:
            tell("cli.form_tkksd_later", opened.lang)
        for path in made.kept:
            code = "cli.form_unlisted" if path in made.unlisted else "cli.form_kept"
            tell(code, opened.lang, file=legible(path.name))
        if made.removed:
            tell("cli.forms_removed", opened.lang, n=len(made.removed))
            for path in made.removed:
                typer.echo(f"  {legible(path.name)}")


@app.command()
def check(
    target: Target = "",
    against: Against = None,
    xform: Xform = None,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Periksa definisi kuesioner, semua masalah sekaligus. / Check a form's definition, all at once."""
    from ksd_toolkit.runs.form_report import check_definition  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        found = check_definition(target, against, xform=xform, lang=lang)
        if as_json:
            print_json(_facts(found))
        else:
            _tell(found, found.lang)
        raise typer.Exit(2 if found.count("error") else 0)


def _facts(found: Any) -> dict[str, Any]:
    form = found.form
    return {
        "subject": found.subject,
        "form_id": form.form_id if form else None,
        "version": form.version if form else None,
        "sha256": form.sha256 if form else None,
        "converts_to_xform": found.converts,
        "problems": [problem_facts(problem) for problem in found.problems],
        "exit_code": 2 if found.count("error") else 0,
    }


def _tell(found: Any, lang: str) -> None:
    counts = {f"{severity}s": found.count(severity) for severity in ("error", "warning", "info")}
    tell("form_check.counts", lang, subject=legible(found.subject), **counts)
    tell_problems(found.problems, lang)
    answer = {None: "unasked", True: "yes", False: "no"}[found.converts]
    tell(f"form_check.xform_{answer}", lang)
    if counts["errors"]:
        tell("form_check.ill", lang, errors=counts["errors"])
        return
    tables = found.form.tables
    questions = {field.name for table in tables for field in table.fields}
    tell("form_check.well", lang, questions=len(questions), tables=len(tables))
