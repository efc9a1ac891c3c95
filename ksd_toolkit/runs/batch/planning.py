"""Which dossiers of an order have to be made, and why the others need not or cannot be."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import KsdError
from ksd_toolkit.messages import say, system_reason
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.runs.batch.fingerprint import Seen, combined, inputs_of, register_state, settled
from ksd_toolkit.runs.batch.manifest import Manifest, read_manifest
from ksd_toolkit.runs.batch.order import Done, Order, Status
from ksd_toolkit.runs.batch.task import sentences
from ksd_toolkit.runs.making import wanted
from ksd_toolkit.runs.notebooks import engine_called
from ksd_toolkit.runs.run import parameters_for

Tell = Callable[[Done], None]
"""Told of each outcome."""


@dataclass(frozen=True, slots=True)
class Job:
    """A dossier that has to be made, and what it is made of."""

    dossier: Dossier
    inputs: Mapping[str, Seen]
    settings: Mapping[str, object]

    def fingerprint(self, register: str) -> str:
        """The fingerprint of everything its papers are made from, with the register in this state."""
        return combined(self.inputs, register, self.settings)


def check_order(order: Order) -> None:
    """Refuse once, before anything starts, what every dossier would refuse; the first that opens tells of parameters.

    Raises:
        RunError: A paper, the engine or a parameter is unknown.
    """
    wanted(order.papers)
    engine_called(order.engine)
    opened: Dossier | None = None
    for name in order.dossiers if order.settings else ():
        with suppress(KsdError):
            opened = open_dossier(name, lang=order.lang, home=order.root)
            break
    if opened is not None:
        parameters_for(opened, order.settings or {})


def to_make(order: Order, tell: Tell) -> Iterator[tuple[str, Job]]:
    """The dossiers that have to be made; of the others it is told why not."""
    for name in order.dossiers:
        try:
            dossier = open_dossier(name, lang=order.lang, home=order.root)
            before = read_manifest(dossier.reports)
            at = time.time_ns()
            inputs = settled(inputs_of(dossier, before.inputs if before else {}), at)
        except (KsdError, OSError) as error:
            tell(Done(name, "failed", remark=_reasons(error)))
            continue
        settings = {"lang": dossier.lang, "dossier": dossier.called, **(order.settings or {})}
        job = Job(dossier, inputs, settings)
        now = job.fingerprint(register_state(dossier))
        if before and not order.again and before.answers(now, order.papers, dossier.reports):
            tell(done_of(name, "unchanged", before))
        else:
            yield name, job


def done_of(name: str, status: Status, manifest: Manifest) -> Done:
    """The outcome of a dossier whose papers a manifest lists."""
    return Done(
        dossier=name,
        status=status,
        files=len(manifest.outputs),
        remark=manifest.remark,
        warnings=manifest.warnings,
        said=manifest.said,
    )


def _reasons(error: KsdError | OSError) -> dict[str, str]:
    """Why a dossier cannot even be looked at."""
    if isinstance(error, KsdError):
        return sentences(error)
    file = Path(error.filename or "").name
    return {
        lang: say("batch.unreadable", lang, file=file, reason=system_reason(error, lang))
        for lang in LANGUAGES
    }
