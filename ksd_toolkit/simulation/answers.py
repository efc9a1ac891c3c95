"""Every workbook of a simulated region: what each office typed, and what the TKKSD scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.dossier import TKKSD_FILE, WORKBOOK_FOLDER, Dossier
from ksd_toolkit.publishing.questionnaire_workbook import workbook_name
from ksd_toolkit.simulation.knowledge import shares
from ksd_toolkit.simulation.mishaps import MISHAPS, Tables
from ksd_toolkit.simulation.office_rows import Office, office_record
from ksd_toolkit.simulation.proposal import Proposal
from ksd_toolkit.simulation.proposal_rows import Flaws, mitra_rows, usulan_row
from ksd_toolkit.simulation.region_plan import RegionPlan
from ksd_toolkit.simulation.score_rows import MEMBERS, score_rows
from ksd_toolkit.simulation.workbook_template import WorkbookTemplate
from ksd_toolkit.simulation.written import flaws_of, proposals_of

_DISPUTED: Final = ("U", "EKON", "POL")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a region answers: its proposals, what is wrong with them on purpose, and which go on.

    `earlier` holds the usulan of the period before by their title: one proposed again continues it.
    """

    plan: RegionPlan
    proposals: Sequence[Proposal]
    flaws: Flaws
    earlier: Mapping[str, str]

    @classmethod
    def of(cls, plan: RegionPlan, proposals: Sequence[Proposal]) -> "Answers":
        """The answers to these proposals."""
        past = proposals_of(plan.before) if plan.before else []
        earlier = {proposal.facts["judul"]: proposal.usulan_id for proposal in past}
        return cls(plan, proposals, flaws_of(plan, proposals), earlier)

    def tables(self, office: Office) -> Tables:
        """Everything one office typed."""
        plan, draws = self.plan, self.plan.draws.of(self.plan.period)
        own = [proposal for proposal in self.proposals if proposal.opd_kode == office.code]
        tables: Tables = {
            "opd": [office_record(office, plan.year, draws)],
            "usulan": [usulan_row(p, self.flaws, self._continued(p), draws) for p in own],
            "mitra": [row for proposal in own for row in mitra_rows(proposal, draws)],
            "nilai": [
                row
                for proposal in own
                for rater in office.raters
                for row in score_rows(proposal, rater, draws, self._disputed(office, proposal))
            ],
        }
        if own and draws.happens(shares()["defects"]["mishap"], office.code, "celaka"):
            draws.choose(MISHAPS, office.code, "celaka apa")(tables)
        return tables

    def _continued(self, proposal: Proposal) -> str:
        return self.earlier.get(proposal.facts["judul"], "")

    def _disputed(self, office: Office, proposal: Proposal) -> tuple[str, ...]:
        share = shares()["defects"]["disputed"]
        differ = self.plan.draws.happens(share, proposal.key, "sengketa")
        return _DISPUTED if differ and len(office.raters) > 1 else ()

    def scored(self) -> list[Proposal]:
        """The proposals the TKKSD scored."""
        share, draws = shares()["defects"]["unscored"], self.plan.draws
        return [p for p in self.proposals if not draws.happens(share, p.key, "tanpa tkksd")]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The blank workbooks of a period: one for offices, one for the TKKSD."""

    office: WorkbookTemplate
    tkksd: WorkbookTemplate

    @classmethod
    def of(cls, dossier: Dossier) -> "Patterns":
        """Those of the period of this dossier, for any region."""
        tkksd = WorkbookTemplate.of_tkksd(dossier, MEMBERS)
        return cls(WorkbookTemplate.of_office(dossier), tkksd)


def workbooks(answers: Answers, dossier: Dossier, patterns: Patterns) -> dict[str, bytes]:
    """Every workbook by its place in the dossier: those of the offices that sent one, and the TKKSD's."""
    plan, found = answers.plan, {}
    for office in plan.offices:
        if plan.sends(office.code):
            content = patterns.office.filled(dossier, answers.tables(office), office.code)
            found[f"{WORKBOOK_FOLDER}/{workbook_name(dossier, office.code)}"] = content
    scored, draws = answers.scored(), plan.draws.of(plan.period)
    if scored:
        rows = {
            member: [row for one in scored for row in score_rows(one, member, draws)]
            for member in MEMBERS
        }
        titles = {proposal.usulan_id: proposal.facts["judul"] for proposal in scored}
        found[TKKSD_FILE] = patterns.tkksd.filled(dossier, rows, titles=titles)
    return found
