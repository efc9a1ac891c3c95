"""What a draft says where no plenary counts: none was recorded yet, or its record was refused, and why."""

from typing import Final

from ksd_toolkit.document import Block, Items, Paragraph, Run, Runs, measured, runs
from ksd_toolkit.errors import PlenaryError, Problem
from ksd_toolkit.messages import say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.plenary import Roster, read_roster

_SHOWN: Final = 12  # faults a page can hold; `ksd plenary` tells all of them


def not_held(case: Case) -> str:
    """That nothing was recorded, or that the record cannot be used, without a full stop."""
    if case.refused is None:
        return say("formal.not_held", case.lang)
    return say("formal.refused", case.lang, file=str(case.refused.facts["file"]))


def refusal(case: Case) -> tuple[Block, ...]:
    """Why the record was refused, fault by fault with its place; nothing where none was."""
    if case.refused is None:
        return ()
    roster, faults = read_roster(case.dossier), _faults(case.refused)
    listed = Items(tuple(_told(fault, roster, case.lang) for fault in faults[:_SHOWN]))
    code = "formal.refused_more" if len(faults) > _SHOWN else "formal.refused_all"
    check = say(code, case.lang, dossier=case.dossier.name)
    return (listed, Paragraph(runs(check)))


def _faults(refused: PlenaryError) -> list[Problem]:
    return [problem for problem in refused.problems if problem.severity == "error"]


def _told(fault: Problem, roster: Roster, lang: str) -> Runs:
    """A fault and its place; what somebody wrote is left out where it names a person."""
    where, text = str(fault.where), fault.text(lang)
    if roster.persons_in(text):
        text = say("formal.refused_person", lang)
    return (Run(f"{where}: "), measured(text, "refused_fault", "pleno/*"))
