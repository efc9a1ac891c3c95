"""What was made in a period, region by region: the records behind the index page, and the same as JSON."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

STATUSES: Final = ("made", "partial", "failed", "missing")
"""Made, all well; made, some input refused; nothing new to make; not made; never begun or gone."""
FORMS: Final = ("html", "pdf", "docx", "xlsx", "ipynb")
JSON_VERSION: Final = 1
_OF_A_PROVINCE: Final = re.compile(r"(\d\d)(?:\.\d\d)?")


@dataclass(frozen=True, slots=True)
class IndexedPaper:
    """One paper of a region in one language.

    `files` holds, by form (see `FORMS`), the path of its file relative to the index page.
    """

    name: str
    title: str
    lang: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IndexedRegion:
    """What became of one dossier of the period.

    `status` is one of `STATUSES`; `remark` says in one sentence why it is not simply made, and
    `remark_en` says it in English (empty where there is one wording only). `made_of` is what the papers
    print of the fingerprint of their data, 12 digits. `counts` are whole numbers by name, e.g. `sources`.
    """

    dossier: str
    code: str
    name: str
    province: str
    status: str
    remark: str
    made_of: str
    papers: tuple[IndexedPaper, ...]
    counts: Mapping[str, int]
    remark_en: str = ""

    @property
    def province_code(self) -> str:
        """The two digits of the province; empty where the code is none of a region."""
        found = _OF_A_PROVINCE.fullmatch(self.code)
        return found[1] if found else ""

    def told(self, lang: str) -> str:
        """The remark in one language."""
        return self.remark_en or self.remark if lang == "en" else self.remark


@dataclass(frozen=True, slots=True)
class IndexedRollup:
    """The roll-up of a province (`area` its two digits) or of everything (`area` empty); its paper in each language."""

    area: str
    papers: tuple[IndexedPaper, ...]


@dataclass(frozen=True, slots=True)
class PeriodIndex:
    """Everything of a period, in the order the page lists it. `tanggal_acuan` is the latest of its dossiers."""

    period: str
    tanggal_acuan: str
    simulated: bool
    toolkit: str
    regions: tuple[IndexedRegion, ...]
    rollups: tuple[IndexedRollup, ...] = ()

    @property
    def totals(self) -> dict[str, int]:
        """How many regions there are of each status, all five of them."""
        found = Counter(region.status for region in self.regions)
        return {status: found[status] for status in STATUSES}


def page_file(period: str, lang: str) -> str:
    """The name of the page: `indeks-2026.html`, in English `indeks-2026.en.html`."""
    return f"indeks-{period}.en.html" if lang == "en" else f"indeks-{period}.html"


def json_file(period: str) -> str:
    """The name of the index for machines: `indeks-2026.json`."""
    return f"indeks-{period}.json"


def relative_link(path: str) -> str:
    """`path` as a link that can only lead to a file below the page; empty where it would lead elsewhere.

    Every letter that could begin an address or end an attribute is percent-encoded.
    """
    parts = path.split("/")
    leaves = any(part in {"", ".", ".."} for part in parts) or "\\" in path
    return "" if leaves else quote(path, safe="/", errors="replace")


def index_json(index: PeriodIndex) -> bytes:
    """The index for machines: the same bytes for the same index, keys sorted, in ASCII.

    Version 1 is one object:

    - `version` (1), `period`, `tanggal_acuan` (ISO date), `simulated`, `toolkit` (version)
    - `totals`: how many regions by status (`STATUSES`, all of them)
    - `regions`, in the order of the page, each with `dossier`, `code`, `name`, `province`, `status`,
      `remark` (`id` and `en`, empty where there is nothing to say), `made_of` (12 digits of the SHA-256 of
      its data, or empty), `counts` (whole numbers by name) and `papers`
    - `rollups`, of everything first, each with `area` (two digits of a province, or empty) and `papers`
    - `papers`, each with `name`, `title`, `lang` and `files`: by form (`FORMS`) a path relative to the file
      of the index, not encoded

    A key may be added without a new version; none is renamed or removed.
    """
    facts: dict[str, Any] = {
        "version": JSON_VERSION,
        "period": index.period,
        "tanggal_acuan": index.tanggal_acuan,
        "simulated": index.simulated,
        "toolkit": index.toolkit,
        "totals": index.totals,
        "regions": [_region_facts(region) for region in index.regions],
        "rollups": [
            {"area": one.area, "papers": _paper_facts(one.papers)} for one in index.rollups
        ],
    }
    return (json.dumps(facts, indent=1, sort_keys=True) + "\n").encode("ascii")


def _region_facts(region: IndexedRegion) -> dict[str, Any]:
    plain = ("dossier", "code", "name", "province", "status", "made_of")
    return {name: getattr(region, name) for name in plain} | {
        "remark": {"id": region.remark, "en": region.told("en")},
        "counts": dict(region.counts),
        "papers": _paper_facts(region.papers),
    }


def _paper_facts(papers: Iterable[IndexedPaper]) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "title": one.title, "lang": one.lang, "files": dict(one.files)}
        for one in papers
    ]
