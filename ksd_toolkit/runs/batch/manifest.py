"""The manifest of a region's papers: written last, so that it lists nothing but complete reports."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.runs.batch.fingerprint import Listed, Seen

MANIFEST_FILE: Final = "manifest.json"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a batch made of a dossier.

    `status` is `made`, `partial` (some input was refused) or `failed`; then `outputs` are those of the last time
    it went well. `remark` is why, by language. `papers` are the names that were asked for, none for all.
    `inputs` and `outputs` are files by name, the latter from the folder of the reports. `said` is the fingerprint
    of what its questionnaires say, `warnings` how many warnings they gave.
    """

    dossier: str
    status: str
    fingerprint: str
    papers: tuple[str, ...] = ()
    remark: Mapping[str, str] = field(default_factory=dict)
    inputs: Listed = field(default_factory=dict)
    outputs: Listed = field(default_factory=dict)
    said: str = ""
    warnings: int = 0

    def answers(self, fingerprint: str, papers: tuple[str, ...], folder: Path) -> bool:
        """Whether everything asked for was made of the very same, and lies there untouched."""
        if self.status == "failed" or self.fingerprint != fingerprint:
            return False
        if self.papers and not (papers and set(papers) <= set(self.papers)):
            return False
        return all(_untouched(folder / name, one) for name, one in self.outputs.items())


def _untouched(path: Path, told: Seen) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (told.size, told.changed_ns)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none that can be read, and everything is to be made."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        told = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        if told["version"] == VERSION:
            return Manifest(
                dossier=str(told["dossier"]),
                status=str(told["status"]),
                fingerprint=str(told["fingerprint"]),
                papers=tuple(told["papers"]),
                remark=dict(told["remark"]),
                inputs=_listed(told["inputs"]),
                outputs=_listed(told["files"]),
                said=str(told["said"]),
                warnings=int(told["warnings"]),
            )
    return None


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Put a manifest beside the papers it lists.

    Raises:
        RunError: It cannot be written.
    """
    told: dict[str, Any] = {
        "version": VERSION,
        "dossier": manifest.dossier,
        "status": manifest.status,
        "fingerprint": manifest.fingerprint,
        "papers": list(manifest.papers),
        "remark": dict(manifest.remark),
        "said": manifest.said,
        "warnings": manifest.warnings,
        "inputs": {name: asdict(one) for name, one in manifest.inputs.items()},
        "files": {name: asdict(one) for name, one in manifest.outputs.items()},
        "outputs": {name: one.sha256 for name, one in manifest.outputs.items()},
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    replace_file(folder / MANIFEST_FILE, f"{text}\n".encode())


def _listed(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Seen]:
    return {name: Seen(int(f["size"]), int(f["changed_ns"]), str(f["sha256"])) for name, f in told.items()}  # fmt: skip
