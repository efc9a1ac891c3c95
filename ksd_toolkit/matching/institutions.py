"""Fit candidate partners to proposals: affair, issue, output and type rule, then what they can and want."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import MethodError
from ksd_toolkit.matching.candidates import RATINGS, candidates, code_flags, partner_keys
from ksd_toolkit.matching.fit import Fit, first_in_order, ranks_in_rows, shared_part, weighed
from ksd_toolkit.matching.institution_reasons import explain_pair, unknown_sentences
from ksd_toolkit.matching.institution_rules import FitRules, fit_rules
from ksd_toolkit.matching.interest import GENERAL, interest
from ksd_toolkit.matching.legal_case import LegalCase, case_of_usulan
from ksd_toolkit.matching.pairs import (
    ASKED,
    FITS,
    OPEN,
    OUT,
    RELATED,
    SPARSE,
    Numbers,
    listed,
    pair_frame,
)
from ksd_toolkit.matching.type_rules import TypeRules, type_rules
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.kernel import Booleans, Floats, round_half_up
from ksd_toolkit.stamp import Stamp

_METHOD: Final = "calon mitra"


@dataclass(frozen=True, slots=True, eq=False)
class InstitutionMatches:
    """Every proposal fitted to every candidate of the secretariat's register.

    `table` has the first candidates of every proposal, in printed order: `usulan_id, rank` (equal
    points share the smaller one; NaN where too little is known), `mitra_nama, mitra_jenis, points,
    worst, best` (0 to 100), `coverage` (0 to 1), `state` (`fits, sparse, related, open`), `jenis` (what the
    cooperation would be), `shared_urusan, shared_isu, shared_output` (codes), the ratings 1 to 5,
    `interest_scope, interest_place`, and `named`: the office named it already. `candidates` is the
    register of candidates by name; `fit` holds all pairs, proposals by candidates.
    """

    register: Register
    rules: FitRules
    candidates: pd.DataFrame
    usulan: pd.DataFrame
    fit: Fit
    group: Floats
    types: TypeRules
    minat: Floats
    interest: pd.DataFrame
    named: Booleans
    rows: int
    table: pd.DataFrame
    unknown: tuple[str, ...]
    lang: str

    def __repr__(self) -> str:
        pairs = int((self.group == FITS).sum())
        shape = f"{len(self.usulan)} usulan, {len(self.candidates)} calon mitra"
        return f"InstitutionMatches({self.register.dossier.name}: {shape}, {pairs} pasangan cocok)"

    @property
    def stamp(self) -> Stamp:
        """Where the figures come from, the rules of the fit among it."""
        return self.register.stamp.with_method(_METHOD, self.rules.sha256)

    def replace(self, weights: Mapping[str, float]) -> "InstitutionMatches":
        """The same register fitted under other weights: `found.replace({"minat": 0})`.

        Raises:
            MethodError: A criterion is unknown, a weight is no figure from 0 on, or none weighs.
        """
        return match_institutions(
            self.register, self.rules.reweighed(weights), self.rows, self.lang
        )

    def for_usulan(self, usulan: str, rows: int = 0) -> pd.DataFrame:
        """The candidates of one proposal in printed order, at most `rows`; as in the table when 0.

        Raises:
            MethodError: There is no such proposal.
        """
        return listed(self, rows or self.rows, _numbers(self.row_of(usulan)))

    def for_candidate(self, name: str, rows: int = 0) -> pd.DataFrame:
        """The proposals one candidate fits, best first: what its table at a forum is about.

        Raises:
            MethodError: There is no such candidate.
        """
        at = self.column_of(name)
        group, points = self.group[:, at][None, :], self.fit.points[:, at][None, :]
        order = first_in_order(group, points, rows or len(self.usulan))
        ranks = ranks_in_rows(group[:, order[0]], points[:, order[0]])[0]
        chosen, ranks = order[order >= 0], ranks[order[0] >= 0]
        return pair_frame(self, chosen, np.full_like(chosen, at)).assign(rank=ranks)

    def explain(self, usulan: str, name: str, lang: str = "") -> str:
        """Why a candidate fits a proposal or does not, what is not known, and what the law makes of it.

        Raises:
            MethodError: There is no such proposal or candidate.
        """
        at = _numbers(self.row_of(usulan)), _numbers(self.column_of(name))
        pair = dict(records(pair_frame(self, *at)))["0"]
        return explain_pair(self, pair, lang or self.lang)

    def legal_case(self, usulan: str, name: str) -> LegalCase:
        """What the law makes of a proposal with a candidate: conditions, DPRD, term, papers, stages.

        Raises:
            MethodError: There is no such proposal or candidate.
        """
        partner = self.candidates.iloc[self.column_of(name)]
        named = {
            str(field): partner[field] for field in ("mitra_nama", "mitra_jenis", "kode_wilayah")
        }
        return case_of_usulan(self.register, str(self.usulan.index[self.row_of(usulan)]), named)

    def row_of(self, usulan: str) -> int:
        """The number of a proposal."""
        wanted = usulan.strip().casefold()
        found = [n for n, one in enumerate(self.usulan.index) if str(one).casefold() == wanted]
        if not found:
            raise MethodError("method.unknown_usulan", usulan=usulan, near="-")
        return found[0]

    def column_of(self, name: str) -> int:
        """The number of a candidate."""
        wanted = " ".join(name.split()).casefold()
        names = self.candidates["mitra_nama"].fillna("")
        found = [n for n, one in enumerate(names) if " ".join(one.split()).casefold() == wanted]
        if not found:
            raise MethodError("inst.unknown_candidate", name=name)
        return found[0]


def match_institutions(
    register: Register, rules: FitRules | None = None, rows: int = 0, lang: str = ""
) -> InstitutionMatches:
    """Fit every candidate partner to every proposal.

    What is not known leaves the base, widens [worst, best] and lowers the coverage. A candidate is
    proposed only where it shares an affair or an issue and the type rule makes it a cooperation.

    Args:
        register: With the tables `calon_mitra` and `forum`.
        rules: Criteria and weights; those of `knowledge/institutions.toml` unless given.
        rows: Candidates per proposal in `table`; as the rules say when 0.
        lang: Language of the sentences; the register's unless given.

    Source:
        Seed brief, Forum Kerja Sama Daerah; PP 28/2018 Pasal 14; `knowledge/jenis.toml`.
    """
    rules = rules or fit_rules()
    known = candidates(register).drop_duplicates("key")
    known = known.sort_values("key", kind="stable", ignore_index=True)
    usulan = register.usulan.set_index("usulan_id")
    told = interest(register)
    minat = _current_interest(usulan, known, told)
    shared = {name: _shared(usulan[ASKED[name]], known[name]) for name in rules.of_kind("fit")}
    fit = _fitted(rules, shared, known, minat)
    types = type_rules(register, known)
    found = InstitutionMatches(
        register=register,
        rules=rules,
        candidates=known,
        usulan=usulan,
        fit=fit,
        group=_groups(rules, shared, fit, types),
        types=types,
        minat=minat,
        interest=told,
        named=_named(register, usulan, known),
        rows=rows or rules.rows,
        table=pd.DataFrame(),
        unknown=(),
        lang=lang or register.lang,
    )
    table = listed(found, found.rows, np.arange(len(usulan), dtype=np.intp))
    return replace(found, table=table, unknown=unknown_sentences(found))


def _numbers(*numbers: int) -> Numbers:
    return np.array(numbers, dtype=np.intp)


def _shared(asked: "pd.Series[str]", offered: "pd.Series[str]") -> Floats:
    """Which part of what each proposal asks each candidate offers."""
    codes = sorted({code for text in asked.dropna() for code in text.split(";")} - {""})
    wanted, has = code_flags(asked, codes), code_flags(offered, codes)
    known = offered.notna().to_numpy()[None, :] & (wanted.sum(axis=1) > 0)[:, None]
    return np.where(known, np.nan_to_num(shared_part(wanted, has)), np.nan)


def _current_interest(usulan: pd.DataFrame, known: pd.DataFrame, told: pd.DataFrame) -> Floats:
    """The interest of every candidate in every proposal: of the forum first, else as registered."""
    registered = known["minat"].to_numpy(dtype=np.float64)
    minat = np.broadcast_to(registered, (len(usulan), len(known))).copy()
    spoken = told[told["interest"].notna()]
    general = spoken[spoken["usulan_id"] == GENERAL]
    columns = pd.Index(known["key"])
    for at, level in zip(_places(columns, general["key"]), general["interest"], strict=True):
        if at >= 0:
            minat[:, at] = level
    own = spoken[spoken["usulan_id"] != GENERAL]
    rows, places = _places(usulan.index, own["usulan_id"]), _places(columns, own["key"])
    both = (rows >= 0) & (places >= 0)
    minat[rows[both], places[both]] = own["interest"].to_numpy()[both]
    return minat


def _places(index: "pd.Index[str]", names: "pd.Series[str]") -> Numbers:
    """Where each name stands in an index, -1 where it does not."""
    return index.get_indexer(pd.Index(names))


def _fitted(rules: FitRules, shared: dict[str, Floats], known: pd.DataFrame, minat: Floats) -> Fit:
    """Points, interval and coverage of every pair, rounded as printed."""
    off = code_flags(known["not_asked"], list(RATINGS))
    values, applies = [], []
    for criterion in rules.criteria:
        if criterion.kind == "fit":
            values.append(shared[criterion.code])
            applies.append(np.ones((1, len(known)), dtype=bool))
            continue
        level = minat if criterion.code == "minat" else known[criterion.code].to_numpy()[None, :]
        values.append((level - rules.low) / (rules.high - rules.low))
        applies.append(~off[:, RATINGS.index(criterion.code)][None, :] | ~np.isnan(level))
    fit = weighed(values, applies, rules.weights)
    points, worst, best = (round_half_up(one, rules.decimals) for one in fit[:3])
    return Fit(points, worst, best, fit.coverage)


def _groups(rules: FitRules, shared: dict[str, Floats], fit: Fit, types: TypeRules) -> Floats:
    """Which pairs are ranked, listed without a rank, or not listed at all."""
    ranked, listed_too = (
        np.any([np.nan_to_num(shared[name]) > 0 for name in names], axis=0)
        for names in (rules.ranked_by, rules.listed_by)
    )
    maybe = np.any([np.isnan(shared[name]) for name in rules.listed_by], axis=0)
    enough = fit.coverage >= rules.min_coverage
    told = ~types.is_open
    return np.select(
        [
            types.is_out,
            told & ranked & enough,
            told & ranked,
            told & listed_too,
            listed_too | maybe,
        ],
        [OUT, FITS, SPARSE, RELATED, OPEN],
        OUT,
    )


def _named(register: Register, usulan: pd.DataFrame, known: pd.DataFrame) -> Booleans:
    """Which candidates the offices named for their proposals already."""
    mitra = register.mitra
    rows = _places(usulan.index, mitra["usulan_id"])
    keys = partner_keys(mitra, register.dossier.region.code)
    columns = _places(pd.Index(known["key"]), keys)
    both = (rows >= 0) & (columns >= 0)
    named = np.zeros((len(usulan), len(known)), dtype=bool)
    named[rows[both], columns[both]] = True
    return named
