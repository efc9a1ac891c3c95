"""The tables beside the questionnaires, as CSV: agreements, partners, meetings, members of the TKKSD."""

import csv
import io
from collections.abc import Iterable, Sequence

from ksd_toolkit.runs.new import empty_tables
from ksd_toolkit.simulation.proposal import Proposal
from ksd_toolkit.simulation.region_plan import RegionPlan


def tables_of(plan: RegionPlan, proposals: Sequence[Proposal]) -> dict[str, str]:
    """Every table of the dossier by its file name."""
    return dict(empty_tables())


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as text, its heading first."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return target.getvalue()
