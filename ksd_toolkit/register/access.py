"""Everything held about one person, for who asks what we know: values, places, and what was done with them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.csv_text import csv_bytes
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import has_message, say
from ksd_toolkit.register.appearing import appear
from ksd_toolkit.register.erasure import Plan, plan_erasure
from ksd_toolkit.register.private import Holding, open_private
from ksd_toolkit.register.store import open_store

_COLUMNS: Final = (
    "period", "opd_kode", "slot", "field", "value", "file", "sheet", "cell", "sha256", "received_at",
    "in_use",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """The answer to an access request.

    `values` are rows with `period, opd_kode, slot, field, value, file, sheet, cell, sha256,
    received_at, in_use`; `processing` is what was done, the earliest first; `kept_files` are hashes of
    kept originals that hold the person; `register_texts` counts texts of the register that do; `files`
    are what people brought and internal papers that do, relative to the project; `erased_before` says
    that the person was erased and what is left has to be cleaned up.
    """

    reference: str
    erased_before: bool
    values: tuple[Mapping[str, object], ...]
    processing: tuple[Mapping[str, object], ...]
    kept_files: tuple[str, ...]
    register_texts: int
    files: tuple[str, ...]

    def json_bytes(self, lang: str) -> bytes:
        """The whole answer, its keys in the language of who asked."""
        told = _in_words(asdict(self), lang)
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()

    def csv_bytes(self, lang: str) -> bytes:
        """The values, for a spreadsheet."""
        rows = ([str(_in_words(row[name], lang)) for name in _COLUMNS] for row in self.values)
        return csv_bytes([_key(name, lang) for name in _COLUMNS], rows)

    def write(self, path: Path, lang: str) -> None:
        """Write it where only its owner can read it: values as CSV for `.csv`, else all as JSON."""
        is_table = path.suffix.casefold() == ".csv"
        content = self.csv_bytes(lang) if is_table else self.json_bytes(lang)
        path.parent.mkdir(parents=True, exist_ok=True)
        appear(path, lambda draft: draft.write_bytes(content), replace=True)


def access(dossier: Dossier, asked: str) -> Access:
    """Everything held about one person in all periods of the region; the request itself is noted.

    Args:
        dossier: Any dossier of the region.
        asked: A name, number, telephone, address or reference.

    Raises:
        RunError: There is no register yet, nobody fits, or several do.

    Source:
        UU 27/2022 Pasal 7 (access and copy), secondary source.
    """
    plan = plan_erasure(dossier, asked)
    arrivals = _arrivals(dossier)
    with open_private(dossier.store) as private:
        private.note("export", plan.reference, {"values": len(plan.holdings)})
        log = private.log()
    values = tuple(_row(one, arrivals) for one in plan.holdings)
    return Access(
        reference=plan.reference,
        erased_before=plan.gone_before,
        values=values,
        processing=tuple(_about(log, plan)),
        kept_files=plan.files,
        register_texts=plan.texts,
        files=tuple(path.relative_to(dossier.root).as_posix() for path in plan.left),
    )


def _in_words(told: Any, lang: str) -> Any:
    """What is told, with keys and yes or no in a language; everything else as it is."""
    if isinstance(told, Mapping):
        return {_key(str(name), lang): _in_words(value, lang) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_in_words(value, lang) for value in told]
    return say(f"privacy.{'is' if told else 'is_not'}", lang) if isinstance(told, bool) else told


def _key(name: str, lang: str) -> str:
    """A key in a language; one that has no word there, such as `nip`, as it is."""
    code = f"privacy.key.{name}"
    return say(code, lang) if has_message(code) else name


def _row(one: Holding, arrivals: Mapping[tuple[str, str], tuple[str, bool]]) -> dict[str, object]:
    received_at, in_use = arrivals.get((one.period, one.sha256), ("", False))
    told = {name: getattr(one, name) for name in _COLUMNS[:9]}
    return told | {"received_at": received_at, "in_use": in_use}


def _about(log: list[dict[str, Any]], plan: Plan) -> list[dict[str, object]]:
    """The lines of the log about this person, and about the files the person stands in."""
    files = {one.sha256 for one in plan.holdings}
    known = {plan.reference, *(one.reference for one in plan.holdings)}
    return [
        line for line in log
        if line["person"] in known or line["facts"].get("file_sha256") in files
    ]  # fmt: skip


def _arrivals(dossier: Dossier) -> dict[tuple[str, str], tuple[str, bool]]:
    """When each file first came, and whether its answers are in use."""
    with open_store(dossier.store) as connection:
        rows = connection.execute(
            "SELECT period, sha256, min(received_at), max(active) FROM submission"
            " GROUP BY period, sha256"
        )
        return {(period, sha): (at, bool(used)) for period, sha, at, used in rows}
