"""What a workbook says of itself: form, version, region, period and sender.

They stand in the hidden sheet `_meta`, and once more in the small print of every sheet, since some
spreadsheet programs and online services drop hidden sheets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.questionnaire.cells import as_text
from ksd_toolkit.questionnaire.form import Form
from ksd_toolkit.questionnaire.grid import Grid

META_SHEET: Final = "_meta"
_PRINT_ROWS: Final = 3  # rows from the top that may hold the small print
_PARTS: Final = {
    "form_id": r"\S+", "version": r"\S+", "region": r".+", "code": r"[\d.]+", "period": r"\S+",
    "sender": r".+",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says of itself; a part it does not state is empty.

    `from_print` is true where only the small print was left to tell.
    """

    form_id: str
    version: str
    region: str
    period: str
    sender: str
    from_print: bool = False


def identity_of(grids: Iterable[Grid]) -> Identity | None:
    """What the sheet `_meta`, or else the small print, says; None where there is neither."""
    by_name = {grid.name: grid for grid in grids}
    if META_SHEET in by_name:
        stated = _stated(by_name.values())
        return Identity(
            form_id=stated.get("form_id", ""),
            version=stated.get("form_version", ""),
            region=stated.get("region", ""),
            period=stated.get("period", ""),
            sender=stated.get("sender", ""),
        )
    for grid in by_name.values():
        for row in range(_PRINT_ROWS):
            if printed := _printed(as_text(grid.cell(row, 0))):
                return printed
    return None


def template_of(grids: Iterable[Grid]) -> str:
    """Which of our workbooks it says it is: `opd-2`, `tkksd-2`; nothing where it does not say."""
    return _stated(grids).get("template", "")


def wrong_questionnaire(
    identity: Identity | None, form: Form, dossier: Dossier, file: str
) -> Problem | None:
    """Why the workbook does not belong here: another form, region or period."""
    if identity is None:
        return None
    expected = (
        (identity.form_id, form.form_id, "file.other_form"),
        (identity.region, dossier.region.code, "file.other_region"),
        (identity.period, dossier.period, "file.other_period"),
    )
    for found, value, code in expected:
        if found != value:
            return Problem(code, Where(file), {"found": found or "-", "expected": value})
    return None


def identity_findings(identity: Identity | None, file: str) -> list[Problem]:
    """Tell that the hidden sheet is gone."""
    if identity is None or not identity.from_print:
        return []
    return [Problem("file.meta_gone", Where(file), {}, "info")]


def _stated(grids: Iterable[Grid]) -> dict[str, str]:
    """What the sheet `_meta` says, by key."""
    meta = next((grid for grid in grids if grid.name == META_SHEET), None)
    rows = meta.rows if meta else ()
    return {as_text(row[0]): as_text(row[1]) for row in rows if len(row) > 1}


def _printed(text: str) -> Identity | None:
    for lang in LANGUAGES:
        if match := _small_print(lang).fullmatch(text):
            told = match.groupdict()
            return Identity(
                told["form_id"], told["version"], told["code"], told["period"], told["sender"],
                from_print=True,
            )  # fmt: skip
    return None


@cache
def _small_print(lang: str) -> re.Pattern[str]:
    """The sentence of the small print as a pattern of its parts."""
    marked = say("workbook.small_print", lang, **{name: f"\x00{name}\x01" for name in _PARTS})
    pattern = re.escape(" ".join(marked.split()))
    for name, shape in _PARTS.items():
        pattern = pattern.replace(f"\x00{name}\x01", f"(?P<{name}>{shape})")
    return re.compile(pattern)
