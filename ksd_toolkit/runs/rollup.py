"""Make the roll-up of a period: its notebook executed and kept, its paper in every form, and a stamp over the summaries."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.document import Block, Document, Letterhead, Style, Table
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import KsdError, RunError
from ksd_toolkit.messages import capital, date_text, say
from ksd_toolkit.project import dossier_names, find_home
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter, read_document
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.period_index import json_file
from ksd_toolkit.publishing.rollup_figures import rollup_hovers
from ksd_toolkit.rollup import RollUp, read_rollup
from ksd_toolkit.rollup.result import FOLDER, KIND, PAPER
from ksd_toolkit.rollup.wording import area_name
from ksd_toolkit.runs.indexing import indexed, write_index
from ksd_toolkit.runs.look import look_of
from ksd_toolkit.runs.notebook_files import toolkit_notebook
from ksd_toolkit.runs.notebooks import checked, execute, notebook_bytes
from ksd_toolkit.runs.paper_files import PaperFiles, put_files
from ksd_toolkit.runs.stamp_file import PRINTED_DIGITS, STAMP_FILE
from ksd_toolkit.tables import rollup as tables
from ksd_toolkit.tables import rollup_pairs
from ksd_toolkit.theme import Theme, read_theme

NOTEBOOK: Final = "10_roll_up"
STEPS: Final = 3
_NAME: Final = re.compile(rf"{FOLDER}(-(?P<area>\d\d))?/(?P<period>\d{{4}}(-S[12])?)")


@dataclass(frozen=True, slots=True, eq=False)
class RollUpResult:
    """What was rolled up and made."""

    rollup: RollUp
    folder: Path
    files: tuple[Path, ...]

    @property
    def exit_code(self) -> int:
        """0 when every region with a dossier is counted, 2 when some are not, 1 when none is."""
        if not self.rollup.used:
            return 1
        return 2 if self.rollup.left else 0


def roll_up(  # noqa: PLR0913  what is rolled up, where to, and how
    period: str,
    area: str = "",
    *,
    lang: str = "id",
    folder: Path | None = None,
    rows: int | None = None,
    engine: str = "",
    on_step: Callable[[str], None] = lambda _: None,
) -> RollUpResult:
    """The roll-up paper of a period, from the summaries that the runs of its regions left.

    Args:
        period: `2026` or `2026-S1`.
        area: The code of a province, `63`; every region of the project when empty.
        lang: Language of the paper.
        folder: Where it goes; `reports/rekap/<period>` or `reports/rekap-63/<period>` when not given.
        rows: First rows of long tables on paper, 1 or more; as the notebook says when not given.
        engine: What runs the notebook, `ksd-fork` or `papermill`.
        on_step: Called with the name of each step before it begins.

    Raises:
        RunError: The period or province is none, no region has a dossier of it, or the notebook failed.
        InputError: The theme of the province's government is refused.
    """
    rollup = read_rollup(period, area, lang=lang, home=find_home())
    if not rollup.used and not rollup.left:
        raise _nothing(rollup)
    if folder is None and (rollup.root / "data" / rollup.name.partition("/")[0]).is_dir():
        raise RunError("rollup.folder_taken", folder=rollup.name.partition("/")[0])
    target = folder or folder_of(rollup)
    on_step(say("step.notebook", lang, name=NOTEBOOK))
    path = toolkit_notebook(NOTEBOOK, lang)
    wanted = {"period": period, "area": area, "lang": lang, **({"rows": rows} if rows else {})}
    notebook = execute(path, checked(path, wanted), rollup, engine)
    kept = target / "notebooks" / f"{NOTEBOOK}.ipynb"
    replace_file(kept, notebook_bytes(notebook))
    on_step(say("step.paper", lang, name=PAPER))
    governing = governing_dossier(rollup)
    files = [kept, *put_files(_paper(rollup, governing, kept, target / PAPER))]
    on_step(say("step.stamp", lang))
    files.append(_stamp(rollup, governing, target, files))
    if folder is None and (rollup.root / "reports" / json_file(period)).is_file():
        write_index(indexed(rollup.root, period), rollup.root)  # which lists it from now on
    return RollUpResult(rollup, target, tuple(files))


def rollup_called(name: str) -> tuple[str, str] | None:
    """Period and area of a roll-up by its name, `rekap-63/2026`; None where it names none."""
    found = _NAME.fullmatch(name)
    return (found["period"], found["area"] or "") if found else None


def is_rollup(told: Mapping[str, Any]) -> bool:
    """Whether a stamp is that of a roll-up."""
    return told.get("kind") == KIND


def folder_of(rollup: RollUp) -> Path:
    """Where a roll-up lies: in `en/` below its folder when it is not in Indonesian."""
    folder = rollup.root / "reports" / rollup.name
    return folder if rollup.lang == "id" else folder / rollup.lang


def regions_told(rollup: RollUp) -> dict[str, str]:
    """Every region with a dossier and what became of it: the fingerprint of its summary, or why it is not counted."""
    told = {one.dossier: one.sha256 for one in rollup.used}
    return told | {one.dossier: one.why for one in rollup.left}


def governing_dossier(rollup: RollUp) -> Dossier | None:
    """The dossier of the province's own government, whose head the paper bears: of this period, else its latest."""
    if not rollup.area:
        return None
    names = dossier_names(rollup.root)
    names.sort(key=lambda name: (name.endswith(f"/{rollup.period}"), name.rpartition("/")[2]))
    for name in reversed(names):
        with suppress(KsdError):  # what another region's dossier lacks is told elsewhere
            dossier = open_dossier(name, lang=rollup.lang, home=rollup.root)
            if dossier.region.code == rollup.area:
                return dossier
    return None


