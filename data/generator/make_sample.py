"""Write the sample dossiers of Kabupaten Hulu Sungai Selatan: simulated, and the same every time.

    .venv/bin/python data/generator/make_sample.py [project folder]

What people would write (`usulan_*.csv`, `naskah.csv`, ...) is content; everything else is drawn
around it. The defects it carries on purpose are listed in `defects.py`.
"""

import csv
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from content import DRAWS, HERE, read_proposals, read_rows
from defects import DISPUTED, ONE_OFFICER, SAME_OFFICER_TWICE, SPOILT, UNSCORED, flaws

from ksd_toolkit.answers.schedule import SCHEDULE_FILE, schedule_text
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.publishing.questionnaire_workbook import (
    office_workbook,
    tkksd_workbook,
    workbook_name,
)
from ksd_toolkit.regions import find_region
from ksd_toolkit.runs.new import empty_tables, settings_text
from ksd_toolkit.simulation.mishaps import Tables
from ksd_toolkit.simulation.office_rows import Office, office_record
from ksd_toolkit.simulation.proposal import Proposal
from ksd_toolkit.simulation.proposal_rows import Flaws, mitra_rows, usulan_row
from ksd_toolkit.simulation.score_rows import MEMBERS, score_rows

PROJECT: Final = HERE.parents[1]
REGION: Final = "63.06"
FOLDER: Final = "hulu-sungai-selatan"
PLACE: Final = "Kandangan"
PLENARY: Final = ("anggota_tkksd.csv", "pleno.toml")
DETERMINED: Final = {"2025": date(2025, 6, 5)}
"""The day of the decree; that of 2026 is still to come."""
FIRST_MONDAYS: Final = {"2025": date(2025, 1, 6), "2026": date(2026, 1, 5)}


@dataclass(frozen=True, slots=True)
class Year:
    """One dossier to make: its proposals, the offices asked, what is wrong in it."""

    period: str
    previous: str
    proposals: Sequence[Proposal]
    offices: Sequence[Mapping[str, str]]
    flaws: Flaws
    spoilt: bool
    continues: Mapping[str, str]

    @property
    def unscored(self) -> set[str]:
        """The proposals the TKKSD left out."""
        ids = [proposal.usulan_id for proposal in self.proposals if proposal.is_ksd]
        return set(DRAWS.pick(UNSCORED if self.spoilt else 0, ids, "tkksd"))

    @property
    def disputed(self) -> set[str]:
        """The proposals whose officers disagree."""
        able = [p.usulan_id for p in self.proposals if p.opd_kode != ONE_OFFICER]
        return set(DRAWS.pick(DISPUTED if self.spoilt else 0, able, "sengketa"))


def years() -> list[Year]:
    """The two dossiers of the sample."""
    listed = [{**row, "nomor": str(n)} for n, row in enumerate(read_rows("opd.csv"), start=1)]
    past, present = (
        read_proposals("2025", "usulan_2025.csv"),
        read_proposals("2026", "usulan_a.csv", "usulan_b.csv"),
    )
    asked = {proposal.opd_kode for proposal in past}
    continues = {row["usulan_id"]: row["usulan_asal"] for row in read_rows("lanjutan.csv")}
    few = [office for office in listed if office["opd_kode"] in asked]
    return [
        Year("2025", "", past, few, Flaws(), spoilt=False, continues={}),
        Year("2026", "2025", present, listed, flaws(present), spoilt=True, continues=continues),
    ]


def write_sample(home: Path) -> None:
    """Write both dossiers under `home`; files of theirs that are no longer made are removed."""
    for year in years():
        folder = home / "data" / FOLDER / year.period
        shutil.rmtree(folder / "kuesioner", ignore_errors=True)
        (folder / "kuesioner").mkdir(parents=True)
        _write_settings(folder, year)
        dossier = open_dossier(f"{FOLDER}/{year.period}", home=home)
        for office in (office for office in year.offices if office["mengirim"] == "ya"):
            code = office["opd_kode"]
            workbook = office_workbook(dossier, code, office_tables(year, office))
            (folder / "kuesioner" / workbook_name(dossier, code)).write_bytes(workbook)
        (folder / "tkksd.xlsx").write_bytes(_tkksd(year, dossier))
        if year.spoilt:
            for name in (*(table for table, _ in empty_tables()), *PLENARY):
                shutil.copyfile(HERE / name, folder / name)


def office_tables(year: Year, office: Mapping[str, str]) -> Tables:
    """Everything one office typed."""
    code, asked = office["opd_kode"], _asked(year, office)
    own = [proposal for proposal in year.proposals if proposal.opd_kode == code]
    some = DRAWS.pick(3, ("U", "S", "G", "K3A", "EKON", "POL", "TEK"), code, "kriteria")
    tables: Tables = {
        "opd": [office_record(asked, int(year.period), DRAWS)],
        "usulan": [
            usulan_row(p, year.flaws, year.continues.get(p.usulan_id, ""), DRAWS) for p in own
        ],
        "mitra": [row for proposal in own for row in mitra_rows(proposal, DRAWS)],
        "nilai": [
            row
            for proposal in own
            for rater in asked.raters
            for row in score_rows(
                proposal, rater, DRAWS, some if proposal.usulan_id in year.disputed else ()
            )
        ],
    }
    if year.spoilt and code in SPOILT:
        SPOILT[code](tables)
    return tables


def _asked(year: Year, office: Mapping[str, str]) -> Office:
    """The office with its liaisons; its cooperation is a little better every year."""
    code = office["opd_kode"]
    return Office(
        code, int(office["nomor"]), 2.6 + 0.5 * (int(year.period) - 2025),
        officers=1 if code == ONE_OFFICER else 2, same_officer=code == SAME_OFFICER_TWICE,
    )  # fmt: skip


def _tkksd(year: Year, dossier: Dossier) -> bytes:
    scored = [p for p in year.proposals if p.usulan_id not in year.unscored]
    rows = {
        member: [row for proposal in scored for row in score_rows(proposal, member, DRAWS)]
        for member in MEMBERS
    }
    titles = {proposal.usulan_id: proposal.facts["judul"] for proposal in scored}
    return tkksd_workbook(dossier, MEMBERS, titles, rows)


def _write_settings(folder: Path, year: Year) -> None:
    start = FIRST_MONDAYS[year.period]
    settings = settings_text(
        find_region(REGION), year.period, year.previous, place=PLACE, simulated=True, start=start,
        determined=DETERMINED.get(year.period),
    )  # fmt: skip
    (folder / "dossier.toml").write_text(settings, encoding="utf-8", newline="\n")
    (folder / SCHEDULE_FILE).write_text(schedule_text(), encoding="utf-8", newline="\n")
    with (folder / "opd.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["opd_kode", "opd_nama", "urusan"])
        writer.writerows([o["opd_kode"], o["opd_nama"], o["urusan"]] for o in year.offices)


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT)
