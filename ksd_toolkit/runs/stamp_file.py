"""Read `stamp.json` beside the papers of a run, and renew it when some of them are written again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.stamp import Stamp

STAMP_FILE: Final = "stamp.json"
PRINTED_DIGITS: Final = 12
SETTINGS: Final = ("tanggal_acuan", "simulated", "toolkit")


def told_stamp(folder: Path) -> dict[str, Any]:
    """What `stamp.json` says; nothing where there is none.

    Raises:
        RunError: It cannot be read as one.
    """
    path = folder / STAMP_FILE
    if not path.is_file():
        return {}
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        stamp = told["stamp"]
        _ = [(source["name"], source["sha256"]) for source in stamp["sources"]]
        _ = [stamp[name] for name in (*SETTINGS, "dossier", "lang", "data_sha256", "method_sha256")]
        _ = told["outputs"].items()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError("verify.stamp_unreadable", name=f"{folder.name}/{STAMP_FILE}") from error
    return told


def renew_stamp(folder: Path, written: Iterable[Path], stamps: Iterable[Stamp]) -> Path | None:
    """Note the papers that were written again after a run; None where no run left a stamp.

    What the run was made from stays as it was: the other papers are still of that. So an input that
    changed between the run and these papers is named by a check until everything is run anew.

    Args:
        folder: Where the papers of the run lie.
        written: The files of this folder that are new.
        stamps: What may be printed on them.

    Raises:
        RunError: The stamp cannot be read.
    """
    told = told_stamp(folder)
    if not told:
        return None
    told["outputs"] |= {path.relative_to(folder).as_posix(): sha_of(path) for path in written}
    printed = {stamp.data_sha256[:PRINTED_DIGITS] for stamp in stamps}
    told["printed"] = sorted(printed.union(told.get("printed", [])))
    path = folder / STAMP_FILE
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
    replace_file(path, (text + "\n").encode())
    return path


def sha_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
