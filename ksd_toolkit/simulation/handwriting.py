"""The same answer as different people type it: money, figures, dates and choices."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from ksd_toolkit.messages import date_text
from ksd_toolkit.publishing.questionnaire_style import Typed, choice_text, scale_of
from ksd_toolkit.questionnaire import Field, read_form
from ksd_toolkit.simulation.draws import Draws

_PLAIN: Final = 0.7  # figures typed as numbers
_DROPDOWN, _CODE = (
    0.7,
    0.9,
)  # habits of offices: choose from the list, type the code, type the label
_DECIMALS: Final = 1000  # `1,25 miliar` is exact, `1,2345 miliar` nobody writes


@dataclass(frozen=True, slots=True)
class Handwriting:
    """How people write, as it is drawn for each answer and, of habits, for each office."""

    draws: Draws

    def money(self, rupiah: int, *names: object) -> Typed:
        """`1250000000`, `1.250.000.000`, `Rp 1.250.000.000` or `1,25 miliar`."""
        dotted = f"{rupiah:,}".replace(",", ".")
        forms: list[Typed] = [rupiah, dotted, f"Rp {dotted}"]
        for unit, word in ((10**9, "miliar"), (10**6, "juta")):
            if rupiah >= unit and rupiah * _DECIMALS % unit == 0:
                figure = f"{rupiah / unit:g}".replace(".", ",")
                forms += [f"{figure} {word}", f"Rp {figure} {word}"]
                break
        return self.draws.choose(forms, "money", *names)

    def figure(self, text: str, *names: object) -> Typed:
        """A plain number as a number, or as text with an Indonesian decimal comma."""
        number = float(text)
        if self.draws.happens(_PLAIN, "figure", *names) or number.is_integer():
            return int(number) if number.is_integer() else number
        return text.replace(".", ",")

    def day(self, value: date, *names: object) -> Typed:
        """A date cell, `17 Agustus 2026`, `17/8/2026` or `2026-08-17`."""
        numbers = f"{value.day}/{value.month}/{value.year}"
        forms: list[Typed] = [value, date_text(value), numbers, value.isoformat()]
        return self.draws.choose(forms, "day", *names)

    def option(self, asked: Field, code: str, opd_kode: str) -> Typed:
        """An answer to a question with choices: from the dropdown, as bare code, or as label."""
        if not code:
            return None
        if scale_of(asked):
            return int(code) if code.isdigit() else code
        choice = next(choice for choice in asked.choices if choice.code == code)
        habit = self.draws.chance("habit", opd_kode)
        if habit < _DROPDOWN:
            return choice_text(choice, "id")
        return code if habit < _CODE else choice.labels["id"]

    def several(self, codes: str, opd_kode: str) -> Typed:
        """Codes joined the way this office does it."""
        joint = self.draws.choose(["; ", "; ", ";", ", "], "several", opd_kode)
        return joint.join(codes.split(";"))


@cache
def question(table: str, name: str) -> Field:
    """A question of the questionnaire."""
    return read_form("pemetaan").table(table).field(name)
