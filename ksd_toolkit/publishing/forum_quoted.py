"""Say which answers and which lines of the register a sheet of the forum's papers quotes."""

from collections.abc import Callable, Mapping
from typing import Final

from ksd_toolkit.messages import count, say
from ksd_toolkit.publishing.answers_asked import usulan_places
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.forum_asked import RATED, candidate_on, named_of, pairs_of_list
from ksd_toolkit.publishing.partners_asked import AskedPartner
from ksd_toolkit.questionnaire import form_of, read_form

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


def _about_candidate(asked: AskedPartner) -> Computation:
    """A line about a candidate, as its register has it."""
    fact, name = named_of(asked)
    if fact == "all_fitting":
        pairs = pairs_of_list(asked).pairs
        number = count(int((pairs["mitra_nama"] == name).sum()), asked.lang)
        return asked.on(candidate_on(asked, name, RATED), code="fitting", partner=name, n=number)
    return asked.on(candidate_on(asked, name, _TOLD_OF.get(fact, ("mitra_nama",))), partner=name)


def _named(asked: AskedPartner) -> Computation:
    """A name as the offices or the secretariat wrote it."""
    _, name = named_of(asked)
    mitra = asked.register.mitra
    mine = [
        ("mitra", str(key), "mitra_nama")
        for key in mitra.loc[mitra["mitra_nama"] == name, "row_key"]
    ]
    return asked.on(candidate_on(asked, name, ("mitra_nama",)) or mine, partner=name)


def _numbered(asked: AskedPartner) -> Computation:
    """The number of a row: its place in the list, which is ordered by name."""
    _, name = named_of(asked)
    return asked.on(_named(asked).cells if name else (), partner=name)


def _titled(asked: AskedPartner) -> Computation:
    usulan, _ = named_of(asked)
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
        pairs = pairs_of_list(asked).pairs
        names = pairs.loc[pairs["usulan_id"] == usulan, "mitra_nama"]
        rated = [place for name in names for place in candidate_on(asked, str(name), RATED)]
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


QUOTED: Final[Mapping[tuple[str, str], Callable[[AskedPartner], Computation]]] = {
    ("tawaran", "partner_fact"): _about_candidate,
    **{("tawaran", one): _named for one in ("candidate", "named_partner", "named_for")},
    ("tawaran", "row_number"): _numbered,
    ("tawaran", "titled"): _titled,
    ("usulan", "offer_fact"): _offered,
    ("usulan", "offered_papers"): _law,
    ("baris", "cell"): _cell,
}
"""By kind of subject and measure."""
