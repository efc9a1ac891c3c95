"""The legal case as tables: pairs of regions, one usulan, all of them, and the conditions of third parties."""

from collections.abc import Iterable

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.matching.legal_case import (
    UNASKED,
    Conditions,
    LegalCase,
    UsulanCase,
    cases_of,
    legal_case,
)
from ksd_toolkit.matching.legal_parts import Check, counted
from ksd_toolkit.matching.legal_place import around
from ksd_toolkit.matching.legal_table import NO_COOPERATION, REGIONS, UNCERTAIN
from ksd_toolkit.matching.legal_words import named
from ksd_toolkit.messages import count, say, say_counted
from ksd_toolkit.regions import find_region
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import type_label
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import DASH, listed
from ksd_toolkit.tables.legal_words import columns_of, lie_text, nature_text, note_with_laws
from ksd_toolkit.tables.measures import about


def pairs(
    home: str,
    partners: Iterable[str] | None = None,
    conditions: Conditions = UNASKED,
    lang: str = "id",
) -> Shown:
    """What the law makes of a region with each of some others, one row each.

    Args:
        home: Code or name of the region.
        partners: Of the others; by default all that border it, hold it, lie in it or lie near it.
        conditions: What an usulan answered; without it the table says what each pair may become.
        lang: Language of the table.

    Raises:
        InputError: A region is not known, is `home` itself, or cannot be a party.
    """
    if partners is None:
        partners = [region.code for region in around(find_region(home))]
    cases = [legal_case(home, partner, conditions) for partner in partners]
    if not cases:
        return Shown(Paragraph(runs(say("legal.table.pairs_none", lang))), lang=lang)
    columns = columns_of(lang, region=2.6, lie=2.2, nature=3.0, forum=2.0, takeover=2.0)
    body = tuple(_pair_row(case, lang) for case in cases)
    caption = say("legal.table.pairs", lang, home=cases[0].home_name)
    relations = {case.relation for case in cases}
    note = " ".join(
        (
            note_with_laws("legal.table.pairs_note", lang),
            *(say(f"legal.table.note_{name}", lang) for name in UNCERTAIN if name in relations),
        )
    )
    subjects = about("wilayah", (case.partner for case in cases))
    return Shown(Table(caption, columns, body, note, subjects=subjects), lang=lang)


def of_usulan(register: Register, usulan_id: str, lang: str = "") -> Shown:
    """One usulan with every partner it names: the case in a sentence, then statement by statement.

    Raises:
        InputError: Nobody sent that usulan.
    """
    lang = lang or register.lang
    columns = columns_of(lang, subject=1.6, statement=4.8, state=1.6, article=2.6)
    blocks: list[Paragraph | Table] = []
    for found in cases_of(register, usulan_id):
        case = found.case
        partner = named(case, lang)
        caption = say("legal.table.of_usulan", lang, usulan=usulan_id, partner=partner)
        blocks += [
            Paragraph(runs(case.sentence(lang)), origin=f"legal_sentence@{_subjects([found])[0]}"),
            _about_usulan(found, caption, columns, _with_dashes(case.statements(lang))),
        ]
    return Shown(*blocks, lang=lang)


