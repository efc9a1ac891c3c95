"""Partners in the workbook of the ranking: usulan by usulan, regions, and what is proposed to the score."""

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.proposals import proposal_states, proposals
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.matching.usulan_partners import UsulanPartners, partners_of_usulan
from ksd_toolkit.messages import say, trimmed
from ksd_toolkit.publishing.workbook_sheets import Sheet, SheetColumn
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.tables.partner_words import letter_text, relation_text
from ksd_toolkit.tables.usulan_partners import benefit_text, institutions_text, regions_text

_TEXT_WIDTH = 44
_TITLE_WIDTH = 60
_PERCENT = 100


def partner_sheets(ranking: Ranking) -> tuple[Sheet, ...]:
    """The sheets on partners: of every ranked usulan, of all regions, and the proposed scores.

    Raises:
        MethodError: Nothing that weighs is known of any region.
    """
    found = partners_of_usulan(ranking, rows=0)
    lang = ranking.lang
    return (_usulan(found, lang), _regions(found.matches, lang), _proposed(found, lang))


def _usulan(found: UsulanPartners, lang: str) -> Sheet:
    """One row per ranked usulan: named partners, fitting regions and institutions, benefit, legal case."""
    titles = found.ranking.table["judul"]
    cases = found.all_cases()
    rows = tuple(
        (
            usulan,
            titles[usulan],
            row["named"],
            regions_text(row, lang),
            "" if row["shared_known"] else say("partners.near_only", lang),
            institutions_text(row, lang),
            benefit_text(found.ranking, row, lang),
            " ".join(one.case.sentence(lang) for one in cases[usulan]),
        )
        for usulan, row in records(found.table)
    )
    columns = (
        SheetColumn(say("partners.column.usulan", lang), width=14),
        SheetColumn(say("partners.column.title", lang), width=_TITLE_WIDTH),
        *(
            SheetColumn(say(f"partners.column.{name}", lang), width=_TEXT_WIDTH)
            for name in ("named", "regions", "known", "institutions", "benefit")
        ),
        SheetColumn(say("partners.column.case", lang), width=120),
    )
    name, title = say("partners.sheet", lang), say("partners.sheet_title", lang)
    return Sheet(name, title, columns, rows, (say("partners.usulan_note", lang),), "A3", 7)


def _regions(matches: Matches, lang: str) -> Sheet:
    """Every region compared, with its criteria and the reasons of the first ones."""
    criteria = [SheetColumn(_plain(name, lang), "decimal", 12) for name in CRITERIA]
    columns = (
        SheetColumn(_plain("rank", lang), "integer", 8),
        SheetColumn(say("partners.column.code", lang), width=9),
        SheetColumn(_plain("region", lang), width=36),
        *(
            SheetColumn(say(f"partners.column.{n}", lang), "decimal", 10)
            for n in ("score", "worst", "best")
        ),
        *criteria,
        SheetColumn(_plain("relation", lang), width=36),
        SheetColumn(_plain("letter", lang), width=26),
        SheetColumn(_plain("top_share", lang), "percent", 12),
        SheetColumn(say("partners.column.why", lang), width=140),
    )
    why = matches.explain_all(lang)
    rows = tuple(
        (
            "" if pd.isna(row["rank"]) else int(row["rank"]),
            code,
            row["name"],
            *(_number(row[name]) for name in ("points", "worst", "best")),
            *(_number(_PERCENT * row[name]) for name in CRITERIA),
            relation_text(row, lang),
            letter_text(row["letter"], lang),
            _number(_PERCENT * row["top_share"]),
            why[code],
        )
        for code, row in records(matches.table)
    )
    name, title = say("partners.sheet_regions", lang), say("partners.sheet_regions_title", lang)
    return Sheet(name, title, columns, rows, matches.in_language(lang).unknown, "A3", 10)


def _proposed(found: UsulanPartners, lang: str) -> Sheet:
    """What evidence proposes to the score; it counts only when the TKKSD confirms it."""
    register = found.ranking.register
    told = proposal_states(register, proposals(register, found.ranking, found.matches, lang))
    rows = tuple(
        (
            row["usulan_id"], row["kriteria_kode"], row["penilai"], row["skor"], row["alasan"], row["bukti"],
            say(f"inst.state_{row['state']}", lang, official=_told(row["official"], lang)),
        )
        for row in told.to_dict("records")
    )  # fmt: skip
    columns = (
        SheetColumn(say("partners.column.usulan", lang), width=14),
        SheetColumn(say("partners.column.criterion", lang), width=10),
        SheetColumn(say("partners.column.rater", lang), width=10),
        SheetColumn(say("partners.column.level", lang), "decimal", 10),
        SheetColumn(say("partners.column.why", lang), width=90),
        SheetColumn(say("partners.column.evidence", lang), width=90),
        SheetColumn(say("partners.column.state", lang), width=44),
    )
    name, title = say("partners.sheet_proposed", lang), say("partners.sheet_proposed_title", lang)
    return Sheet(name, title, columns, rows, (), "A3")


def _plain(name: str, lang: str) -> str:
    """A column's name without the marks where print may divide it."""
    return say(f"partners.column.{name}", lang).replace("\u00ad", "")


def _number(value: float) -> float | str:
    return "" if pd.isna(value) else round(float(value), 4)


def _told(value: float, lang: str) -> str:
    return say("partners.nothing", lang) if pd.isna(value) else trimmed(value, 2, lang)
