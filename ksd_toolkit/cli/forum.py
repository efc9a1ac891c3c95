"""`ksd forum`: the form in which attendance and interest of a cooperation forum are written down."""

import typer

from ksd_toolkit.cli.commands import ranking_of
from ksd_toolkit.cli.options import AsJson, DossierName, Lang, MethodName
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import print_json, sentences, tell
from ksd_toolkit.messages import count

app = typer.Typer(
    name="forum",
    help="Forum Kerja Sama Daerah: formulir kehadiran dan minat. / The forum: attendance and interest.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def forum() -> None:
    """Forum Kerja Sama Daerah. / The cooperation forum."""


@app.command()
def form(
    dossier: DossierName, method: MethodName = "", lang: Lang = "", as_json: AsJson = False
) -> None:
    """Buat forum.xlsx untuk ditandai selama forum. / Make forum.xlsx to be marked at the forum."""
    from ksd_toolkit.runs.forum_form import make_forum_form  # noqa: PLC0415  pandas is slow to load

    with sentences(lang, as_json=as_json):
        ranking = ranking_of(dossier, lang, method)
        made = make_forum_form(ranking)
        opened = ranking.register.dossier
        if as_json:
            facts = {"partners": made.partners, "rows": made.rows, "carried": made.carried}
            print_json({"file": shown_path(made.path), **facts, "exit_code": 0})
            return
        facts = {name: getattr(made, name) for name in ("partners", "rows", "carried")}
        spelled = {name: count(number, opened.lang) for name, number in facts.items()}
        tell("forum_form.made", opened.lang, file=shown_path(made.path), **spelled)
        if not made.partners:
            tell("forum_form.nobody", opened.lang)
        tell("forum_form.next", opened.lang, dossier=opened.name)
