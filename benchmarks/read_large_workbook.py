"""A workbook of 50,000 rows by 60 columns: through the gate and the reader, and pandas with openpyxl beside it.

    python benchmarks/read_large_workbook.py [--rows 50000] [--columns 60] [--without-peer]

The workbook is made anew in a temporary folder, the same bytes every time: inline strings, as survey
tools write them, and a number in every fourth column. Each reader runs in a process of its own, so
that its peak memory is its own; ours starts a second one for the native reader, whose peak is shown
beside it. Goal for ours: at most 12 s and 350 MB.

The gate's limits while reading: 25 MB a file, 300 MB unpacked, 200 times its size, 5 million cells,
200,000 rows, 2,000 columns, 100 sheets.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ANSWERS = (
    "Sangat setuju", "Setuju", "Tidak tahu", "Dinas Kesehatan", "Pelayanan dasar", "1.02", "63.06",
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)
_OURS = """
from pathlib import Path
from ksd_toolkit.questionnaire.sheets import read_grids
start, begun = time.perf_counter(), time.process_time()
grids, reason = read_grids(Path(sys.argv[1]), "besar.xlsx")
rows, columns = len(grids[0].rows), len(grids[0].rows[0])
"""
_PEER = """
import pandas
start, begun = time.perf_counter(), time.process_time()
frame = pandas.read_excel(sys.argv[1], engine="openpyxl", header=None)
rows, columns = frame.shape
"""
_TELL = """
seconds = time.perf_counter() - start
own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
cpu = time.process_time() - begun + child.ru_utime + child.ru_stime
print(json.dumps({
    "seconds": seconds, "cpu": cpu, "own_mb": own.ru_maxrss / 1024, "child_mb": child.ru_maxrss / 1024,
    "rows": rows, "columns": columns,
}))
"""


def large_workbook(path: Path, rows: int, columns: int) -> None:
    """Write the workbook row by row."""
    letters = [_letters(number) for number in range(1, columns + 1)]
    chance = random.Random(20260831)  # noqa: S311  no secret
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts().items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
        sheet = zipfile.ZipInfo("xl/worksheets/sheet1.xml", _EPOCH)
        sheet.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(sheet, "w") as part:
            part.write(f"<worksheet {_MAIN}><sheetData>".encode())
            for row in range(1, rows + 1):
                cells = "".join(
                    _cell(f"{letter}{row}", number, chance) for number, letter in enumerate(letters)
                )
                part.write(f'<row r="{row}">{cells}</row>'.encode())
            part.write(b"</sheetData></worksheet>")


def _cell(place: str, number: int, chance: random.Random) -> str:
    if number % 4 == 0:
        return f'<c r="{place}"><v>{chance.randrange(1, 6)}</v></c>'
    text = f"{chance.choice(_ANSWERS)} {chance.randrange(10_000)}"
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _parts() -> dict[str, str]:
    def relation(kind: str, target: str) -> str:
        link = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{_PACKAGE}/relationships">{link}</Relationships>'

    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet"}
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    sheets = '<sheets><sheet name="data" sheetId="1" r:id="rId1"/></sheets>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>',
        "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
    }


def measured(reader: str, path: Path) -> dict[str, float]:
    """What one reader needs in a process of its own."""
    program = "import json, resource, sys, time\n" + reader + _TELL
    shown = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    facts: dict[str, float] = json.loads(shown.stdout)
    return facts


def main() -> None:
    """Make the workbook, read it with each reader and print both."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=50_000)
    arguments.add_argument("--columns", type=int, default=60)
    arguments.add_argument("--without-peer", action="store_true")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "besar.xlsx"
        large_workbook(path, asked.rows, asked.columns)
        readers = {"gate and reader (goal <= 12 s, 350 MB)": _OURS}
        if not asked.without_peer:
            readers["pandas.read_excel, openpyxl"] = _PEER
        size = path.stat().st_size / 2**20
        found = {name: measured(reader, path) for name, reader in readers.items()}
    print(f"{asked.rows} x {asked.columns} cells, {size:.1f} MB")
    for name, facts in found.items():
        beside = (
            f" + {facts['child_mb']:.0f} MB in the reading process" if facts["child_mb"] else ""
        )
        print(
            f"{name:40s}{facts['seconds']:7.1f} s ({facts['cpu']:.1f} s of processor)"
            f"{facts['own_mb']:7.0f} MB{beside}   {facts['rows']:.0f} x {facts['columns']:.0f}"
        )
    if len(found) > 1:
        ours, peer = found.values()
        print(f"{'pandas / ours':40s}{peer['seconds'] / ours['seconds']:7.1f} times")


if __name__ == "__main__":
    main()
