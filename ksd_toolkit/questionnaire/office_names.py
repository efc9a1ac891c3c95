"""Whose file it is: an office by its code, its exact name or an approved alias; likeness only suggests.

Names of offices are too alike to be guessed: "Dinas Perikanan" and "Dinas Pertanian" differ in four
letters. An alias stands in `opd_alias.csv` of the dossier, with who approved it and from when to
when it holds, since a reorganisation gives an old name a new owner.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem
from ksd_toolkit.messages import count
from ksd_toolkit.questionnaire.cells import Note, Parsed, unreadable
from ksd_toolkit.questionnaire.dates import parse_date
from ksd_toolkit.questionnaire.dossier_table import TableRow, dossier_table, refuse_table

ALIAS_FILE: Final = "opd_alias.csv"
_COLUMNS: Final = (
    "alias", "opd_kode", "berlaku_dari", "berlaku_sampai", "disetujui_oleh", "sumber",
)  # fmt: skip
_SUGGESTIONS: Final = 3
_LIKE: Final = 60  # of 100: below it a name is no suggestion at all


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an office, with who approved it and the days it holds."""

    name: str
    code: str
    first: date
    last: date
    source: str

    def holds(self, day: date) -> bool:
        """Whether the name means this office on a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """The names under which the offices of a dossier are known on its reference date."""

    names: dict[str, str]
    by_code: dict[str, str]
    by_name: dict[str, str]
    by_alias: dict[str, Alias]
    region: str

    def read(self, text: str) -> Parsed:
        """The code of the office that `text` is the code, the name or an approved alias of."""
        if text in self.names:
            return Parsed(text)
        folded = self._folded(text)
        if code := self.by_code.get(folded) or self.by_name.get(folded):
            facts = {"value": text, "code": code}
            return Parsed(code, notes=(Note("cell.office_by_name", facts, "info"),))
        if alias := self.by_alias.get(folded):
            facts = {"value": text, "code": alias.code, "source": alias.source or "-"}
            return Parsed(alias.code, notes=(Note("cell.office_by_alias", facts, "info"),))
        return unreadable("cell.office", text, near=self.near(text))

    def near(self, text: str) -> str:
        """The three offices most alike, with how alike they are; `-` where none is."""
        choices = {code: self._folded(name) for code, name in self.names.items()}
        found = process.extract(
            self._folded(text),
            choices,
            scorer=fuzz.token_sort_ratio,
            limit=_SUGGESTIONS,
            score_cutoff=_LIKE,
        )
        told = (f"{code} {self.names[code]} ({count(score)}%)" for _, score, code in found)
        return "; ".join(told) or "-"

    def _folded(self, text: str) -> str:
        return _folded(text, self.region)


def office_names(dossier: Dossier) -> OfficeNames:
    """The names of a dossier's offices, with the aliases that hold on its `tanggal_acuan`.

    Raises:
        InputError: `opd_alias.csv` names an office there is not, or lacks approval or a date.
    """
    names = {str(code): str(name) for code, name in dossier.offices["opd_nama"].items()}
    region = dossier.region.short_name
    valid = [a for a in _aliases(dossier, names) if a.holds(dossier.tanggal_acuan)]
    return OfficeNames(
        names,
        _only({code: code for code in names}, region),
        _only(names, region),
        {_folded(alias.name, region): alias for alias in valid},
        region,
    )


def _only(names: dict[str, str], region: str) -> dict[str, str]:
    """Code by folded name; a name two offices share means neither."""
    found = defaultdict(list)
    for code, name in names.items():
        found[_folded(name, region)].append(code)
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


def _aliases(dossier: Dossier, names: dict[str, str]) -> list[Alias]:
    problems: list[Problem] = []
    aliases: list[Alias] = []
    for row in dossier_table(dossier, ALIAS_FILE, _COLUMNS):
        found = list(_faults(row, names))
        problems += found
        if not found:
            first = parse_date(row.get("berlaku_dari")) or date.min
            last = parse_date(row.get("berlaku_sampai")) or date.max
            alias = Alias(row.get("alias"), row.get("opd_kode"), first, last, row.get("sumber"))
            problems += _contradictions(alias, aliases, row)
            aliases.append(alias)
    refuse_table(ALIAS_FILE, problems)
    return aliases


def _faults(row: TableRow, names: dict[str, str]) -> Iterator[Problem]:
    """What keeps a row from being used."""
    for column in ("alias", "disetujui_oleh"):
        if not row.get(column):
            yield Problem("row.alias_incomplete", row.where(column), {"column": column})
    if row.get("opd_kode") not in names:
        facts = {"found": row.get("opd_kode") or "-", "near": ", ".join(names)}
        yield Problem("file.unknown_opd", row.where("opd_kode"), facts)
    for column in ("berlaku_dari", "berlaku_sampai"):
        if row.get(column) and parse_date(row.get(column)) is None:
            facts = {"value": row.get(column), "question": column}
            yield Problem("cell.date", row.where(column), facts)


def _contradictions(alias: Alias, others: list[Alias], row: TableRow) -> Iterator[Problem]:
    """An alias that means two offices on one day."""
    for other in others:
        same = other.name.casefold() == alias.name.casefold() and other.code != alias.code
        if same and other.first <= alias.last and alias.first <= other.last:
            facts = {"alias": alias.name, "first": other.code, "second": alias.code}
            yield Problem("row.alias_twice", row.where("alias"), facts)


def _folded(text: str, region: str) -> str:
    """A name without case, punctuation and the region at its end, which every office of it shares."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " dan ")
    words = " ".join(re.findall(r"\w+", plain))
    end = rf"(?: (?:pada |di )?(?:kabupaten|kab|kota|provinsi))? {re.escape(region.casefold())}$"
    return re.sub(end, "", words) or words
