"""Write `knowledge/regions.csv` from the npm package idn-area-data (unpacked folder as argument).

npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
.venv/bin/python scripts/make_regions.py package/data
"""

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "ksd_toolkit" / "knowledge" / "regions.csv"
# DKI's administrative units are no autonomous regions and sign no cooperation agreement.
ADMINISTRATIVE_PROVINCE = "31"


def main(folder: Path) -> None:
    """Join provinces and regencies into one table of codes, names and types."""
    with (folder / "provinces.csv").open(encoding="utf-8") as source:
        provinces = {row["code"]: row["name"] for row in csv.DictReader(source)}
    with (folder / "regencies.csv").open(encoding="utf-8") as source:
        regencies = [(row["code"], row["name"]) for row in csv.DictReader(source)]
    rows = [(code, "Provinsi " + name, "provinsi", "ya") for code, name in provinces.items()]
    for code, name in regencies:
        kind = "kota" if name.startswith("Kota ") else "kabupaten"
        party = "tidak" if code.startswith(ADMINISTRATIVE_PROVINCE) else "ya"
        rows.append((code, name, kind, party))
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["kode", "nama", "jenis", "pihak_ksd"])
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