def all_usulan(register: Register, rows: int = 0, lang: str = "") -> Shown:
    """Every usulan with every partner: nature, letter, council and conditions; `rows` 0 shows all."""
    lang = lang or register.lang
    found = [one for one in cases_of(register) if one.case.family != NO_COOPERATION]
    number = len(found)
    if not number:
        return Shown(Paragraph(runs(say("legal.table.all_none", lang))), lang=lang)
    shown = found[:rows] if rows else found
    titles = _titles(register)
    columns = columns_of(lang, usulan=3.0, partner=2.4, nature=2.6, council=1.4, conditions=2.6)
    body = tuple(_usulan_row(one, titles, lang) for one in shown)
    caption = say("legal.table.all", lang, shown=count(len(shown), lang), of=count(number, lang))
    note = note_with_laws("legal.table.all_note", lang)
    subjects = _subjects(shown)
    origin = "table_legal@hukum/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def third_parties(register: Register, rows: int = 0, lang: str = "") -> Shown:
    """The conditions of third parties, foreign partners and Sinergi: how many are met, and what is wanting.

    Args:
        register: The answers.
        rows: How many to show; 0 for all.
        lang: Language; that of the register where empty.
    """
    lang = lang or register.lang
    found = [one for one in cases_of(register) if one.case.family != REGIONS and one.case.checks]
    number = len(found)
    caption = say_counted("legal.table.third_parties", number, lang, n=count(number, lang))
    if not number:
        return Shown(Paragraph(runs(f"{caption}.")), lang=lang)
    found.sort(key=lambda one: -_lacking(one.case.checks))
    titles, shown = _titles(register), found[:rows] if rows else found
    columns = columns_of(lang, usulan=2.8, partner=2.2, nature=1.6, met=0, wanting=4.8)
    body = tuple(
        (
            _title(one, titles),
            named(one.case, lang),
            type_label(one.case.jenis, lang),
            _met(one.case.checks, lang),
            _wanting(one.case.checks, lang),
        )
        for one in shown
    )
    note = say("legal.table.third_parties_note", lang)
    if 0 < rows < number:
        note += " " + say("legal.table.more", lang, n=count(number - rows, lang))
    subjects, origin = _subjects(shown), "table_conditions@hukum/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def _subjects(cases: Iterable[UsulanCase]) -> tuple[str, ...]:
    """Of which usulan and partner each row tells, as an origin names them."""
    return about("hukum", (f"{one.usulan_id}|{one.case.partner_name}" for one in cases))


def _about_usulan(
    found: UsulanCase, caption: str, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]
) -> Table:
    (subject,) = _subjects([found])
    origin = f"legal_statement@{subject}"
    return Table(caption, columns, rows, subjects=(subject,) * len(rows), origin=origin)


def _pair_row(case: LegalCase, lang: str) -> tuple[str, ...]:
    return (
        case.partner_name,
        lie_text(case, lang),
        nature_text(case, lang),
        say(f"legal.forum.{case.forum}", lang) if case.forum else DASH,
        say(f"legal.takeover.{case.takeover}", lang) if case.takeover else DASH,
    )


def _with_dashes(rows: list[tuple[str, str, str, str]]) -> tuple[tuple[str, ...], ...]:
    """Statements as cells; a dash for what has no article of its own."""
    return tuple((*row[:3], row[3] or DASH) for row in rows)


def _usulan_row(one: UsulanCase, titles: dict[str, str], lang: str) -> tuple[str, ...]:
    case = one.case
    council = say(f"legal.needed.{case.needs_council}", lang)
    return (
        _title(one, titles),
        named(case, lang),
        nature_text(case, lang),
        council,
        listed(counted(case.checks, lang)) or DASH,
    )


def _lacking(checks: tuple[Check, ...]) -> int:
    return sum(check.state != "terpenuhi" for check in checks)


def _met(checks: tuple[Check, ...], lang: str) -> str:
    met = len(checks) - _lacking(checks)
    return say("legal.table.met", lang, met=count(met, lang), of=count(len(checks), lang))


def _wanting(checks: tuple[Check, ...], lang: str) -> str:
    """The conditions not met, each with its state and article."""
    return (
        listed(
            say("legal.table.wanting", lang, condition=check.text(lang),
                state=check.state_in_words(lang), article=cited(check.article, lang))
            for check in checks
            if check.state != "terpenuhi"
        )
        or DASH
    )  # fmt: skip


def _titles(register: Register) -> dict[str, str]:
    titles = register.usulan.set_index("usulan_id")["judul"].fillna(DASH)
    return {str(name): str(title) for name, title in titles.items()}


def _title(one: UsulanCase, titles: dict[str, str]) -> str:
    return f"{one.usulan_id} {titles[one.usulan_id]}"
