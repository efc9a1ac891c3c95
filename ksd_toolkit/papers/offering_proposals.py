"""Offering sheets: a page per proposal that tells a candidate what it is, what it needs and what it brings."""

from typing import Any, Final

from ksd_toolkit.document import Block, Heading, Paragraph, Table, measured, runs
from ksd_toolkit.matching.legal_value import LegalCase
from ksd_toolkit.messages import join_words, language, say
from ksd_toolkit.papers.decided_list import (
    affair_of,
    answers_of,
    choices_text,
    issue_of,
    kind_of,
    main_cases,
    money_text,
    number_text,
    places_text,
    target_text,
    years_text,
)
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.forum_case import (
    POSSIBLE,
    Brought,
    brought,
    columns,
    first_ones,
    forum_conditions,
    forum_stamp,
    forum_words,
)
from ksd_toolkit.tables.cells import DASH, text_or_dash

NAME: Final = "offering-proposals"
FACTS: Final = (
    "offered", "evidence", "location", "issue", "affair", "goal", "parties", "interaction", "target",
    "outputs", "partner_benefit", "region_benefit", "cost", "benefit", "funding", "kind", "documents",
    "term", "pic", "fitting", "named",
)  # fmt: skip
"""The lines of a sheet, in their order."""


def offering_proposals(case: Case) -> PaperFacts:
    """A sheet for every proposal of the list; what was not answered says so."""
    told_of = brought(case)
    answers, legal = answers_of(case), main_cases(case)
    sheets = tuple(
        block
        for usulan, row in told_of.chosen.rows
        for block in _sheet(told_of, usulan, row | answers[usulan], legal[usulan])
    )
    blocks = {"index": _index(told_of), "sheets": sheets, "stamp": forum_stamp(told_of)}
    return PaperFacts(
        forum_words(told_of, NAME), blocks, frozenset(forum_conditions(told_of)), POSSIBLE
    )


def _index(told_of: Brought) -> tuple[Block, ...]:
    """Every proposal offered, so that a reader finds the sheet of interest."""
    lang = told_of.lang
    if not told_of.chosen.rows:
        return ()
    titles = columns(
        lang, ("number", 0, "final_rank"), ("usulan", 4.4, "card_title"), ("office", 3.0, ""),
        ("kind_of", 1.6, "jenis"),
    )  # fmt: skip
    body = tuple(
        (
            number_text(row["place"], lang), told_of.title(usulan), text_or_dash(row["opd_nama"]),
            kind_of(row, lang),
        )
        for usulan, row in told_of.chosen.rows
    )  # fmt: skip
    caption = say("forum_pack.index_proposals", lang)
    subjects = told_of.chosen.subjects
    return (Table(caption, titles, body, "", 1, subjects, anchor="offers"),)


def _sheet(
    told_of: Brought, usulan: str, answers: dict[str, Any], legal: LegalCase
) -> tuple[Block, ...]:
    lang, subject = told_of.lang, f"usulan/{usulan}"
    title = told_of.title(usulan)
    facts = _facts(told_of, usulan, answers, legal)
    body = tuple((say(f"forum_pack.fact_{name}", lang), facts[name]) for name in FACTS)
    origin = f"offered_papers@{subject}"
    return (
        Heading(2, (measured(title, "card_title", subject),), new_page=True),
        Table(
            say("forum_pack.sheet_caption", lang, usulan=usulan),
            columns(lang, ("fact", 1.6, ""), ("told", 5.0, "offer_fact")),
            body,
            say("forum_pack.sheet_note", lang),
            subjects=tuple(f"{subject}/{name}" for name in FACTS),
            origin=f"card_title@{subject}",
        ),
        Paragraph(
            runs(say("forum_pack.legal", lang, sentence=legal.sentence(lang))), origin=origin
        ),
    )


def _facts(
    told_of: Brought, usulan: str, answers: dict[str, Any], legal: LegalCase
) -> dict[str, str]:
    """Every line of a sheet as its text."""
    lang, dossier = told_of.lang, told_of.case.dossier
    pairs = told_of.pairs
    fitting = pairs.pairs.loc[pairs.pairs["usulan_id"] == usulan, "mitra_nama"]
    return {
        "offered": text_or_dash(answers["uraian"]),
        "evidence": _evidence(answers),
        "location": places_text(answers["lokasi"]),
        "issue": issue_of(answers, lang),
        "affair": affair_of(answers, lang),
        "goal": text_or_dash(answers["unsur_tujuan"]),
        "parties": text_or_dash(answers["unsur_pihak"]),
        "interaction": text_or_dash(answers["unsur_interaksi"]),
        "target": target_text(answers, lang),
        "outputs": choices_text(dossier, "output_dituju", answers["output_dituju"], lang),
        "partner_benefit": _benefit(told_of, answers, "manfaat_mitra"),
        "region_benefit": _benefit(told_of, answers, "manfaat_daerah"),
        "cost": money_text(answers["biaya_indikatif"], lang),
        "benefit": money_text(answers["manfaat_indikatif"], lang),
        "funding": choices_text(dossier, "sumber_dana", answers["sumber_dana"], lang),
        "kind": kind_of(answers, lang),
        "documents": _documents(legal, lang),
        "term": years_text(answers["jangka_waktu_th"], lang),
        "pic": text_or_dash(answers["opd_nama"]),
        "fitting": first_ones([str(one) for one in fitting], pairs.rules.partners_per_usulan, lang),
        "named": _named(told_of, usulan),
    }


def _evidence(answers: dict[str, Any]) -> str:
    """The figure with its year and source, as far as they were answered."""
    year = answers["bukti_tahun"]
    source = [answers["bukti_sumber"], None if year is None else f"{float(year):.0f}"]
    told_from = ", ".join(str(part) for part in source if part is not None)
    if answers["bukti_uraian"] is None:
        return told_from or DASH
    return f"{answers['bukti_uraian']} ({told_from})" if told_from else str(answers["bukti_uraian"])


def _benefit(told_of: Brought, answers: dict[str, Any], field: str) -> str:
    """How far a benefit is stated, on the scale of the questionnaire."""
    level = answers[field]
    if level is None:
        return DASH
    return choices_text(told_of.case.dossier, field, f"{float(level):g}", told_of.lang)


def _documents(legal: LegalCase, lang: str) -> str:
    """The documents the cooperation needs, in the order they are made, and whether the council decides."""
    papers = join_words([paper.texts[language(lang)] for paper in legal.documents], lang)
    council = say(
        "forum_pack.council", lang, needed=say(f"legal.needed.{legal.needs_council}", lang)
    )
    return f"{papers or DASH}; {council}"


def _named(told_of: Brought, usulan: str) -> str:
    """The partners the office named itself, with what it expects of them."""
    mitra = told_of.case.register.mitra
    mine = mitra[(mitra["usulan_id"] == usulan) & mitra["mitra_nama"].notna()]
    parts = [
        name if not isinstance(brings, str) else f"{name} ({brings})"
        for name, brings in zip(mine["mitra_nama"], mine["kontribusi"], strict=True)
    ]
    return "; ".join(parts) or DASH
