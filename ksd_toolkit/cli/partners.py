"""`ksd partners`: which regions and institutions fit a region, a dossier or one usulan, and why."""

import math
from typing import Annotated, Any, Final

import typer

from ksd_toolkit.cli.options import AsJson, Lang
from ksd_toolkit.cli.saying import (
    console,
    frame_facts,
    print_json,
    sentences,
    table_of,
    tell_banner,
)
from ksd_toolkit.errors import InputError, MethodError, RunError
from ksd_toolkit.messages import count, decimal, percent, say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.regions import find_region

_DOSSIER: Final = "/"
_SIMILAR: Final = 5
_EMPTY: Final = "register.empty"
_NARROW: Final = 110  # columns of a terminal below which the criteria do not fit

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
    with sentences(lang, as_json=as_json):
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
            _one_partner(matches, partner, usulan, as_json=as_json)
        elif usulan:
            _one_usulan(matches, usulan, rows, as_json=as_json)
        elif as_json:
            print_json(_facts(matches))
        else:
            _tell(matches, rows)


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


def _facts(matches: Any) -> dict[str, Any]:
    """Everything a machine needs of a matching."""
    return {
        "home": matches.home.code,
        "stamp": matches.stamp.to_json(),
        "lens": matches.lens,
        "weights": dict(matches.settings.weights),
        "unknown": list(matches.unknown),
        "partners": [
            row | {"explanation": matches.explain(row["code"])}
            for row in frame_facts(matches.table)
        ],
        "other_level": frame_facts(matches.other_level.set_index("code")),
        "benchmark": frame_facts(matches.benchmark().set_index("code")),
    }


def _tell(matches: Any, rows: int) -> None:
    """The list, what the first ones share, and what could not be known."""
    from ksd_toolkit.prose.partners import case_of  # noqa: PLC0415

    lang = matches.lang
    tell_banner(lang, simulated=matches.stamp.simulated)
    typer.echo(say("partners.home", lang, region=matches.home.name, code=matches.home.code))
    console().print(list_of(matches, rows))
    for code in matches.table.index[: min(rows, 3)]:
        typer.echo(f"- {matches.explain(code)}")
        typer.echo(f"  {case_of(matches, code).sentence(lang)}")
    for letter, rows_of in matches.other_level.groupby("letter", sort=True):
        names = "; ".join(f"{row['name']} ({row['code']})" for row in rows_of.to_dict("records"))
        number = count(len(rows_of), lang)
        typer.echo(say("partners.other_level_line", lang, letter=letter, n=number, names=names))
    similar = matches.benchmark(_SIMILAR)
    if len(similar):
        names = "; ".join(f"{row['name']} ({row['code']})" for row in similar.to_dict("records"))
        typer.echo(say("partners.similar", lang, names=names))
    for sentence in matches.unknown:
        typer.echo(sentence)
    if matches.table["shared_problems"].isna().any():
        typer.echo(say("partners.bring", lang))


def _one_partner(matches: Any, partner: str, usulan: str, *, as_json: bool) -> None:
    """Why one region stands where it stands, what is shared, who helps whom, and the legal case.

    A region of another level is not ranked; the law knows the pair all the same.
    """
    from ksd_toolkit.matching.ground import check_party  # noqa: PLC0415
    from ksd_toolkit.matching.legal_case import UNASKED, conditions_of, legal_case  # noqa: PLC0415

    asked = find_region(partner)
    check_party(asked)
    if asked == matches.home:
        raise RunError("partners.itself", name=asked.name)
    ranked = asked.is_province == matches.home.is_province
    code = matches.find(partner) if ranked else asked.code
    asks = (
        conditions_of(matches.register, matches.lens.removeprefix("usulan:")) if usulan else UNASKED
    )
    case = legal_case(matches.home.code, code, asks)
    facts = {"home": matches.home.code, "partner": code, "lens": matches.lens}
    if not ranked:
        _one_of_another_level(facts, case, asked.name, matches, as_json=as_json)
        return
    shared, help_ = matches.shared(code), matches.help(code)
    if as_json:
        told = {
            "explanation": matches.explain(code),
            "shared": frame_facts(shared),
            "help": frame_facts(help_),
            "legal": _case_facts(case, matches.lang),
            "unknown": list(matches.unknown),
        }
        print_json(facts | told)
        return
    tell_banner(matches.lang, simulated=matches.stamp.simulated)
    typer.echo(matches.explain(code))
    for row in shared.to_dict("records"):
        share = decimal(100 * row["share"], 1, matches.lang)
        typer.echo(f"  {share:>5} {row['problem']}")
        typer.echo(f"        {row['home_evidence']}")
        typer.echo(f"        {row['partner_evidence']}")
    _tell_case(case, matches.lang)
    for sentence in matches.unknown:
        typer.echo(sentence)


