"""Start a dossier: a region and a period become a folder with everything that has to be filled."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from ksd_toolkit.answers.schedule import SCHEDULE_FILE, schedule_text
from ksd_toolkit.dossier import OFFICES_FILE, WORKBOOK_FOLDER, Dossier, open_dossier
from ksd_toolkit.errors import InputError, RunError
from ksd_toolkit.matching.candidates import TABLE as CANDIDATES
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.plenary.roster import ROSTER_COLUMNS
from ksd_toolkit.plenary.rules import ROSTER_FILE
from ksd_toolkit.project import SETTINGS_FILE, slug
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.regions import Region, find_region
from ksd_toolkit.register.ingest import CSV_FORMS
from ksd_toolkit.runs.carried_over import OfficeRows, carried_over
from ksd_toolkit.runs.forms import build_workbooks
from ksd_toolkit.theme.reading import commented_theme

CANDIDATES_FILE: Final = f"{CANDIDATES}.csv"
_THEME_FILE: Final = "theme.toml"
_PERIOD: Final = re.compile(r"(?P<year>[12]\d{3})(?:-S(?P<half>[12]))?")
_BRIEF: Final = "07_policy_brief"

_SETTINGS: Final = """\
# Dosir {region} periode {period}. Baris yang diawali # adalah penjelasan.

[dossier]
# Kode Kemendagri daerah ini ({region}); selalu di antara tanda kutip.
region = {code}
# Tanggal yang dianggap "hari ini" oleh semua hitungan dan laporan: jam komputer tidak dipakai.
# Selama kuesioner dikumpulkan, isi dengan tanggal hari itu setiap kali menjalankan ksd.
tanggal_acuan = {year}-08-31
# Batas waktu mengirim kuesioner; hapus tanda # agar berlaku. Kuesioner yang pertama kali dibaca
# ketika tanggal_acuan sudah melewati deadline ditandai terlambat, tetapi tetap dipakai.
# deadline = {year}-08-31
# Bahasa naskah dan pesan: "id" atau "en".
language = "id"
# Cara menilai: nama berkas di ksd_toolkit/knowledge/methods tanpa .toml.
method = "baku"
# Banyak anggota TKKSD yang ikut menilai; menentukan lembar pada tkksd.xlsx.
tkksd_members = 3
# true hanya untuk data contoh; setiap halaman lalu memuat peringatannya.
simulated = {simulated}
# Periode sebelum ini, bila dosirnya ada; "" bila tidak ada.
previous_period = {previous}

[schedule]
# Jadwal pemetaan (jadwal.csv): isi salah satu. start = hari pertama minggu ke-1, dihitung maju;
# end = hari terakhir, dihitung mundur. Tanpa keduanya jadwal tampil per minggu tanpa tanggal.
{start}

[determination]
# Tanggal SK yang menetapkan daftar periode ini; hapus tanda # sesudah SK ditandatangani. Sejak hari itu
# laporan evaluasi menghitung usulan sebagai ditetapkan dan berapa lama tiap langkahnya.
{determined}

[issuer]
# Nama pemerintah daerah pada kepala naskah.
government = {government}
# Unit yang menerbitkan naskah.
unit = "Tim Koordinasi Kerja Sama Daerah"
# Tempat naskah ditandatangani, biasanya ibu kota daerah.
place = {place}
"""


def new_dossier(region_name: str, period: str, home: Path) -> Path:
    """Make `data/<region>/<period>` with settings, offices and blank workbooks; all or nothing.

    Args:
        region_name: A region's code or name; the kind may be left out where it is unambiguous.
        period: A year or half-year: `2027` or `2027-S1`.
        home: The project folder.

    Returns:
        The new folder.

    Raises:
        InputError: The region is unknown, ambiguous, or no autonomous region.
        RunError: The period is malformed or the dossier exists.
    """
    region = find_region(region_name)
    if not region.is_party:
        raise InputError("region.not_party", name=region.name)
    if not _PERIOD.fullmatch(period):
        raise RunError("dossier.year", period=period)
    name = f"{region_folder(region)}/{period}"
    target = home / "data" / name
    if target.exists():
        raise RunError("dossier.exists", name=name)
    (home / "data").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=home / "data") as workshop:
        made = Path(workshop) / "data" / name
        before = previous_period(home, name)
        _fill(made, region, period, before)
        _keep_lists(made, home / "data" / region_folder(region) / before if before else None)
        _copy_brief(made, home, name)
        dossier = open_dossier(name, home=Path(workshop))
        build_workbooks(dossier, carried=_carried(dossier, home))
        target.parent.mkdir(exist_ok=True)
        made.rename(target)
        _lay_theme(target.parent, commented_theme(dossier))
    return target


def _lay_theme(folder: Path, text: str) -> None:
    """The office's theme with every setting explained and none set, unless it has one."""
    path = folder / _THEME_FILE
    if not path.exists():
        replace_file(path, text.encode())


