"""Whether the council must approve an agreement, by when it answers, and what its silence means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.agreements.rules import AgreementRules, CouncilDeadline

_YES, _NO = "ya", "tidak"


@dataclass(frozen=True, slots=True)
class CouncilTime:
    """The time the council has: the last day to answer, and what it rests on."""

    received: date
    last_day: date
    deadline: CouncilDeadline

    @property
    def silent_from(self) -> date | None:
        """From when its silence counts as approval; None where no text says that it does."""
        return self.last_day + timedelta(days=1) if self.deadline.silence_is_approval else None


def council_due(
    jenis_ksd: str, burdens: str | None, funded: str | None, rules: AgreementRules
) -> bool | None:
    """Whether the council must approve: a burden on people and region, or no funding in the budget; or both.

    Args:
        jenis_ksd: The type; foreign cooperation always needs the approval, Sinergi never.
        burdens: `ya` or `tidak`; None when not known.
        funded: `ya` or `tidak`; None when not known.
        rules: The types.

    Returns:
        None where what is known does not decide it.

    Source:
        PP 28/2018 Pasal 6 ayat (2), Pasal 30 ayat (1) dan Pasal 38.
    """
    if jenis_ksd in rules.council_always:
        return True
    if jenis_ksd in rules.council_never:
        return False
    if burdens == _YES or funded == _NO:
        return True
    return False if burdens == _NO and funded == _YES else None


def due_of(document: Mapping[Any, Any], rules: AgreementRules) -> bool | None:
    """`council_due` of a row of `naskah`."""
    burdens, funded = (
        None if pd.isna(document[name]) else str(document[name])
        for name in ("beban_masyarakat", "anggaran_tersedia")
    )
    return council_due(document["jenis_ksd"], burdens, funded, rules)


def council_time(
    jenis_ksd: str, received: date, rules: AgreementRules, holidays: tuple[date, ...] = ()
) -> CouncilTime | None:
    """The last working day of the council, counted from the day after it received the request.

    Saturdays, Sundays and `holidays` are no working days.

    Source:
        PP 28/2018 Pasal 30 ayat (4); Permendagri 25/2020 Pasal 17 ayat (2)-(3).
    """
    deadline = rules.council_deadline(jenis_ksd)
    if deadline is None:
        return None
    counted = np.busday_offset(
        np.datetime64(received), deadline.working_days, roll="backward",
        holidays=np.array(holidays, dtype="datetime64[D]"),
    )  # fmt: skip
    return CouncilTime(received, counted.astype(date), deadline)


def time_of(
    document: Mapping[Any, Any], rules: AgreementRules, holidays: tuple[date, ...] = ()
) -> CouncilTime | None:
    """`council_time` of a row of `naskah`; None where no request is recorded."""
    received = document["tgl_permohonan_dprd"]
    if pd.isna(received):
        return None
    return council_time(document["jenis_ksd"], received.date(), rules, holidays)
