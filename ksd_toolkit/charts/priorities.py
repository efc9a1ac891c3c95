"""The charts of the priority list, each from one result: what the notebook on scores calls."""

from ksd_toolkit.charts.acceptability import rank_shares
from ksd_toolkit.charts.quadrant import quadrant
from ksd_toolkit.charts.ranks_by_method import ranks_as_lines
from ksd_toolkit.charts.score_bars import scores
from ksd_toolkit.charts.tornado import tornado
from ksd_toolkit.charts.waterfall import contributions
from ksd_toolkit.display import Shown
from ksd_toolkit.scoring.comparison.side_by_side import SideBySide, short_title
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.uncertainty import Acceptability
from ksd_toolkit.scoring.views import Quadrants

__all__ = ["contributions", "corners", "firmness", "lines", "scores", "tornado"]


def firmness(ranking: Ranking, found: Acceptability, rows: int = 20, lang: str = "") -> Shown:
    """In how many of all draws each of the first usulan took which rank."""
    return rank_shares(ranking, found.shares, found.table, rows, lang or ranking.lang)


def lines(found: SideBySide, rows: int = 20, lang: str = "") -> Shown:
    """The order of the first usulan under every profile and way to compute, one line each."""
    lang = lang or found.ranking.lang
    names = {str(key): short_title(str(key), lang) for key in found.ranks.columns}
    titles = _titles(found.ranking)
    return ranks_as_lines(found.ranks, titles, names, rows=rows, lang=lang)


def corners(found: Quadrants, rows: int = 40, lang: str = "") -> Shown:
    """The first usulan by what they are worth and how feasible they are."""
    lang = lang or found.ranking.lang
    borders = (found.rule.value_border, found.rule.feasibility_border)
    names = {corner: found.label(corner, lang) for corner in found.rule.labels}
    return quadrant(found.table, _titles(found.ranking), borders, names, rows=rows, lang=lang)


def _titles(ranking: Ranking) -> dict[str, str]:
    return {str(usulan): str(title) for usulan, title in ranking.table["judul"].items()}
