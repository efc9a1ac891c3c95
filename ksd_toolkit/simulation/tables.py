"""The tables beside the questionnaires, as the dossier holds them: agreements, partners, meetings."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from ksd_toolkit.plenary.roster import ROSTER_COLUMNS
from ksd_toolkit.plenary.rules import RECORD_TOML, ROSTER_FILE
from ksd_toolkit.runs.new import empty_tables
from ksd_toolkit.simulation.agreement_rows import agreement_rows, stage_rows
from ksd_toolkit.simulation.agreements import agreements_of
from ksd_toolkit.simulation.begun import reference_day
from ksd_toolkit.simulation.candidates import candidate_rows, candidates_of, forum_rows
from ksd_toolkit.simulation.meetings import (
    activity_rows,
    member_rows,
    option_rows,
    plenary_day,
    plenary_text,
)
from ksd_toolkit.simulation.monitoring import monitored, monitoring_rows, result_rows
from ksd_toolkit.simulation.proposal import Proposal
from ksd_toolkit.simulation.region_plan import RegionPlan


def tables_of(plan: RegionPlan, proposals: Sequence[Proposal]) -> dict[str, str]:
    """Every table of the dossier by its file name, and the record of a plenary where there was one.

    `indikator.csv` and `jenis_ditetapkan.csv` stay empty: the first holds real figures only.
    """
    today = reference_day(plan)
    agreements, candidates = agreements_of(plan), candidates_of(plan)
    plenary = plenary_day(plan, len(proposals))
    seen = monitored(agreements, plan.year)
    rows = {
        "naskah.csv": agreement_rows(agreements, today),
        "tahapan.csv": stage_rows(agreements, today),
        "monev.csv": monitoring_rows(seen),
        "capaian.csv": result_rows(seen),
        "calon_mitra.csv": candidate_rows(plan, candidates),
        "forum.csv": forum_rows(plan, candidates, proposals),
        "kegiatan_tkksd.csv": activity_rows(plan, plenary),
        "nilai_opsi.csv": option_rows(plan),
    }
    tables = {
        name: csv_text(heading.strip().split(","), rows.get(name, ()))
        for name, heading in empty_tables()
    }
    tables[ROSTER_FILE] = csv_text(ROSTER_COLUMNS, member_rows())
    return tables | ({RECORD_TOML: plenary_text(plan, plenary)} if plenary else {})


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """A table as text, its heading first; a column a row does not name is blank."""
    target = io.StringIO()
    writer = csv.DictWriter(target, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()
