"""The policy options a-d scored on Dunn's six criteria by members of the TKKSD."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import InputError
from ksd_toolkit.evaluation.option_rules import criterion_label, option_label, read_option_rules
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, decimal, join_words, say
from ksd_toolkit.plenary.roster import Member, read_roster
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered

DECIMALS: Final = 2
HIGHEST: Final = 5
"""Of the scale the form offers."""
_TABLE: Final = "nilai_opsi"


@dataclass(frozen=True, slots=True, eq=False)
class OptionScores:
    """What the members said of the options.

    `cells`: one row per option and criterion, indexed by `opsi, kriteria`: `median, low, high` (1-5),
    `raters`; missing where nobody scored. `totals`: one row per option in the order a-d: `points`
    (weighted mean of its medians, 1-5, rounded half up to two decimals), `rank` (equal points share the
    smaller one), `answered` of `criteria`, `raters`. `raters` are the members whose scores count, by the
    capacity in which they sit; `unlisted` how many scores came from nobody on the roster and do not count.
    """

    cells: pd.DataFrame
    totals: pd.DataFrame
    raters: tuple[Member, ...]
    unlisted: int

    def __repr__(self) -> str:
        return f"OptionScores({len(self.raters)} raters, {self.unlisted} unlisted scores)"

    @property
    def scored(self) -> bool:
        """Whether any option has points."""
        return bool(self.totals["points"].notna().any())

    def best(self) -> list[str]:
        """The options of the first rank; none where nothing was scored."""
        return [str(code) for code in self.totals.index[self.totals["rank"] == 1]]

    def explain(self, option: str, lang: str = "id") -> str:
        """Why an option has its points, in a sentence.

        Raises:
            InputError: There is no such option.
        """
        if option not in self.totals.index:
            raise InputError("options.unknown", option=option)
        row, cells = self.totals.loc[option], self.cells.loc[option]
        name = mid_sentence(option_label(option, lang))
        if pd.isna(row["points"]):
            return say("options.explain_none", lang, option=option, name=name)
        medians = cells["median"].dropna()
        return say(
            "options.explain",
            lang,
            option=option,
            name=name,
            points=decimal(row["points"], DECIMALS, lang),
            rank=count(row["rank"], lang),
            options=count(self.totals["points"].notna().sum(), lang),
            best=_named(medians[medians == medians.max()], lang),
            worst=_named(medians[medians == medians.min()], lang),
            answered=count(row["answered"], lang),
            criteria=count(row["criteria"], lang),
            raters=count(row["raters"], lang),
        )


def option_scores(register: Register) -> OptionScores:
    """The medians of the members' scores, and the options in the order of their points.

    Only members on the roster (`anggota_tkksd.csv`) count. A blank or `TT` leaves a criterion out of
    that member's answers; a criterion nobody scored leaves the base of the option. Nothing is filled in.

    Source:
        Dunn, six criteria of policy recommendation; medians and equal weights are the toolkit's
        proposal (`knowledge/policy_options.toml`).
    """
    return remembered("option_scores", None, register, lambda: _scored(register))


def _scored(register: Register) -> OptionScores:
    rules, roster = read_option_rules(), read_roster(register.dossier)
    table = register.table(_TABLE)
    given = table.assign(
        skor=pd.to_numeric(table["skor"], errors="coerce"), penilai=table["penilai"].str.upper()
    )
    given = given.dropna(subset="skor").drop_duplicates(["opsi", "kriteria", "penilai"])
    found = {name: roster.find(str(name)) for name in given["penilai"].unique()}
    listed = given["penilai"].map(lambda name: found[name] is not None).astype(bool)
    cells = _cells(given[listed], list(rules.weights))
    members = {member.member: member for member in found.values() if member is not None}
    counted = tuple(member for member in roster.members if member.member in members)
    raters = given[listed].groupby("opsi")["penilai"].nunique()
    return OptionScores(cells, _totals(cells, raters), counted, int((~listed).sum()))


def _cells(given: pd.DataFrame, criteria: list[str]) -> pd.DataFrame:
    options = [option.code for option in read_option_rules().options]
    index = pd.MultiIndex.from_product([options, criteria], names=["opsi", "kriteria"])
    found = given.groupby(["opsi", "kriteria"])["skor"].agg(["median", "min", "max", "size"])
    found.columns = pd.Index(["median", "low", "high", "raters"])
    cells = found.reindex(index)
    return cells.astype("float64").assign(raters=cells["raters"].fillna(0).astype(int))


def _totals(cells: pd.DataFrame, raters: "pd.Series[int]") -> pd.DataFrame:
    """Every option weighed; `cells` has all criteria of an option one after the other."""
    rules = read_option_rules()
    options = pd.Index([option.code for option in rules.options], name="opsi")
    weights = np.array(list(rules.weights.values()))
    medians = cells["median"].to_numpy().reshape(len(options), len(weights))
    known = ~np.isnan(medians)
    base = (known * weights).sum(axis=1)
    total = (np.where(known, medians, 0.0) * weights).sum(axis=1)
    exact = np.divide(total, base, out=np.full(len(options), np.nan), where=base > 0)
    scale = 10.0**DECIMALS
    points = pd.Series(np.floor(exact * scale + 0.5) / scale, options)
    return pd.DataFrame(
        {
            "points": points,
            "rank": points.rank(ascending=False, method="min"),
            "answered": known.sum(axis=1),
            "criteria": len(weights),
            "raters": raters.reindex(options).fillna(0).astype(int),
        }
    )


def _named(medians: "pd.Series[float]", lang: str) -> str:
    """`efektivitas dan ketepatan (5)`."""
    names = [mid_sentence(criterion_label(str(code), lang)) for code in medians.index]
    value = decimal(float(medians.iloc[0]), 1, lang)
    return say("options.named", lang, names=join_words(names, lang), value=value)
