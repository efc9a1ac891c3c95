"""The yearly report on cooperation abroad (KSDPL, KSDLL), a chapter per document in the order of the law."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Heading, Paragraph, Run, Runs, measured, runs, strong
from ksd_toolkit.messages import date_text, join_words, say
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.foreign_case import FOREIGN, Foreign, Told, foreign_of
from ksd_toolkit.papers.foreign_tables import achieved, funded, identified, planned, served, staged
from ksd_toolkit.papers.forum_case import counted
from ksd_toolkit.papers.opening import BLANK, closing, letter_number, opening, signed_by

NAME: Final = "foreign-report"
POSSIBLE: Final = frozenset({"documents", "over", "open_year"})
PARTS: Final = (
    "title", "background", "purpose", "scope", "progress", "beneficiaries", "funding", "obstacles",
    "analysis",
)  # fmt: skip
"""The nine parts of a report in the order of Permendagri 25/2020 Pasal 37 ayat (1)."""


def nothing_abroad(case: Case) -> str:
    """Why there is no report: no document with a partner abroad in the year of the period; empty where there is."""
    stated = case.register.table("naskah")["jenis_ksd"]
    if stated.isin(FOREIGN).any() and foreign_of(case).documents:
        return ""
    return say("foreign.left_out", case.lang, year=case.dossier.period[:4], name=NAME)


def foreign_report(case: Case) -> PaperFacts:
    """The report of the year: what the data do not hold is said to be missing, part by part.

    Source:
        Permendagri 25/2020 Pasal 35, 37 and Lampiran IV.
    """
    told, lang = foreign_of(case), case.lang
    number = letter_number(case.theme, NAME, case.dossier.period)
    words: dict[str, str | Runs] = {
        **opening(case.dossier, case.theme),
        "number": number or BLANK,
        "year": str(told.year),
        "next_year": str(told.year + 1),
        "until": date_text(told.until.date(), lang),
        "documents_count": counted("documents", len(told.documents), lang),
        "missing": join_words(_missing(told), lang),
    }
    blocks = {
        "chapters": tuple(block for one in told.documents for block in _chapter(told, one)),
        "signatures": signed_by(case.theme, "leader"),
        "stamp": closing(case.stamp, files=False),
    }
    holds = {
        "documents": bool(told.documents), "over": told.is_over, "open_year": not told.is_over,
    }  # fmt: skip
    return PaperFacts(words, blocks, frozenset(n for n, is_so in holds.items() if is_so), POSSIBLE)


def _missing(told: Foreign) -> list[str]:
    """The numbers of documents of which the report holds less than it must."""
    return [one.number for one in told.documents if any(not _part(told, one, p) for p in PARTS)]


def _chapter(told: Foreign, one: Told) -> Iterator[Block]:
    lang = told.case.lang
    title = say("foreign.chapter", lang, number=one.number, title=one.text("judul"))
    yield Heading(1, (measured(title, "cell:judul", one.subject),), new_page=True)
    for letter, part in zip("abcdefghi", PARTS, strict=True):
        yield Heading(
            2, runs(say("foreign.part", lang, letter=letter, name=say(f"foreign.{part}", lang)))
        )
        yield from _part(told, one, part) or (_blank(told, one),)


def _blank(told: Foreign, one: Told) -> Block:
    """That nobody answered this part, and who can."""
    office = told.office(one.text("opd_kode"))
    return Paragraph(runs(Run(say("foreign.blank", told.case.lang, office=office), "emphasis")))


def _part(told: Foreign, one: Told, part: str) -> tuple[Block, ...]:
    """What the data hold for a part; nothing where they hold nothing."""
    return _PARTS[part](told, one)


def _titled(told: Foreign, one: Told) -> tuple[Block, ...]:
    """Title, region and partner in one sentence, then the particulars of the document."""
    facts = {
        "title": measured(one.text("judul"), "cell:judul", one.subject),
        "region": told.case.dossier.issuer.government,
        "partner": measured(one.text("mitra_nama"), "cell:mitra_nama", one.subject),
    }
    return (Paragraph(told.sentence("about", **facts)), identified(told, one))


def _quoted(
    told: Foreign, one: Told, own: tuple[str, ...], from_usulan: tuple[str, ...]
) -> tuple[Block, ...]:
    """The document's own words; else those of the proposal it came from, which is said."""
    found = [name for name in own if one.has(name)]
    if found:
        return tuple(
            Paragraph(runs(one.text(name)), origin=f"cell:{name}@{one.subject}") for name in found
        )
    usulan = told.usulan_of(one)
    answered = [] if usulan is None else [name for name in from_usulan if usulan.has(name)]
    if usulan is None or not answered:
        return ()
    lead = told.sentence(
        "from_usulan", usulan=measured(usulan.number, "cell:judul", usulan.subject)
    )
    quoted = (
        Paragraph(runs(usulan.text(name)), origin=f"cell:{name}@{usulan.subject}")
        for name in answered
    )
    return (Paragraph(lead), *quoted)


