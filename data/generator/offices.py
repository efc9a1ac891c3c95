"""The sheet `opd` of every office: placeholders for its officers and how mature its cooperation is."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from draws import chance, happens
from handwriting import day
from proposals import Typing

ONE_OFFICER: Final = "DISPORA"
SAME_OFFICER_TWICE: Final = "DISPUSIP"
_NO_DECREE: Final = 0.2


def record(office: Mapping[str, str], year: int) -> Typing:
    """The answers about one office; its officers are placeholders, their numbers plainly invented.

    Args:
        office: Its row of `opd.csv`, with its number in that list.
        year: The year of the dossier.
    """
    code, number = office["opd_kode"], int(office["nomor"])
    decree = not happens(_NO_DECREE, code, year, "sk")
    row: Typing = {
        "ppksd_sk_nomor": f"800/{number:03d}/{code}/{year} (contoh)" if decree else None,
        "ppksd_sk_tanggal": _day(year, 5, 55, code, "sk") if decree else None,
        "rakor_tanggal": _day(year, 70, 150, code, "rakor"),
        **{f"d{n}": _maturity(code, n, year) for n in range(1, 5)},
        "d5": 3 if decree else 1,
    }
    for place in (1, 2):
        officer = 1 if code == SAME_OFFICER_TWICE else place
        row |= {
            f"ppksd_{place}_nama": f"Pejabat Penghubung {officer} {code}",
            f"ppksd_{place}_nip": f"{number * 100 + officer:018d}",
            f"ppksd_{place}_kontak": f"pic{officer}.{code.lower()}@contoh.invalid",
        }
    if code == ONE_OFFICER:
        row |= {"ppksd_2_nama": None, "ppksd_2_nip": None, "ppksd_2_kontak": None, "d5": 1}
    return row


def raters(opd_kode: str) -> tuple[str, ...]:
    """The officers of an office as raters."""
    return ("OPD-1",) if opd_kode == ONE_OFFICER else ("OPD-1", "OPD-2")


def _maturity(code: str, question: int, year: int) -> int:
    """Low as the policy brief complains, a little better every year."""
    return int(chance(code, question, "d") * (2.6 + 0.5 * (year - 2025)))


def _day(year: int, first: int, last: int, *names: str) -> object:
    offset = first + int(chance(year, *names) * (last - first))
    return day(date(year, 1, 1) + timedelta(days=offset), *names)
