"""Which usulan of a period wait for another: postponed by decision, or too low to be taken up."""

from typing import Final

import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.jenis import derive_types
from ksd_toolkit.scoring.method_reading import read_method
from ksd_toolkit.scoring.ranking import score

POSTPONED: Final = "ditunda"
DETERMINED: Final = "ditetapkan"
BELOW: Final = "kelas_terbawah"
_NOT_KSD: Final = "BUKAN"


def postponed(register: Register) -> list[str]:
    """The usulan of a period that wait for another: a KSD with status `ditunda`, or below the lowest class.

    One that was determined (`ditetapkan`) is none, whatever its points.

    Source:
        The seed brief: the mapping is repeated each year, and its order of priority decides what
        waits; the lowest class of the method is called `ditunda`.
    """
    return sorted(grounds_of_waiting(register).index)


def grounds_of_waiting(register: Register) -> "pd.Series[str]":
    """Why each usulan of `postponed` waits: `ditunda` (its status) or `kelas_terbawah`; indexed by usulan_id."""
    usulan = register.usulan.set_index("usulan_id")
    ksd = derive_types(register)["jenis"].reindex(usulan.index) != _NOT_KSD
    status = usulan["status_usulan"]
    said = ksd & (status == POSTPONED)
    low = ksd & usulan.index.isin(_below(register)) & (status != DETERMINED) & ~said
    grounds = pd.Series(POSTPONED, index=usulan.index, dtype="str").where(said, BELOW)
    found = grounds[said | low]
    found.index = found.index.astype("str")
    return found


def _below(register: Register) -> list[str]:
    """The usulan of the lowest class; none where nothing could be ranked."""
    try:
        ranking = score(register, read_method(register.dossier))
    except MethodError:
        return []
    lowest = ranking.method.bands[-1].name
    return list(ranking.table.index[ranking.table["class_name"] == lowest])
