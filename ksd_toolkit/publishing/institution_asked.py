"""A figure on options, TKKSD or problems that is to be explained: what is counted anew, and the rows behind it."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.activation import Activation, Window, activation
from ksd_toolkit.evaluation.maturity import maturity_trend
from ksd_toolkit.evaluation.option_effects import Effect, option_effects
from ksd_toolkit.evaluation.option_scores import OptionScores, option_scores
from ksd_toolkit.messages import date_text
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError, Row
from ksd_toolkit.register import Register

OPTIONS: Final = "nilai_opsi"


@dataclass(frozen=True, slots=True, eq=False)
class AskedInstitution(AskedFigure):
    """A figure with what it is explained from."""

    @property
    def register(self) -> Register:
        """The register of the dossier."""
        return self.evidence.register

    @property
    def scores(self) -> OptionScores:
        """The scores of the policy options."""
        return self.once("option_scores", lambda: option_scores(self.register))

    @property
    def tkksd(self) -> Activation:
        """What the TKKSD did in the two years."""
        return self.once("activation", lambda: activation(self.register))

    @property
    def effects(self) -> dict[str, Effect]:
        """What came of every option, by its code."""
        return self.once(
            "option_effects", lambda: {e.option.code: e for e in option_effects(self.register)}
        )

    @property
    def trend(self) -> pd.DataFrame:
        """How the levels of the five problems moved."""
        return self.once("maturity_trend", lambda: maturity_trend(self.register))


def rows_of(found: pd.DataFrame, table: str = OPTIONS) -> tuple[Row, ...]:
    """Every row of what was found, in its table."""
    return tuple((table, str(key)) for key in found["row_key"])


def span(asked: AskedInstitution, window: Window) -> dict[str, str]:
    """The days a window reaches from and to, both counted."""
    first = window.start + pd.Timedelta(days=1)
    return {
        "first": date_text(first, asked.lang),
        "last": date_text(window.end, asked.lang),
    }


def period_before(asked: AskedInstitution) -> str:
    """The period before.

    Raises:
        GoneError: There is none.
    """
    previous = asked.register.previous
    if previous is None:
        raise GoneError
    return previous.dossier.period


def offices(asked: AskedInstitution, *, both: bool = False) -> tuple[Row, ...]:
    """The answers of the offices now, and of the period before where there is one."""
    now = [("opd", str(code)) for code in asked.register.opd["opd_kode"]]
    previous = asked.register.previous
    if previous is None or not both:
        return tuple(now)
    period = previous.dossier.period
    return (*now, *(("opd", f"{period}/{code}") for code in previous.opd["opd_kode"]))
