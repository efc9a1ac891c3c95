"""Say which usulan an issue, an affair, a type or a partner counts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.law import all_isu, all_urusan, isu
from ksd_toolkit.messages import count, say, share
from ksd_toolkit.publishing.answers_asked import ALL, AskedAnswer, Place, row_of, usulan_places
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.jenis import cited, family_label
from ksd_toolkit.scoring.main_isu import main_isu
from ksd_toolkit.scoring.overview import NOT_KSD

_OF_TYPE: Final = (
    "objek",
    "eksternalitas_lokasi",
    "eksternalitas_pengguna",
    "eksternalitas_dampak",
)
_OF_PARTNER: Final = ("mitra_nama", "mitra_jenis", "kode_wilayah")
_WEIGHED: Final = ("title", "text", "urusan", "isu", "partner", "location")


def _told(
    asked: AskedAnswer, ids: Iterable[object], question: str, code: str, **facts: str
) -> Computation:
    """How many usulan, which, and the answer that made them count."""
    names = [str(one) for one in ids]
    told = {
        "value": asked.figure.text,
        "n": count(len(names), asked.lang),
        "names": asked.some(names),
        **facts,
    }
    found = asked.spoken(usulan_places(names, question), code, **told)
    return Computation(found.sentence, counted=tuple(names), cells=found.cells)


def _by_issue(asked: AskedAnswer) -> Computation:
    """The usulan of an office, or of all, that name an issue; all of them without one."""
    owners = asked.evidence.owners.items()
    mine = [one for one, office in owners if asked.subject in {ALL, office}]
    code = f"opd.proposed{'_issue' if asked.part else ''}{'_all' if asked.subject == ALL else ''}"
    name = asked.office_name(asked.subject)
    if not asked.part:
        return _told(asked, mine, "judul", code, name=name)
    named = asked.once("issues", lambda: _issues(asked.register))
    ids = [one for one in mine if asked.part in named[one]]
    topic = isu(asked.part, asked.lang).name
    return _told(asked, ids, "isu", code, name=name, issue=topic)


def _issues(register: Register) -> dict[str, frozenset[str]]:
    """The issues every usulan names."""
    usulan = register.usulan
    named = usulan["isu"].fillna("").str.split(";")
    return {
        str(one): frozenset(code.strip() for code in codes)
        for one, codes in zip(usulan["usulan_id"], named, strict=True)
    }


def _by_affair(asked: AskedAnswer) -> Computation:
    """The usulan of an affair, or of all, that are of one family of types."""
    affairs = asked.once("affairs", lambda: _affairs(asked.register))
    if asked.subject != ALL:
        affairs = affairs[affairs == asked.subject]
    ids = affairs.index
    whole = "_all" if asked.subject == ALL else ""
    if asked.measure == "affair" and asked.subject != ALL:
        by_law = any(one.code == asked.subject for one in all_urusan())
        law = cited("UU 23/2014 12", asked.lang) if by_law else say("law.unverified", asked.lang)
        return _told(asked, ids, "urusan_kode", "urusan.affair", law=law)
    if asked.measure == "affair" or not asked.part:
        return _told(asked, ids, "urusan_kode", f"urusan.{asked.measure}{whole}")
    mine = ids[asked.types.loc[ids, "family"] == asked.part]
    label = family_label(asked.part, asked.lang)
    return _told(asked, mine, "urusan_kode", f"urusan_jenis.affair_family{whole}", family=label)


def _affairs(register: Register) -> "pd.Series[str]":
    """The affair of every usulan; empty where none is named."""
    return register.usulan.set_index("usulan_id")["urusan_kode"].fillna("")


def _main_issues(asked: AskedAnswer) -> "pd.Series[str]":
    """The main issue of every usulan that is a regional cooperation and names one."""
    main = main_isu(asked.register)
    known: pd.Series[str] = main[asked.types.loc[main.index, "jenis"] != NOT_KSD].dropna()
    return known


def _main_issue(asked: AskedAnswer) -> Computation:
    """The chart of main issues by type, or an issue in its description."""
    main = asked.once("main_issues", lambda: _main_issues(asked))
    inside = next(
        (one.code for one in all_isu(asked.lang) if asked.inside.startswith(f"{one.name}:")), ""
    )
    chosen = [str(one) for one in main.index[main == inside]]
    facts = {"n": count(len(main), asked.lang), "names": asked.some(chosen)}
    mine = usulan_places(chosen, "isu")
    return asked.drawn(usulan_places(main.index, "isu"), mine, **facts)


def _named_by(asked: AskedAnswer) -> Computation:
    """The usulan that name a partner."""
    kind, _, name = asked.subject.partition("|")
    mitra = asked.register.mitra
    mine = mitra[(mitra["mitra_nama"] == name) & (mitra["mitra_jenis"].fillna("") == kind)]
    ids = list(dict.fromkeys(str(one) for one in mine["usulan_id"]))
    told = _told(asked, ids, "judul", "mitra.named_by")
    places = tuple(("mitra", str(key), "mitra_nama") for key in mine["row_key"])
    return Computation(told.sentence, counted=told.counted, cells=places)


def _partners(asked: AskedAnswer) -> Computation:
    """How many partners the offices name."""
    mitra = asked.register.mitra
    named = mitra[mitra["mitra_nama"].notna()]
    places = [("mitra", str(key), "mitra_nama") for key in named["row_key"]]
    return asked.on(places, rows=count(len(named), asked.lang))


def _likeness(asked: AskedAnswer) -> Computation:
    """How alike two usulan are, by what they share."""
    first, second = asked.subject, asked.meaning.words[1].partition(" ")[0]
    pairs = asked.overlaps.pairs
    rows = pairs[(pairs["first"] == first) & (pairs["second"] == second)]
    if rows.empty:
        raise GoneError
    row = row_of(rows.reset_index(drop=True).rename(index=str), "0")
    known = [name for name in _WEIGHED if not pd.isna(row[name])]
    parts = [
        say(
            f"measure_answers.likeness_{name}", asked.lang, share=share(row[name], 1, 0, asked.lang)
        )
        for name in known
    ]
    fields = ("judul", "uraian", "urusan_kode", "isu", "lokasi")
    places = [("usulan", one, field) for field in fields for one in (first, second)]
    return asked.on(places, first=first, second=second, parts="; ".join(parts))


def _title(asked: AskedAnswer) -> Computation:
    """The title of an usulan, with digits of its own."""
    usulan = asked.meaning.words[1].partition(" ")[0] if asked.part == "second" else asked.subject
    return asked.on(usulan_places([usulan], "judul"), usulan=usulan)


def _grounds(asked: AskedAnswer) -> Computation:
    """The main partner of an usulan, or the ground of its type: its partners and its object."""
    mitra = asked.register.mitra
    mine = [str(key) for key in mitra.loc[mitra["usulan_id"] == asked.subject, "row_key"]]
    places: list[Place] = [("mitra", key, field) for field in _OF_PARTNER for key in mine]
    if asked.measure == "jenis_reason":
        places += [("usulan", asked.subject, field) for field in _OF_TYPE]
        places.append(("jenis_ditetapkan", asked.subject, "alasan"))
    return asked.on(places)


def _pairs(asked: AskedAnswer) -> Computation:
    """How many pairs of usulan may be the same."""
    pairs = asked.overlaps.pairs
    ids = dict.fromkeys(str(one) for name in ("first", "second") for one in pairs[name])
    told = [f"{a} + {b}" for a, b in zip(pairs["first"], pairs["second"], strict=True)]
    facts = {"n": count(len(pairs), asked.lang), "names": asked.some(told)}
    return asked.on(usulan_places(ids, "judul"), **facts)


def _of_type(asked: AskedAnswer) -> Computation:
    """The usulan of one type, counted in a caption or a note."""
    types = asked.types
    if asked.part != "all":
        code = "jenis.not_ksd" if asked.part == NOT_KSD else "jenis.mandatory"
        return _told(asked, types.index[types["jenis"] == asked.part], "judul", code)
    if asked.figure.id[1:2] == "N":
        return _told(asked, types.index[types["set_why"].notna()], "judul", "jenis.set_otherwise")
    return _told(asked, types.index, "judul", "jenis.every")


def _kinds(asked: AskedAnswer) -> Computation:
    """All usulan of the period."""
    return _told(asked, asked.register.usulan["usulan_id"], "judul", "isu.proposals")


def _most_named(asked: AskedAnswer) -> Computation:
    """The usulan whose main issue is the one named most often."""
    main = asked.once("main_issues", lambda: _main_issues(asked))
    codes = asked.subject.split(";")
    topics = [isu(code, asked.lang).name for code in codes]
    return _told(asked, main.index[main == codes[0]], "isu", "isu.most", issue=topics[0])


MAPPED: Final[Mapping[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    ("opd", "proposed"): _by_issue,
    ("urusan", "affair"): _by_affair,
    ("urusan", "affair_family"): _by_affair,
    ("isu", "chart_issues"): _main_issue,
    ("isu", "proposals"): _kinds,
    ("isu", "most"): _most_named,
    ("mitra", "named_by"): _named_by,
    ("mitra", "table_partners"): _partners,
    ("usulan", "likeness"): _likeness,
    ("usulan", "likeness_why"): _likeness,
    ("usulan", "titled"): _title,
    ("usulan", "main_partner"): _grounds,
    ("usulan", "jenis_reason"): _grounds,
    ("pasangan", "table_similar"): _pairs,
    ("jenis", "table_types"): _of_type,
}
"""By kind of subject and measure."""
