"""Check reports against the present data: the stamp is computed anew, every published file hashed again."""

from pathlib import Path
from typing import Any, Final

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.project import find_home
from ksd_toolkit.register.reading import REGION_FILES
from ksd_toolkit.remembering import remembering
from ksd_toolkit.runs.look import look_of
from ksd_toolkit.runs.papers import INTERNAL
from ksd_toolkit.runs.present_case import present_case
from ksd_toolkit.runs.printed_stamp import PrintedStamp, printed_stamps
from ksd_toolkit.runs.rollup import is_rollup, rollup_called
from ksd_toolkit.runs.stamp_file import PRINTED_DIGITS, SETTINGS, STAMP_FILE, sha_of, told_stamp
from ksd_toolkit.runs.traced_report import home_of, not_made
from ksd_toolkit.runs.verified import Difference, Verified, changed, changed_outputs
from ksd_toolkit.runs.verifying_rollup import verify_called, verify_rollup, verify_sent
from ksd_toolkit.stamp import Stamp


@remembering()
def verify(asked: str, dossier: str = "", lang: str = "") -> Verified:
    """Check a report, a folder of reports, or everything of a dossier or of a roll-up.

    Args:
        asked: A published file, a folder with `stamp.json`, or the name of a dossier or roll-up.
        dossier: Whose a file without `stamp.json` beside it is; else as its printed stamp says.
        lang: Language of the dossier's papers that are checked by name.

    Raises:
        RunError: There is nothing to check: no file, no folder, no stamp.
        InputError: The dossier cannot be read.
    """
    path = Path(asked)
    if path.is_file():
        folder = path.resolve().parent
        folder = folder.parent if folder.name == INTERNAL else folder
        name = path.resolve().relative_to(folder).as_posix()
        if name in told_stamp(folder).get("outputs", {}):
            return _verify_folder(folder, dossier, only=name)
        return _verify_alone(path, dossier)
    if path.is_dir() and (path / STAMP_FILE).is_file():
        return _verify_folder(path.resolve(), dossier)
    if path.is_dir():
        raise RunError("verify.no_stamp", name=path.name)
    if rollup_called(asked):
        return verify_called(asked, find_home(), lang)
    opened = open_dossier(asked, lang=lang)
    if not (opened.reports / STAMP_FILE).is_file():
        raise not_made(opened, opened.reports) or RunError("verify.no_stamp", name=opened.name)
    return _verify_folder(opened.reports, asked)


def report_differences(folder: Path, present: Stamp, lang: str) -> tuple[str, ...]:
    """What of the stamp beside a report no longer fits; nothing where there is no stamp."""
    told = told_stamp(folder).get("stamp")
    if told is None:
        return ()
    before = {source["name"]: source["sha256"] for source in told["sources"]}
    after = {source.name: source.sha256 for source in present.sources}
    found = [*changed(before, after, "input"), *_settings(told, present)]
    return tuple(one.sentence(lang) for one in found)


def _verify_folder(folder: Path, dossier: str, only: str = "") -> Verified:
    told = told_stamp(folder)
    if is_rollup(told):
        return verify_rollup(folder, home_of(folder), only)
    name = dossier or str(told["stamp"]["dossier"])
    opened = open_dossier(name, lang=str(told["stamp"]["lang"]), home=home_of(folder))
    outputs = {only: told["outputs"][only]} if only else dict(told["outputs"])
    case = present_case(opened)
    present = case.stamp
    found = [
        *_inputs(opened, told["stamp"], present),
        *_look(opened, told),
        *_settings(told["stamp"], present),
        *changed_outputs(folder, outputs),
        *_lines(folder, outputs, told["stamp"], case, told.get("printed", [])),
    ]
    number = len(told["stamp"]["sources"])
    return Verified(opened.name, folder.name, number, len(outputs), tuple(found), opened.lang)


