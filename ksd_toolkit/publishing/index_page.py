"""The page of everything made in a period: searched and filtered by its one script, whole without it.

Names of forms, papers and regions stand on the page once; a link is named by pointing at three of them,
so that a screen reader says "PDF: Policy brief Kabupaten X" and the page stays small.
"""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from markupsafe import Markup

from ksd_toolkit.display.fragment import html_blocks, paper_labels
from ksd_toolkit.document import Document, KeyFigure, KeyFigures, Letterhead
from ksd_toolkit.messages import count, date_text, language, period_name, say
from ksd_toolkit.publishing.html import framed, page_engine, page_script
from ksd_toolkit.publishing.index_rows import (
    paper_kinds,
    paper_names,
    province_names,
    rollups,
    rows,
)
from ksd_toolkit.publishing.period_index import (
    FORMS,
    STATUSES,
    IndexedPaper,
    IndexedRegion,
    IndexedRollup,
    PeriodIndex,
    index_json,
    json_file,
    page_file,
    relative_link,
)

__all__ = [
    "STATUSES",
    "IndexedPaper",
    "IndexedRegion",
    "IndexedRollup",
    "PeriodIndex",
    "index_html",
    "index_json",
    "json_file",
    "page_file",
]

_LABELS: Final = (
    "other", "machine", "narrow", "find", "find_hint", "province", "status", "with_paper", "all", "reset", "none",
    "empty", "jump", "list", "region", "code", "papers", "remark", "no_papers",
    "rollups",
)  # fmt: skip


def index_html(index: PeriodIndex, lang: str) -> str:
    """The page as the text of one HTML file that asks for nothing.

    Args:
        index: What was made; its regions are listed in this order.
        lang: Language of the page, `id` or `en`. A paper in the other one is listed where there is none in
            this, and says so.
    """
    lang, other = language(lang), language("id" if lang == "en" else "en")
    names = paper_names(index, lang)
    all_of_them = count(len(index.regions), lang)
    body = (
        page_engine()
        .get_template("index.html.j2")
        .render(
            index=index,
            other_lang=other,
            other_page=relative_link(page_file(index.period, other)),
            machine_page=relative_link(json_file(index.period)),
            labels={name: say(f"index_page.{name}", lang) for name in _LABELS},
            statuses={name: say(f"index_page.{name}", lang) for name in STATUSES},
            forms=[say(f"index_page.form_{form}", lang) for form in FORMS],
            names=list(names.values()),
            kinds=paper_kinds(index, lang),
            provinces=province_names(index, lang),
            rows=list(rows(index, names, lang)),
            rollups=rollups(index, lang),
            figures=html_blocks([_figures(index, lang)], paper_labels(lang)),
            shown=say("index_page.shown", lang, n=all_of_them, m=all_of_them),
            shown_text=say("index_page.shown", lang, n="{n}", m="{m}"),
        )
    )
    script = page_script() + "\n" + _part("index.js") if index.regions else Markup()
    return framed(
        _document(index, lang),
        Markup(body),  # noqa: S704  rendered with autoescape
        own_style=_part("index.css"),
        script=script,
    )


def _document(index: PeriodIndex, lang: str) -> Document:
    """The head and foot of the page."""
    dated = _dated(index.tanggal_acuan, lang)
    return Document(
        title=say("index_page.title", lang, period=period_name(index.period, lang)),
        subtitle=say("index_page.dated", lang, date=dated) if dated else "",
        lang=lang,
        letterhead=Letterhead("", ""),
        place_and_date="",
        blocks=(),
        banner=say("stamp.simulated", lang) if index.simulated else "",
        running_foot=say(
            "index_page.foot", lang, period=index.period, date=dated, version=index.toolkit
        ),
        keywords=("KSD", "TKKSD", index.period),
    )


def _dated(text: str, lang: str) -> str:
    """An ISO date as people write it; anything else as it is."""
    try:
        return date_text(date.fromisoformat(text), lang)
    except ValueError:
        return text


def _figures(index: PeriodIndex, lang: str) -> KeyFigures:
    """How many regions there are, and how many of each status."""
    numbers = {"regions": len(index.regions), **index.totals}
    told = [(count(n, lang), say(f"index_page.{name}", lang)) for name, n in numbers.items()]
    return KeyFigures(tuple(KeyFigure(number, words) for number, words in told))


@cache
def _part(name: str) -> Markup:
    """A file of the page: a style sheet or a script."""
    text = files("ksd_toolkit.publishing").joinpath("layout", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  a file of ours, no data in it
