"""Why something cannot have happened to an agreement: place, cause, article and remedy, in both languages."""

from collections.abc import Callable, Iterator
from datetime import date

from ksd_toolkit.agreements.rules import Ground
from ksd_toolkit.agreements.stages import (
    Agreement,
    Event,
    ground_label,
    kind_label,
    stage_label,
    type_label,
)
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import date_text, join_words, say


def refused(  # noqa: PLR0913  each cause names other things
    code: str,
    agreement: Agreement,
    event: Event,
    ground: Ground | None,
    *,
    other: str = "",
    before: Event | None = None,
    parent: Agreement | None = None,
    kind: str = "",
    end: date | None = None,
    grounds: tuple[str, ...] = (),
) -> Problem:
    """The refusal of an event.

    Args:
        code: The cause, `problem.agreements.<code>` in the messages.
        agreement: The document it would have happened to.
        event: What would have happened.
        ground: The article that does not let it.
        other: Another stage the cause names.
        before: What happened last.
        parent: The umbrella.
        kind: The kind of document that is missing.
        end: When it ended.
        grounds: The grounds that the type knows.
    """
    facts: dict[str, object] = {"no_dok": agreement.no_dok}
    told: dict[str, Callable[[str], str]] = {
        "kind": lambda lang: kind_label(kind or agreement.jenis_dok, lang),
        "type": lambda lang: type_label(agreement.jenis_ksd, lang),
        "what": lambda lang: event_text(event, lang),
        "date": lambda lang: date_text(event.on, lang),
        "law": lambda lang: ground.cited(lang) if ground else say("law.unverified", lang),
        "other": lambda lang: stage_label(other, lang),
        "before": lambda lang: event_text(before, lang) if before else "",
        "before_date": lambda lang: date_text(before.on, lang) if before else "",
        "end": lambda lang: date_text(end, lang) if end else say("agreements.day_unknown", lang),
        "grounds": lambda lang: join_words([ground_label(g, lang) for g in grounds], lang),
    }
    facts["parent"] = parent.no_dok if parent else ""
    facts |= dict(_in_both(told))
    table = "tahapan" if event.what == "stage" else "naskah"
    return Problem(f"agreements.{code}", Where(sheet=table), facts)


def event_text(event: Event, lang: str = "id") -> str:
    """What happened, in a few words."""
    match event.what:
        case "stage":
            return stage_label(event.code, lang)
        case "amend":
            return say("agreements.amended_by", lang, no_dok=event.code)
        case _:
            return say("agreements.ended_by", lang, ground=ground_label(event.code, lang))


def _in_both(told: dict[str, Callable[[str], str]]) -> Iterator[tuple[str, str]]:
    for name, text in told.items():
        yield name, text("id")
        yield f"{name}_en", text("en")
