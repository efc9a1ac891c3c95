"""The stamp as the last block of a paper."""

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Provenance
from ksd_toolkit.messages import count
from ksd_toolkit.stamp import Stamp


def stamp(stamp: Stamp) -> Shown:
    """One line of provenance and every input with its fingerprint and row count."""
    rows = tuple(
        (source.name, source.sha256, count(source.rows, stamp.lang)) for source in stamp.sources
    )
    return Shown(Provenance(stamp.line(), rows), lang=stamp.lang)
