"""With whom: the regions that fit best, and how far the first usulan have partners and a benefit for them."""

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.matching.usulan_partners import UsulanPartners, partners_of_usulan
from ksd_toolkit.messages import count, decimal, join_words, say, say_counted
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
    return Shown(Paragraph(runs(" ".join(parts))), lang=lang)


def _regions(found: UsulanPartners, lang: str) -> str:
    table = found.matches.table
    named = [
        say(
            "partners.place_points",
            lang,
            name=region.short_name if (region := region_or_none(code)) else code,
            points=decimal(row["points"], 1, lang),
        )
        for code, row in records(table.head(_REGIONS))
    ]
    known = int(table["shared_problems"].notna().sum())
    told = say("brief.partners", lang, names=join_words(named, lang), of=count(len(table), lang))
    if known == len(table):
        return told
    limit = say_counted("brief.partners_known", known, lang, n=count(known, lang))
    return f"{told} {limit}"


def _usulan(found: UsulanPartners, lang: str) -> list[str]:
    """How many of the first usulan name a partner, have an institution that fits, and know its benefit."""
    table = found.table
    named = int((table["named"] != "").sum())
    fitting = int((table["institutions"].map(len) > 0).sum())
    silent = int(table["benefit"].isin(_UNKNOWN).sum())
    facts = {"rows": count(len(table), lang), "named": named, "fitting": fitting}
    told = [say("brief.partners_usulan", lang, **facts)]
    if silent:
        told.append(say_counted("brief.partners_benefit", silent, lang, n=count(silent, lang)))
    return told
