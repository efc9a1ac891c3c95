"""What happens to an agreement: a stage is passed, it is amended, it ends."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ksd_toolkit.questionnaire.form_reading import choice_label

What = Literal["stage", "amend", "end"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the machine must know of a document before anything happens to it.

    `council_due` says whether the council must approve, None while that is not known. From
    `council_silent_from` its silence counts as approval, where it was asked and the type knows that.
    """

    no_dok: str
    jenis_dok: str
    jenis_ksd: str
    council_due: bool | None = None
    council_silent_from: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day.

    `code` is the stage passed, the ground of an end, or the number of the addendum; `until` the last
    day in force after a signature or an addendum, where there is one.
    """

    what: What
    on: date
    code: str
    until: date | None = None


def stage_label(code: str, lang: str = "id") -> str:
    """The name of a stage; the code itself where the form does not know it."""
    return choice_label("evaluasi", "tahapan", "tahap", code, lang)


def kind_label(code: str, lang: str = "id") -> str:
    """The name of a kind of document."""
    return choice_label("evaluasi", "naskah", "jenis_dok", code, lang)


def type_label(code: str, lang: str = "id") -> str:
    """The name of a type of cooperation."""
    return choice_label("evaluasi", "naskah", "jenis_ksd", code, lang)


def ground_label(code: str, lang: str = "id") -> str:
    """The name of a ground for ending."""
    return choice_label("evaluasi", "naskah", "alasan_berakhir", code, lang)
