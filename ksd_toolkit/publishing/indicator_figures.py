"""Explain a figure of an indicator by the one row of the file of indicators it was read from."""

from collections.abc import Iterator
from typing import Final

from ksd_toolkit.publishing.answers_asked import AskedAnswer, Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation

_TABLE: Final = "indikator"
_BETWEEN: Final = "|"  # region, indicator and year in the key of a row


def of_indicator(asked: AskedAnswer) -> Computation:
    """What the figure is, and the cells of its row: this region, this indicator, the last year there is.

    Raises:
        GoneError: The file no longer holds it.
    """
    places = list(_last_row(asked))
    if not places:
        raise GoneError
    return asked.on(places)


def _last_row(asked: AskedAnswer) -> Iterator[Place]:
    begins = f"{asked.register.dossier.region.code}{_BETWEEN}{asked.subject}{_BETWEEN}"
    told = asked.register.tables.told
    mine = {key for table, key, _ in told if table == _TABLE and key.startswith(begins)}
    if mine:
        last = max(mine, key=lambda key: float(key.removeprefix(begins)))
        yield from (place for place in told if place[:2] == (_TABLE, last))
