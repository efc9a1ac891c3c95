"""Check a roll-up against the present summaries of its regions, and against the files it published."""

from pathlib import Path
from typing import Any

from ksd_toolkit.errors import RunError
from ksd_toolkit.rollup import RollUp, read_rollup
from ksd_toolkit.runs.look import look_of
from ksd_toolkit.runs.printed_stamp import PrintedStamp, printed_stamps
from ksd_toolkit.runs.rollup import folder_of, governing_dossier, regions_told, rollup_called
from ksd_toolkit.runs.stamp_file import PRINTED_DIGITS, SETTINGS, STAMP_FILE, sha_of, told_stamp
from ksd_toolkit.runs.verified import Difference, Verified, changed, changed_outputs

_PAPERS = frozenset({".pdf", ".docx"})


def verify_rollup(folder: Path, home: Path, only: str = "") -> Verified:
    """Whether a folder of a roll-up still holds what was published, from summaries that are still the same.

    Every region counted must have the very summary it had, and every other the same reason not to be
    counted; a region that came since is told, too.

    Args:
        folder: Where its `stamp.json` lies.
        home: The project.
        only: One published file; all when empty.

    Raises:
        RunError: The stamp cannot be read.
    """
    told = told_stamp(folder)
    period, area = _asked(told, folder)
    stamp = told["stamp"]
    rollup = read_rollup(period, area, lang=str(stamp["lang"]), home=home)
    outputs = {only: told["outputs"][only]} if only else dict(told["outputs"])
    found = [
        *changed(dict(told["regions"]), regions_told(rollup), "region"),
        *changed(dict(told["look"]), _look(rollup), "look"),
        *_settings(stamp, rollup),
        *changed_outputs(folder, outputs),
        *_lines(folder, outputs, told),
    ]
    number = len(stamp["sources"])
    return Verified(rollup.name, folder.name, number, len(outputs), tuple(found), rollup.lang)


def verify_called(name: str, home: Path, lang: str = "") -> Verified:
    """The roll-up called `rekap/2026` or `rekap-63/2026`, in its own folder.

    Raises:
        RunError: It was not made.
    """
    period, area = rollup_called(name) or ("", "")
    folder = folder_of(read_rollup(period, area, lang=lang or "id", home=home))
    if not (folder / STAMP_FILE).is_file():
        raise never_made(name, period, area)
    return verify_rollup(folder, home)


def never_made(name: str, period: str, area: str) -> RunError:
    """That there is no such roll-up yet, with the command that makes it."""
    command = f"ksd roll-up {period}" + (f" --province {area}" if area else "")
    return RunError("verify.no_rollup", name=name, command=command)


def verify_sent(path: Path, line: PrintedStamp, home: Path) -> Verified:
    """A roll-up somebody got by mail: whether its printed fingerprint is that of today's summaries."""
    period, area = rollup_called(line.dossier) or ("", "")
    rollup = read_rollup(period, area, home=home)
    now, found = rollup.stamp.data_sha256[:PRINTED_DIGITS], []
    if line.data != now:
        found.append(Difference("printed", path.name, line.data, now))
    if line.version != rollup.stamp.toolkit:
        found.append(Difference("setting", "toolkit", line.version, rollup.stamp.toolkit))
    published = _published(rollup, path.name)
    sha = sha_of(path)
    if published and sha not in published:
        found.append(Difference("output", path.name, published[0], sha))
    return Verified(rollup.name, path.name, len(rollup.used), 1, tuple(found), rollup.lang)


def _asked(told: dict[str, Any], folder: Path) -> tuple[str, str]:
    """Period and area of the stamp; what it lacks makes it no stamp of a roll-up."""
    try:
        _ = told["regions"].items(), told["look"].items(), told["printed"][0]
        return str(told["period"]), str(told["area"])
    except (KeyError, AttributeError, IndexError, TypeError) as error:
        raise RunError("verify.stamp_unreadable", name=f"{folder.name}/{STAMP_FILE}") from error


def _look(rollup: RollUp) -> dict[str, str]:
    dossier = governing_dossier(rollup)
    return {} if dossier is None else look_of(dossier)


def _settings(stamp: dict[str, Any], rollup: RollUp) -> list[Difference]:
    now = rollup.stamp.to_json()
    return changed(
        {name: stamp[name] for name in SETTINGS}, {n: now[n] for n in SETTINGS}, "setting"
    )


def _lines(folder: Path, outputs: dict[str, str], told: dict[str, Any]) -> list[Difference]:
    """Papers whose printed line tells of other summaries than the stamp."""
    known, found = set(told["printed"]), []
    for name in sorted(outputs):
        path = folder / name
        if path.suffix in _PAPERS and path.is_file():
            lines = [line.data for line in printed_stamps(path)]
            if lines and not known & set(lines):
                found.append(Difference("printed", name, lines[0], told["printed"][0]))
    return found


def _published(rollup: RollUp, name: str) -> list[str]:
    """The fingerprints under which a file of this name was published, in every language."""
    own = rollup.root / "reports" / rollup.name
    folders = [own, *sorted(path.parent for path in own.glob(f"*/{STAMP_FILE}"))]
    return [
        sha
        for folder in folders
        for path, sha in told_stamp(folder).get("outputs", {}).items()
        if Path(path).name == name
    ]
