"""The score worked out once more, by other means: openpyxl cells, fractions, decimals, no pandas.

Nothing here comes from the toolkit. Weights and rules are those of the ruled table, typed anew.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl

WEIGHTS = {
    "U": 9, "S": 9, "G": 7, "K2A": 12, "K2B": 8, "K3A": 9, "K3B": 7, "K3C": 4, "EKON": 8, "POL": 7,
    "TEK": 4, "HUK": 3, "RISK": 3, "SAMA": 4, "MITRA": 4, "SIAP": 2,
}  # fmt: skip
RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")
BENEFITS = ("manfaat_daerah", "manfaat_mitra", "manfaat_masyarakat")
RISKS = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
PARTNER = ("otoritas", "kompetensi", "sumber_daya", "minat")
CLASSES = ((75, "I"), (60, "II"), (45, "III"), (0, "ditunda"))
CRITERIA = {
    "Urgensi": "U", "Keseriusan": "S", "Perkembangan masalah": "G",
    "Kesejahteraan dan pelayanan publik": "K3A", "Pemerataan": "K3C", "Kelayakan ekonomi": "EKON",
    "Kelayakan politis": "POL", "Kelayakan teknis dan SDM": "TEK", "Kelayakan hukum": "HUK",
}  # fmt: skip
BLANK, UNKNOWN, NOT_APPLICABLE = {"", "-", "\u2013", "."}, {"TT", "?"}, {"TB"}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where."""

    text: str
    file: str = ""
    sheet: str = ""
    address: str = ""

    @property
    def code(self) -> str:
        """The code of an answer given as `U`, `U Urgensi` or `Urgensi`."""
        return CRITERIA.get(self.text) or self.text.split(" ")[0]

    @property
    def given(self) -> bool:
        """Whether something was answered."""
        return (
            bool(self.text) and self.text not in BLANK and self.code not in UNKNOWN | NOT_APPLICABLE
        )

    @property
    def number(self) -> Fraction | None:
        """A mark from 1 to 5."""
        return Fraction(self.code) if self.code in {"1", "2", "3", "4", "5"} else None

    @property
    def not_applicable(self) -> bool:
        """Answered with TB."""
        return self.code in NOT_APPLICABLE


NOTHING = Cell("")
Row = dict[str, Cell]


@dataclass(frozen=True)
class Leaf:
    """A leaf's value 1 to 5 (None: not answered) and the cells it came from."""

    code: str
    value: Fraction | None
    applies: bool
    cells: tuple[tuple[str, str, Cell], ...]
    """Question, rater and cell."""
    source: str = ""

    @property
    def v(self) -> Fraction | None:
        """The value as a share of the scale; a high risk is bad."""
        if self.value is None:
            return None
        return (5 - self.value if self.code == "RISK" else self.value - 1) / 4


@dataclass(frozen=True)
class Worked:
    """The figures of one usulan as printed."""

    leaves: tuple[Leaf, ...]
    gained: Fraction
    answered: int
    base: int

    @property
    def points(self) -> Decimal:
        """Over the answered weight."""
        return printed(100 * self.gained / self.answered)

    @property
    def worst(self) -> Decimal:
        """As if everything open were worst."""
        return printed(100 * self.gained / self.base)

    @property
    def best(self) -> Decimal:
        """As if everything open were best."""
        return printed(100 * (self.gained + self.base - self.answered) / self.base)

    @property
    def coverage(self) -> Fraction:
        """The answered share of the applicable weight."""
        return Fraction(self.answered, self.base)

    def class_name(self, *, mandatory: bool, benefit_known: bool) -> str:
        """The class by points, then cap, floor and coverage."""
        names = [name for _, name in CLASSES]
        level = next(n for n, (lower, _) in enumerate(CLASSES) if self.points >= lower)
        if not benefit_known:
            level = max(level, names.index("II"))
        if mandatory:
            level = min(level, names.index("II"))
        return "-" if self.coverage < Fraction(70, 100) else names[level]


