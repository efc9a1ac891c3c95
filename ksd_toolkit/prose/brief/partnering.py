"""With whom: the regions that fit best, and how far the first usulan have partners and a benefit for them."""

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Runs, joined, measured, spaced, told, told_counted
from ksd_toolkit.matching.usulan_partners import UsulanPartners, partners_of_usulan
from ksd_toolkit.messages import count, decimal
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.scoring import Ranking

_REGIONS = 3
_UNKNOWN = ("missing", "caps")


def partners(ranking: Ranking, rows: int = 10, lang: str = "") -> Shown:
    """The best fitting regions, what they could be compared on, and what the first usulan still lack.

    Args:
        ranking: Whose usulan.
        rows: How many usulan of the list are looked at.
        lang: Language of the sentences.
    """
    lang = lang or ranking.lang
    found = partners_of_usulan(ranking, rows=rows)
    parts = [_regions(found, lang), *_usulan(found, lang)]
    return Shown(Paragraph(spaced(parts)), lang=lang)


def _regions(found: UsulanPartners, lang: str) -> Runs:
    table = found.matches.table
    named = [
        told(
            "partners.place_points",
            lang,
            name=region.short_name if (region := region_or_none(code)) else code,
            points=measured(decimal(row["points"], 1, lang), "place_points", f"wilayah/{code}"),
        )
        for code, row in records(table.head(_REGIONS))
    ]
    known = int(table["shared_problems"].notna().sum())
    of = measured(count(len(table), lang), "brief_compared", "mitra/*")
    sentence = told("brief.partners", lang, names=joined(named, lang), of=of)
    if known == len(table):
        return sentence
    number = measured(count(known, lang), "brief_needs_known", "mitra/*")
    return spaced((sentence, told_counted("brief.partners_known", known, lang, n=number)))


def _usulan(found: UsulanPartners, lang: str) -> list[Runs]:
    """How many of the first usulan name a partner, have an institution that fits, and know its benefit."""
    table = found.table
    named = int((table["named"] != "").sum())
    fitting = int((table["institutions"].map(len) > 0).sum())
    silent = int(table["benefit"].isin(_UNKNOWN).sum())
    of = len(table)
    facts = {
        "rows": measured(count(of, lang), f"brief_first:{of}", "mitra/*"),
        "named": measured(str(named), f"brief_named:{of}", "mitra/*"),
        "fitting": measured(str(fitting), f"brief_fitting:{of}", "mitra/*"),
    }
    sentences = [told("brief.partners_usulan", lang, **facts)]
    if silent:
        number = measured(count(silent, lang), f"brief_silent:{of}", "mitra/*")
        sentences.append(told_counted("brief.partners_benefit", silent, lang, n=number))
    return sentences
