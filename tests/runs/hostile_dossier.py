"""The sample dossier with a hostile text in every free-text field it reads: workbooks, tables, records, theme."""

import csv
import io
import json
import re
import shutil
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.runs import run
from tests.publishing.hostile_texts import OWN, shared_texts

ROOT = Path(__file__).parents[2]
OFFICES = {"DINKES": "Dinas Kesehatan", "BPBD": "Badan Penanggulangan Bencana Daerah"}
# Of the notebooks those that draw what offices wrote; each starts a process of its own.
NOTEBOOKS = ("03_score", "08_evaluation")
BESIDE = tuple(text for text in OWN if "\ud800" not in text and "]" * 9 not in text)
REGION = "hulu-sungai-selatan"
FREE = {
    "anggota_tkksd": ("jabatan", "instansi", "nama"),
    "calon_mitra": ("kontribusi", "sumber"),
    "capaian": ("indikator", "satuan"),
    "forum": ("nama_forum", "catatan", "sumber"),
    "indikator": ("sumber",),
    "jadwal": ("kegiatan", "activity", "pelaksana", "who"),
    "jenis_ditetapkan": ("alasan", "ditetapkan_oleh"),
    "monev": ("kendala", "tindak_lanjut", "tindak_lanjut_pelaku", "bukti"),
    "naskah": (
        "judul", "mitra_nama", "manfaat_janji_daerah", "manfaat_janji_mitra",
        "manfaat_janji_masyarakat",
    ),
    "opd": ("opd_nama",),
}  # fmt: skip
RECORD = re.compile(r'^((?:tempat|ketua|sekretaris|keterangan|alasan) = |  )"(.*)"')
THEME = re.compile(r'^((?:government|unit|place|leader|capacity) = )"(.*)"')
USULAN = re.compile(r'"((?!TKKSD)[A-Z]+)-\d+"')
BOOK_NAME = "=1+1 <script>window.PWN=1<script> {{ 7*7 }} $x^{ -rf.xlsx"


def texts():
    """The shared set where it is at hand, and our own: neither needs the other."""
    shared = [text for kind in shared_texts().values() for text in kind]
    return list(dict.fromkeys([*shared, *BESIDE]))


def run_hostile(home):
    """A run over the sample with a hostile text in every free-text field."""
    data = home / "data"
    shutil.copytree(ROOT / "data" / REGION, data / REGION)
    lessen(data, OFFICES)
    plant(data, texts())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "PAPERS", [one for one in run.PAPERS if one.notebook in NOTEBOOKS])
        return run.run_dossier(open_dossier(f"{REGION}/2026", home=home))


class Planter:
    """Puts texts before what stands in a field, so that a column of any length gets them all."""

    def __init__(self, texts):
        self.texts = texts

    def spread(self, olds):
        """The old texts of one column, each behind its share of the hostile ones."""
        share = -(-len(self.texts) // max(len(olds), 1))
        turn = cycle(self.texts)
        return [" ".join([*(next(turn) for _ in range(share)), old]) for old in olds]


def lessen(data, offices):
    """Leave the sample with a few offices, and its plenary with what it decided on those."""
    folder = data / REGION / "2026"
    shutil.rmtree(data / REGION / "2025")
    settings = folder / "dossier.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('period = "2025"', 'period = ""'), "utf-8"
    )
    for path in (folder / "kuesioner").glob("*.xlsx"):
        if not path.stem.endswith(tuple(offices.values())):
            path.unlink()
    record = folder / "pleno.toml"
    parts = record.read_text("utf-8").split("\n\n")
    kept = [part for part in parts if set(USULAN.findall(part)) <= offices.keys()]
    record.write_text("\n\n".join(kept) + "\n", "utf-8")


def plant(data, texts):
    """Change the dossiers of the sample below `data`; every text in every free-text field."""
    planter, folder = Planter(texts), data / REGION / "2026"
    as_csv = Planter([text for text in texts if "\0" not in text])  # such a file is no text at all
    _plant_books(planter, sorted((folder / "kuesioner").glob("*.xlsx")))
    _plant_books(planter, [folder / "tkksd.xlsx"])
    first = min((folder / "kuesioner").glob("*.xlsx"))
    first.rename(first.with_name(BOOK_NAME))
    for table, columns in FREE.items():
        _plant_table(as_csv, folder / f"{table}.csv", columns)
    _plant_lines(planter, folder / "pleno.toml", RECORD)
    _plant_lines(Planter([" ".join(texts)]), data / REGION / "theme.toml", THEME)
    (folder / "sumber.toml").write_text(
        "".join(
            f'["Uji {n}"]\nauthor = {_quoted(text)}\nyear = 2024\ntitle = {_quoted(text)}\n'
            for n, text in enumerate(texts)
        ),
        encoding="utf-8",
    )


def _quoted(text):
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plant_lines(planter, path, shape):
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [(n, match) for n, line in enumerate(lines) if (match := shape.match(line))]
    planted = planter.spread([match[2] for _, match in found])
    for (n, match), text in zip(found, planted, strict=True):
        lines[n] = f"{match[1]}{_quoted(text)}{',' if match[1].isspace() else ''}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _plant_table(planter, path, columns):
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for column in columns:
        for row, text in zip(rows, planter.spread([row[column] for row in rows]), strict=True):
            row[column] = text
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(sheet.getvalue(), encoding="utf-8", newline="")


def _plant_books(planter, paths):
    """Columns run through all workbooks: an office has too few rows for every text."""
    books = [openpyxl.load_workbook(path) for path in paths]
    columns = {}
    for book in books:
        for table, field, cell in _free_cells(book):
            columns.setdefault((table, field), []).append(cell)
    for cells in columns.values():
        texts = planter.spread([str(cell.value) for cell in cells])
        for cell, text in zip(cells, texts, strict=True):
            cell.value = ILLEGAL_CHARACTERS_RE.sub(_escaped, text)
            cell.data_type = "s"  # typed by somebody, not computed
    for book, path in zip(books, paths, strict=True):
        book.save(path)


def _escaped(match):
    return f"_x{ord(match[0]):04X}_"


def _free_cells(book):
    fields = {
        (table.name, field.name)
        for table in read_form().tables
        for field in table.fields
        if field.type == "text" and not field.key and not field.format and not field.pii
    }
    for sheet in book:
        table = "nilai" if sheet.title.startswith("TKKSD") else sheet.title
        codes = {}
        for row in sheet.iter_rows():
            named = {cell.column: cell.value for cell in row if (table, cell.value) in fields}
            if codes:
                for cell in row:
                    if cell.column in codes and cell.value is not None:
                        yield table, codes[cell.column], cell
            elif len(named) > 1:
                codes = named
