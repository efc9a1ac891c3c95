"""What a result was made from: input files, method, toolkit version, language and reference date."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib.metadata import version
from typing import Any, Final, Self

from ksd_toolkit.messages import count, date_text, say

SHOWN_DIGITS: Final = 12
"""As many digits of a fingerprint as a sentence shows."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name inside the dossier, its SHA-256 and how many rows were read from it."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """The provenance of a result; two equal stamps mean two equal results."""

    dossier: str
    tanggal_acuan: date
    lang: str
    simulated: bool
    sources: tuple[Source, ...] = ()
    method: str = ""
    method_sha256: str = ""
    toolkit: str = version("ksd-toolkit")

    def with_method(self, name: str, sha256: str) -> Self:
        """The same stamp after a method was applied."""
        return replace(self, method=name, method_sha256=sha256)

    def in_language(self, lang: str) -> Self:
        """The same stamp for a paper in another language."""
        return replace(self, lang=lang)

    @property
    def data_sha256(self) -> str:
        """One fingerprint over all inputs, independent of their order."""
        lines = sorted(f"{source.name} {source.sha256} {source.rows}" for source in self.sources)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def line(self) -> str:
        """The one line printed at the foot of every page."""
        return say(
            "stamp.line" if self.method else "stamp.line_without_method",
            self.lang,
            dossier=self.dossier,
            date=date_text(self.tanggal_acuan, self.lang),
            files=count(len(self.sources), self.lang),
            data=self.data_sha256[:SHOWN_DIGITS],
            method=self.method,
            method_hash=self.method_sha256[:SHOWN_DIGITS],
            version=self.toolkit,
        )

    def to_json(self) -> dict[str, Any]:
        """The stamp as JSON data."""
        facts = asdict(self)
        facts["tanggal_acuan"] = self.tanggal_acuan.isoformat()
        facts["data_sha256"] = self.data_sha256
        return facts

    def json_text(self) -> str:
        """The stamp as a JSON file, the same bytes every time."""
        return json.dumps(self.to_json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