def _one_of_another_level(
    facts: dict[str, Any], case: Any, name: str, matches: Any, *, as_json: bool
) -> None:
    """A province asked of a regency or the other way round: the legal case alone."""
    lang = matches.lang
    told = say("partners.other_level_pair", lang, name=name, home=matches.home.name)
    if as_json:
        print_json(facts | {"explanation": told, "legal": _case_facts(case, lang)})
        return
    tell_banner(lang, simulated=matches.stamp.simulated)
    typer.echo(told)
    _tell_case(case, lang)


def _one_usulan(matches: Any, usulan: str, rows: int, *, as_json: bool) -> None:
    """Everything about the partners of one usulan: regions, institutions, benefit, legal cases."""
    from ksd_toolkit import scoring  # noqa: PLC0415
    from ksd_toolkit.matching.usulan_partners import partners_of_usulan  # noqa: PLC0415
    from ksd_toolkit.tables.usulan_partners import benefit_text  # noqa: PLC0415

    register = matches.register
    ranking = scoring.score(register, scoring.read_method(register.dossier))
    found = partners_of_usulan(ranking, matches, rows=1)
    name = ranking.find(usulan)
    seen, lang = found.regions(name), matches.lang
    institutions = found.institutions.for_usulan(name, rows)
    benefit = benefit_text(ranking, dict(found.benefits.loc[name]), lang)
    if as_json:
        facts = _facts(seen) | {
            "usulan": name,
            "benefit": benefit,
            "institutions": [
                row | {"explanation": found.institutions.explain(name, row["mitra_nama"])}
                for row in frame_facts(institutions)
            ],
            "cases": [
                {"partner": one.mitra} | _case_facts(one.case, lang) for one in found.cases(name)
            ],
        }
        print_json(facts)
        return
    tell_banner(lang, simulated=matches.stamp.simulated)
    typer.echo(f"{name} {register.usulan.set_index('usulan_id')['judul'][name]}")
    console().print(list_of(seen, rows))
    for row in institutions.to_dict("records"):
        typer.echo(f"- {found.institutions.explain(name, row['mitra_nama'])}")
    typer.echo(say("partners.benefit_of", lang, usulan=name, benefit=benefit))
    for one in found.cases(name):
        _tell_case(one.case, lang)
    for sentence in (*seen.unknown, *found.institutions.unknown):
        typer.echo(sentence)


def _case_facts(case: Any, lang: str) -> dict[str, Any]:
    """A legal case for machines."""
    return {
        "sentence": case.sentence(lang),
        "kind": case.kind,
        "jenis": case.jenis,
        "letter": case.letter,
        "can_be_mandatory": case.can_be_mandatory,
        "forum": case.forum,
        "takeover": case.takeover,
        "needs_council": case.needs_council,
        "term": case.term.text(lang) if case.term else None,
        "documents": [paper.text(lang) for paper in case.documents],
        "checks": [
            {"text": text, "state": state, "article": article}
            for text, state, article in case.checked(lang)
        ],
        "statements": [
            dict(zip(("subject", "statement", "state", "article"), told, strict=True))
            for told in case.statements(lang)
        ],
        "open_questions": list(case.open_questions),
    }


def _tell_case(case: Any, lang: str) -> None:
    """The legal case in its sentence, then everything behind it with its article."""
    typer.echo(case.sentence(lang))
    for subject, statement, state, article in case.statements(lang):
        told = f"  {subject}: {statement}{f' [{state}]' if state else ''}"
        typer.echo(f"{told} ({article})" if article else told)


def list_of(matches: Any, rows: int) -> Any:
    """The first regions as a table for the screen; a narrow one has no room for the criteria."""
    import pandas as pd  # noqa: PLC0415

    from ksd_toolkit.matching.settings import CRITERIA  # noqa: PLC0415
    from ksd_toolkit.tables.partner_words import (  # noqa: PLC0415
        criteria_texts,
        points_text,
        relation_text,
    )

    lang = matches.lang
    table = table_of(lang)
    criteria = CRITERIA if console().width >= _NARROW else ()
    names = ("rank", "region", "points", *criteria, "relation", "letter", "top_share")
    for name in names:
        right = name in {"rank", "points", "top_share", *CRITERIA}
        title = say(f"partners.column.{name}", lang).replace("\u00ad", "")
        table.add_column(title, justify="right" if right else "left")
    shown = matches.table.head(rows)
    for code, row in zip(shown.index, shown.to_dict("records"), strict=True):
        name = f"{row['name']} ({code})"
        table.add_row(
            "-" if pd.isna(row["rank"]) else count(row["rank"], lang),
            say("partners.named", lang, name=name) if row["named"] else name,
            points_text(row, lang),
            *(criteria_texts(row, lang) if criteria else ()),
            relation_text(row, lang),
            str(row["letter"]) or "-",
            _share(row["top_share"], lang),
        )
    return table


def _share(value: float, lang: str) -> str:
    return "-" if math.isnan(value) else percent(100 * value, 0, lang)
