"""The proposals a simulated region makes: some with its neighbours, most from the table."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

from ksd_toolkit.regions import Region, parties
from ksd_toolkit.simulation.filling import Filling, filled
from ksd_toolkit.simulation.knowledge import BORDER, FAR, Template, shares, templates
from ksd_toolkit.simulation.nation import Shared, named_by, neighbours_of
from ksd_toolkit.simulation.proposal import NOT_KSD, Proposal
from ksd_toolkit.simulation.proposal_rows import AUTHORITY_AFFAIRS, Flaws
from ksd_toolkit.simulation.region_plan import RegionPlan

DETERMINED: Final = "ditetapkan"
_ELEMENTS: Final = ("unsur_pihak", "unsur_interaksi", "unsur_tujuan")
_GROUNDS: Final = ("darurat", "psn", "tugas_pembantuan", "", "", "")


def proposals_of(plan: RegionPlan) -> list[Proposal]:
    """What the offices that send their workbook propose, by office and numbered within it."""
    level = plan.character.level
    return [
        filled(one, plan.period, usulan, level, status_of(plan, one))
        for usulan, one in fillings_of(plan).items()
    ]


def status_of(plan: RegionPlan, filling: Filling) -> str:
    """Submitted; of a list that is determined, determined or postponed."""
    if not plan.determined or filling.template.family == NOT_KSD:
        return "diajukan"
    return (
        DETERMINED
        if filling.draws.happens(shares()["agreements"]["determined"], "sk")
        else "ditunda"
    )


def fillings_of(plan: RegionPlan) -> dict[str, Filling]:
    """What every proposal of the period is made from, by its usulan_id."""
    numbers: Counter[str] = Counter()
    found = {}
    for template, other in _chosen(plan):
        numbers[template.opd_kode] += 1
        usulan_id = f"{template.opd_kode}-{numbers[template.opd_kode]:02d}"
        draws = plan.draws.of(plan.period, template.code, other.code if other else "")
        found[usulan_id] = Filling(template, plan.region, other, plan.year, draws)
    return dict(sorted(found.items()))


def flaws_of(plan: RegionPlan, proposals: Iterable[Proposal]) -> Flaws:
    """Which of them lack a partner's benefit, an element, a plan or a ground of authority."""
    draws, share = plan.draws.of(plan.period, "cacat"), shares()["defects"]
    ksd = [proposal for proposal in proposals if proposal.is_ksd]

    def lacking(what: str, among: Iterable[Proposal]) -> list[str]:
        return [p.usulan_id for p in among if draws.happens(share[what], p.usulan_id, what)]

    unplanned = lacking("unplanned", [p for p in ksd if not p.is_planned])
    authority = [p for p in ksd if p.facts["urusan_kode"] in AUTHORITY_AFFAIRS]
    return Flaws(
        no_partner_benefit=frozenset(lacking("partner_benefit", ksd)),
        missing_element={
            usulan: draws.choose(_ELEMENTS, usulan, "unsur") for usulan in lacking("element", ksd)
        },
        unplanned={usulan: draws.choose(_GROUNDS, usulan, "alasan") for usulan in unplanned},
        authority_open=frozenset(lacking("authority", authority)),
    )


def _chosen(plan: RegionPlan) -> list[tuple[Template, Region | None]]:
    """Which proposals, and with which other region: those with neighbours, then others."""
    size, draws = plan.character.size, plan.draws.of(plan.period, "pilihan")
    senders = {office.code for office in plan.offices if plan.sends(office.code)}
    named = named_by(plan.region, plan.seed, plan.year)
    able = [shared for shared in named if shared.template.opd_kode in senders]

    def turn(shared: Shared) -> float:
        return draws.chance(shared.template.code, shared.neighbour.code)

    most = math.ceil(size * shares()["border"]["neighbour_half"])
    border = sorted(able, key=turn)[:most]
    favoured, favour = plan.character.favoured, shares()["province"]["favour"]

    def rank(template: Template) -> float:
        weight: float = favour if favoured in template.issues else 1.0
        return math.pow(draws.chance(template.code), 1 / weight)

    own = [one for one in templates() if one.scope != BORDER and one.opd_kode in senders]
    rest = sorted(own, key=rank, reverse=True)[: size - len(border)]
    return [
        *((shared.template, shared.neighbour) for shared in border),
        *((template, far_region(plan, template)) for template in rest),
    ]


def far_region(plan: RegionPlan, template: Template) -> Region | None:
    """A party that does not border the region, in its province where there is one."""
    if template.scope != FAR:
        return None
    near = {region.code for region in (plan.region, *neighbours_of(plan.region))}
    others = [r for r in parties() if not r.is_province and r.code not in near]
    same = [region for region in others if region.province == plan.region.province]
    return plan.draws.choose(same or others, plan.period, template.code, "mitra jauh")