def _nothing(rollup: RollUp) -> RunError:
    """That no region has a dossier of this period, with the periods there are."""
    periods = sorted({name.rpartition("/")[2] for name in dossier_names(rollup.root)})
    area = area_name(rollup.area, rollup.lang)
    known = ", ".join(periods) or "-"
    return RunError("rollup.no_dossier", period=rollup.period, area=area, known=known)


def _paper(rollup: RollUp, governing: Dossier | None, kept: Path, place: Path) -> PaperFiles:
    """The paper in every form; its workbook holds every row of the tables that are cut on paper."""
    theme = read_theme(governing) if governing is not None else None
    front = front_matter(rollup, theme)
    document, dated = read_document(kept, front), rollup.tanggal_acuan
    made = {
        "html": html_text(document, rollup_hovers(document, rollup)).encode(),
        "pdf": pdf_bytes(document, dated),
        "docx": docx_bytes(document, dated, theme.docx if theme is not None else None),
        "xlsx": annex_workbook(_whole(document, rollup), dated),
    }
    return {place.parent / f"{place.name}.{form}": content for form, content in made.items()}


def front_matter(rollup: RollUp, theme: Theme | None) -> FrontMatter:
    """The head of the paper: that of the province's government where it is known, else a neutral one."""
    lang, area = rollup.lang, area_name(rollup.area, rollup.lang)
    neutral = Letterhead(say("rollup.neutral_head", lang), capital(area))
    day = date_text(rollup.tanggal_acuan, lang) if rollup.dates else ""
    place = theme.place if theme is not None else ""
    return FrontMatter(
        letterhead=theme.letterhead if theme is not None else neutral,
        place_and_date=", ".join(filter(None, (place, day))),
        lang=lang,
        banner=say("stamp.simulated", lang) if rollup.simulated else "",
        running_foot=rollup.stamp.line(),
        keywords=("KSD", "TKKSD", area),
        style=theme.style("policy") if theme is not None else Style(),
    )


def _whole(document: Document, rollup: RollUp) -> Document:
    """The paper with every row of its long tables."""
    full = (
        tables.not_counted(rollup), tables.response(rollup), tables.maturity(rollup),
        tables.shared(rollup, "isu"), tables.shared(rollup, "urusan"),
        tables.follow_by_region(rollup), rollup_pairs.by_both(rollup),
        rollup_pairs.by_one(rollup), rollup_pairs.unnamed(rollup),
    )  # fmt: skip
    whole: Mapping[str, Block] = {
        block.origin: block for shown in full for block in shown.blocks if isinstance(block, Table)
    }
    blocks = [
        whole.get(block.origin, block) if isinstance(block, Table) else block
        for block in document.blocks
    ]
    return replace(document, blocks=tuple(blocks))


def _stamp(rollup: RollUp, governing: Dossier | None, target: Path, files: list[Path]) -> Path:
    """`stamp.json`: the summary of every region counted, those that are not, and the fingerprint of each file made."""
    stamp = rollup.stamp
    facts: dict[str, Any] = {
        "kind": KIND,
        "period": rollup.period,
        "area": rollup.area,
        "stamp": stamp.to_json(),
        "printed": [stamp.data_sha256[:PRINTED_DIGITS]],
        "regions": regions_told(rollup),
        "look": look_of(governing) if governing is not None else {},
        "outputs": {
            path.relative_to(target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(files)
        },
    }
    path = target / STAMP_FILE
    text = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True)
    replace_file(path, f"{text}\n".encode())
    return path
