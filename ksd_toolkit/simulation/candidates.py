"""The rows of `calon_mitra.csv` and `forum.csv`: institutions a region keeps in its list, and who came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ksd_toolkit.regions import Region
from ksd_toolkit.simulation.agreement_rows import Row
from ksd_toolkit.simulation.begun import workday
from ksd_toolkit.simulation.filling import Filling
from ksd_toolkit.simulation.knowledge import Template, shares, templates
from ksd_toolkit.simulation.proposal import Proposal
from ksd_toolkit.simulation.region_plan import RegionPlan

_STRENGTHS: Final = ("otoritas", "kompetensi", "sumber_daya", "rekam_jejak")
_UNRATED: Final = 0.12  # strengths nobody could tell
_INTERNAL: Final = "opd_internal"
_CAME, _INTERESTED = 0.7, 0.6
_REMARKS: Final = {
    2: "Meminta penjelasan tertulis",
    3: "Menyatakan minat dan meminta rancangan",
    4: "Menyampaikan surat minat",
    5: "Pernyataan minat ditandatangani",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An institution by its name in this region, and the proposals of the table that name it."""

    name: str
    kind: str
    brings: str
    used_in: tuple[Template, ...]

    def union(self, column: str) -> str:
        """Every code of a column of these proposals."""
        return ";".join(sorted({c for one in self.used_in for c in one.texts[column].split(";")}))


def candidates_of(plan: RegionPlan) -> list[Candidate]:
    """The institutions in the list of this region."""
    known = _institutions(plan.region)
    draws = plan.draws.of(plan.period, "calon mitra")
    names = draws.pick(draws.whole(*shares()["meetings"]["candidates"], "banyak"), known, "pilih")
    return [known[name] for name in names]


def candidate_rows(plan: RegionPlan, candidates: Sequence[Candidate]) -> list[Row]:
    """The rows of `calon_mitra.csv`."""
    return [_candidate_row(plan, one) for one in candidates]


def forum_day(plan: RegionPlan) -> date | None:
    """The day of the forum, in a region that held one."""
    draws = plan.draws.of(plan.period, "forum")
    held = draws.happens(shares()["meetings"]["forum"], "diadakan")
    return workday(date(plan.year, 3, draws.whole(2, 27, "hari"))) if held else None


def forum_name(plan: RegionPlan) -> str:
    """What it is called."""
    return f"Forum KSD {plan.region.name} {plan.year} (contoh)"


def forum_rows(
    plan: RegionPlan, candidates: Sequence[Candidate], proposals: Sequence[Proposal]
) -> list[Row]:
    """The rows of `forum.csv`: for each institution that came a general word, or one for a proposal."""
    day = forum_day(plan)
    return [row for one in candidates for row in _words(plan, one, proposals, day)] if day else []


def _institutions(region: Region) -> dict[str, Candidate]:
    """Every institution the table names, as it is called here."""
    named: dict[tuple[str, str], list[tuple[Template, str]]] = {}
    for template in templates():
        for partner in Filling.at(region, template).partners:
            if partner.kode_wilayah or partner.jenis in {_INTERNAL, "pemda"}:
                continue
            key = (partner.nama, partner.jenis)
            named.setdefault(key, []).append((template, partner.kontribusi))
    return {
        name: Candidate(name, kind, uses[0][1], tuple(template for template, _ in uses))
        for (name, kind), uses in named.items()
    }


def _candidate_row(plan: RegionPlan, one: Candidate) -> Row:
    draws = plan.draws.of(plan.period, "calon mitra", one.name)
    rated = {
        strength: ""
        if draws.happens(_UNRATED, strength, "tak diketahui")
        else str(draws.whole(1, 5, strength))
        for strength in _STRENGTHS
    }
    return {
        "mitra_nama": one.name,
        "mitra_jenis": one.kind,
        "urusan": one.union("urusan_kode"),
        "isu": one.union("isu"),
        "output": one.union("output"),
        **rated,
        "minat": str(draws.whole(1, 4, "minat")) if draws.happens(_INTERESTED, "ditanya") else "",
        "kontribusi": one.brings,
        "sumber": "Profil lembaga (data contoh)",
        "tahun": str(plan.year - 1),
    }


def _words(
    plan: RegionPlan, one: Candidate, proposals: Sequence[Proposal], day: date
) -> Iterator[Row]:
    draws = plan.draws.of(plan.period, "forum", one.name)
    if not draws.happens(_CAME, "hadir"):
        return
    named = [p.usulan_id for p in proposals if one.name in {m.nama for m in p.partners}]
    for usulan in named or [""]:
        interest = draws.whole(2, 5 if usulan else 3, usulan, "minat")
        yield {
            "tanggal": day.isoformat(),
            "nama_forum": forum_name(plan),
            "mitra_nama": one.name,
            "usulan_id": usulan,
            "hadir": "ya",
            "minat": str(interest),
            "catatan": _REMARKS[interest],
            "sumber": "Notulen forum (data contoh)",
        }
