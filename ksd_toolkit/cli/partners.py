"""`ksd partners`: which regions and institutions fit a region, a dossier or one usulan, and why."""

from typing import Annotated, Any, Final

import typer

from ksd_toolkit.cli.options import AsJson, Lang
from ksd_toolkit.cli.partner_details import tell_partner, tell_usulan
from ksd_toolkit.cli.partner_list import list_facts, tell_list
from ksd_toolkit.cli.saying import print_json, sentences
from ksd_toolkit.errors import InputError, MethodError, RunError
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.remembering import remembering

_DOSSIER: Final = "/"
_EMPTY: Final = "register.empty"

Target = Annotated[
    str,
    typer.Argument(
        metavar="REGION|DOSSIER", help="63.06, Tapin, hulu-sungai-selatan/2026; kode atau nama"
    ),
]
Usulan = Annotated[
    str, typer.Option("--usulan", metavar="ID", help="calon mitra satu usulan / of one usulan")
]
Lens = Annotated[
    str,
    typer.Option(
        "--lens", metavar="LENS", help="ISU-A ... ISU-H, without_nearness (tanpa kedekatan)"
    ),
]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="CRITERION=N", help="bobot lain, mis. nearness=0"),
]
Rows = Annotated[
    int,
    typer.Option(min=1, help="banyak baris di layar; JSON memuat semua / on screen; JSON has all"),
]
With = Annotated[
    str, typer.Option("--with", metavar="REGION", help="jelaskan satu daerah / explain one region")
]


def partners(  # noqa: PLR0913, PLR0917  every option of a command is an argument
    target: Target,
    usulan: Usulan = "",
    lens: Lens = "",
    weight: Weights = None,
    partner: With = "",
    rows: Rows = 10,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Calon mitra dengan alasannya, dan kasus hukumnya. / Candidate partners, why, and the law."""
    with sentences(lang, as_json=as_json), remembering():
        matches = matches_of(target, lang)
        if weight:
            matches = matches.replace(weights=_weights(weight))
        if lens and usulan:
            raise RunError("partners.lens_or_usulan", lens=lens, usulan=usulan)
        if usulan:
            _check_dossier(matches, usulan)
            lens = f"usulan:{usulan.strip().upper()}"
        if lens:
            matches = matches.under_lens(
                lens.upper() if lens.casefold().startswith("isu") else lens
            )
        if partner:
            tell_partner(matches, partner, usulan, as_json=as_json)
        elif usulan:
            tell_usulan(matches, usulan, rows, as_json=as_json)
        elif as_json:
            print_json(list_facts(matches))
        else:
            tell_list(matches, rows)


def matches_of(target: str, lang: str) -> Any:
    """The matching of a dossier after everything new in it was taken in, or of a region from facts alone."""
    from ksd_toolkit import register  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.dossier import open_dossier  # noqa: PLC0415
    from ksd_toolkit.matching.finding import find_partners  # noqa: PLC0415

    if _DOSSIER not in target:
        return find_partners(target, lang=lang)
    opened = open_dossier(target, lang=lang)
    register.ingest(opened)
    try:
        return find_partners(register.read_register(opened))
    except InputError as error:
        if error.code != _EMPTY:
            raise
        typer.echo(say("partners.no_answers", opened.lang, name=opened.name), err=True)
        return find_partners(opened.region.code, lang=opened.lang)


def _check_dossier(matches: Any, usulan: str) -> None:
    """An usulan is looked up in a dossier.

    Raises:
        RunError: There is none.
    """
    if matches.register is None:
        raise RunError("partners.no_dossier", usulan=usulan)


def _weights(given: list[str]) -> dict[str, float]:
    """`nearness=0` as a criterion and its weight.

    Raises:
        MethodError: It is no criterion with a number.
    """
    found = {}
    for text in given:
        name, _, number = text.partition("=")
        try:
            found[_criterion(name.strip())] = float(number.strip().replace(",", "."))
        except ValueError:
            raise MethodError("partners.weight", text=text) from None
    return found


def _criterion(name: str) -> str:
    """A criterion by its key, or by what it is called in either language."""
    from ksd_toolkit.matching.settings import CRITERIA  # noqa: PLC0415

    called = {say(f"partners.criterion.{key}", lang): key for key in CRITERIA for lang in LANGUAGES}
    return called.get(name.casefold(), name)
