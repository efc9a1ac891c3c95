"""Write a simulated nation: for each of its regions a dossier as its offices would have brought it."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.new import period_before
from ksd_toolkit.simulation.nation import NATION, chosen
from ksd_toolkit.simulation.region_plan import RegionPlan, all_offices, office_rows
from ksd_toolkit.simulation.writing import Writer, check_free, dossier_name

STEPS: Final = 20
"""How often progress is told, at most."""


@dataclass(frozen=True, slots=True)
class Nation:
    """What to simulate: the first `regions` of 514, with `offices` in each, all from one seed.

    `with_previous` adds the period before, whose usulan some of this year's agreements come from.

    Raises:
        RunError: A number is out of range, or the period is malformed.
    """

    regions: int
    seed: int
    period: str
    offices: int
    with_previous: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.regions <= NATION:
            raise RunError("simulate.regions", n=self.regions, most=NATION)
        if not 1 <= self.offices <= all_offices():
            raise RunError("simulate.offices", n=self.offices, most=all_offices())
        if not period_before(self.period):
            raise RunError("dossier.year", period=self.period)

    def plans(self) -> list[RegionPlan]:
        """Its regions, in the order in which they are chosen."""
        rows = office_rows(self.offices)
        previous = period_before(self.period) if self.with_previous else ""
        return [
            RegionPlan(region, self.seed, self.period, rows, previous)
            for region in chosen(self.regions, self.seed)
        ]


def simulate_nation(
    nation: Nation,
    home: Path,
    *,
    workers: int = 1,
    on_step: Callable[[int], None] = lambda _: None,
) -> list[str]:
    """Write every dossier of the nation under `home`; the same bytes however many processes write.

    A region's files depend on the seed, its code and what `nation` says of periods and offices, so
    that ten regions are the first ten of 514.

    Args:
        nation: What to simulate.
        home: The project folder.
        workers: How many processes write, 1 and more.
        on_step: Told how many regions are written.

    Returns:
        The names of the dossiers.

    Raises:
        RunError: One of the folders holds a dossier that is not simulated; nothing is written.
    """
    plans = nation.plans()
    for plan in plans:
        check_free(plan, home)
    size = -(-len(plans) // STEPS)
    batches = [plans[at : at + size] for at in range(0, len(plans), size)]
    written = 0
    for done in _written(batches, home, workers):
        written += done
        on_step(written)
    return [dossier_name(one) for plan in plans for one in (plan.before, plan) if one]


def _written(batches: Sequence[Sequence[RegionPlan]], home: Path, workers: int) -> Iterator[int]:
    """How many regions each batch held, as the batches are done."""
    if workers == 1:
        yield from (_write(batch, home) for batch in batches)
        return
    start = multiprocessing.get_context(
        "spawn"
    )  # a bar that moves is a thread, and no thread forks
    with ProcessPoolExecutor(min(workers, len(batches)), mp_context=start) as pool:
        try:
            for task in as_completed([pool.submit(_write, batch, home) for batch in batches]):
                yield task.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _write(batch: Sequence[RegionPlan], home: Path) -> int:
    for plan in batch:
        _writer(home).write(plan)
    return len(batch)


@cache
def _writer(home: Path) -> Writer:
    """The writer of a process."""
    return Writer(home)
