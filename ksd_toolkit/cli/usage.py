"""A command that was mistyped is told so in Indonesian first, and in English."""

import difflib
import sys
from collections.abc import Collection
from typing import Any, Final

import typer
from typer.core import TyperGroup

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES

MISTYPED: Final = 1
"""Nothing was done; 2 says here that a part was."""
_LIKE: Final = 0.5
# The library shows this class by its heirs only.
_Unusable: Final[type[Exception]] = next(
    one
    for one in typer.BadParameter.__mro__
    if issubclass(one, Exception) and one.__name__ == "ClickException"
)


class Commands(TyperGroup):
    """The commands of `ksd`."""

    def main(self, args: Any = None, *, standalone_mode: bool = True, **extra: Any) -> Any:  # type: ignore[override]
        """Run what was typed; what cannot be read as a command is told, with the usage and what is near."""
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except typer.Abort:  # an answer at a prompt that never came
            code = MISTYPED
        except _Unusable as error:
            _tell(error)
            code = MISTYPED
        sys.exit(code if isinstance(code, int) else 0)


def _tell(error: Any) -> None:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message(), err=True)
        return
    if context is not None:
        typer.echo(context.get_usage(), err=True)
    code, facts = _reason(error)
    facts |= {"command": context.command_path if context is not None else "ksd"}
    for lang in LANGUAGES:
        see = say("usage.see", lang, **facts)
        typer.echo(f"{say(f'usage.{code}', lang, **facts)} {see}", err=True)


def _reason(error: Any) -> tuple[str, dict[str, str]]:
    """Which sentence tells it, and its facts; what the library says stands where there are no words for it."""
    said, kind = legible(error.format_message()), type(error).__name__
    if kind == "NoSuchOption":
        return _near("option", error.option_name, error.possibilities or ())
    if kind == "BadOptionUsage":
        return "option_alone", {"name": legible(error.option_name)}
    parameter = getattr(error, "param", None)
    if parameter is None and said.startswith("Got unexpected extra"):
        return "extra", {"said": said.partition("(s) (")[2].removesuffix(")")}
    if parameter is None:
        known = (
            getattr(getattr(error, "cmd", None), "commands", {})
            if said.startswith("No such command")
            else {}
        )
        return _near("command", said.split("'")[1], known) if known else ("other", {"said": said})
    facts = {"name": parameter.get_error_hint(), "said": legible(error.message)}
    return ("missing", facts) if kind == "MissingParameter" else _value(error, facts)


def _value(error: Any, facts: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Why a value cannot be used, as whoever checked it says."""
    found: list[dict[str, Any]] = getattr(error.__cause__, "errors", list)()
    limits = found[0].get("ctx", {}) if found else {}
    for limit in ("ge", "le"):
        if limit in limits:
            return f"value_{limit}", facts | {"limit": str(limits[limit])}
    number = found and found[0]["type"].startswith("int")
    return ("value_whole" if number else "value"), facts


def _near(what: str, name: str, known: Collection[str]) -> tuple[str, dict[str, str]]:
    """An option or a command nobody knows, with those it is like."""
    near = ", ".join(difflib.get_close_matches(name, sorted(known), 3, _LIKE))
    return (f"{what}_near" if near else what), {"name": legible(name), "near": near}