def region_folder(region: Region) -> str:
    """`hulu-sungai-selatan`; with its kind (`kota-banjar`) where another region shares the name."""
    try:
        alone = find_region(region.short_name) == region
    except InputError:
        alone = False
    return slug(region.short_name if alone else region.name)


def previous_period(home: Path, name: str) -> str:
    """The period before that of dossier `name`, when the project holds its dossier."""
    folder, _, period = name.partition("/")
    before = period_before(period)
    known = before and (home / "data" / folder / before / SETTINGS_FILE).is_file()
    return before if known else ""


def period_before(period: str) -> str:
    """`2025` for `2026`, `2025-S2` for `2026-S1`; nothing for what is no period."""
    parts = _PERIOD.fullmatch(period)
    if parts is None:
        return ""
    year, half = int(parts["year"]), parts["half"]
    return {None: f"{year - 1}", "1": f"{year - 1}-S2", "2": f"{year}-S1"}[half]


def settings_text(  # noqa: PLR0913  a parameter for each setting that differs
    region: Region,
    period: str,
    previous: str,
    *,
    place: str = "",
    simulated: bool = False,
    start: date | None = None,
    determined: date | None = None,
) -> str:
    """The text of `dossier.toml`, every key explained.

    Without a `start` the schedule has no dates; without `determined`, the date of the decree, the
    list is not determined yet.
    """
    return _SETTINGS.format(
        region=region.name,
        code=_quoted(region.code),
        period=period,
        year=period[:4],
        previous=_quoted(previous),
        start=f"start = {start}" if start else f"# start = {period[:4]}-01-05",
        determined=f"date = {determined}" if determined else f"# date = {period[:4]}-09-15",
        simulated=str(simulated).lower(),
        government=_quoted(f"Pemerintah {region.name}"),
        place=_quoted(place or region.short_name),
    )


def _carried(dossier: Dossier, home: Path) -> Mapping[str, OfficeRows]:
    """The postponed usulan of the period before; its dossier lies in the project, not in the workshop."""
    if not dossier.previous_period:
        return {}
    name = f"{dossier.name.partition('/')[0]}/{dossier.previous_period}"
    return carried_over(dossier, open_dossier(name, home=home)).rows


def _quoted(text: str) -> str:
    """A TOML string; a JSON string of plain text is one."""
    return json.dumps(text, ensure_ascii=False)


def _fill(folder: Path, region: Region, period: str, previous: str) -> None:
    """Settings, offices, the folder for returned workbooks, and the headers of roster and tables."""
    (folder / WORKBOOK_FOLDER).mkdir(parents=True)
    texts = {
        SETTINGS_FILE: settings_text(region, period, previous),
        OFFICES_FILE: _knowledge_text("opd_umum.csv"),
        SCHEDULE_FILE: schedule_text(),
        ROSTER_FILE: ",".join(ROSTER_COLUMNS) + "\n",
        f"{WORKBOOK_FOLDER}/README.txt": say("workbook.file_note_readme"),
        **dict(empty_tables()),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _keep_lists(folder: Path, previous: Path | None) -> None:
    """Offices, schedule, members of the TKKSD and candidate partners as the period before left them."""
    for name in (OFFICES_FILE, SCHEDULE_FILE, ROSTER_FILE, CANDIDATES_FILE):
        if previous is not None and (previous / name).is_file():
            (folder / name).write_bytes((previous / name).read_bytes())


def empty_tables() -> Iterator[tuple[str, str]]:
    """File name and header line of every table that lies in the dossier as CSV."""
    for table in (table for name in CSV_FORMS for table in read_form(name).tables):
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(field.name for field in table.fields)
        yield f"{table.name}.csv", line.getvalue()


def _knowledge_text(name: str) -> str:
    return files("ksd_toolkit.knowledge").joinpath(name).read_text(encoding="utf-8")


def _copy_brief(folder: Path, home: Path, name: str) -> None:
    """The policy brief's notebooks, one per language, set to this dossier, for the researcher to edit."""
    with as_file(files("ksd_toolkit")) as package:
        shelves = (home / "notebooks", package / "_notebooks", package.parent / "notebooks")
        for lang in LANGUAGES:
            names = (f"{_BRIEF}.{lang}.ipynb", f"{_BRIEF}.ipynb")
            found = (shelf / name for name in names for shelf in shelves)
            source = next((path for path in found if path.is_file()), None)
            if source is not None:
                text = _set_to(source.read_text(encoding="utf-8"), name)
                (folder / f"policy_brief.{lang}.ipynb").write_text(text, "utf-8", newline="\n")


def _set_to(notebook: str, name: str) -> str:
    """The notebook with `name` as the default of its parameter `dossier`."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            source = "".join(cell["source"])
            cell["source"] = re.sub(r'(?m)^dossier = "[^"]*"', f'dossier = "{name}"', source)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
