"""The legal case of a pair of regions or of an usulan with a partner: the verbs of this room."""

from ksd_toolkit.matching.legal_conditions import UNASKED, Conditions, conditions_of
from ksd_toolkit.matching.legal_frame import legal_cases
from ksd_toolkit.matching.legal_value import Ground, LegalCase
from ksd_toolkit.matching.regions_case import legal_case
from ksd_toolkit.matching.usulan_case import UsulanCase, case_of_usulan, cases_of

__all__ = [
    "UNASKED",
    "Conditions",
    "Ground",
    "LegalCase",
    "UsulanCase",
    "case_of_usulan",
    "cases_of",
    "conditions_of",
    "legal_case",
    "legal_cases",
]
