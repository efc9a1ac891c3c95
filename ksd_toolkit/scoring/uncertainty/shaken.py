"""What the rank intervals of a list were drawn over, in words."""

from ksd_toolkit.messages import join_words, say
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.uncertainty.acceptability import judged_of
from ksd_toolkit.scoring.uncertainty.counting import shaken_sources


def shaken_words(ranking: Ranking, lang: str = "") -> str:
    """What was drawn for the rank intervals of a list: `weights and unanswered criteria`."""
    lang = lang or ranking.lang
    sources = shaken_sources(judged_of(ranking), ranking.method.uncertainty)
    names = [say(f"firm.{name}", lang) for name in sources]
    return join_words(names, lang) or say("firm.nothing", lang)
