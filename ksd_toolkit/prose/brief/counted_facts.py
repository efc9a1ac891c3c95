"""The counts a brief argues with, each as a run that says what it counts."""

from typing import Final

from ksd_toolkit.document import Run, measured
from ksd_toolkit.messages import count

_KINDS: Final = {
    "offices_asked": "opd", "offices_answered": "opd", "silent_offices": "opd",
    "short_of_liaisons": "opd", "agreements_running": "naskah", "errors": "isian",
    "warnings": "isian", "scores": "isian",
}  # fmt: skip
"""What a count is the count of; all others count usulan."""


def counted_facts(numbers: dict[str, int], lang: str) -> dict[str, Run]:
    """The numbers of `scoring.measures` as printed, each with its origin.

    Args:
        numbers: Counts by the name of their measure.
        lang: Language of the numbers.
    """
    return {name: counted_fact(name, number, lang) for name, number in numbers.items()}


def counted_fact(name: str, number: int, lang: str) -> Run:
    """One count as printed, with its origin."""
    return measured(count(number, lang), name, f"{_KINDS.get(name, 'usulan')}/*")
