"""The stamp as the last block of a paper."""

from typing import Literal

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Provenance, measured, told
from ksd_toolkit.messages import count
from ksd_toolkit.stamp import Stamp

_SHOWN_DIGITS = 12


def stamp(
    stamp: Stamp, *, files: bool = True, listed: Literal["run", "preparation", "rollup"] = "run"
) -> Shown:
    """One line of provenance; with `files` every input with its fingerprint and row count.

    Without them it says how much was read and where the list is, for papers that must stay short.

    Args:
        stamp: What the paper was made from.
        files: Whether every input is listed here.
        listed: Where the list is otherwise: `run`, in `stamp.json`, `preparation`, in the paper on
            the preparation, which alone names the list of offices and the schedule, or `rollup`, in the
            `stamp.json` of a roll-up, which lists a summary a region.
    """
    if files:
        rows = tuple((s.name, s.sha256, count(s.rows, stamp.lang)) for s in stamp.sources)
        return Shown(Provenance(stamp.line(), rows), lang=stamp.lang)
    read = sum(source.rows for source in stamp.sources)
    sentence = told(
        f"stamp.short.{listed}",
        stamp.lang,
        files=measured(count(len(stamp.sources), stamp.lang), "stamp_files", "cap/*"),
        rows=measured(count(read, stamp.lang), "stamp_rows", "cap/*"),
        data=stamp.data_sha256[:_SHOWN_DIGITS],
    )
    return Shown(Paragraph(sentence), Provenance(stamp.line()), lang=stamp.lang)
