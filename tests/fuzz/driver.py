"""Take in one damaged file after another, each in a process of its own, and say which went wrong.

    python -m tests.fuzz.driver --files 500 --seed 1
    python -m tests.fuzz.driver --only 137 --seed 1     # that one again, with what it printed

Right is: exit code 0, 1 or 2, never a signal; within the time cap; no traceback; and the balance of
rows and cells holds.
"""

import argparse
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ksd_toolkit import register, scoring  # noqa: F401  loaded once, before any fork
from ksd_toolkit.cli import app
from ksd_toolkit.publishing.questionnaire_workbook import office_workbook
from tests.fuzz import mutate
from tests.fuzz.open_document import open_document
from tests.processes import alone, status_of
from tests.small_project import COLUMNS, NAME, Project, new_project, office_book

CAP_SECONDS = 90  # a file takes a fifth of a second; this ends what would never end
MOST_HANGS = 3  # after so many the rest would take hours, and the fault is known
BY_SIGNAL = "ended by signal"
FATES = ("accepted", "quarantined", "duplicate", "blank")


@dataclass(frozen=True)
class Case:
    """One damaged file: what it was, what was done to it, and its content."""

    number: int
    kind: str
    done: tuple[str, ...]
    name: str
    content: bytes

    def __str__(self) -> str:
        return f"#{self.number} {self.kind}: {' + '.join(self.done)}"


def bases(project: Project) -> dict[str, tuple[str, bytes]]:
    """Undamaged files by kind, with the name each is sent under."""
    buffer = io.BytesIO()
    book = office_book("DINKES", usulan=6)
    book.save(buffer)
    rows = [list(map(str, COLUMNS["usulan"]))]
    rows += [[str(cell.value or "") for cell in row] for row in book["usulan"].iter_rows(min_row=2)]
    text = "\n".join(",".join(row) for row in rows)
    return {
        "small": ("dinkes.xlsx", buffer.getvalue()),
        "ours": ("dinkes.xlsx", office_workbook(project.dossier, "DINKES")),
        "ods": ("dinkes.ods", open_document(book)),
        "csv": ("dinkes.csv", text.encode()),
    }


def cases(project: Project, files: int, seed: int) -> Iterator[Case]:
    """The damaged files of a seed; number N is the same whatever else is asked for."""
    undamaged = bases(project)
    for number in range(files):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311  no secret
        kind = chance.choices(list(undamaged), weights=(5, 1, 2, 2))[0]
        name, content = undamaged[kind]
        table = mutate.TEXT if kind == "csv" else mutate.WORKBOOK
        done: list[str] = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            mutation = chance.choice(sorted(table))
            try:
                content = table[mutation](content, chance)
            except Exception:  # a file too damaged to be damaged further
                break
            done.append(mutation)
            if not content:
                break
        yield Case(number, kind, tuple(done), name, content)


def check(project: Project, case: Case) -> str:
    """What is wrong with how `ksd ingest` met this file; nothing where all is right."""
    shutil.rmtree(project.home / ".ksd", ignore_errors=True)
    for path in project.inbox.iterdir():
        path.unlink()
    (project.inbox / case.name).write_bytes(case.content)
    told = project.home / "told"
    child = os.fork()
    if child == 0:
        _ingest(told)
    status = status_of(child, CAP_SECONDS + 30)
    if os.WIFSIGNALED(status):
        return f"{BY_SIGNAL} {signal.Signals(os.WTERMSIG(status)).name}"
    code = os.waitstatus_to_exitcode(status)
    text = told.read_text("utf-8", errors="replace")
    if code not in {0, 1, 2} or "Traceback" in text:
        return f"exit code {code}: {text[-600:]}"
    return _unbalanced(text)


def _ingest(told: Path) -> NoReturn:
    """In the child: the real command, its output in a file; an alarm ends what takes too long."""
    alone(CAP_SECONDS)
    code = 0
    with (
        told.open("w", encoding="utf-8", errors="replace") as out,
        redirect_stdout(out),
        redirect_stderr(out),
    ):
        try:
            app(["ingest", NAME, "--json"], standalone_mode=True)
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            import traceback

            traceback.print_exc()
            code = 99
    os._exit(code)


def _unbalanced(text: str) -> str:
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        return f"no JSON: {error}: {text[:300]}"
    rows = facts.get("rows")
    if rows and rows["read"] != sum(rows[fate] for fate in FATES):
        return f"rows do not balance: {rows}"
    cells = facts.get("cells")
    if cells and cells["read"] != sum(n for name, n in cells.items() if name != "read"):
        return f"cells do not balance: {cells}"
    return ""


def main() -> int:
    """Run the cases and print what went wrong."""
    words = argparse.ArgumentParser()
    words.add_argument("--files", type=int, default=500)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", type=int)
    asked = words.parse_args()
    home = Path(tempfile.mkdtemp(prefix="fuzz"))
    project = new_project(home)
    os.chdir(home)
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    files = asked.files if asked.only is None else asked.only + 1
    for case in cases(project, files, asked.seed):
        if asked.only is not None and case.number != asked.only:
            continue
        kinds[case.kind] += 1
        if fault := check(project, case):
            wrong.append(f"seed {asked.seed} {case}: {fault}")
            if sum(BY_SIGNAL in one for one in wrong) >= MOST_HANGS:
                break
        if asked.only is not None:
            sys.stdout.write((home / "told").read_text("utf-8", errors="replace"))
            (home / "kept").write_bytes(case.content)
    sys.stdout.write(
        json.dumps({"files": sum(kinds.values()), "kinds": kinds, "wrong": wrong}) + "\n"
    )
    if asked.only is None:
        shutil.rmtree(home)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
