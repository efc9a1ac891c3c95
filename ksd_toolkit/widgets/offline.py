"""The what-if page as one file: it scores by itself, asks nobody, and opens without a server."""

import base64
import hashlib
import json
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ksd_toolkit.messages import say
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.comparison.variants import comparison_settings
from ksd_toolkit.scoring.scenario import Scenario
from ksd_toolkit.widgets.answers import answer, under
from ksd_toolkit.widgets.facts import page_facts
from ksd_toolkit.widgets.script import script, style

_BREAKS_OUT: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
_LINE_ENDS: Final = {0x2028: "\\u2028", 0x2029: "\\u2029"}


def offline_page(ranking: Ranking) -> str:
    """The page as HTML; its policy lets nothing run but its own script and nothing be fetched.

    Args:
        ranking: The list sliders start from.
    """
    facts = page_facts(ranking)
    facts["change_percent"] = float(comparison_settings()["weights"]["change_percent"])
    scored = [one for one in facts["profiles"] if one["aggregation"] != "promethee"]
    facts["profiles"] = scored
    first = answer(under(ranking, Scenario(ranking.method.name), ranking.method))
    code = f'"use strict";\n{script()}\n{_START}'
    sheet = style()
    page: str = _page().render(
        lang=ranking.lang,
        title=say("what_if.page_title", ranking.lang, region=facts["dossier"]["region"]),
        script=Markup(code),  # noqa: S704  our own script, no text of anybody
        style=Markup(sheet),  # noqa: S704
        script_hash=_hash(code),
        style_hash=_hash(sheet),
        facts=Markup(_inert({"facts": facts, "first": first})),  # noqa: S704  every < > & is escaped
        footer=ranking.stamp.line(),
        no_script=say("what_if.no_script", ranking.lang),
    )
    return page


_START: Final = (
    "(() => { const told = JSON.parse(document.getElementById('facts').textContent);"
    " startWhatIf(document.getElementById('what-if'), told.facts, told.first,"
    " new PageBackend(told.facts), 1); })();"
)


def _inert(value: Any) -> str:
    """JSON that no text in it can end or leave."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_BREAKS_OUT | _LINE_ENDS)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _page() -> Any:
    loader = PackageLoader("ksd_toolkit.widgets", "page")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "offline.html.j2"
    )
