"""A proposal of the table with a region's names, partners and figures filled in."""

from dataclasses import dataclass
from typing import Final

from ksd_toolkit.regions import Region, region_or_none
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.knowledge import BORDER, Template
from ksd_toolkit.simulation.nation import partner_of
from ksd_toolkit.simulation.proposal import Partner, Proposal

OTHER_REGION: Final = "pemda"
_COPIED: Final = {
    "sifat": "sifat", "isu": "isu", "urusan_kode": "urusan_kode", "kewenangan": "kewenangan",
    "objek": "objek", "ekst": "ekst", "uraian": "uraian", "satuan": "satuan", "arah": "arah",
    "indikator": "indikator", "interaksi": "unsur_interaksi", "tujuan": "unsur_tujuan",
    "output": "output_dituju",
}  # fmt: skip
_SHARED: Final = ("isu", "kebutuhan", "isu;kebutuhan", "isu;permasalahan", "kebutuhan;permasalahan")
_PLANNED, _BUDGETED, _IN_RENSTRA = 0.65, 0.6, 0.6  # shares of the proposals a plan mentions
_EVIDENCED: Final = 0.35  # share of weak proposals that bring evidence all the same
_MIDDLING, _SPREAD = 3.2, 2.2  # how strong proposals are, on the scale of 1 to 5
_WEAK: Final = 2
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Filling:
    """A template in the hands of one region: with whom, in which year, and what is left to chance."""

    template: Template
    region: Region
    other: Region | None
    year: int
    draws: Draws

    @classmethod
    def at(cls, region: Region, template: Template) -> "Filling":
        """The template with the names of a region, before anything is drawn."""
        return cls(template, region, None, 0, Draws(0))

    @property
    def names(self) -> dict[str, str]:
        """What the marks of the template stand for."""
        province = region_or_none(self.region.province)
        return {
            "a": self.region.name,
            "b": self.party.name if self.party else "",
            "p": province.short_name if province else "",
        }

    @property
    def party(self) -> Region | None:
        """Who signs for the other region."""
        return partner_of(self.region, self.other) if self.other else None

    @property
    def title(self) -> str:
        """The title of the proposal."""
        return self.template.texts["judul"].format_map(self.names)

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Its partners, another region with its code."""
        names, party, found = self.names, self.party, []
        for name, kind, brings in self.template.partners:
            is_region = kind == OTHER_REGION and party is not None
            told = f"Pemerintah {party.name}" if is_region and party else name.format_map(names)
            code = party.code if is_region and party else ""
            found.append(Partner(told, kind, code, brings))
        return tuple(found)


def filled(filling: Filling, period: str, usulan_id: str, level: float, status: str) -> Proposal:
    """The proposal as its office wrote it.

    Args:
        filling: Template, region and partner.
        period: The period of the dossier.
        usulan_id: Its id in that period.
        level: How much stronger than elsewhere this region's proposals are, -2 to 2.
        status: What became of it so far, as the form names it.
    """
    draws = filling.draws
    strength = round(_MIDDLING + level + draws.wobble(_SPREAD, "mutu"))
    strength = min(5, max(1, strength))
    return Proposal(
        period=period,
        usulan_id=usulan_id,
        opd_kode=filling.template.opd_kode,
        mutu=strength,
        facts=_facts(filling, strength) | {"status": status},
        partners=filling.partners,
    )


def _facts(filling: Filling, strength: int) -> dict[str, str]:
    """What was written about it: texts of the table, figures between its bounds."""
    template, draws = filling.template, filling.draws
    places = [filling.region.code]
    if filling.other and template.scope == BORDER:
        places.append(filling.other.code)
    return {
        **{field: template.texts[name] for name, field in _COPIED.items()},
        **_evidence(filling, strength),
        **_plans(filling),
        "judul": filling.title,
        "lokasi": ";".join(places),
        "unsur_pihak": _parties(filling),
        "baseline": str(draws.whole(*template.baseline, "dasar")),
        "target": str(draws.whole(*template.target, "sasaran")),
        "biaya": str(draws.whole(*template.cost, "biaya") * _MILLION),
        "kesamaan": draws.choose(_SHARED, "kesamaan"),
    }


def _evidence(filling: Filling, strength: int) -> dict[str, str]:
    """Figure, year and source; weak proposals often bring none."""
    draws, template = filling.draws, filling.template
    if strength <= _WEAK and not draws.happens(_EVIDENCED, "bukti"):
        return dict.fromkeys(("bukti_uraian", "bukti_tahun", "bukti_sumber"), "")
    figure = draws.whole(*template.figure, "angka")
    return {
        "bukti_uraian": template.texts["bukti"].format(n=_grouped(figure)),
        "bukti_tahun": str(filling.year - draws.whole(1, 2, "tahun")),
        "bukti_sumber": f"{template.texts['sumber']} {filling.region.name} (data contoh)",
    }


def _plans(filling: Filling) -> dict[str, str]:
    """Where the plans mention it, if they do."""
    draws, program = filling.draws, filling.template.texts["program"]

    def place(kind: str, share: float) -> str:
        page = draws.whole(20, 220, kind, "halaman")
        told = f"Program {program}, hlm. {page} (contoh)"
        return told if draws.happens(share, kind) else ""

    rpjmd = place("rpjmd", _PLANNED)
    return {
        "rpjmd": rpjmd,
        "rkpd": place("rkpd", _BUDGETED) if rpjmd else "",
        "renstra": place("renstra", _IN_RENSTRA),
    }


def _parties(filling: Filling) -> str:
    names = [f"Pemerintah {filling.region.name}", *(one.nama for one in filling.partners)]
    return f"{', '.join(names[:-1])} dan {names[-1]}"


def _grouped(figure: int) -> str:
    return f"{figure:,}".replace(",", ".")
