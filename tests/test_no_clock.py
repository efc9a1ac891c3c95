"""Time is a parameter: only the audit trail, the log of a batch and its look at how old a file is read the clock."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "ksd_toolkit"
CLOCKS = {"now", "today", "utcnow", "time_ns", "localtime", "gmtime", "fromtimestamp"}
# The batch asks whether a file is too young to go by its time, and its log tells the hour.
MAY_READ_IT = {"register/audit.py", "runs/batch/planning.py", "cli/batch.py"}


def clocks_read_in(source: str) -> list[str]:
    """What a module calls that asks the clock; the audit trail is asked by name, counting seconds asks none."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCKS]
    return [call.attr for call in named if ast.unparse(call.value) != "audit"]


def test_a_clock_is_recognised():
    assert clocks_read_in("from datetime import date\nx = date.today()") == ["today"]
    assert clocks_read_in("import time\nx = time.monotonic()") == []


def test_nothing_reads_the_clock_but_the_audit_trail():
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if clocks_read_in(path.read_text(encoding="utf-8"))
    }
    assert found == MAY_READ_IT
