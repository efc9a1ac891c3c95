"""What `ksd partners` tells of one region or one usulan: reasons, evidence, institutions and legal cases."""

from typing import Any

import typer

from ksd_toolkit.cli.partner_list import list_facts, list_of
from ksd_toolkit.cli.saying import console, frame_facts, print_json, tell_banner
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import decimal, say
from ksd_toolkit.regions import find_region


def tell_partner(matches: Any, partner: str, usulan: str, *, as_json: bool) -> None:
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
        _tell_other_level(facts, case, asked.name, matches, as_json=as_json)
    elif as_json:
        print_json(facts | _partner_facts(matches, code, case))
    else:
        _tell_candidate(matches, code, case)


def _partner_facts(matches: Any, code: str, case: Any) -> dict[str, Any]:
    """Everything a machine needs of one candidate."""
    return {
        "explanation": matches.explain(code),
        "shared": frame_facts(matches.shared(code)),
        "help": frame_facts(matches.help(code)),
        "legal": _case_facts(case, matches.lang),
        "unknown": list(matches.unknown),
    }


def _tell_candidate(matches: Any, code: str, case: Any) -> None:
    """One candidate on the screen: its reasons, the problems shared with their evidence, the law."""
    shared = matches.shared(code)
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


def _tell_other_level(
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


def tell_usulan(matches: Any, usulan: str, rows: int, *, as_json: bool) -> None:
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
        told = {"usulan": name, "benefit": benefit}
        print_json(list_facts(seen) | told | _usulan_facts(found, name, institutions, lang))
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


def _usulan_facts(found: Any, name: str, institutions: Any, lang: str) -> dict[str, Any]:
    """The institutions and the legal cases of one usulan for machines."""
    return {
        "institutions": [
            row | {"explanation": found.institutions.explain(name, row["mitra_nama"])}
            for row in frame_facts(institutions)
        ],
        "cases": [
            {"partner": one.mitra} | _case_facts(one.case, lang) for one in found.cases(name)
        ],
    }


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
