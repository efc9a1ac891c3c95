"""The roll-ups of a period for its index page: those whose papers lie in the reports."""

from collections.abc import Iterator
from pathlib import Path

from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import Language, capital
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.publishing.period_index import FORMS, IndexedPaper, IndexedRollup
from ksd_toolkit.rollup.result import FOLDER, KIND, PAPER
from ksd_toolkit.rollup.wording import area_name
from ksd_toolkit.runs.stamp_file import told_stamp


def listed_rollups(reports: Path, period: str) -> Iterator[IndexedRollup]:
    """The roll-ups of a period that lie in the reports, that of everything first."""
    for folder in sorted(reports.glob(f"{FOLDER}*/{period}")):
        area = folder.parent.name.removeprefix(FOLDER).removeprefix("-")
        places = {lang: folder if lang == "id" else folder / lang for lang in LANGUAGES}
        made = (_rolled_up(place, area, lang, reports) for lang, place in places.items())
        if papers := tuple(filter(None, made)):
            yield IndexedRollup(area, papers)


def _rolled_up(folder: Path, area: str, lang: Language, reports: Path) -> IndexedPaper | None:
    """The paper of a roll-up; None where there is none, or its stamp cannot be read."""
    try:
        told = told_stamp(folder)
    except RunError:
        return None
    wanted = {form: folder / f"{PAPER}.{form}" for form in FORMS if f"{PAPER}.{form}" in told.get("outputs", ())}  # fmt: skip
    files = {
        form: path.relative_to(reports).as_posix()
        for form, path in wanted.items()
        if path.is_file()
    }
    known = told.get("kind") == KIND and files
    return IndexedPaper(PAPER, capital(area_name(area, lang)), lang, files) if known else None
