"""The agreements themselves: their stages as a state machine, what they break, and what falls due when."""

from ksd_toolkit.agreements.rules import AgreementRules, read_agreement_rules

__all__ = ["AgreementRules", "read_agreement_rules"]
