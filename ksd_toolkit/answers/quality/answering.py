"""Which offices answered: the one definition behind every paper that counts them."""

from ksd_toolkit.answers.quality.limits import may_be_blank, sections
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered

LIAISONS = "ppksd"
"""The section that names an office's PPKSD."""


def answering_offices(register: Register) -> frozenset[str]:
    """The codes of the offices in `opd.csv` that answered, however their answers came in.

    An office answered when one of its usulan was accepted, or when its own sheet answers more than
    who its PPKSD are; a blank form sent back is no answer.

    Source:
        Rule of this toolkit; the frame is the census of offices in `opd.csv`.
    """
    return remembered("answering_offices", None, register, lambda: _answering(register))


def _answering(register: Register) -> frozenset[str]:
    opd = register.opd
    asked = [
        question.name
        for question in form_of(register.dossier).table("opd").fields
        if not question.key
        and not may_be_blank("opd", question.name)
        and sections().get(("opd", question.name)) != LIAISONS
    ]
    told = set(opd.loc[opd[asked].notna().any(axis=1), "opd_kode"])
    return frozenset(told | set(register.usulan["opd_kode"])) & set(register.dossier.offices.index)
