"""Candidate partners usulan by usulan, as tables: the list, and everything about one of them."""

from typing import Any

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, measured, runs, told
from ksd_toolkit.matching.lenses import lens_mark
from ksd_toolkit.matching.usulan_partners import UsulanPartners
from ksd_toolkit.messages import count, decimal, language, say
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.tables.cells import DASH, listed
from ksd_toolkit.tables.measures import about, printed_as
from ksd_toolkit.tables.partner_words import short_name
from ksd_toolkit.tables.partners import top


def overview(found: UsulanPartners, rows: int = 0, lang: str = "") -> Shown:
    """Usulan by usulan: who was named, which regions and institutions fit, the partner's benefit."""
    lang = lang or found.lang
    shown = found.table.head(rows) if rows else found.table
    widths = {"usulan": 3.0, "named": 2.2, "regions": 2.2, "institutions": 2.4, "benefit": 1.6}
    columns = tuple(
        Column(
            say(f"partners.column.{name}", lang), width=width,
            measure=printed_as("usulan_partners", name)[1],
        )
        for name, width in widths.items()
    )  # fmt: skip
    titles = found.ranking.table["judul"]
    body = tuple(
        (
            f"{usulan} {titles[usulan]}",
            row["named"] or DASH,
            regions_text(row, lang) or DASH,
            institutions_text(row, lang) or DASH,
            benefit_text(found.ranking, row, lang),
        )
        for usulan, row in records(shown)
    )
    numbers = {"shown": count(len(shown), lang), "of": count(len(found.ranking.table), lang)}
    caption = say("partners.usulan", lang, **numbers)
    note, subjects = say("partners.usulan_note", lang), about("usulan", shown.index)
    origin = "table_usulan_partners@usulan/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def regions(found: UsulanPartners, usulan: str = "", rows: int = 5, lang: str = "") -> Shown:
    """The regions compared on the affairs and issues of one usulan, with what is not known there.

    Raises:
        MethodError: There is no such usulan.
    """
    lang = lang or found.lang
    seen = found.regions(usulan).in_language(lang)
    origin = f"unknown@wilayah/*{lens_mark(seen.lens)}"
    unknown = [Paragraph(runs(sentence), origin=origin) for sentence in seen.unknown]
    return Shown(*top(seen, rows, lang).blocks, *unknown, lang=lang)


def benefit(found: UsulanPartners, usulan: str = "", lang: str = "") -> Shown:
    """What is known of the partner's benefit of one usulan, as it was answered.

    Raises:
        MethodError: There is no such usulan.
    """
    lang = lang or found.lang
    name = found.chosen(usulan)
    text = benefit_text(found.ranking, dict(found.benefits.loc[name]), lang)
    level = measured(text, "partner_benefit", f"usulan/{name}")
    line = told("partners.benefit_of", lang, usulan=name, benefit=level)
    return Shown(Paragraph(line), lang=lang)


def benefit_text(ranking: Ranking, row: dict[str, Any], lang: str) -> str:
    """`4 dari 5`, or that it is not stated and what the method makes of that."""
    method, state = ranking.method, str(row["benefit"])
    if state == "stated":
        return say("partners.benefit_level", lang, level=decimal(row["benefit_level"], 0, lang))
    if state == "off" or not method.has_classes:
        return say(f"partners.benefit_{'off' if state == 'off' else 'missing'}", lang)
    label = method.class_label(method.cap_class, language(lang))
    return say(
        f"partners.benefit_{'caps' if state == 'caps' else 'bounds'}", lang, class_name=label
    )


def regions_text(row: dict[str, Any], lang: str) -> str:
    """The regions of an usulan side by side, those already named ticked."""
    names = listed(_ticked(short_name(code), named, lang) for code, named in row["regions"])
    if row["shared_known"] or not names:
        return names
    return say("partners.only_near", lang, names=names)


def institutions_text(row: dict[str, Any], lang: str) -> str:
    """The institutions of an usulan side by side, those already named ticked."""
    return listed(_ticked(name, named, lang) for name, named in row["institutions"])


def _ticked(name: str, named: bool, lang: str) -> str:
    return say("partners.named", lang, name=name) if named else name
