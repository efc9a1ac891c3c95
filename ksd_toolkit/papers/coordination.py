"""The mandatory cooperation to be discussed in technical coordination, per forum and partner."""

from typing import Final

from ksd_toolkit.document import Block, Heading, Run, Table
from ksd_toolkit.matching.usulan_case import UsulanCase, cases_of
from ksd_toolkit.messages import say
from ksd_toolkit.papers.decided_list import columns, decided, named, number_text
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.meeting_words import counted, meeting_words
from ksd_toolkit.papers.opening import closing, signed_by
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import text_or_dash

CONDITIONS: Final = frozenset({"held", "pairs", "unset"})
_MANDATORY: Final = "wajib"
_FORUMS: Final = ("provinsi", "nasional")


def coordination(case: Case) -> PaperFacts:
    """Every mandatory pair of the list; what is mandatory but was not set is listed apart."""
    chosen, lang = decided(case), case.lang
    pairs = [found for found in cases_of(case.register) if found.case.kind == _MANDATORY]
    places = {str(u): row["place"] for u, row in chosen.rows}
    listed = [found for found in pairs if found.usulan_id in places]
    unset = [found for found in pairs if found.usulan_id not in places]
    words = {
        **meeting_words(case, "coordination"),
        "pair_count": counted("pairs", len(listed), lang, "pair_count"),
        "partner_count": counted(
            "partners", len({f.case.partner for f in listed}), lang, "partner_count"
        ),
        "unset_count": counted("pairs", len(unset), lang, "unset_count"),
    }
    blocks = {
        "pairs": tuple(_by_forum(case, listed, places)),
        "unset": (_table(case, unset, places, say("formal.table.unset_pairs", lang), mixed=True),),
        "signatures": signed_by(case.theme, "chair", "secretary"),
        "stamp": closing(case.stamp, files=False),
    }
    holds = {"held": case.outcome is not None, "pairs": bool(listed), "unset": bool(unset)}
    conditions = frozenset(name for name, holding in holds.items() if holding)
    return PaperFacts(words, blocks, conditions, CONDITIONS)


def _by_forum(case: Case, listed: list[UsulanCase], places: dict[str, object]) -> list[Block]:
    """A heading per forum, a table per partner, partners in the order of their first usulan."""
    blocks: list[Block] = []
    lang = case.lang
    ordered = sorted(listed, key=lambda found: int(str(places[found.usulan_id])))
    for forum in _FORUMS:
        mine = [found for found in ordered if found.case.forum == forum]
        if mine:
            title = say(f"legal.forum.{forum}", lang)
            blocks.append(Heading(1, (Run(title[:1].upper() + title[1:]),)))
        for partner in dict.fromkeys(found.case.partner_name for found in mine):
            rows = [found for found in mine if found.case.partner_name == partner]
            caption = say("formal.table.pairs", lang, partner=partner)
            blocks.append(_table(case, rows, places, caption))
    return blocks


def _table(
    case: Case,
    found: list[UsulanCase],
    places: dict[str, object],
    caption: str,
    *,
    mixed: bool = False,
) -> Table:
    """A row per usulan; with `mixed` each names its partner, else the caption names that of all."""
    lang = case.lang
    party = (("party", 2.2, "partner"),) if mixed else ()
    titles = columns(
        lang, ("number", 0, "final_rank"), ("usulan", 3.6, "card_title"), ("office", 2.2, ""),
        *party, ("letter", 0.8, "letter"), ("forum", 2.4, "forum"),
        ("ground_law", 2.4, ""), ("takeover", 1.8, "takeover"),
    )  # fmt: skip
    facts = case.register.usulan.set_index("usulan_id")
    offices = case.dossier.offices["opd_nama"]
    body = tuple(
        (
            number_text(places.get(one.usulan_id), lang),
            named(one.usulan_id, {"judul": facts["judul"][one.usulan_id]}),
            text_or_dash(offices.get(facts["opd_kode"][one.usulan_id])),
            *((one.case.partner_name,) if mixed else ()),
            one.case.letter,
            say(f"legal.forum.{one.case.forum}", lang) if one.case.forum else "",
            cited("UU 23/2014 364(1)", lang),
            say(f"legal.takeover.{one.case.takeover}", lang) if one.case.takeover else "",
        )
        for one in found
    )
    subjects = tuple(f"usulan/{one.usulan_id}" for one in found)
    note = say("formal.table.pairs_note", lang, law=cited("PP 28/2018 5(2)", lang),
               letters=cited("UU 23/2014 364(2)", lang))  # fmt: skip
    return Table(caption, titles, body, note, 1, subjects)
