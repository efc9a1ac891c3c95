"""The rows of `naskah.csv` and `tahapan.csv`: the register, and the stages each document passed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from ksd_toolkit.simulation.agreements import Agreement
from ksd_toolkit.simulation.begun import workday

Row = dict[str, str]
_BEFORE: Final = {
    "KB": (("persiapan", 110), ("penawaran", 75), ("penyusunan_kb", 40), ("penandatanganan_kb", 0)),
    "NK": (("penyusunan_kb", 40), ("penandatanganan_kb", 0)),
    "PKS": (("penyusunan_pks", 30), ("penandatanganan_pks", 0)),
    "RK": (("penyusunan_pks", 30), ("penandatanganan_pks", 0)),
}
"""Stages and how many days before the signature they were passed."""
_BEGINS: Final = 14  # days from the signature to the work
_DRAFTING: Final = 50  # days before the reference day a draft was begun


def agreement_rows(agreements: Sequence[Agreement], today: date) -> list[Row]:
    """The rows of `naskah.csv`."""
    return [_agreement_row(one, today) for one in agreements]


def stage_rows(agreements: Sequence[Agreement], today: date) -> list[Row]:
    """The rows of `tahapan.csv`."""
    return [
        {"no_dok": one.number, "tahap": stage, "tanggal": day.isoformat()}
        for one in agreements
        for stage, day in _stages(one, today)
    ]


def _agreement_row(one: Agreement, today: date) -> Row:
    texts, partner = one.filling.template.texts, one.filling.partners[0]
    row = {
        "no_dok": one.number,
        "jenis_dok": one.kind,
        "jenis_ksd": one.type,
        "judul": one.title,
        "mitra_nama": partner.nama,
        "mitra_jenis": partner.jenis,
        "opd_kode": one.filling.template.opd_kode,
        "urusan_kode": texts["urusan_kode"],
        "usulan_id": one.origin.usulan_id,
        "periode_usulan": one.origin.period,
        "induk_no": one.parent,
        "status": _status(one, today),
        "alasan_berakhir": one.ground,
        "manfaat_janji_daerah": texts["tujuan"],
        "manfaat_janji_mitra": f"{partner.kontribusi} terpakai",
        "manfaat_janji_masyarakat": texts["indikator"] + " membaik",
    }
    if not one.is_umbrella:
        cost = one.filling.draws.whole(*one.filling.template.cost, "biaya")
        row |= {"nilai_rupiah": str(cost * 1_000_000)}
        row |= {"beban_masyarakat": "tidak", "anggaran_tersedia": "ya"}
    if one.signed and one.until:
        row |= {"tgl_ttd": f"{one.signed}", "mulai": f"{one.signed}", "berakhir": f"{one.until}"}
    if one.ended:
        row["tgl_pengakhiran"] = one.ended.isoformat()
    return row


def _status(one: Agreement, today: date) -> str:
    if one.signed is None or one.until is None:
        return "rancangan"
    if one.ended:
        return "dihentikan"
    return "berakhir" if one.until < today else "berlaku"


def _stages(one: Agreement, today: date) -> Iterator[tuple[str, date]]:
    """The stages passed, in their order."""
    passed = _BEFORE[one.kind]
    if one.signed is None:
        yield passed[0][0], workday(today - timedelta(days=_DRAFTING))
        return
    for stage, before in passed:
        yield stage, workday(one.signed - timedelta(days=before)) if before else one.signed
    begins = workday(one.signed + timedelta(days=_BEGINS))
    if not one.is_umbrella and begins <= today:
        yield "pelaksanaan", begins
