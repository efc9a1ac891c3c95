"""What the answers of every usulan tell of its type, read from a register once in a run."""

import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.jenis import type_facts


def type_answers(register: Register) -> pd.DataFrame:
    """The columns of `type_facts`, one row per usulan, indexed by `usulan_id`."""
    return remembered("type_facts", None, register, lambda: type_facts(register)).copy(deep=False)
