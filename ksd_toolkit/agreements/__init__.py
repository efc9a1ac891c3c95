"""The agreements themselves: their stages as a state machine, what they break, and what falls due when."""

from ksd_toolkit.agreements.history import History
from ksd_toolkit.agreements.result import Agreements, agreements, agreements_of
from ksd_toolkit.agreements.rules import AgreementRules, read_agreement_rules
from ksd_toolkit.agreements.stages import Agreement, Event

__all__ = [
    "Agreement", "AgreementRules", "Agreements", "Event", "History", "agreements", "agreements_of",
    "read_agreement_rules",
]  # fmt: skip
