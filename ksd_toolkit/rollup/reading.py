"""Read the summaries of a period: of all regions of the project, or of those of a province.

Every region with a dossier is used, refused or missing; none is passed over in silence.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import InputError, KsdError, RunError
from ksd_toolkit.messages import language
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.project import SETTINGS_FILE, find_home
from ksd_toolkit.regions import find_region, region_or_none
from ksd_toolkit.register.reading import REGION_FILES
from ksd_toolkit.rollup.found import Left, Used
from ksd_toolkit.rollup.result import RollUp, rolled_up
from ksd_toolkit.rollup.summarizing import SUMMARY_FILE
from ksd_toolkit.rollup.summary import RegionSummary
from ksd_toolkit.rollup.summary_reading import from_json

_PERIOD: Final = re.compile(r"\d{4}(-S[12])?")
_PROVINCE: Final = re.compile(r"\d\d")


def read_rollup(
    period: str, area: str = "", *, lang: str = "id", home: Path | None = None
) -> RollUp:
    """The roll-up of a period from the summaries its runs left in `reports/<region>/<period>/`.

    Args:
        period: `2026` or `2026-S1`.
        area: The code of a province, `63`; every region of the project when empty.
        lang: Language of the paper.
        home: The project folder; the nearest one when not given.

    Raises:
        RunError: The period is none, or no province has this code.
    """
    if not _PERIOD.fullmatch(period):
        raise RunError("rollup.period", period=period)
    if area and not (_PROVINCE.fullmatch(area) and region_or_none(area)):
        raise RunError("rollup.area", area=area)
    root = home or find_home()
    return rolled_up(_unique(list(_found(root, period, area))), root, period, area, language(lang))


def _found(root: Path, period: str, area: str) -> Iterator[Used | Left]:
    """Every dossier of the period, by name, with its summary or the reason there is none."""
    for settings in sorted((root / "data").glob(f"*/{period}/{SETTINGS_FILE}")):
        name = settings.parent.relative_to(root / "data").as_posix()
        try:
            dossier = open_dossier(name, home=root)
        except KsdError as error:  # of which region it is, nobody can say
            code = _code_of_folder(name)
            if not area or not code or code[:2] == area:
                yield Left(name, code, "refused", error)
            continue
        if not area or dossier.region.province == area:
            yield _read(dossier)


def _code_of_folder(name: str) -> str:
    """The code of the region a folder is named after; blank where it is named after none."""
    try:
        return find_region(name.partition("/")[0].replace("-", " ")).code
    except InputError:
        return ""


def _read(dossier: Dossier) -> Used | Left:
    name, code = dossier.name, dossier.region.code
    path = _summary_path(dossier)
    if path is None:
        return Left(name, code, "missing")
    file = path.relative_to(dossier.root).as_posix()
    try:
        content = path.read_bytes()
        summary = _summary_of(dossier, content, file)
    except OSError:
        return Left(name, code, "refused", InputError("rollup.unreadable", file=file))
    except InputError as error:
        return Left(name, code, "refused", error)
    sha256 = hashlib.sha256(content).hexdigest()
    return Used(summary, file, sha256, tuple(_changes(summary, dossier)))


def _summary_of(dossier: Dossier, content: bytes, file: str) -> RegionSummary:
    """The summary, which must be that of this dossier."""
    summary = from_json(content, file)
    if (summary.dossier, summary.code) != (dossier.name, dossier.region.code):
        told = f"{summary.dossier} ({summary.code})"
        raise InputError("rollup.other_region", file=file, dossier=dossier.name, told=told)
    return summary


def _summary_path(dossier: Dossier) -> Path | None:
    """The summary of the dossier's own papers, else of those in another language: its numbers are the same."""
    own = dossier.in_language(dossier.own_lang).reports
    folders = [own, *(own / lang for lang in LANGUAGES)]
    return next((p for f in folders if (p := f / SUMMARY_FILE).is_file()), None)


def _changes(summary: RegionSummary, dossier: Dossier) -> Iterator[str]:
    """What is no longer as it was when the summary was made: files by name, `+` for others that came."""
    folder = dossier.folder.parent.resolve()
    for source in summary.sources:
        path = (dossier.folder / source.name).resolve()
        if source.name.startswith(REGION_FILES) or not path.is_relative_to(folder):
            continue
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
            yield source.name
    if len(dossier.workbooks) != summary.files:
        yield "+"
    if dossier.tanggal_acuan != summary.tanggal_acuan:
        yield SETTINGS_FILE


def _unique(found: list[Used | Left]) -> list[Used | Left]:
    """The same, a region of which two dossiers tell refused: nobody can say which one counts."""
    named: dict[str, list[str]] = {}
    for one in found:
        named.setdefault(one.code, []).append(one.dossier)
    return [
        Left(one.dossier, one.code, "refused", _twice(one.code, named[one.code]))
        if one.code and len(named[one.code]) > 1
        else one
        for one in found
    ]


def _twice(code: str, names: list[str]) -> InputError:
    return InputError("rollup.twice", region=code, names=", ".join(names))
