"""A proposal as its author sees it: what was written about it, with whom, and how strong it is."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

NOT_KSD: Final = "BUKAN"
_SYNERGY: Final = {"kl_vertikal", "ptn"}
_ORDERED: Final = {"pengadaan", "kajian_pesanan"}


@dataclass(frozen=True, slots=True)
class Partner:
    """A candidate partner."""

    nama: str
    jenis: str
    kode_wilayah: str
    kontribusi: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal: its id, what was written about it and how strong its author found it (1-5)."""

    period: str
    usulan_id: str
    opd_kode: str
    mutu: int
    facts: Mapping[str, str]
    partners: tuple[Partner, ...]

    @property
    def key(self) -> str:
        """What its draws are made for: the same id means another proposal in another period."""
        return f"{self.period}/{self.usulan_id}"

    @property
    def family(self) -> str:
        """Sinergi, KSDPK, KSDD, or no regional cooperation at all."""
        return family_of({partner.jenis for partner in self.partners}, self.facts["objek"])

    @property
    def is_ksd(self) -> bool:
        """Whether it is a regional cooperation."""
        return self.family != NOT_KSD

    @property
    def is_planned(self) -> bool:
        """Whether its author named a place in a plan."""
        return any(self.facts[plan] for plan in ("rpjmd", "rkpd", "renstra"))


def family_of(kinds: Set[str], objek: str) -> str:
    """Sinergi, KSDPK, KSDD, or no regional cooperation at all: from kinds of partner and object only."""
    if kinds == {"opd_internal"} or objek in _ORDERED:
        return NOT_KSD
    if kinds <= _SYNERGY:
        return "Sinergi"
    return "KSDD" if kinds == {"pemda"} else "KSDPK"
