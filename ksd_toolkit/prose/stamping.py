"""The stamp as the last block of a paper."""

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Provenance, measured, told
from ksd_toolkit.messages import count
from ksd_toolkit.stamp import Stamp

_SHOWN_DIGITS = 12


def stamp(stamp: Stamp, *, files: bool = True) -> Shown:
    """One line of provenance; with `files` every input with its fingerprint and row count.

    Without them it says how much was read and where the list is, for papers that must stay short.
    """
    if files:
        rows = tuple((s.name, s.sha256, count(s.rows, stamp.lang)) for s in stamp.sources)
        return Shown(Provenance(stamp.line(), rows), lang=stamp.lang)
    read = sum(source.rows for source in stamp.sources)
    sentence = told(
        "stamp.short",
        stamp.lang,
        files=measured(count(len(stamp.sources), stamp.lang), "stamp_files", "cap/*"),
        rows=measured(count(read, stamp.lang), "stamp_rows", "cap/*"),
        data=stamp.data_sha256[:_SHOWN_DIGITS],
    )
    return Shown(Paragraph(sentence), Provenance(stamp.line()), lang=stamp.lang)
