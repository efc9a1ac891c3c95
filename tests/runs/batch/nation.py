"""A project of many small dossiers: real regions of one province, two proposals each."""

from hashlib import sha256
from pathlib import Path

from ksd_toolkit.dossier import slug
from ksd_toolkit.regions import find_region
from tests.small_project import OFFICES, SETTINGS, office_book, tkksd_book

PERIOD = "2026"
CODES = tuple(f"63.{number:02d}" for number in range(1, 12)) + ("63.71", "63.72")
PAPER = "policy-brief"


def project_of(home: Path, regions: int, offices: int = 1) -> list[str]:
    """The names of the dossiers made; each has its own costs, so that no two briefs are the same."""
    return [_dossier(home, code, offices) for code in CODES[:regions]]


def _dossier(home: Path, code: str, offices: int) -> str:
    region = find_region(code)
    name = f"{slug(region.name)}/{PERIOD}"
    folder = home / "data" / name
    (folder / "kuesioner").mkdir(parents=True)
    settings = SETTINGS.replace("63.06", code).replace("Hulu Sungai Selatan", region.name)
    (folder / "dossier.toml").write_text(settings, encoding="utf-8")
    lines = ["opd_kode,opd_nama,urusan", *(f"{opd},{office},1.02" for opd, office in OFFICES.items())]
    (folder / "opd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = list(OFFICES)[:offices]
    for opd in asked:
        book = office_book(opd)
        book["usulan"]["I2"] = 1_000_000 * (1 + int(code.replace(".", "")))
        book.save(folder / "kuesioner" / f"{opd}.xlsx")
    tkksd_book(*(f"{opd}-{n:02d}" for opd in asked for n in (1, 2))).save(folder / "tkksd.xlsx")
    return name


def correct(home: Path, dossier: str) -> None:
    """One office sends its workbook again, with another cost."""
    book = office_book("DINKES")
    book["usulan"]["I2"] = 987_654_321
    book.save(home / "data" / dossier / "kuesioner" / "DINKES.xlsx")


def published(home: Path) -> dict[str, str]:
    """The fingerprint of every published file; manifests tell times and are left out."""
    reports = home / "reports"
    return {
        path.relative_to(reports).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(reports.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and path.parent != reports
    }
