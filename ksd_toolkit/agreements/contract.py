"""The shape in which the register hands over its tables: columns and kinds as the form has them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import pandas as pd

from ksd_toolkit.questionnaire.form_reading import read_form

_DTYPE: Final[Mapping[str, str]] = {
    "text": "str",
    "select_one": "str",
    "select_multiple": "str",
    "integer": "float64",
    "decimal": "float64",
    "date": "datetime64[ns]",
}
_USULAN: Final = ("periode", "usulan_id", "judul", "opd_kode", "status_usulan")
_USULAN_KNOWN: Final = ("usulan_asal", "periode_asal", "jenis", "mitra_jenis")
"""What may be known of a usulan; a table without it leaves it blank."""


def conformed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The columns of `table` in their kinds, numbered from 0; an empty frame gets its kinds here.

    Args:
        frame: Keys are unique and never blank; the register has seen to that.
        table: `naskah`, `tahapan`, `monev`, `capaian` or `usulan`.

    Raises:
        KeyError: A column of the form is absent.
    """
    kinds = _kinds(table)
    if table == "usulan":
        absent = [name for name in _USULAN_KNOWN if name not in frame]
        frame = frame.reindex(columns=[*frame.columns, *absent])
    return frame[list(kinds)].reset_index(drop=True).astype(dict(kinds))


@cache
def _kinds(table: str) -> Mapping[str, str]:
    if table == "usulan":
        return dict.fromkeys((*_USULAN, *_USULAN_KNOWN), "str")
    return {field.name: _DTYPE[field.type] for field in read_form("evaluasi").table(table).fields}