def _promised(told: Foreign, one: Told) -> tuple[Block, ...]:
    """The benefits promised to the three sides, as far as they were written down."""
    sides = [side for side in ("daerah", "mitra", "masyarakat") if one.has(f"manfaat_janji_{side}")]
    return tuple(
        Paragraph(
            (
                strong(say(f"foreign.promised_{side}", told.case.lang)),
                Run(f" {one.text(f'manfaat_janji_{side}')}"),
            ),
            origin=f"cell:manfaat_janji_{side}@{one.subject}",
        )
        for side in sides
    )


def _monitored(told: Foreign, one: Told, field: str) -> tuple[Block, ...]:
    """What each half-year's monitoring says, under its half-year."""
    return tuple(
        Paragraph(
            (strong(f"{row['periode']}:"), Run(f" {row[field]}")),
            origin=f"cell:{field}@baris/monev|{row['row_key']}",
        )
        for _, row in records(told.monitoring(one))
        if not pd.isna(row[field])
    )


def _advised(told: Foreign, one: Told) -> tuple[Block, ...]:
    """The recommendation with the row of the decision table that gave it."""
    advice: dict[Any, Any] | None = told.advice(one)
    if advice is None or pd.isna(advice["recommendation"]):
        return ()
    lang = told.case.lang
    verdict = say(f"evaluation.recommendation.{advice['recommendation']}", lang)
    line = told.sentence(
        "advised", verdict=strong(verdict), reason=told.review.reason(advice, lang)
    )
    return (Paragraph(line, origin=f"recommendation_reason@naskah/{one.number}"),)


def _background(told: Foreign, one: Told) -> tuple[Block, ...]:
    return _quoted(told, one, ("latar_belakang",), ("uraian", "bukti_uraian"))


def _purpose(told: Foreign, one: Told) -> tuple[Block, ...]:
    return (*_quoted(told, one, ("tujuan",), ("unsur_tujuan",)), *_promised(told, one))


def _scope(told: Foreign, one: Told) -> tuple[Block, ...]:
    return _quoted(told, one, ("ruang_lingkup",), ("unsur_interaksi", "unsur_pihak"))


def _progress(told: Foreign, one: Told) -> tuple[Block, ...]:
    return (*staged(told, one), *achieved(told, one))


def _obstacles(told: Foreign, one: Told) -> tuple[Block, ...]:
    return _monitored(told, one, "kendala")


def _analysis(told: Foreign, one: Told) -> tuple[Block, ...]:
    return (*_advised(told, one), *planned(told, one))


_PARTS: Final[dict[str, Callable[[Foreign, Told], tuple[Block, ...]]]] = {
    "title": _titled,
    "background": _background,
    "purpose": _purpose,
    "scope": _scope,
    "progress": _progress,
    "beneficiaries": served,
    "funding": funded,
    "obstacles": _obstacles,
    "analysis": _analysis,
}
"""What fills each of the nine parts."""
