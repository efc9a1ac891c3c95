"""What a check of reports found: how many files were looked at, and everything that is not as it was stamped."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ksd_toolkit.messages import say
from ksd_toolkit.runs.stamp_file import PRINTED_DIGITS, sha_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was stamped.

    `kind` is `input` (a file of the dossier), `region` (the summary of a region in a roll-up), `look` (theme, letterhead, own templates), `method`, `setting` (reference date, simulated or not,
    version of the toolkit), `output` (a published file) or `printed` (the line on a paper). `before`
    and `after` are fingerprints or values; empty where there is none.
    """

    kind: str
    name: str
    before: str
    after: str

    def sentence(self, lang: str = "id") -> str:
        """What differs, with both fingerprints, short."""
        state = "gone" if not self.after else "new" if not self.before else "changed"
        facts = {"before": self.before[:PRINTED_DIGITS], "after": self.after[:PRINTED_DIGITS]}
        return say(f"verify.{self.kind}_{state}", lang, name=self.name, **facts)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found: how many files were looked at, and every difference."""

    dossier: str
    folder: str
    inputs: int
    outputs: int
    differences: tuple[Difference, ...]
    lang: str

    @property
    def same(self) -> bool:
        """Whether everything is as it was stamped."""
        return not self.differences


def changed(before: Mapping[str, Any], after: Mapping[str, Any], kind: str) -> list[Difference]:
    """What two tables of names and values do not share."""
    names = sorted(before.keys() | after.keys())
    return [
        Difference(kind, name, str(before.get(name, "")), str(after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def changed_outputs(folder: Path, outputs: Mapping[str, str]) -> list[Difference]:
    """Published files that are gone or were edited."""
    found = []
    for name, sha in sorted(outputs.items()):
        path = folder / name
        now = sha_of(path) if path.is_file() else ""
        if now != sha:
            found.append(Difference("output", name, sha, now))
    return found
