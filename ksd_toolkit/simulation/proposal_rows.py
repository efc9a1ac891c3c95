"""Every answer of the sheets `usulan` and `mitra`, derived from a written proposal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ksd_toolkit.publishing.questionnaire_style import Typed
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.handwriting import Handwriting, question
from ksd_toolkit.simulation.proposal import Partner, Proposal

Typing = dict[str, Typed]
"""A row as somebody typed it: field -> what stands in its cell."""

AUTHORITY_AFFAIRS: Final = {
    "3.25": "perikanan_darat",
    "3.28": "tahura",
    "3.29": "panas_bumi_langsung",
}
_TEXTS: Final = (
    "judul", "uraian", "bukti_uraian", "bukti_sumber", "unsur_pihak", "unsur_interaksi",
    "unsur_tujuan", "indikator", "satuan",
)  # fmt: skip
_CODES: Final = ("sifat", "urusan_kode", "kewenangan", "objek", "arah")
_LISTS: Final = ("isu", "lokasi", "kesamaan", "output_dituju")
_EXTERNALITIES: Final = ("eksternalitas_lokasi", "eksternalitas_pengguna", "eksternalitas_dampak")
_RISKS: Final = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
_ASSETS: Final = {"pemanfaatan_bmd", "investasi", "infrastruktur"}
_UNSTATED: Final = 0.08  # answers on partners that the office could not give
_STRONG, _FAIR = 4, 3  # how a proposal's `mutu` shows in its other answers
_FUNDS: Final = {"Sinergi": "apbd;apbn", "KSDD": "apbd", "KSDPK": "apbd;mitra"}


@dataclass(frozen=True, slots=True)
class Flaws:
    """Which proposals lack something on purpose, by usulan_id."""

    no_partner_benefit: frozenset[str] = frozenset()
    missing_element: Mapping[str, str] = field(default_factory=dict)
    unplanned: Mapping[str, str] = field(default_factory=dict)  # id -> ground for exception or ""
    authority_open: frozenset[str] = frozenset()


def usulan_row(proposal: Proposal, flaws: Flaws, continues: str, draws: Draws) -> Typing:
    """One row of the sheet `usulan` as its office typed it.

    Args:
        proposal: What was proposed.
        flaws: What is wrong with it on purpose.
        continues: The usulan of the period before that it continues, if any.
        draws: What is left to chance.
    """
    key, facts, opd, hand = (
        proposal.usulan_id, proposal.facts, proposal.opd_kode, Handwriting(draws),
    )  # fmt: skip
    codes = {**{name: facts[name] for name in _CODES}, **_derived_codes(proposal, flaws, draws)}
    row: Typing = {"usulan_id": key, "usulan_asal": continues}
    row |= {name: facts[name] for name in _TEXTS}
    row |= {name: hand.several(facts[name], opd) for name in _LISTS}
    row |= {name: hand.option(question("usulan", name), code, opd) for name, code in codes.items()}
    row |= _figures(proposal, draws) | _plans(proposal, flaws, draws)
    if key in flaws.missing_element:
        row[flaws.missing_element[key]] = None
    if key in flaws.no_partner_benefit:
        row["manfaat_mitra"] = None
    return row


def mitra_rows(proposal: Proposal, draws: Draws) -> list[Typing]:
    """The rows of the sheet `mitra`: the main partner first."""
    return [_mitra_row(proposal, partner, draws) for partner in proposal.partners]


def _scale(draws: Draws, level: float, *names: object) -> str:
    """A code from 1 to 5 near `level`."""
    return str(min(5, max(1, round(level + draws.wobble(1.2, *names)))))


def _derived_codes(proposal: Proposal, flaws: Flaws, draws: Draws) -> dict[str, str]:
    """The choices nobody wrote down: they follow from type, object and strength, with chance."""
    key, mutu, objek = proposal.key, proposal.mutu, proposal.facts["objek"]
    third_party = proposal.family == "KSDPK"
    external = [flag == "y" for flag in proposal.facts["ekst"]]
    wide = sum(external) > 1
    benefits = {
        name: _scale(draws, mutu, key, name)
        for name in ("manfaat_daerah", "manfaat_mitra", "manfaat_masyarakat")
    }
    authority = AUTHORITY_AFFAIRS.get(proposal.facts["urusan_kode"], "")
    return {
        **dict(zip(_EXTERNALITIES, ("ya" if flag else "tidak" for flag in external), strict=True)),
        **benefits,
        "kewenangan_dasar": "" if proposal.usulan_id in flaws.authority_open else authority,
        "bertentangan": "tidak",
        "kesamaan_kekuatan": ""
        if draws.happens(_UNSTATED, key, "kesamaan belum")
        else _scale(draws, mutu - 0.3, key, "kesamaan"),
        "efisien_bersama": "ya" if wide else draws.choose(("tidak", "TT", "ya"), key, "efisien"),
        "prakarsa": "mitra" if third_party and draws.happens(0.2, key, "prakarsa") else "daerah",
        "studi_kelayakan": _study(mutu, key, draws) if third_party else "",
        "beban_masyarakat": "ya"
        if objek in _ASSETS and draws.happens(0.5, key, "beban")
        else "tidak",
        "anggaran_tersedia": "ya"
        if proposal.facts["rkpd"]
        else draws.choose(("tidak", "TT"), key, "dana"),
        "dokumen_siap": "ya" if mutu + draws.wobble(1.5, key, "dokumen") > _STRONG else "tidak",
        "status_usulan": proposal.facts.get("status", "diajukan"),
    }


def _study(mutu: int, key: str, draws: Draws) -> str:
    if mutu >= _STRONG:
        return draws.choose(("ada", "direncanakan"), key, "studi")
    return "direncanakan" if mutu >= _FAIR or draws.happens(0.5, key, "studi") else "tidak"


def _figures(proposal: Proposal, draws: Draws) -> Typing:
    """Money, indicator, term and the risk matrix."""
    key, mutu, facts, hand = proposal.key, proposal.mutu, proposal.facts, Handwriting(draws)
    cost = int(facts["biaya"])
    share = 0.35 + 0.28 * mutu + draws.wobble(0.3, key, "manfaat")
    benefit = round(cost * share / 5e6) * 5_000_000
    longest = 5 if facts["objek"] in _ASSETS else 3
    row: Typing = {
        "biaya_indikatif": hand.money(cost, key),
        "manfaat_indikatif": hand.money(benefit, key, "manfaat") if mutu >= _FAIR else None,
        "bukti_tahun": int(facts["bukti_tahun"]) if facts["bukti_tahun"] else None,
        "baseline": hand.figure(facts["baseline"], key, "baseline"),
        "target": hand.figure(facts["target"], key, "target"),
        "jangka_waktu_th": longest - int(draws.chance(key, "jangka") * 3),
        "sumber_dana": hand.several(_FUNDS.get(proposal.family, "apbd"), proposal.opd_kode),
        "syarat_pasal_18": None,
    }
    if proposal.family == "KSDPK" and draws.happens(0.2, key, "prakarsa"):
        met = ("rencana_induk", "layak_ekonomi", "mampu_keuangan", "menyusun_studi")
        row["syarat_pasal_18"] = "; ".join(met[: 2 + round(2 * draws.chance(key, "pasal18"))])
    for risk in _RISKS:
        for side in ("k", "d"):
            blank = draws.happens(0.04, key, risk, side, "kosong")
            level = _scale(draws, 5.2 - 0.7 * mutu, key, risk, side)
            row[f"risiko_{risk}_{side}"] = None if blank else int(level)
    return row


def _plans(proposal: Proposal, flaws: Flaws, draws: Draws) -> Typing:
    """References to the plans; a proposal in none of them is one of the flaws or gets its Renstra."""
    key, facts = proposal.usulan_id, proposal.facts
    row: Typing = {
        "rpjmd_ref": facts["rpjmd"],
        "rkpd_ref": facts["rkpd"],
        "renstra_ref": facts["renstra"],
        "alasan_di_luar_rencana": None,
    }
    if key in flaws.unplanned:
        ground = question("usulan", "alasan_di_luar_rencana")
        reason = Handwriting(draws).option(ground, flaws.unplanned[key], proposal.opd_kode)
        row["alasan_di_luar_rencana"] = reason
    elif not proposal.is_planned:
        page = 20 + int(draws.chance(proposal.key, "renstra") * 80)
        row["renstra_ref"] = f"Renstra perangkat daerah, rencana kegiatan, hlm. {page} (contoh)"
    return row


def _mitra_row(proposal: Proposal, partner: Partner, draws: Draws) -> Typing:
    key, mutu, opd, hand = proposal.key, proposal.mutu, proposal.opd_kode, Handwriting(draws)
    codes = {
        "mitra_jenis": partner.jenis,
        **{
            name: _scale(draws, mutu + shift, key, partner.nama, name)
            for name, shift in (
                ("otoritas", 0.4), ("kompetensi", 0.3), ("sumber_daya", 0.0),
                ("minat", -0.8), ("rekam_jejak", -0.1),
            )
        },
        "hadir_forum": "ya" if draws.happens(0.3, key, partner.nama, "forum") else "tidak",
    }  # fmt: skip
    if draws.happens(_UNSTATED, key, partner.nama, "minat belum"):
        codes["minat"] = "TT"
    if draws.happens(0.1, key, partner.nama, "rekam"):
        codes["rekam_jejak"] = "TT"
    return {
        "usulan_id": proposal.usulan_id,
        "mitra_nama": partner.nama,
        **{name: hand.option(question("mitra", name), code, opd) for name, code in codes.items()},
        "kode_wilayah": partner.kode_wilayah,
        "kontribusi": partner.kontribusi,
    }
