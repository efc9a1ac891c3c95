"""What a simulated region agreed on: with neighbours, as both of them recall it, and with others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.filling import Filling
from ksd_toolkit.simulation.knowledge import BORDER, FAR, Template, border_templates, shares
from ksd_toolkit.simulation.knowledge import templates as all_templates
from ksd_toolkit.simulation.nation import neighbours_of, partner_of
from ksd_toolkit.simulation.proposal import NOT_KSD
from ksd_toolkit.simulation.region_plan import RegionPlan
from ksd_toolkit.simulation.written import DETERMINED, far_region, fillings_of, status_of

_FRIDAY: Final = 4
_YEARS_BACK: Final = 4
_FEASTS: Final = frozenset({(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)})
"""Public holidays whose day is the same every year."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The usulan a document came from, and the period it was proposed in; blank where there is none."""

    usulan_id: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that was agreed on: what, when, and which usulan it came from."""

    filling: Filling
    signed: date
    origin: Origin = field(default_factory=Origin)


def begun_in(plan: RegionPlan) -> Iterator[Begun]:
    """Everything the region agreed on in the last years, in no particular order."""
    yield from _with_neighbours(plan)
    yield from _with_others(plan)
    yield from _after_the_mapping(plan)


def _with_neighbours(plan: RegionPlan) -> Iterator[Begun]:
    """Drawn for the pair, so that both regions tell the same; one of them may not have recorded it."""
    offices, share = {row["opd_kode"] for row in plan.office_rows}, shares()["agreements"]
    shared = Draws(plan.seed).of("kesepakatan perbatasan", plan.year)
    for neighbour in neighbours_of(plan.region):
        draws = shared.of(*sorted((plan.region.code, neighbour.code)))
        template = draws.choose(border_templates(), "pokok")
        if partner_of(plan.region, neighbour) is None or template.opd_kode not in offices:
            continue
        recorded = draws.happens(share["recorded"], plan.region.code, "dicatat")
        if recorded and draws.happens(share["pair_share"], "ada"):
            filling = Filling(template, plan.region, neighbour, plan.year, draws)
            yield Begun(filling, _signed(plan, draws))


def _with_others(plan: RegionPlan) -> Iterator[Begun]:
    """With institutions, companies, and regions farther away."""
    own, bounds = plan.draws.of(plan.period, "naskah"), shares()["agreements"]["own"]
    able = {template.code: template for template in _signable(plan)}
    for code in own.pick(own.whole(*bounds, "banyak"), able, "pilih"):
        template, draws = able[code], own.of(code)
        other = far_region(plan, template) if template.scope == FAR else None
        filling = Filling(template, plan.region, other, plan.year, draws)
        yield Begun(filling, _signed(plan, draws))


def _after_the_mapping(plan: RegionPlan) -> Iterator[Begun]:
    """What came of the usulan that were determined in the period before."""
    if plan.before is None:
        return
    share, first = shares()["agreements"]["from_mapping"], decree_day(plan.before)
    for usulan_id, filling in fillings_of(plan.before).items():
        draws = filling.draws.of("tindak lanjut")
        determined = status_of(plan.before, filling) == DETERMINED
        if determined and draws.happens(share, "disepakati"):
            span = (date(plan.year, 6, 30) - first).days
            signed = workday(first + timedelta(days=draws.whole(30, span, "tanda tangan")))
            yield Begun(filling, signed, Origin(usulan_id, plan.previous))


def reference_day(plan: RegionPlan) -> date:
    """The day the dossier takes for today."""
    return date(plan.year, 8, 31)


def decree_day(plan: RegionPlan) -> date:
    """The day its list was determined, once the period is over."""
    return workday(date(plan.year, 6, plan.draws.whole(2, 25, plan.period, "sk")))


def workday(day: date) -> date:
    """The day itself, or the next one that is neither a weekend nor a feast."""
    while day.weekday() > _FRIDAY or (day.month, day.day) in _FEASTS:
        day += timedelta(days=1)
    return day


def _signable(plan: RegionPlan) -> list[Template]:
    """The templates that can become an agreement without a neighbour."""
    offices = {row["opd_kode"] for row in plan.office_rows}
    return [
        one
        for one in all_templates()
        if one.scope != BORDER and one.opd_kode in offices and one.family != NOT_KSD
    ]


def _signed(plan: RegionPlan, draws: Draws) -> date:
    first = date(plan.year - _YEARS_BACK, 1, 10)
    span = (date(plan.year, 6, 30) - first).days
    return workday(first + timedelta(days=draws.whole(0, span, "tanda tangan")))