def printed(exact: Fraction) -> Decimal:
    """Two decimals, half up, from the exact fraction."""
    hundredths = exact * 100
    whole = (hundredths + Fraction(1, 2)).__floor__()
    return (Decimal(whole) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Answers:
    """Every answer of a dossier's workbooks; of rows that name the same thing the first counts."""

    def __init__(self, folder: Path) -> None:
        self.usulan: dict[str, Row] = {}
        self.partners: dict[str, dict[str, Row]] = {}
        self.scores: dict[str, dict[tuple[str, str], Cell]] = {}
        self.offices: dict[str, Row] = {}
        for path in sorted((folder / "kuesioner").glob("*.xlsx")):
            self._office(path, f"kuesioner/{path.name}")
        book = openpyxl.load_workbook(folder / "tkksd.xlsx", read_only=True, data_only=True)
        for sheet in book:
            if sheet.title.startswith("TKKSD-"):
                self._scores(sheet, "tkksd.xlsx", sheet.title)
        book.close()

    def _office(self, path: Path, name: str) -> None:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        record = {row[0]: row[2] for row in book["opd"].iter_rows(values_only=True, max_col=3)}
        office = str(record["opd_kode"])
        self.offices[office] = {
            field: Cell("" if value is None else str(value).strip())
            for field, value in record.items()
        }
        for row in _rows(book["usulan"], name):
            if row["usulan_id"].text.startswith(f"{office}-"):
                self.usulan.setdefault(row["usulan_id"].text, row)
        for row in _rows(book["mitra"], name):
            if row["usulan_id"].text in self.usulan:
                partners = self.partners.setdefault(row["usulan_id"].text, {})
                partners.setdefault(row["mitra_nama"].text, row)
        self._scores(book["nilai"], name, "OPD-")
        book.close()

    def _scores(self, sheet: Any, name: str, rater: str) -> None:
        for row in _rows(sheet, name):
            usulan, by = row["usulan_id"].text, row["penilai"].text
            if (
                usulan in self.usulan
                and by.startswith(rater)
                and row["kriteria_kode"].code in RATED
            ):
                scores = self.scores.setdefault(usulan, {})
                scores.setdefault((row["kriteria_kode"].code, by), row["skor"])

    def work(self, usulan: str) -> Worked:
        """The figures of one usulan."""
        leaves = tuple(self._leaves(usulan))
        counted = [leaf for leaf in leaves if leaf.applies and leaf.v is not None]
        return Worked(
            leaves,
            sum(
                (WEIGHTS[leaf.code] * leaf.v for leaf in counted if leaf.v is not None), Fraction()
            ),
            sum(WEIGHTS[leaf.code] for leaf in counted),
            sum(WEIGHTS[leaf.code] for leaf in leaves if leaf.applies),
        )

    def _leaves(self, usulan: str) -> Iterator[Leaf]:
        row = self.usulan[usulan]
        plans = [row[plan] for plan in ("rpjmd_ref", "rkpd_ref", "renstra_ref")]
        for code in WEIGHTS:
            if code in RATED:
                yield self._rated(usulan, code)
            elif code == "K2A":
                yield _plans(row, plans)
            elif code == "K2B":
                yield _service_and_issues(row)
            elif code == "K3B":
                yield _benefits(row)
            elif code == "RISK":
                yield _risk(row)
            elif code == "SAMA":
                cell = row["kesamaan_kekuatan"]
                cells = (("kesamaan_kekuatan", "", cell),)
                yield Leaf(code, cell.number, not cell.not_applicable, cells)
            elif code == "MITRA":
                yield _best_partner(list(self.partners.get(usulan, {}).values()))
            else:
                yield self._ready(usulan, row, plans)

    def _rated(self, usulan: str, code: str) -> Leaf:
        scores = self.scores.get(usulan, {})
        cells = tuple(("skor", by, cell) for (at, by), cell in scores.items() if at == code)
        for role in ("TKKSD", "OPD"):
            mine = [cell for _, by, cell in cells if by.startswith(role)]
            marks = [cell.number for cell in mine if cell.number is not None]
            if marks:
                return Leaf(code, Fraction(median(marks)), True, cells, role)
            if any(cell.not_applicable for cell in mine):
                return Leaf(code, None, False, cells, role)
        return Leaf(code, None, True, cells)

    def _ready(self, usulan: str, row: Row, plans: list[Cell]) -> Leaf:
        office = self.offices[usulan.rsplit("-", 1)[0]]
        names = [office[f"ppksd_{n}_nama"].text for n in (1, 2)]
        numbers = [office[f"ppksd_{n}_nip"].text for n in (1, 2)]
        two = all(names) and len(set(names)) == 2 and (len(set(numbers)) == 2 or "" in numbers)
        evidence = ("bukti_uraian", "bukti_tahun", "bukti_sumber")
        met = [
            all(row[name].given for name in evidence),
            row["dokumen_siap"].text.casefold() == "ya",
            two,
            any(plan.given for plan in plans),
        ]
        cells = tuple((name, "", row[name]) for name in (*evidence, "dokumen_siap"))
        return Leaf("SIAP", Fraction(1 + sum(met)), True, cells)


def _plans(row: Row, plans: list[Cell]) -> Leaf:
    rpjmd, rkpd, renstra = (plan.given for plan in plans)
    if rpjmd and rkpd and row["indikator"].given:
        value = 5
    elif rkpd:
        value = 4
    elif renstra or rpjmd:
        value = 3
    else:
        value = 2 if row["alasan_di_luar_rencana"].given else 1
    names = ("rpjmd_ref", "rkpd_ref", "renstra_ref", "alasan_di_luar_rencana", "indikator")
    return Leaf("K2A", Fraction(value), True, tuple((name, "", row[name]) for name in names))


def _service_and_issues(row: Row) -> Leaf:
    cells = (("urusan_kode", "", row["urusan_kode"]), ("isu", "", row["isu"]))
    issues = set(re.findall(r"ISU-[A-H]", row["isu"].text))
    if not issues or not row["urusan_kode"].given:
        return Leaf("K2B", None, True, cells)
    basic = row["urusan_kode"].text.startswith("1.")
    return Leaf("K2B", Fraction(1 + 2 * basic + min(2, len(issues) - 1)), True, cells)


def _benefits(row: Row) -> Leaf:
    found = [row[name] for name in BENEFITS]
    cells = tuple((name, "", row[name]) for name in BENEFITS)
    marks = [cell.number for cell in found if cell.number is not None]
    if all(cell.not_applicable for cell in found):
        return Leaf("K3B", None, False, cells)
    complete = all(cell.number is not None or cell.not_applicable for cell in found)
    return Leaf("K3B", min(marks) if complete else None, True, cells)


def _risk(row: Row) -> Leaf:
    pairs = [(row[f"risiko_{risk}_k"], row[f"risiko_{risk}_d"]) for risk in RISKS]
    cells = tuple(
        (f"risiko_{risk}_{side}", "", cell)
        for risk, pair in zip(RISKS, pairs, strict=True)
        for side, cell in zip("kd", pair, strict=True)
    )
    products = [k.number * d.number for k, d in pairs if k.number and d.number]
    if not products:
        applies = not all(k.not_applicable for k, _ in pairs)
        return Leaf("RISK", None, applies, cells)
    largest = max(products)
    steps = ((4, 1), (8, 2), (12, 3), (16, 4), (25, 5))
    value = next(worth for upper, worth in steps if largest <= upper)
    return Leaf("RISK", Fraction(value), True, cells)


def _best_partner(partners: list[Row]) -> Leaf:
    cells = tuple((name, "", partner[name]) for partner in partners for name in PARTNER)
    means = []
    for partner in partners:
        marks = [partner[name].number for name in PARTNER]
        if all(mark is not None for mark in marks):
            means.append(sum((mark for mark in marks if mark), Fraction()) / len(marks))
    return Leaf("MITRA", max(means) if means else None, True, cells)


def _rows(sheet: Any, file: str) -> Iterator[Row]:
    """The rows under the row of question codes, every cell by its code."""
    columns: dict[str, int] = {}
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if not columns:
            if values and values[0] == "usulan_id":
                columns = {str(v): n for n, v in enumerate(values) if v}
            continue
        if not any(value is not None and str(value).strip() for value in values):
            continue
        yield {
            field: Cell(
                "" if n >= len(values) or values[n] is None else str(values[n]).strip(),
                file,
                sheet.title,
                f"{openpyxl.utils.get_column_letter(n + 1)}{number}",
            )
            for field, n in columns.items()
        }


def disagreements(answers: Answers, ranking: Any) -> list[str]:
    """Every printed figure of `ranking` that is not the one worked out here."""
    found = []
    frame = ranking.table
    wrong = set(answers.usulan) ^ set(ranking.types.index)
    found += [f"{usulan}: only one side knows it" for usulan in sorted(wrong)]
    worked = {usulan: answers.work(usulan) for usulan in frame.index if usulan in answers.usulan}
    for usulan, mine in worked.items():
        row = frame.loc[usulan]
        known = answers.usulan[usulan]["manfaat_mitra"].given
        ahead = sum(other.points > mine.points for other in worked.values())
        expected = {
            "points": str(mine.points),
            "worst": str(mine.worst),
            "best": str(mine.best),
            "coverage": repr(float(mine.coverage)),
            "rank": str(ahead + 1),
            "class_name": mine.class_name(mandatory=row["jenis"] == "KSDD-W", benefit_known=known),
        }
        shown = {name: f"{row[name]:.2f}" for name in ("points", "worst", "best")} | {
            "coverage": repr(float(row["coverage"])),
            "rank": str(row["rank"]),
            "class_name": row["class_name"],
        }
        found += [
            f"{usulan} {name}: {shown[name]}, worked out {expected[name]}"
            for name in expected
            if shown[name] != expected[name]
        ]
    return found
