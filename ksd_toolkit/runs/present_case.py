"""What a dossier says today: its register, the ranking by its method, and what a plenary made of it."""

from dataclasses import replace

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError
from ksd_toolkit.papers.facts import Case, Edition
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.runs.formal_papers import case_of, plenary_of
from ksd_toolkit.scoring import read_method, score


def present_case(dossier: Dossier, *, internal: bool = False) -> Case:
    """The case of a dossier after everything new in it was taken in.

    Raises:
        InputError: No office has sent anything that could be used.
    """
    ingest(dossier)
    register = read_register(dossier)
    edition: Edition = "internal" if internal else "public"
    try:
        ranking = score(register, read_method(register.dossier))
    except MethodError:
        return replace(case_of(register, None, None), edition=edition)
    outcome, _ = plenary_of(ranking)
    return replace(case_of(register, ranking, outcome), edition=edition)
