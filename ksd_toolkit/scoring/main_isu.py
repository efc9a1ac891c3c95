"""The main issue of an usulan: the first it names."""

import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered


def main_isu(register: Register) -> "pd.Series[str]":
    """The code of the main issue (`ISU-A`..`ISU-H`) of every usulan, by `usulan_id`; missing where it names none.

    Source:
        The seed brief, isu strategis a-h; that the first one counts as the main one is a rule of this toolkit.
    """
    return remembered("main_isu", None, register, lambda: _first_named(register)).copy(deep=False)


def _first_named(register: Register) -> "pd.Series[str]":
    usulan = register.usulan
    first = [text.partition(";")[0] or None for text in usulan["isu"].fillna("")]
    return pd.Series(first, pd.Index(usulan["usulan_id"]), dtype="str", name="isu")
