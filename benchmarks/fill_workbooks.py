"""The workbooks of a few simulated regions: filled from the pattern, and built anew one by one.

    python benchmarks/fill_workbooks.py [--regions 6]

Both write the same answers. CPU time of this process; the pattern itself is built once and counted apart.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.publishing.questionnaire_workbook import office_workbook
from ksd_toolkit.simulation.answers import Answers
from ksd_toolkit.simulation.mishaps import Tables
from ksd_toolkit.simulation.simulate import Nation, simulate_nation
from ksd_toolkit.simulation.workbook_template import WorkbookTemplate
from ksd_toolkit.simulation.written import proposals_of

_MILLI = 1000


def typed(nation: Nation, names: list[str], home: Path) -> list[tuple[Dossier, str, Tables]]:
    """What every office of the nation typed, with its dossier and its code."""
    found = []
    for plan, name in zip(nation.plans(), names, strict=True):
        dossier, answers = open_dossier(name, home=home), Answers.of(plan, proposals_of(plan))
        senders = [office for office in plan.offices if plan.sends(office.code)]
        found += [(dossier, office.code, answers.tables(office)) for office in senders]
    return found


def main() -> None:
    """Print the time of each way and what it comes to for the whole nation."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--regions", type=int, default=6)
    regions = options.parse_args().regions
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        nation = Nation(regions, 1, "2026", 28)
        start = time.process_time()
        names = simulate_nation(nation, home)
        whole = time.process_time() - start
        files = sum(1 for _ in home.rglob("*.xlsx"))
        work = typed(nation, names, home)
        start = time.process_time()
        pattern = WorkbookTemplate.of_office(work[0][0])
        once = time.process_time() - start
        start = time.process_time()
        sizes = [len(pattern.filled(one, tables, code)) for one, code, tables in work]
        fast = (time.process_time() - start) / len(work)
        start = time.process_time()
        few = work[:: len(work) // 20 or 1]
        for one, code, tables in few:
            office_workbook(one, code, tables)
        slow = (time.process_time() - start) / len(few)
    print(
        f"{regions} regions, {len(work)} office workbooks of {sum(sizes) / len(sizes) / 1024:.0f} KB"
    )
    print(f"  pattern, once        {once * _MILLI:8.1f} ms")
    print(f"  filled from pattern  {fast * _MILLI:8.1f} ms each")
    print(f"  built anew           {slow * _MILLI:8.1f} ms each ({slow / fast:.0f} times as long)")
    print(
        f"  ksd simulate         {whole / files * _MILLI:8.1f} ms a workbook, everything else included"
    )


if __name__ == "__main__":
    main()
