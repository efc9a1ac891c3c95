"""The legal case of a pair of regions or of an usulan with a partner: the verbs of this room."""

from ksd_toolkit.matching.legal_conditions import UNASKED, Conditions, conditions_of
from ksd_toolkit.matching.legal_value import LegalCase
from ksd_toolkit.matching.regions_case import legal_case

__all__ = ["UNASKED", "Conditions", "LegalCase", "conditions_of", "legal_case"]
