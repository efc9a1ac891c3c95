"""What a batch is asked for, and what became of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.project import period_of

Status = Literal["made", "partial", "unchanged", "failed"]
PARTIAL: Final = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What a batch is asked for: dossiers by name (`region/period`), language, papers (all when empty).

    `workers` is how many processes work at once, as many as there are cores when 0. `seconds` is how long one
    dossier may take. `settings` are notebook parameters. `again` makes what has not changed, too; `hear_again`
    gathers anew what the regions say to each other.
    """

    root: Path
    dossiers: tuple[str, ...]
    lang: str = ""
    papers: tuple[str, ...] = ()
    workers: int = 0
    seconds: float | None = None
    engine: str = ""
    settings: Mapping[str, str] | None = None
    again: bool = False
    hear_again: bool = False

    @property
    def periods(self) -> frozenset[str]:
        """The periods they belong to."""
        return frozenset(filter(None, map(period_of, self.dossiers)))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one dossier.

    `seconds` counts from the start of the batch, `files` are those its manifest lists, `warnings` those its
    questionnaires gave. `said` is the fingerprint of what it says, empty where it is not known.
    """

    dossier: str
    status: Status
    files: int = 0
    seconds: float = 0.0
    remark: Mapping[str, str] = field(default_factory=dict)
    warnings: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told of the progress of a batch: of each dossier heard, and of each outcome."""

    heard: Callable[[str], None] = lambda _: None
    done: Callable[[Done], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did, in the order asked for, and who says something else by now than what was gathered."""

    done: tuple[Done, ...]
    says_otherwise: tuple[str, ...] = ()


def exit_code(done: Collection[Done]) -> int:
    """0 when everything asked for is there, 1 when nothing could be made, 2 when some of it could.

    What was made in part stays so while it is unchanged: its remark is still true.
    """
    if any(one.status in {"failed", "partial"} or one.remark for one in done):
        return 1 if all(one.status == "failed" for one in done) else PARTIAL
    return 0


def summary(done: Collection[Done], lang: str) -> str:
    """How many were made, left and failed, as a sentence."""
    names: tuple[Status, ...] = ("made", "partial", "unchanged", "failed")
    counts = {name: sum(one.status == name for one in done) for name in names}
    return say("batch.summary", lang, total=len(done), **counts)


def told(one: Done, lang: str) -> str:
    """What became of one dossier, as a line."""
    parts = [f"{one.dossier}: {say(f'batch.state_{one.status}', lang)}"]
    if remark := one.remark.get(lang) or one.remark.get(LANGUAGES[0], ""):
        parts.append(remark)
    elif one.warnings and one.status != "failed":
        parts.append(say("batch.warnings", lang, n=one.warnings))
    return ": ".join(parts)
