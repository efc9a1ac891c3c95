"""The sheet `opd` of every office: placeholders for its officers and how mature its cooperation is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ksd_toolkit.publishing.questionnaire_style import Typed
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.handwriting import Handwriting
from ksd_toolkit.simulation.proposal_rows import Typing

_NO_DECREE: Final = 0.2
_OFFICERS: Final = 2


@dataclass(frozen=True, slots=True)
class Office:
    """An office that answers: its code, its number in the list, and who its liaisons are.

    `maturity` bounds the five answers d1 to d4 from above (2.6 is what the policy brief complains
    of); `officers` is 1 where only one was named, and `same_officer` names one person twice.
    """

    code: str
    number: int
    maturity: float
    officers: int = _OFFICERS
    same_officer: bool = False

    @property
    def raters(self) -> tuple[str, ...]:
        """Its officers as raters."""
        return ("OPD-1", "OPD-2")[: self.officers]


def office_record(office: Office, year: int, draws: Draws) -> Typing:
    """The answers about one office; its officers are placeholders, their numbers plainly invented.

    Args:
        office: The office.
        year: The year of the dossier.
        draws: What is left to chance.
    """
    code, number = office.code, office.number
    decree = not draws.happens(_NO_DECREE, code, year, "sk")
    row: Typing = {
        "ppksd_sk_nomor": f"800/{number:03d}/{code}/{year} (contoh)" if decree else None,
        "ppksd_sk_tanggal": _day(draws, year, 5, 55, code, "sk") if decree else None,
        "rakor_tanggal": _day(draws, year, 70, 150, code, "rakor"),
        **{f"d{n}": int(draws.chance(code, n, "d") * office.maturity) for n in range(1, 5)},
        "d5": 3 if decree else 1,
    }
    for place in (1, 2):
        officer = 1 if office.same_officer else place
        row |= {
            f"ppksd_{place}_nama": f"Pejabat Penghubung {officer} {code}",
            f"ppksd_{place}_nip": f"{number * 100 + officer:018d}",
            f"ppksd_{place}_kontak": f"pic{officer}.{code.lower()}@contoh.invalid",
        }
    if office.officers < _OFFICERS:
        row |= {"ppksd_2_nama": None, "ppksd_2_nip": None, "ppksd_2_kontak": None, "d5": 1}
    return row


def _day(draws: Draws, year: int, first: int, last: int, *names: str) -> Typed:
    offset = first + int(draws.chance(year, *names) * (last - first))
    return Handwriting(draws).day(date(year, 1, 1) + timedelta(days=offset), *names)
