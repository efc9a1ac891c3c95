"""Small summaries of regions and a project that holds them: write only what matters."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from ksd_toolkit.project import slug
from ksd_toolkit.regions import find_region
from ksd_toolkit.rollup.found import Left, Used
from ksd_toolkit.rollup.summary import (
    Levels,
    Naming,
    RegionSummary,
    Response,
    StepCount,
    TopUsulan,
)
from ksd_toolkit.stamp import Source

DAY = date(2026, 8, 31)
STEPS = ("usulan", "ditetapkan", "penawaran", "payung", "pelaksana", "pelaksanaan", "manfaat")
PROBLEMS = ("d1", "d2", "d3", "d4", "d5")
SHA = "ab" * 32


def steps_of(*reached: int, period: str = "2025") -> tuple[StepCount, ...]:
    """How many reached each step; who did not is open before it."""
    entered = [reached[0], *reached]
    return tuple(
        StepCount(period, step, entered[n], reached[n], entered[n] - reached[n], 0, 0)
        for n, step in enumerate(STEPS)
    )


def summary(code: str, **changes: object) -> RegionSummary:
    """The summary of a region; what is not named is blank or nothing."""
    region = find_region(code)
    made = RegionSummary(
        dossier=f"{slug(region.name)}/2026",
        code=region.code,
        name=region.name,
        period="2026",
        tanggal_acuan=DAY,
        simulated=True,
        toolkit="0.1.0",
        method="baku",
        method_sha256=SHA,
        data_sha256=SHA,
        files=0,
        sources=(Source("kuesioner/a.xlsx", SHA, 3),),
        response=Response(10, 5, 8, 6, 4),
        maturity=tuple(Levels(problem, (1, 1, 2, 1, 0)) for problem in PROBLEMS),
        top=(TopUsulan("DINKES-01", 1, "1.02", "ISU-A"),),
        namings=(),
        steps=steps_of(8, 6, 5, 4, 3, 2, 1),
    )
    return replace(made, **changes)


def naming(
    partner: str, urusan: str = "1.02", number: int = 1, *, mandatory: bool = True
) -> Naming:
    return Naming(f"DINKES-{number:02d}", f"Layanan {number}", urusan, partner, mandatory)


def used(*summaries: RegionSummary) -> list[Used]:
    return [Used(one, f"reports/{one.dossier}/ringkasan.json", SHA) for one in summaries]


def missing(code: str) -> Left:
    region = find_region(code)
    return Left(f"{slug(region.name)}/2026", region.code, "missing")


SETTINGS = """\
[dossier]
region = "{code}"
tanggal_acuan = {day}
simulated = true

[issuer]
government = "Pemerintah {name}"
unit = "TKKSD"
place = "Kota"
"""


def project(home: Path, summaries: Iterable[RegionSummary], silent: Iterable[str] = ()) -> Path:
    """A project with the dossiers and summaries of these regions, and dossiers without one."""
    (home / "data").mkdir(parents=True, exist_ok=True)
    made = {one.code: one for one in summaries}
    for code in (*made, *silent):
        region = find_region(code)
        name = made[code].dossier if code in made else f"{slug(region.name)}/2026"
        folder = home / "data" / name
        folder.mkdir(parents=True)
        text = SETTINGS.format(code=code, name=region.name, day=DAY.isoformat())
        (folder / "dossier.toml").write_text(text, encoding="utf-8")
        (folder / "opd.csv").write_text(
            "opd_kode,opd_nama,urusan\nDINKES,Dinas Kesehatan,1.02\n", encoding="utf-8"
        )
        if code in made:
            write(home, made[code].dossier, made[code].json_bytes())
    return home


def write(home: Path, dossier: str, content: bytes) -> Path:
    path = home / "reports" / dossier / "ringkasan.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def changed(one: RegionSummary, **facts: object) -> bytes:
    """The file of a summary with some keys changed; a dotted key reaches into a part."""
    told = json.loads(one.json_bytes())
    for key, value in facts.items():
        *parts, last = key.split("__")
        place = told
        for part in parts:
            place = place[int(part)] if part.isdigit() else place[part]
        place[last] = value
    return json.dumps(told).encode()
