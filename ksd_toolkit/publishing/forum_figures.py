"""Explain the figures of the forum's papers: what was counted over the list, and the answers a sheet quotes."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.matching.candidates import RATINGS
from ksd_toolkit.matching.forum_pairs import ForumPairs
from ksd_toolkit.matching.interest import FORUM
from ksd_toolkit.matching.pairs import ASKED
from ksd_toolkit.messages import count, decimal, say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.papers.foreign_case import foreign_of
from ksd_toolkit.papers.forum_case import brought
from ksd_toolkit.publishing.answers_asked import Place, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError, explained_by
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.institutions_figures import REGISTER, forum_on, row_keys
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.questionnaire import form_of, read_form
from ksd_toolkit.theme import read_theme

_RATED: Final = (*ASKED, *RATINGS)
_LEGAL: Final = ("objek", "beban_masyarakat", "anggaran_tersedia")
"""What the type and the documents of a cooperation depend on, beside its main partner."""
_OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "offered": ("uraian",), "evidence": ("bukti_uraian", "bukti_tahun", "bukti_sumber"),
    "location": ("lokasi",), "issue": ("isu_utama",), "affair": ("urusan_kode",),
    "goal": ("unsur_tujuan",), "parties": ("unsur_pihak",), "interaction": ("unsur_interaksi",),
    "target": ("indikator", "baseline", "target", "satuan"), "outputs": ("output_dituju",),
    "partner_benefit": ("manfaat_mitra",), "region_benefit": ("manfaat_daerah",),
    "cost": ("biaya_indikatif",), "benefit": ("manfaat_indikatif",), "funding": ("sumber_dana",),
    "kind": _LEGAL, "documents": _LEGAL,
    "term": ("jangka_waktu_th",), "pic": ("opd_kode",),
}  # fmt: skip
"""The questions a line of an offering sheet is put together from."""
_TOLD_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("mitra_jenis",), "affairs": ("urusan",), "issues": ("isu",), "outputs": ("output",),
    "brings": ("kontribusi",),
}  # fmt: skip
"""The columns of the register of candidates a line about a candidate is taken from."""


def forum_told(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """How a figure of the forum's papers came about; None where its measure is none of theirs."""
    return explained_by(_FIGURES, AskedPartner, figure, meaning, evidence)


def _pairs(asked: AskedPartner) -> ForumPairs:
    """The list of the paper with who fits it, as it stands today."""
    given = asked.evidence

    def find() -> ForumPairs:
        theme = read_theme(given.register.dossier)
        return brought(Case(given.register, theme, given.ranking, given.outcome)).pairs

    return asked.once("forum_pairs", find)


def _of(asked: AskedPartner) -> tuple[str, str]:
    """The first part of the subject, and the candidate it tells of."""
    return asked.names[0], "|".join(asked.names[1:])


def _count(asked: AskedPartner) -> Computation:
    """How many proposals, candidates, pairs or meetings there are, by name."""
    pairs, lang = _pairs(asked), asked.lang
    held: dict[str, tuple[int, list[str]]] = {
        "usulan": (len(pairs.usulan), list(pairs.usulan)),
        "candidates": (
            len(pairs.found.candidates),
            list(map(str, pairs.found.candidates["mitra_nama"])),
        ),
        "partners": (len(pairs.partners), list(pairs.partners)),
        "alone": (len(pairs.alone), list(pairs.alone)),
        "uninvited": (len(pairs.uninvited), list(pairs.uninvited)),
        "others": (len(pairs.others), list(map(str, pairs.others["mitra_nama"]))),
        "pairs": (len(pairs.pairs), []),
    }
    number, names = held[asked.measure]
    facts = {
        "n": count(number, lang), "names": asked.some(names),
        "of": count(len(pairs.usulan), lang), "partners": count(len(pairs.partners), lang),
    }  # fmt: skip
    return asked.on(_counted(asked, pairs), **facts)


def _counted(asked: AskedPartner, pairs: ForumPairs) -> list[Place]:
    """The answers behind a count: titles of proposals, or names of candidates."""
    if asked.measure in {"usulan", "alone"}:
        named = pairs.usulan if asked.measure == "usulan" else pairs.alone
        return list(usulan_places(named, "judul"))
    if asked.measure == "others":
        mitra = asked.register.mitra
        held = mitra["mitra_nama"].isin(pairs.others["mitra_nama"])
        return [("mitra", str(key), "mitra_nama") for key in mitra.loc[held, "row_key"]]
    names = pairs.uninvited if asked.measure == "uninvited" else pairs.partners
    rows = asked.register.table(REGISTER)
    mine = rows if asked.measure == "candidates" else rows[rows["mitra_nama"].isin(names)]
    return [(REGISTER, str(key), "mitra_nama") for key in mine["row_key"]]


