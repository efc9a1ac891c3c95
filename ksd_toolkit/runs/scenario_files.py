"""Keep scenarios of a dossier: one readable file each, `scenarios/<name>.toml`, and what may be wrong with one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError, RunError
from ksd_toolkit.messages import say
from ksd_toolkit.project import SCENARIO_NAME
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.scenario import FOLDER, Scenario, read_scenario, scenario_names

_LONGEST: Final = 60
_SHOWN: Final = 12


def scenario_facts(scenario: Scenario) -> dict[str, Any]:
    """A scenario as a table, only with what it says; `Scenario.parse` reads it back."""
    drawn = {"weights": scenario.spread or None, "concentration": scenario.concentration}
    origin = {"method_sha256": scenario.method_sha256, "data_sha256": scenario.data_sha256}
    table: dict[str, Any] = {
        "title": scenario.title,
        "note": scenario.note,
        "based_on": scenario.based_on,
        "aggregation": scenario.aggregation,
        "off": list(scenario.off),
        "coverage_minimum": scenario.coverage_minimum,
        "budget": scenario.budget,
        "points": dict(scenario.points),
        "locked": dict(scenario.locked),
        "classes": dict(scenario.classes),
        "uncertainty": {key: value for key, value in drawn.items() if value is not None},
        "data": {key: value for key, value in origin.items() if value},
    }
    return {key: value for key, value in table.items() if value not in ("", None, [], {})}


def scenario_text(dossier: Dossier, name: str, scenario: Scenario) -> str:
    """The file of a scenario, as a person reads it."""
    table = scenario_facts(scenario)
    lines = [
        f"# {say('scenario.head', dossier.lang, command=f'ksd run {dossier.name} --scenario {name}')}"
    ]
    lines += [
        f"{key} = {_value(one)}" for key, one in table.items() if not isinstance(one, Mapping)
    ]
    for key, below in table.items():
        if isinstance(below, Mapping):
            lines += ["", f"[{key}]", *(f"{_value(k)} = {_value(v)}" for k, v in below.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """A number, a text or a list of texts as TOML has them: JSON's way, but for one invisible letter."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def check_data(ranking: Ranking) -> None:
    """Refuse a scenario that was made on other answers than those it now ranks.

    Raises:
        RunError: The data changed since the scenario was kept.
    """
    dossier = ranking.register.dossier
    if not dossier.scenario:
        return
    made_on, now = read_scenario(dossier, dossier.scenario).data_sha256, ranking.stamp.data_sha256
    if made_on not in {"", now}:
        facts = {"name": dossier.scenario, "before": made_on[:_SHOWN], "now": now[:_SHOWN]}
        raise RunError("scenario.other_data", **facts)


def save_scenario(dossier: Dossier, name: str, scenario: Scenario) -> None:
    """Write a scenario over whatever had its name.

    Raises:
        RunError: The name is none, or the file cannot be written.
    """
    text = scenario_text(dossier, name, scenario)
    replace_file(_path(dossier, name), text.encode())


def remove_scenario(dossier: Dossier, name: str) -> None:
    """Remove a scenario; one that is gone already stays gone.

    Raises:
        RunError: The name is none.
    """
    _path(dossier, name).unlink(missing_ok=True)


def _path(dossier: Dossier, name: str) -> Path:
    if not SCENARIO_NAME.fullmatch(name) or len(name) > _LONGEST:
        raise RunError("scenario.name", name=name)
    return dossier.folder / FOLDER / f"{name}.toml"


def kept_scenarios(dossier: Dossier) -> list[dict[str, Any]]:
    """Every scenario that can be read, as tables with their names."""
    found = []
    for name in scenario_names(dossier):
        try:
            found.append({"name": name, **scenario_facts(read_scenario(dossier, name))})
        except MethodError as error:
            found.append({"name": name, "title": error.sentence(dossier.lang), "based_on": ""})
    return found
