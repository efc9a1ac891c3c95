"""Find out what was made in a period: every dossier's stamp, and the record a batch left beside it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import KsdError, RunError
from ksd_toolkit.messages import language, say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.project import dossier_names
from ksd_toolkit.publishing.files import replace_files
from ksd_toolkit.publishing.index_page import (
    IndexedPaper,
    IndexedRegion,
    PeriodIndex,
    index_html,
    index_json,
    json_file,
    page_file,
)
from ksd_toolkit.regions import find_region
from ksd_toolkit.runs.listed_papers import papers_in
from ksd_toolkit.runs.listed_rollups import listed_rollups
from ksd_toolkit.runs.stamp_file import PRINTED_DIGITS, told_stamp

MANIFEST_FILE: Final = "manifest.json"
_TOLD: Final = ("made", "partial", "failed")


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What a batch wrote of a dossier: its status (empty where it left no record), why, and its files."""

    status: str = ""
    remark: Mapping[str, str] | None = None
    outputs: frozenset[str] = frozenset()

    def why(self, lang: str) -> str:
        """The remark in one language."""
        return (self.remark or {}).get(lang, "")


def indexed(root: Path, period: str) -> PeriodIndex:
    """Every dossier of a period with what lies in its report folder; the region of one that cannot be read failed.

    A dossier with a record of a batch has the status told there; one with a stamp alone is `made`, since
    nothing tells what was refused, and one with neither is `missing`. Papers are listed where their file
    still lies there.

    Args:
        root: The project folder.
        period: `2026`, `2026-S1`.

    Raises:
        RunError: There is no dossier of the period.
    """
    everything = dossier_names(root)
    names = [name for name in everything if name.partition("/")[2] == period]
    if not names:
        known = ", ".join(sorted({name.partition("/")[2] for name in everything})) or "-"
        raise RunError("index.no_dossier", period=period, known=known)
    opened = [_opened(name, root) for name in names]
    readable = [one for one in opened if isinstance(one, Dossier)]
    regions = [
        _region(one) if isinstance(one, Dossier) else _unread(name, one, root)
        for name, one in zip(names, opened, strict=True)
    ]
    return PeriodIndex(
        period=period,
        tanggal_acuan=max((one.tanggal_acuan.isoformat() for one in readable), default=""),
        simulated=any(one.simulated for one in readable),
        toolkit=version("ksd-toolkit"),
        regions=tuple(sorted(regions, key=lambda one: (not one.code, one.code, one.dossier))),
        rollups=tuple(listed_rollups(root / "reports", period)),
    )


def write_index(index: PeriodIndex, root: Path) -> list[Path]:
    """Write the page in both languages and the index for machines into `reports/`, all or none.

    Raises:
        RunError: They cannot be written; the old ones are untouched.
    """
    folder = root / "reports"
    pages = {folder / page_file(index.period, lang): index_html(index, lang) for lang in LANGUAGES}
    contents = {path: page.encode() for path, page in pages.items()}
    contents[folder / json_file(index.period)] = index_json(index)
    replace_files(contents)
    return list(contents)


def _opened(name: str, root: Path) -> Dossier | KsdError:
    try:
        return open_dossier(name, home=root)
    except KsdError as error:
        return error


def _unread(name: str, error: KsdError, root: Path) -> IndexedRegion:
    """A dossier whose own settings cannot be read, under the name of its folder, with the papers it had before."""
    why = (error.sentence("id"), error.sentence("en"))
    reports = root / "reports"
    folder, papers, stamp = reports / name, list[IndexedPaper](), None
    with suppress(RunError):
        told = told_stamp(folder)
        own = language(told["stamp"]["lang"]) if told else "id"
        stamp = told.get("stamp")
        for lang in sorted(LANGUAGES, key=lambda one: one != own):
            place = folder if lang == own else folder / lang
            papers += papers_in(place, set(told_stamp(place).get("outputs", ())), lang, reports)[0]
    return IndexedRegion(
        dossier=name,
        code="",
        name=name.partition("/")[0],
        province="",
        status="failed",
        remark=why[0],
        made_of=_printed(stamp),
        papers=tuple(papers),
        counts=_counts(stamp) if stamp else {},
        remark_en=why[1],
    )


