"""What a dossier says today: its register, the ranking by its method, and what a plenary made of it."""

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError
from ksd_toolkit.papers.facts import Case, Edition
from ksd_toolkit.plenary import Outcome, read_plenary
from ksd_toolkit.register import Register, ingest, read_register
from ksd_toolkit.scoring import Ranking, read_method, score
from ksd_toolkit.theme import read_theme


def present_case(dossier: Dossier, *, internal: bool = False) -> Case:
    """The case of a dossier after everything new in it was taken in.

    Raises:
        InputError: No office has sent anything that could be used.
        PlenaryError: The plenary's record is refused.
    """
    ingest(dossier)
    register = read_register(dossier)
    ranking, outcome = _ranked(register)
    edition: Edition = "internal" if internal else "public"
    return Case(register, read_theme(dossier), ranking, outcome, edition)


def _ranked(register: Register) -> tuple[Ranking | None, Outcome | None]:
    """The ranking and the plenary's outcome; None where nothing can be ranked, or none was held."""
    try:
        ranking = score(register, read_method(register.dossier))
    except MethodError:
        return None, None
    return ranking, read_plenary(ranking)