def _planned(asked: AskedPartner) -> Computation:
    """Meetings and sessions as they were laid out, and what lays them out."""
    pairs, lang = _pairs(asked), asked.lang
    meetings = asked.once("forum_meetings", lambda: pairs.meetings)
    facts = {
        "n": count(len(meetings), lang),
        "sessions": count(0 if meetings.empty else meetings["session"].max(), lang),
        "tables": count(pairs.rules.tables, lang), "minutes": count(pairs.rules.minutes, lang),
        "most": count(pairs.rules.usulan_per_partner, lang),
    }  # fmt: skip
    office, name = _of(asked)
    places = _candidate(asked, name, ("mitra_nama",)) if name else []
    return asked.on(
        places, code="row" if name else "", **facts, office=asked.office_name(office), partner=name
    )


def _candidate(asked: AskedPartner, name: str, fields: tuple[str, ...]) -> list[Place]:
    return [(REGISTER, key, field) for key in row_keys(asked, name) for field in fields]


def _fitting(asked: AskedPartner) -> Computation:
    """How many proposals of the list fit a candidate, and by what."""
    _, name = _of(asked)
    pairs = _pairs(asked).pairs
    mine = pairs[pairs["mitra_nama"] == name]
    places = _candidate(asked, name, _RATED)
    asked_of = [("usulan", str(u), field) for u in mine["usulan_id"] for field in ASKED.values()]
    return asked.on([*places, *asked_of], partner=name, n=count(len(mine), asked.lang))


def _shared(asked: AskedPartner) -> Computation:
    """The affairs and issues a candidate shares with one proposal, or with those it fits best."""
    usulan, name = _of(asked)
    places = _candidate(asked, name, tuple(ASKED))
    if usulan != "*":
        places += [("usulan", usulan, field) for field in ASKED.values()]
    return asked.on(places, partner=name)


def _interest(asked: AskedPartner) -> Computation:
    """The interest last known: a word at a forum, else what the register of candidates says."""
    usulan, name = _of(asked)
    return asked.on(_interest_places(asked, usulan, name), partner=name, usulan=usulan)


def _interest_places(asked: AskedPartner, usulan: str, name: str) -> list[Place]:
    told = asked.once("forum_interest", lambda: _interest_told(asked))
    for about in (usulan, ""):
        if (name, about) in told:
            return list(forum_on(asked, told[name, about]))
    return _candidate(asked, name, ("minat",))


def _interest_told(asked: AskedPartner) -> dict[tuple[str, str], Any]:
    """Where the interest of a candidate in an usulan, or in none by name, was told first."""
    found = _pairs(asked).found
    names: dict[str, list[str]] = defaultdict(list)
    for key, name in zip(found.candidates["key"], found.candidates["mitra_nama"], strict=True):
        names[key].append(str(name))
    known = found.interest[found.interest["interest"].notna()]
    told: dict[tuple[str, str], Any] = {}
    for key, usulan, place in zip(known["key"], known["usulan_id"], known["place"], strict=True):
        for name in names.get(key, ()):
            told.setdefault((name, usulan), place)
    return told


def _known(asked: AskedPartner) -> dict[tuple[str, str], tuple[float, float]]:
    """Points and interest of every pair that fits."""
    rows = _pairs(asked).pairs
    names = zip(map(str, rows["usulan_id"]), map(str, rows["mitra_nama"]), strict=True)
    return dict(zip(names, zip(rows["points"], rows["minat"], strict=True), strict=True))


def _pair(asked: AskedPartner) -> Computation:
    """The points of one proposal and one candidate, and the interest so far."""
    found = _pairs(asked).found
    usulan, name = asked.subject, str(found.candidates["mitra_nama"].iloc[int(asked.part)])
    known = asked.once("forum_known", lambda: _known(asked))
    if (usulan, name) not in known:
        raise GoneError
    points, level = known[usulan, name]
    facts = {
        "usulan": usulan, "partner": name, "points": decimal(points, found.rules.decimals, asked.lang),
        "level": say("trace.none", asked.lang) if pd.isna(level) else f"{level:g}",
    }  # fmt: skip
    places = [*usulan_places([usulan], "urusan_kode"), *_candidate(asked, name, _RATED)]
    return asked.on([*places, *_interest_places(asked, usulan, name)], **facts)


def _about_candidate(asked: AskedPartner) -> Computation:
    """A line about a candidate, as its register has it."""
    fact, name = _of(asked)
    if fact == "all_fitting":
        pairs = _pairs(asked).pairs
        number = count(int((pairs["mitra_nama"] == name).sum()), asked.lang)
        return asked.on(_candidate(asked, name, _RATED), code="fitting", partner=name, n=number)
    return asked.on(_candidate(asked, name, _TOLD_OF.get(fact, ("mitra_nama",))), partner=name)


