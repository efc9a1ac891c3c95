"""The rows of `monev.csv` and `capaian.csv`: how the agreements in force went, half-year by half-year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.simulation.agreement_rows import Row
from ksd_toolkit.simulation.agreements import Agreement
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.knowledge import shares

_QUESTIONS: Final = (
    "kesesuaian_tujuan", "ketepatan_waktu", "kontribusi_mitra", "tingkat_koordinasi",
    "capaian_indikator", "dampak_pelaksanaan", "inovasi_manfaat", "kelengkapan_dokumen",
    "pelaporan_berkala", "relevansi_kebutuhan",
)  # fmt: skip
"""Their choices run from good to bad."""
_LEAST_DAYS: Final = 60  # in force in a half-year, to be monitored in it
_TROUBLED, _GOOD = 0.35, 0.75  # how well an agreement goes, on the scale of 0 to 1


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A half-year that is monitored."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Monitored:
    """An agreement in a half-year, and how well it went: 0 to 1."""

    agreement: Agreement
    half: HalfYear
    course: float

    @property
    def draws(self) -> Draws:
        """What is left to chance."""
        return self.agreement.filling.draws.of(self.half.name)


def half_years(year: int) -> tuple[HalfYear, HalfYear]:
    """The second half of the year before, and the first of this one."""
    return (
        HalfYear(f"{year - 1}-S2", date(year - 1, 7, 1), date(year - 1, 12, 31)),
        HalfYear(f"{year}-S1", date(year, 1, 1), date(year, 6, 30)),
    )


def monitored(agreements: Sequence[Agreement], year: int) -> list[Monitored]:
    """Every agreement that was in force long enough and looked after in a half-year."""
    found = []
    for half in half_years(year):
        for one in agreements:
            begun, last, draws = one.signed, one.last_day, one.filling.draws
            if one.is_umbrella or begun is None or last is None:
                continue
            days = min(last, half.last) - max(begun, half.first)
            looked_after = draws.happens(shares()["agreements"]["monitored"], half.name, "monev")
            if days >= timedelta(days=_LEAST_DAYS) and looked_after:
                course = 0.6 * draws.chance("jalan") + 0.4 * draws.chance(half.name, "jalan")
                found.append(Monitored(one, half, course))
    return found


def monitoring_rows(seen: Sequence[Monitored]) -> list[Row]:
    """The rows of `monev.csv`: the cooperation unit's view, and for a part that of the office."""
    return [row for one in seen for row in _views(one)]


def result_rows(seen: Sequence[Monitored]) -> list[Row]:
    """The rows of `capaian.csv`: its indicator on the way from baseline to target."""
    return [_result_row(one) for one in seen]


def _views(one: Monitored) -> Iterator[Row]:
    yield _view(one, "bagian_ks", one.course)
    if one.draws.happens(shares()["agreements"]["own_view"], "opd menilai"):
        yield _view(one, "opd", min(1.0, one.course + 0.1))


def _view(one: Monitored, who: str, course: float) -> Row:
    draws, budget = one.draws, _budget(one)
    row = {
        "no_dok": one.agreement.number,
        "periode": one.half.name,
        "penilai": who,
        **{name: _answer(name, course, draws, who) for name in _QUESTIONS},
        "rekomendasi_lanjutan": "dihentikan" if course < _TROUBLED / 2 else "dilanjutkan",
        "anggaran": str(budget),
        "realisasi_anggaran": str(int(budget * min(1.0, 0.5 + 0.6 * one.course)) // 1000 * 1000),
        "penerima_manfaat": str(draws.whole(40, 6000, "penerima")),
        "rekomendasi": _recommendation(course),
        "bukti": f"Laporan semester {one.half.name} (data contoh)",
    }
    if course < _GOOD and who == "bagian_ks":
        row |= draws.choose(shares()["obstacle"], "kendala")
        row["tindak_lanjut_pelaku"] = one.agreement.filling.template.opd_kode
        row["tindak_lanjut_tenggat"] = (one.half.last + timedelta(days=90)).isoformat()
    return row


def _recommendation(course: float) -> str:
    if course < _TROUBLED:
        return "dihentikan" if course < _TROUBLED / 2 else "diperbaiki"
    return "dilanjutkan"


def _answer(name: str, course: float, draws: Draws, who: str) -> str:
    """The choice for a course, a step better or worse at times."""
    codes = [choice.code for choice in read_form("evaluasi").table("monev").field(name).choices]
    place = (1 - course) * len(codes) + draws.wobble(0.6, name, who)
    return codes[min(len(codes) - 1, max(0, int(place)))]


def _budget(one: Monitored) -> int:
    """Rupiah of a half-year."""
    cost = one.agreement.filling.draws.whole(*one.agreement.filling.template.cost, "biaya")
    return cost * 1_000_000 // 4


def _result_row(one: Monitored) -> Row:
    filling = one.agreement.filling
    texts, draws = filling.template.texts, filling.draws
    baseline = draws.whole(*filling.template.baseline, "dasar")
    target = draws.whole(*filling.template.target, "sasaran")
    is_first = one.half.name.endswith("S2")
    due = round(baseline + (target - baseline) * (0.4 if is_first else 0.7))
    reached = round(baseline + (due - baseline) * (0.3 + 0.9 * one.course))
    return {
        "no_dok": one.agreement.number,
        "periode": one.half.name,
        "indikator": texts["indikator"],
        "satuan": texts["satuan"],
        "arah": texts["arah"],
        "target": str(due),
        "realisasi": str(reached),
    }
