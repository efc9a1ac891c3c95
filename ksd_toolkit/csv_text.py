"""Tables as CSV that a spreadsheet program opens as what they are: text, never a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Final

_FORMULA_STARTS: Final = (
    "=", "+", "-", "@", "\t", "\r", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20",
)  # fmt: skip
"""What opens a formula, full-width forms included.

Source:
    OWASP ASVS 1.2.10; CWE-1236.
"""


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table as UTF-8 with the mark spreadsheet programs look for.

    A text that would be taken for a formula gets an apostrophe, which our own reader takes off again.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in (header, *rows):
        writer.writerow("'" + cell if cell.startswith(_FORMULA_STARTS) else cell for cell in row)
    return ("\ufeff" + buffer.getvalue()).encode()