def _verify_alone(path: Path, dossier: str) -> Verified:
    """A file somebody got by mail: what is printed on it, and whether it is one we published."""
    lines = printed_stamps(path)
    if not lines:
        raise RunError("verify.no_line", name=path.name)
    if not dossier and rollup_called(lines[0].dossier):
        return verify_sent(path, lines[0], find_home())
    opened = open_dossier(dossier or lines[0].dossier)
    case = present_case(opened)
    found = min((_printed(path.name, line, case) for line in lines), key=len)
    published = _published(opened, path.name)
    sha = sha_of(path)
    if published and sha not in published:
        found.append(Difference("output", path.name, published[0], sha))
    return Verified(opened.name, path.name, len(case.stamp.sources), 1, tuple(found), opened.lang)


def _printed(name: str, line: PrintedStamp, case: Case) -> list[Difference]:
    """The printed fingerprints beside those of today; a paper from before the plenary is not old for that."""
    stamps = stamps_of(case)
    data = [stamp.data_sha256[:PRINTED_DIGITS] for stamp in stamps]
    found = [] if line.data in data else [Difference("printed", name, line.data, data[0])]
    methods = [stamp.method_sha256[:PRINTED_DIGITS] for stamp in stamps]
    if line.method_sha and line.method_sha not in methods:
        found.append(Difference("method", line.method, line.method_sha, methods[0]))
    if line.version != case.stamp.toolkit:
        found.append(Difference("setting", "toolkit", line.version, case.stamp.toolkit))
    return found


def stamps_of(case: Case) -> tuple[Stamp, ...]:
    """Every stamp a paper of today may carry: after the plenary, after ranking, before it, and of preparation."""
    ranked = (case.ranking.stamp,) if case.ranking is not None else ()
    return (case.stamp, *ranked, case.register.stamp, prepare(case.dossier).stamp)


def _published(dossier: Dossier, name: str) -> list[str]:
    """The fingerprints under which files of this name were published, in every language and edition."""
    own = dossier.root / "reports" / dossier.name
    folders = [own, *sorted(path.parent for path in own.glob(f"*/{STAMP_FILE}"))]
    outputs = [
        (path, sha) for f in folders for path, sha in told_stamp(f).get("outputs", {}).items()
    ]
    return [sha for path, sha in outputs if Path(path).name == name]


def _inputs(dossier: Dossier, told: dict[str, Any], present: Stamp) -> list[Difference]:
    """Every stamped file as it lies there now, and files that came since."""
    before = {source["name"]: source["sha256"] for source in told["sources"]}
    after = {source.name: source.sha256 for source in present.sources}
    for name in before:
        path = dossier.folder / name
        if not name.startswith(REGION_FILES):  # those are kept apart, with the hash they came with
            after[name] = sha_of(path) if path.is_file() else ""
    return changed(before, after, "input")


def _look(dossier: Dossier, told: dict[str, Any]) -> list[Difference]:
    """What shapes the papers and is no longer as it was; stamps of older versions do not tell it."""
    return changed(told["look"], look_of(dossier), "look") if "look" in told else []


def _settings(told: dict[str, Any], present: Stamp) -> list[Difference]:
    """The method, the reference date, the version."""
    now = present.to_json()
    found = [
        Difference("setting", name, str(told[name]), str(now[name]))
        for name in SETTINGS
        if told[name] != now[name]
    ]
    if told["method_sha256"] != now["method_sha256"]:
        name = str(now["method"] or told["method"])
        found.append(Difference("method", name, told["method_sha256"], now["method_sha256"]))
    return found


def _lines(
    folder: Path, outputs: dict[str, str], told: dict[str, Any], case: Case, printed: list[str]
) -> list[Difference]:
    """Papers none of whose printed lines tells of the data of the run that made them, or of today's."""
    known = {str(told["data_sha256"])[:PRINTED_DIGITS]}
    known |= {stamp.data_sha256[:PRINTED_DIGITS] for stamp in stamps_of(case)} | set(printed)
    found = []
    for name in sorted(outputs):
        path = folder / name
        if path.suffix not in _PAPERS or not path.is_file():
            continue
        lines = [line.data for line in printed_stamps(path)]
        if lines and not known & set(lines):
            found.append(Difference("printed", name, lines[0], str(told["data_sha256"])))
    return found


_PAPERS: Final = frozenset({".pdf", ".docx"})
"""A page holds the same paper as the PDF beside it; others, such as that on problems, have stamps of their own."""
