"""Fit candidate partners to proposals: affair, issue, output and type rule, then what they can and want."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import MethodError
from ksd_toolkit.matching.candidates import candidates
from ksd_toolkit.matching.fit import Fit, first_in_order, ranks_in_rows
from ksd_toolkit.matching.fitting import (
    current_interest,
    fitted,
    groups_of,
    named_already,
    shared_parts,
)
from ksd_toolkit.matching.institution_reasons import explain_pair, unknown_sentences
from ksd_toolkit.matching.institution_rules import FitRules, fit_rules
from ksd_toolkit.matching.interest import interest
from ksd_toolkit.matching.legal_case import LegalCase, case_of_usulan
from ksd_toolkit.matching.pairs import ASKED, FITS, Numbers, listed, pair_frame
from ksd_toolkit.matching.type_rules import TypeRules, type_rules
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.stamp import Stamp

_METHOD: Final = "calon mitra"
_LIKE: Final = 0.5  # of 1: below it a name is no suggestion


@dataclass(frozen=True, slots=True, eq=False)
class InstitutionMatches:
    """Every proposal fitted to every candidate of the secretariat's register.

    `table` has the first candidates of every proposal, in printed order: `usulan_id, rank` (equal
    points share the smaller one; NaN where too little is known), `mitra_nama, mitra_jenis, points,
    worst, best` (0 to 100), `coverage` (0 to 1), `state` (`fits, sparse, related, open`), `jenis`
    (what the cooperation would be) with its `rule` and `by_plenary`, `shared_urusan, shared_isu,
    shared_output` (codes), the ratings 1 to 5 with the current `minat`, `named` (the office named it
    already), `key, not_asked, source, place`. `candidates` is the register of candidates by key;
    `fit, group, minat, named` hold all pairs, proposals by candidates; `interest` is what was told
    at forums, `unknown` what could not be known.
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
        """The number of a proposal.

        Raises:
            MethodError: There is none with this id; near ids are suggested.
        """
        ids = [str(one) for one in self.usulan.index]
        at = _position(usulan, ids)
        if at is None:
            raise MethodError("method.unknown_usulan", usulan=usulan, near=_near(usulan, ids))
        return at

    def column_of(self, name: str) -> int:
        """The number of a candidate.

        Raises:
            MethodError: There is none of this name; near names are suggested.
        """
        names = [str(one) for one in self.candidates["mitra_nama"].fillna("")]
        at = _position(name, names)
        if at is None:
            raise MethodError("inst.unknown_candidate", name=name, near=_near(name, names))
        return at


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
    if rules is None and not rows:
        fitting = partial(_fitting, register, fit_rules(), 0, lang)
        return remembered("institutions", lang or register.lang, register, fitting)
    return _fitting(register, rules or fit_rules(), rows, lang)


def _fitting(register: Register, rules: FitRules, rows: int, lang: str) -> InstitutionMatches:
    known = candidates(register).drop_duplicates("key")
    known = known.sort_values("key", kind="stable", ignore_index=True)
    usulan = register.usulan.set_index("usulan_id")
    told = interest(register)
    minat = current_interest(usulan, known, told)
    shared = {name: shared_parts(usulan[ASKED[name]], known[name]) for name in rules.of_kind("fit")}
    fit = fitted(rules, shared, known, minat)
    types = type_rules(register, known)
    found = InstitutionMatches(
        register=register,
        rules=rules,
        candidates=known,
        usulan=usulan,
        fit=fit,
        group=groups_of(rules, shared, fit, types),
        types=types,
        minat=minat,
        interest=told,
        named=named_already(register, usulan, known),
        rows=rows or rules.rows,
        table=pd.DataFrame(),
        unknown=(),
        lang=lang or register.lang,
    )
    table = listed(found, found.rows, np.arange(len(usulan), dtype=np.intp))
    return replace(found, table=table, unknown=unknown_sentences(found))


def _position(wanted: str, names: list[str]) -> int | None:
    """Where a name stands, whatever its letter case and spaces."""
    folded = " ".join(wanted.split()).casefold()
    return next(
        (n for n, one in enumerate(names) if " ".join(one.split()).casefold() == folded), None
    )


def _near(wanted: str, names: list[str]) -> str:
    """Names like the one that was asked for."""
    by_folded = {one.casefold(): one for one in names}
    near = difflib.get_close_matches(wanted.strip().casefold(), list(by_folded), cutoff=_LIKE)
    return ", ".join(by_folded[one] for one in near) or "-"


def _numbers(*numbers: int) -> Numbers:
    return np.array(numbers, dtype=np.intp)
