"""The what-if widget of a notebook: every move is scored by the kernel on the same path as a run."""

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import anywidget
import traitlets

from ksd_toolkit.errors import KsdError
from ksd_toolkit.runs.scenario_files import kept_scenarios, remove_scenario, save_scenario
from ksd_toolkit.scoring import Ranking, read_method
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.scenario import Scenario
from ksd_toolkit.widgets.answers import answer, later, reasons, under
from ksd_toolkit.widgets.facts import page_facts
from ksd_toolkit.widgets.script import style, widget_module

Told = Mapping[str, Any]


class WhatIf(anywidget.AnyWidget):
    """Sliders over the usulan of a ranking; `ksd.what_if(ranking)` shows them.

    A message asks for `answer`, `reasons` or `later` under a scenario, or for the scenarios kept; the reply
    carries its number. What cannot be is answered in a sentence, never with a traceback.
    """

    _esm: ClassVar[str] = widget_module()
    _css: ClassVar[str] = style(follows_lab=True)
    facts = traitlets.Dict().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)

    def __init__(self, ranking: Ranking, **options: Any) -> None:
        self.ranking = ranking
        self._methods: dict[str, Method] = {ranking.method.name: ranking.method}
        self._last: tuple[str, Ranking] | None = None
        super().__init__(
            facts=page_facts(ranking),
            first=answer(self._under({"based_on": ranking.method.name})),
            **options,
        )
        self.on_msg(self._heard)

    def _heard(self, _: Any, content: Told, __: Any) -> None:
        reply: dict[str, Any]
        try:
            reply = _KINDS[str(content["kind"])](self, content)
        except KsdError as error:
            reply = {"error": error.sentence(self.ranking.lang)}
        self.send({"number": content.get("number"), **reply})

    def _under(self, told: Told) -> Ranking:
        """The ranking under a scenario; the last one is kept, as its reasons are asked for next."""
        key = json.dumps(told, sort_keys=True)
        if self._last is None or self._last[0] != key:
            scenario = Scenario.parse(told, "scenario")
            self._last = key, under(self.ranking, scenario, self._method(scenario.based_on))
        return self._last[1]

    def _method(self, name: str) -> Method:
        if name not in self._methods:
            self._methods[name] = read_method(self.ranking.register.dossier, name)
        return self._methods[name]

    def _answer(self, content: Told) -> dict[str, Any]:
        return answer(self._under(content["scenario"]))

    def _reasons(self, content: Told) -> dict[str, Any]:
        return reasons(self._under(content["scenario"]), str(content["usulan"]))

    def _later(self, content: Told) -> dict[str, Any]:
        return later(self._under(content["scenario"]), str(content["usulan"]))

    def _scenarios(self, _: Told) -> dict[str, Any]:
        return {"scenarios": kept_scenarios(self.ranking.register.dossier)}

    def _save(self, content: Told) -> dict[str, Any]:
        dossier, name = self.ranking.register.dossier, str(content["name"])
        scenario = Scenario.parse(content["scenario"], name)
        scenario.of(
            self._method(scenario.based_on), name
        )  # a scenario nobody could run is not kept
        save_scenario(dossier, name, scenario)
        return {"scenarios": kept_scenarios(dossier)}

    def _remove(self, content: Told) -> dict[str, Any]:
        remove_scenario(self.ranking.register.dossier, str(content["name"]))
        return {"scenarios": kept_scenarios(self.ranking.register.dossier)}


_KINDS: Mapping[str, Callable[[WhatIf, Told], dict[str, Any]]] = {
    "answer": WhatIf._answer,
    "reasons": WhatIf._reasons,
    "later": WhatIf._later,
    "scenarios": WhatIf._scenarios,
    "save": WhatIf._save,
    "remove": WhatIf._remove,
}


def what_if(ranking: Ranking) -> WhatIf:
    """Sliders over a ranking, in a notebook.

    Args:
        ranking: The list; every answer is this list under other settings.
    """
    return WhatIf(ranking)
