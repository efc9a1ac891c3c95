"""The agreements a simulated region has: umbrellas, what carries them out, and the stages they passed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from ksd_toolkit.simulation.begun import Origin, begun_in, reference_day, workday
from ksd_toolkit.simulation.filling import Filling
from ksd_toolkit.simulation.knowledge import BORDER, shares
from ksd_toolkit.simulation.region_plan import RegionPlan

_WIDE: Final = 2  # externality tests that make a proposal one both regions must carry out
_TRIED: Final = 120  # days a document runs before anyone thinks of ending it
_GROUNDS: Final = ("kesepakatan", "objek_hilang", "perubahan_kebijakan")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A document of the register.

    `signed` and `until` are None for a draft, `ended` and `ground` say when and why it ended.
    """

    number: str
    kind: str
    title: str
    filling: Filling
    origin: Origin = field(default_factory=Origin)
    signed: date | None = None
    until: date | None = None
    parent: str = ""
    ended: date | None = None
    ground: str = ""

    @property
    def is_umbrella(self) -> bool:
        """Whether others carry it out."""
        return self.kind in {"KB", "NK"}

    @property
    def family(self) -> str:
        """Sinergi, KSDPK or KSDD."""
        return self.filling.template.family

    @property
    def type(self) -> str:
        """Its type as the register names it."""
        texts = self.filling.template.texts
        if self.family != "KSDD":
            return self.family.upper()
        is_wide = texts["ekst"].count("y") >= _WIDE
        return "KSDD-W" if self.filling.template.scope == BORDER and is_wide else "KSDD-S"

    @property
    def last_day(self) -> date | None:
        """The last day it was in force."""
        return self.ended or self.until


def agreements_of(plan: RegionPlan) -> list[Agreement]:
    """Its register in the order of the signatures, drafts last; numbers are its own."""
    numbers: Counter[tuple[str, int]] = Counter()
    found = []
    for begun in sorted(begun_in(plan), key=lambda one: (one.signed, one.filling.title)):
        filling, signed = begun.filling, begun.signed
        years = filling.draws.whole(3, 5, "masa payung")
        kind = "NK" if filling.template.family == "Sinergi" else "KB"
        umbrella = Agreement(
            _number(numbers, kind, signed.year), kind, filling.title, filling, begun.origin,
            signed, _years_later(signed, years),
        )  # fmt: skip
        found.append(umbrella)
        if filling.draws.happens(shares()["agreements"]["carried_out"], "dilaksanakan"):
            found.append(_carrying_out(plan, umbrella, numbers))
    return found


def _carrying_out(
    plan: RegionPlan, umbrella: Agreement, numbers: Counter[tuple[str, int]]
) -> Agreement:
    """The PKS or RK under an umbrella: in force, over, ended early, or still a draft."""
    filling, draws = umbrella.filling, umbrella.filling.draws
    kind = "RK" if umbrella.kind == "NK" else "PKS"
    title = f"{'Rencana kerja' if kind == 'RK' else 'Pelaksanaan'}: {filling.title}"
    later = timedelta(days=draws.whole(45, 150, "pelaksanaan"))
    signed = workday((umbrella.signed or reference_day(plan)) + later)
    if signed > reference_day(plan):
        number = _number(numbers, f"R-{kind}", plan.year)
        return Agreement(number, kind, title, filling, umbrella.origin, parent=umbrella.number)
    until = _years_later(signed, draws.whole(1, 3, "masa"))
    number = _number(numbers, kind, signed.year)
    ended, ground = None, "jangka_waktu" if until < reference_day(plan) else ""
    ran = (min(until, reference_day(plan)) - signed).days
    if ran > _TRIED and draws.happens(shares()["agreements"]["ended"], "dihentikan"):
        ended = workday(signed + timedelta(days=int(ran * 0.7)))
        ground = draws.choose(_GROUNDS, "alasan")
    return Agreement(
        number, kind, title, filling, umbrella.origin, signed, until, umbrella.number, ended, ground
    )  # fmt: skip


def _number(numbers: Counter[tuple[str, int]], kind: str, year: int) -> str:
    numbers[kind, year] += 1
    return f"{kind}-{numbers[kind, year]:02d}/{year}"


def _years_later(day: date, years: int) -> date:
    """The last day of a term of some years."""
    last = day - timedelta(days=1)
    leap_day = (last.month, last.day) == (2, 29)
    return date(last.year + years, last.month, 28 if leap_day else last.day)
