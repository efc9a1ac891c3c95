"""How a region lies to the home region, in words for a map."""

from ksd_toolkit.messages import decimal, say
from ksd_toolkit.regions import Relation

_KM_PLACES = 1


def relation_text(lies: Relation, lang: str, letter: str = "") -> str:
    """`berbatasan darat 57,1 km`, and whether cooperation may be mandatory where a letter is given.

    Args:
        lies: The relation of the pair.
        lang: Language of the text.
        letter: Of UU 23/2014 art. 364(2), empty where the pair is none of those.
    """
    is_corner = lies.kind == "borders" and not lies.border_km
    text = say(
        f"map.relation.{'corner' if is_corner else lies.kind}",
        lang,
        border=decimal(lies.border_km or 0.0, _KM_PLACES, lang),
        distance=decimal(lies.distance_km, _KM_PLACES, lang),
    )
    return say("map.relation.mandatory", lang, lies=text, letter=letter) if letter else text
