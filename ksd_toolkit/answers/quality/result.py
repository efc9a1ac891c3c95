"""The quality of a period's answers as one result: who answered, how completely, how far they agree."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ksd_toolkit.answers.quality.agreement import ALL, Agreement, agreement
from ksd_toolkit.answers.quality.cells import asked_cells, criteria_of, state_counts
from ksd_toolkit.answers.quality.change import Change, change
from ksd_toolkit.answers.quality.flags import flag_sentence, flags
from ksd_toolkit.answers.quality.limits import section_codes
from ksd_toolkit.answers.quality.response import Response, responses
from ksd_toolkit.columns import records
from ksd_toolkit.messages import decimal, say
from ksd_toolkit.questionnaire import form_of
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """How good the answers of a period are.

    `completeness`: by office and section, `items`: by table and question, both with the count of
    every state (`dijawab, TT, TB, kosong, tak_terbaca`), `asked` (all but TB) and `share` answered.
    `criteria`: the criteria rated, with their labels. `change` is None without an earlier period.
    """

    register: Register
    criteria: dict[str, dict[str, str]]
    response: Response
    completeness: pd.DataFrame
    items: pd.DataFrame
    agreement: Agreement
    flags: pd.DataFrame
    change: Change | None

    def __repr__(self) -> str:
        level = dict(records(self.response.levels))["opd"]
        alpha = dict(records(self.agreement.offices))[ALL]["alpha"]
        told = "-" if pd.isna(alpha) else decimal(alpha, 3)
        name = self.register.dossier.name
        return f"Quality({name}: {level['part']} dari {level['whole']} OPD, alfa {told}, {len(self.flags)} tanda)"

    @property
    def lang(self) -> str:
        """The language of papers made from it."""
        return self.register.lang

    def office_name(self, code: str) -> str:
        """The name of an office; its code where the dossier lists no such office."""
        return str(self.register.dossier.offices["opd_nama"].get(code, code))

    def criterion_name(self, code: str, lang: str = "id") -> str:
        """What a criterion is called, or all of them; its code where the form has no name for it."""
        if code == ALL:
            return say("quality.all_criteria", lang)
        labels = self.criteria.get(code, {})
        return labels.get(lang) or labels.get("id") or code

    def explain(self, subject: str, lang: str = "id") -> list[str]:
        """Every flag about an usulan or an office, a sentence each.

        Args:
            subject: The code of an usulan or of an office.
            lang: Language of the sentences.
        """
        mine = (self.flags["subject"] == subject) | (self.flags["opd_kode"] == subject)
        return [self.flag_sentence(row, lang) for _, row in records(self.flags[mine])]

    def flag_sentence(self, flag: dict[str, Any], lang: str = "id") -> str:
        """What one row of `flags` says."""
        return flag_sentence(flag, self.office_name(str(flag["opd_kode"])), lang)


def quality(register: Register) -> Quality:
    """How good the answers of a register are; nothing is imputed, nothing left out.

    Source:
        The seed brief: each OPD answers through at least two PPKSD; limits and their sources in
        `knowledge/quality.toml`.
    """
    return remembered("quality", None, register, lambda: _quality(register))


def _quality(register: Register) -> Quality:
    cells = asked_cells(register)
    criteria = criteria_of(form_of(register.dossier))
    response = responses(register, cells)
    found = agreement(register, list(criteria))
    return Quality(
        register=register,
        criteria=criteria,
        response=response,
        completeness=_completeness(cells),
        items=state_counts(cells, ["table", "field"]),
        agreement=found,
        flags=flags(register, found),
        change=change(register, response.levels),
    )


def _completeness(cells: pd.DataFrame) -> pd.DataFrame:
    """By office and section, in the order of the questionnaire."""
    counted = state_counts(cells, ["opd_kode", "section"])
    place = {code: number for number, code in enumerate(section_codes())}
    order = counted.index.get_level_values("section").map(place).argsort(kind="stable")
    return counted.iloc[order]
