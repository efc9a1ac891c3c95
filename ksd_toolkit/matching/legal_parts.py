"""The parts of a legal case, conditions, council, documents and stages, each telling itself in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ksd_toolkit.messages import count, language, say
from ksd_toolkit.questionnaire import read_form

Answer = Literal["ya", "tidak", "belum", "TB"]
State = Literal["terpenuhi", "direncanakan", "tidak", "belum"]
Kind = Literal["wajib", "sukarela", "belum", ""]

_TOLD: Final = ("terpenuhi", "direncanakan", "tidak", "belum", "not_known")


@dataclass(frozen=True, slots=True)
class Check:
    """A condition of the law: its `state`, its article, and the questions that settle it.

    `state` is `terpenuhi`, `direncanakan`, `tidak` or `belum` (not answered). `fields` names the questions of the
    mapping questionnaire still to be answered.
    """

    code: str
    state: State
    article: str
    texts: Mapping[str, str]
    fields: tuple[str, ...] = ()

    def text(self, lang: str = "id") -> str:
        """What must hold."""
        return self.texts[language(lang)]

    def state_in_words(self, lang: str = "id") -> str:
        """The state as people read it; what no question settles is not known rather than unanswered."""
        return say(f"legal.state.{self.told}", lang)

    @property
    def told(self) -> str:
        """The state as it is counted: `not_known` where it is open and no question settles it."""
        return "not_known" if self.state == "belum" and not self.fields else self.state

    def questions(self, lang: str = "id") -> tuple[str, ...]:
        """The questions whose answers would settle it, as the questionnaire asks them."""
        return tuple(question(name, lang) for name in self.fields)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document a cooperation needs: its code, article and texts.

    `only` says on what it still depends: `mandatory` or `council` while that is not known.
    """

    code: str
    article: str
    texts: Mapping[str, str]
    only: str = ""

    def text(self, lang: str = "id") -> str:
        """What it is called and holds, and on what it depends."""
        depends = f" ({say(f'legal.only.{self.only}', lang)})" if self.only else ""
        return self.texts[language(lang)] + depends


@dataclass(frozen=True, slots=True)
class Council:
    """Whether the DPRD must approve (`ya`, `tidak`, `belum`; `tidak_diatur` for Sinergi), and why.

    `fields` names the questions still to be answered.
    """

    needed: str
    why: str
    articles: tuple[str, ...]
    fields: tuple[str, ...] = ()

    def text(self, lang: str = "id") -> str:
        """The reason in a clause."""
        return say(f"legal.council.{self.why}", lang)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a family in the law's order; `council` is the number of the DPRD's, from 1."""

    names: Mapping[str, tuple[str, ...]]
    council: int
    article: str

    def text(self, lang: str = "id", needed: str = "ya") -> tuple[str, ...]:
        """The names of the stages; that of the DPRD with a remark where it is not `needed` or not known."""
        names = self.names[language(lang)]
        if needed == "ya":
            return names
        at = self.council - 1
        remark = say(f"legal.stage.{needed}", lang)
        return (*names[:at], f"{names[at]} ({remark})", *names[at + 1 :])


def question(name: str, lang: str = "id") -> str:
    """A question of the mapping questionnaire, as asked."""
    form = read_form("pemetaan")
    table = "mitra" if name in {"kode_wilayah", "mitra_jenis"} else "usulan"
    return form.table(table).field(name).label(lang)


def counted(checks: tuple[Check, ...], lang: str = "id") -> list[str]:
    """How many conditions are in each state, in words."""
    told = [check.told for check in checks]
    return [
        say(f"legal.counted.{one}", lang, n=count(told.count(one), lang))
        for one in _TOLD
        if one in told
    ]