def _named(asked: AskedPartner) -> Computation:
    """A name as the offices or the secretariat wrote it."""
    _, name = _of(asked)
    mitra = asked.register.mitra
    mine = [
        ("mitra", str(key), "mitra_nama")
        for key in mitra.loc[mitra["mitra_nama"] == name, "row_key"]
    ]
    return asked.on(_candidate(asked, name, ("mitra_nama",)) or mine, partner=name)


def _numbered(asked: AskedPartner) -> Computation:
    """The number of a row: its place in the list, which is ordered by name."""
    _, name = _of(asked)
    return asked.on(_named(asked).cells if name else (), partner=name)


def _titled(asked: AskedPartner) -> Computation:
    usulan, _ = _of(asked)
    return asked.on(usulan_places([usulan], "judul"), usulan=usulan)


def _offered(asked: AskedPartner) -> Computation:
    """A line of an offering sheet, with the answers it quotes."""
    usulan, _, fact = asked.subject.rpartition("/")
    if fact == "named":
        mitra = asked.register.mitra
        keys = mitra.loc[mitra["usulan_id"] == usulan, "row_key"]
        places = [
            ("mitra", str(key), field) for key in keys for field in ("mitra_nama", "kontribusi")
        ]
        return asked.on(places, code="named", usulan=usulan)
    if fact == "fitting":
        pairs = _pairs(asked).pairs
        names = pairs.loc[pairs["usulan_id"] == usulan, "mitra_nama"]
        rated = [place for name in names for place in _candidate(asked, str(name), _RATED)]
        return asked.on(rated, code="fitting", usulan=usulan, n=count(len(names), asked.lang))
    questions = _OFFERED.get(fact, ("judul",))
    fields = {
        one.name: one.label(asked.lang)
        for t in form_of(asked.register.dossier).tables
        for one in t.fields
    }
    labels = ", ".join(fields.get(one, one) for one in questions)
    return asked.on([("usulan", usulan, one) for one in questions], usulan=usulan, questions=labels)


def _law(asked: AskedPartner) -> Computation:
    """A number in the sentence of the law: an article, or what follows from the answers."""
    usulan = asked.subject
    mitra = asked.register.mitra
    keys = mitra.loc[mitra["usulan_id"] == usulan, "row_key"]
    partners = [
        ("mitra", str(key), field) for key in keys for field in ("mitra_nama", "mitra_jenis")
    ]
    asked_of = [("usulan", usulan, field) for field in _LEGAL]
    return asked.on([*asked_of, *partners], usulan=usulan)


def _cell(asked: AskedPartner) -> Computation:
    """An answer quoted as it stands in a table of the dossier."""
    table, _, key = asked.subject.partition("|")
    fields = asked.part.split("+")
    if table == "naskah":
        key, _, only = key.partition("|")
        fields = [only] if only else fields
    form = (
        form_of(asked.register.dossier) if table in {"usulan", "mitra"} else read_form("evaluasi")
    )
    labels = {one.name: one.label(asked.lang) for one in form.table(table).fields}
    facts = {
        "table": table,
        "row": key.replace("|", ", "),
        "question": labels.get(fields[0], fields[0]),
    }
    sentence = say("measure.baris.cell", asked.lang, **{**asked.given(), **facts})
    return Computation(sentence, rows=((table, key),), questions=tuple(fields))


def _documents(asked: AskedPartner) -> Computation:
    """The documents abroad of the year, by number."""
    given = asked.evidence
    told = foreign_of(
        Case(given.register, read_theme(given.register.dossier), given.ranking, given.outcome)
    )
    names = [one.number for one in told.documents]
    facts: dict[str, Any] = {
        "n": count(len(names), asked.lang),
        "names": asked.some(names),
        "year": told.year,
    }
    return asked.on([("naskah", name, "jenis_ksd") for name in names], **facts)


def _scale(asked: AskedPartner) -> Computation:
    return asked.on((), table=FORUM)


_FIGURES: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    **{
        ("tawaran", one): _count
        for one in ("usulan", "candidates", "partners", "alone", "uninvited", "others", "pairs")
    },
    **{("tawaran", one): _planned for one in ("meetings", "sessions", "tables", "minutes", "session", "table")},
    ("tawaran", "talked_about"): _planned,
    ("tawaran", "fitting"): _fitting,
    ("tawaran", "all_fitting"): _fitting,
    ("tawaran", "shared_with"): _shared,
    ("tawaran", "interest_so_far"): _interest,
    ("tawaran", "partner_fact"): _about_candidate,
    **{("tawaran", one): _named for one in ("candidate", "named_partner", "named_for")},
    ("tawaran", "row_number"): _numbered,
    ("tawaran", "titled"): _titled,
    ("tawaran", "scale"): _scale,
    ("tawaran", "matrix"): _scale,
    ("tawaran", "documents"): _documents,
    ("usulan", "pair"): _pair,
    ("usulan", "offer_fact"): _offered,
    ("usulan", "offered_papers"): _law,
    ("baris", "cell"): _cell,
}  # fmt: skip
"""By kind of subject and measure."""
