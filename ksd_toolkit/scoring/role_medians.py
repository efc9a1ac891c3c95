"""What the raters of a role said of an usulan together: the median of their scores."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.leaf_rules import NOT_APPLICABLE


def role_medians(
    register: Register, role: str, usulan: "pd.Index[str]", codes: Sequence[str]
) -> tuple[Floats, Booleans]:
    """The median of a role's raters per usulan and criterion, and where all who answered said TB.

    Args:
        register: Whose answers.
        role: `OPD` or `TKKSD`, as the codes of its raters begin.
        usulan: n ids, each once.
        codes: m criteria asked in `nilai`, each once.

    Returns:
        n x m medians, NaN where nobody gave a score; n x m.
    """
    nilai, shape = register.nilai, (len(usulan), len(codes))
    row = usulan.get_indexer(pd.Index(nilai["usulan_id"]))
    column = pd.Index(list(codes), dtype="str").get_indexer(pd.Index(nilai["kriteria_kode"]))
    of_role = nilai["penilai"].str.startswith(f"{role}-").to_numpy(dtype=bool)
    mine = of_role & (row >= 0) & (column >= 0)
    cell = (row * len(codes) + column)[mine]
    score = nilai["skor"].to_numpy(dtype=np.float64)[mine]
    said = register.tables.states["nilai"]["skor"].to_numpy()[mine] == NOT_APPLICABLE
    median = _medians(score, cell, np.full(shape, np.nan))
    off = np.zeros(shape, dtype=bool)
    off.flat[cell[said]] = True
    return median, off & np.isnan(median)


def official_answers(register: Register, codes: Sequence[str]) -> pd.DataFrame:
    """The official answer of every usulan to some scored criteria: the TKKSD median, else that of the OPD.

    Args:
        register: Whose usulan; they are the index.
        codes: Criteria asked in `nilai`, the columns; missing where nobody answered.
    """
    usulan = pd.Index(register.usulan["usulan_id"])
    opd, _ = role_medians(register, "OPD", usulan, codes)
    tkksd, said_off = role_medians(register, "TKKSD", usulan, codes)
    answers = np.where(~np.isnan(tkksd) | said_off, tkksd, opd)
    return pd.DataFrame(answers, index=usulan, columns=list(codes))


def _medians(
    score: Floats, cell: "np.ndarray[tuple[int], np.dtype[np.intp]]", into: Floats
) -> Floats:
    """The median of the scores of each cell, written where the number of the cell says."""
    known = ~np.isnan(score)
    order = np.lexsort((score[known], cell[known]))
    score, cell = score[known][order], cell[known][order]
    cells, first, count = np.unique(cell, return_index=True, return_counts=True)
    into.flat[cells] = (score[first + (count - 1) // 2] + score[first + count // 2]) / 2
    return into