def _printed(stamp: Mapping[str, Any] | None) -> str:
    """What papers print of the fingerprint of their data."""
    return str(stamp["data_sha256"])[:PRINTED_DIGITS] if stamp else ""


def _region(dossier: Dossier) -> IndexedRegion:
    """What became of one dossier."""
    reports = dossier.in_language(dossier.own_lang).reports
    try:
        manifest = _manifest(reports)
        told = {lang: told_stamp(dossier.in_language(lang).reports) for lang in LANGUAGES}
    except RunError as error:
        return _indexed(dossier, "failed", (error.sentence("id"), error.sentence("en")))
    own = dossier.own_lang
    papers: list[IndexedPaper] = []
    gone = 0
    for lang in sorted(LANGUAGES, key=lambda one: one != own):
        folder = dossier.in_language(lang).reports
        listed = {*told[lang].get("outputs", {}), *_below(manifest.outputs, folder, reports)}
        found, lost = papers_in(folder, listed, lang, reports.parents[1])
        papers += found
        gone += lost
    status, why = _status(dossier, manifest, papers, gone, begun=any(told.values()))
    stamps = [told[lang]["stamp"] for lang in (own, *LANGUAGES) if told[lang]]
    return _indexed(dossier, status, why, tuple(papers), stamps[0] if stamps else None)


def _indexed(
    dossier: Dossier,
    status: str,
    why: tuple[str, str],
    papers: tuple[IndexedPaper, ...] = (),
    stamp: Mapping[str, Any] | None = None,
) -> IndexedRegion:
    region = dossier.region
    return IndexedRegion(
        dossier=dossier.name,
        code=region.code,
        name=region.name,
        province=find_region(region.province).name,
        status=status,
        remark=why[0],
        made_of=_printed(stamp),
        papers=papers,
        counts=_counts(stamp) if stamp else {},
        remark_en=why[1],
    )


def _counts(stamp: Mapping[str, Any]) -> dict[str, int]:
    """How many input files the papers were made of, and how many rows those had where the stamp says it of each."""
    rows = [source.get("rows") for source in stamp["sources"]]
    counted = {"rows": sum(rows)} if all(type(number) is int for number in rows) else {}
    return {"sources": len(rows)} | counted


def _status(
    dossier: Dossier, manifest: _Manifest, papers: list[IndexedPaper], gone: int, *, begun: bool
) -> tuple[str, tuple[str, str]]:
    """The status of a region, and why, in both languages."""
    if manifest.status == "failed":
        return "failed", (manifest.why("id"), manifest.why("en"))
    if not papers:
        code = "nothing_left" if manifest.status or begun else "never_run"
        return "missing", _said(code, dossier=dossier.name)
    if gone:
        lost = _said("gone", n=gone, dossier=dossier.name)
        told = [" ".join(filter(None, (manifest.why(lang), one))) for lang, one in zip(LANGUAGES, lost, strict=True)]  # fmt: skip
        return "partial", (told[0], told[1])
    return manifest.status or "made", (manifest.why("id"), manifest.why("en"))


def _said(code: str, **facts: object) -> tuple[str, str]:
    return say(f"index_remark.{code}", "id", **facts), say(f"index_remark.{code}", "en", **facts)


def _manifest(reports: Path) -> _Manifest:
    """What a batch wrote beside the papers; nothing where no batch made them.

    Raises:
        RunError: It cannot be read as one.
    """
    path = reports / MANIFEST_FILE
    if not path.is_file():
        return _Manifest()
    try:
        return _as_manifest(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        name = f"{reports.parent.name}/{reports.name}/{MANIFEST_FILE}"
        raise RunError("index.manifest_unreadable", name=name) from error


def _as_manifest(told: dict[str, Any]) -> _Manifest:
    remark = dict(told.get("remark") or {})
    if told["status"] not in _TOLD or any(type(one) is not str for one in remark.values()):
        raise ValueError(told["status"])
    return _Manifest(told["status"], remark, frozenset((told.get("outputs") or {}).keys()))


def _below(outputs: frozenset[str], folder: Path, reports: Path) -> Iterator[str]:
    """The outputs of a batch that lie in one folder, as named from there."""
    before = "" if folder == reports else f"{folder.relative_to(reports).as_posix()}/"
    return (name.removeprefix(before) for name in outputs if name.startswith(before))
