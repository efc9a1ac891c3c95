"""The partner what-if of a notebook: other weights or another lens, and the candidates follow on list and map."""

from collections.abc import Mapping
from typing import Any, ClassVar

import anywidget
import traitlets

from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.scoring.shares import shares
from ksd_toolkit.widgets.partner_facts import partner_answer, partner_facts, partner_reasons
from ksd_toolkit.widgets.script import partner_module, style

Told = Mapping[str, Any]


class PartnerWhatIf(anywidget.AnyWidget):
    """Sliders over the candidates of a region; `ksd.partner_what_if(matches)` shows them."""

    _esm: ClassVar[str] = partner_module()
    _css: ClassVar[str] = style(follows_lab=True)
    facts = traitlets.Dict().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)

    def __init__(self, matches: Matches, **options: Any) -> None:
        self.matches = matches
        super().__init__(facts=partner_facts(matches), first=partner_answer(matches), **options)
        self.on_msg(self._heard)

    def _heard(self, _: Any, content: Told, __: Any) -> None:
        reply: dict[str, Any]
        try:
            found = self._under(content)
            reply = (
                partner_reasons(found, str(content["partner"]))
                if content["kind"] == "reasons"
                else partner_answer(found)
            )
        except KsdError as error:
            reply = {"error": error.sentence(self.matches.lang)}
        self.send({"number": content.get("number"), **reply})

    def _under(self, told: Told) -> Matches:
        """The candidates under the weights and the lens of a message."""
        found = self.matches
        if told.get("points"):
            weights = shares(told["points"], told.get("locked", {}), told.get("off", ()))
            found = found.replace(weights=weights)
        lens = str(told.get("lens", ""))
        return found.under_lens(lens) if lens != found.lens else found


def partner_what_if(matches: Matches) -> PartnerWhatIf:
    """Sliders over the candidate partners of a region, in a notebook.

    Args:
        matches: The candidates; every answer is these under other weights or through a lens.
    """
    return PartnerWhatIf(matches)
