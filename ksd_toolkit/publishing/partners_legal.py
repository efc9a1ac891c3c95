"""Say what the legal case of an usulan counts, and whom its list names."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ksd_toolkit.evaluation.takeover import takeover_risk
from ksd_toolkit.matching.legal_case import UsulanCase, cases_of
from ksd_toolkit.matching.legal_parts import Check, counted
from ksd_toolkit.matching.legal_table import NO_COOPERATION, REGIONS
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.publishing.answers_asked import Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import DASH

PARTNER: Final = ("mitra_nama", "mitra_jenis", "kode_wilayah")
_OF_LAW: Final = (
    "eksternalitas_lokasi", "eksternalitas_pengguna", "eksternalitas_dampak", "efisien_bersama",
    "beban_masyarakat", "anggaran_tersedia", "jangka_waktu_th", "studi_kelayakan",
    "syarat_pasal_18", "syarat_pasal_27", "sumber_dana",
)  # fmt: skip
"""The questions the legal case of an usulan is judged by."""
_PAID: Final = ("beban_masyarakat", "anggaran_tersedia")
_SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "ground": PARTNER,
    "council": _PAID,
    "term": ("jangka_waktu_th",),
    "secretariat": ("jangka_waktu_th", "kode_wilayah"),
    "document": (*PARTNER, *_PAID),
    "stages": (*PARTNER, *_PAID),
}
"""The questions behind the statements of a legal case, by what they are about; all of them for the others."""
_MET: Final = "terpenuhi"


def _cases(asked: AskedPartner) -> Sequence[UsulanCase]:
    return asked.once("legal_cases", lambda: cases_of(asked.register))


def _case(asked: AskedPartner) -> UsulanCase:
    """The case of the usulan and partner of a row.

    Raises:
        GoneError: There is none of them today.
    """
    usulan, name = asked.names[0], "|".join(asked.names[1:])
    by_pair = asked.once(
        "legal_pairs",
        lambda: {(one.usulan_id, one.case.partner_name): one for one in _cases(asked)},
    )
    if (usulan, name) not in by_pair:
        raise GoneError
    return by_pair[usulan, name]


def _on(asked: AskedPartner, found: UsulanCase) -> tuple[Place, ...]:
    """The answers a case is judged by: kind and region of the partner, and the conditions."""
    mitra = asked.register.mitra
    mine = mitra[(mitra["usulan_id"] == found.usulan_id) & (mitra["mitra_nama"] == found.mitra)]
    partner = [("mitra", str(key), field) for key in mine["row_key"] for field in PARTNER]
    return (*partner, *(("usulan", found.usulan_id, field) for field in _OF_LAW))


def _by_state(checks: Sequence[Check], lang: str) -> dict[str, str]:
    met = [check.text(lang) for check in checks if check.state == _MET]
    return {
        "n": count(len(met), lang),
        "of": count(len(checks), lang),
        "met": "; ".join(met) or say("trace.none", lang),
        "states": join_words(counted(tuple(checks), lang), lang),
    }


def _conditions(asked: AskedPartner) -> Computation:
    """How many conditions are met, which, and what became of the others."""
    found = _case(asked)
    facts = _by_state(found.case.checks, asked.lang)
    return asked.on(_on(asked, found), usulan=found.usulan_id, partner=asked.names[-1], **facts)


def _statement(asked: AskedPartner) -> Computation:
    """A number of a statement or of the sentence about a legal case: lengths, terms, numbered stages."""
    found = _case(asked)
    facts = {"usulan": found.usulan_id, "partner": found.case.partner_name}
    whole = _on(asked, found)
    if not asked.meaning.row:
        return asked.on(whole, **facts)
    subject, *_, article = asked.meaning.words
    wanted = next(
        (fields for name, fields in _SUBJECTS.items()
         if say(f"legal.subject.{name}", asked.lang) == subject), (),
    )  # fmt: skip
    places = [place for place in whole if not wanted or place[2] in wanted]
    facts["law"] = "" if article == DASH else f" ({article})"
    return asked.on(places, "ground" if wanted == PARTNER else "row", **facts)


def _partner(asked: AskedPartner) -> Computation:
    """The name of a partner, with digits of its own."""
    found = _case(asked)
    return asked.on(_on(asked, found)[: len(PARTNER)], usulan=found.usulan_id)


def _titled(asked: AskedPartner) -> Computation:
    return asked.on(usulan_places([asked.names[0]], "judul"), usulan=asked.names[0])


def _third_parties(asked: AskedPartner) -> Computation:
    """How many cooperations with third parties, partners abroad or as Sinergi there are."""
    mine = [one for one in _cases(asked) if one.case.family != REGIONS and one.case.checks]
    mine = [one for one in mine if one.case.family != NO_COOPERATION]
    return _counted_cases(asked, mine)


def _counted_cases(asked: AskedPartner, mine: Sequence[UsulanCase]) -> Computation:
    ids = list(dict.fromkeys(one.usulan_id for one in mine))
    facts = {"n": count(len(mine), asked.lang), "usulan": count(len(ids), asked.lang)}
    code = "note" if asked.figure.id[1:2] == "N" else ""
    return asked.on(usulan_places(ids, "judul"), code, counted=ids, names=asked.some(ids), **facts)


def _every_case(asked: AskedPartner) -> Computation:
    return _counted_cases(
        asked, [one for one in _cases(asked) if one.case.family != NO_COOPERATION]
    )


def _takeover(asked: AskedPartner) -> Computation:
    """How many mandatory cooperations there are."""
    found = asked.once("takeover", lambda: takeover_risk(asked.register))
    ids = [str(one) for one in found["usulan_id"] if one]
    facts = {"n": count(len(found), asked.lang), "names": asked.some(list(dict.fromkeys(ids)))}
    facts["law"] = cited("UU 23/2014 364(1)", asked.lang)
    return asked.on(usulan_places(ids, "judul"), counted=ids, **facts)


def _benefit(asked: AskedPartner) -> Computation:
    """The level of the partner's benefit, as it was answered."""
    ranking = asked.evidence.ranking
    if ranking is None:
        raise GoneError
    field = ranking.method.cap_field
    code = "" if asked.figure.text[:1].isdecimal() else "unknown"
    question = form_of(asked.register.dossier).table("usulan").field(field).label(asked.lang)
    facts = {"usulan": asked.subject, "question": question}
    return asked.on(usulan_places([asked.subject], field), code, **facts)


def _named(asked: AskedPartner) -> Computation:
    """The partners an office named; the regions and institutions that fit."""
    mitra = asked.register.mitra
    mine = mitra.loc[mitra["usulan_id"] == asked.subject, "row_key"]
    named = tuple(("mitra", str(key), "mitra_nama") for key in mine)
    fields = usulan_places([asked.subject], "urusan_kode") + usulan_places([asked.subject], "isu")
    places = named if asked.measure == "named_partners" else (*named, *fields)
    return asked.on(places, usulan=asked.subject)


LEGAL: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    **{
        ("hukum", one): _conditions
        for one in ("conditions_met", "conditions_wanting", "conditions_counted")
    },
    ("hukum", "legal_statement"): _statement,
    ("hukum", "legal_sentence"): _statement,
    ("hukum", "legal_partner"): _partner,
    ("hukum", "titled"): _titled,
    ("hukum", "table_conditions"): _third_parties,
    ("hukum", "table_legal"): _every_case,
    ("hukum", "table_takeover"): _takeover,
    ("usulan", "partner_benefit"): _benefit,
    **{
        ("usulan", one): _named
        for one in ("named_partners", "fitting_regions", "fitting_institutions")
    },
}
"""By kind of subject and measure."""
