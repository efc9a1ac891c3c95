"""A figure of the candidate partners that is to be explained: the candidates counted anew, and cells behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from ksd_toolkit.columns import records
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.evidence import Evidence as Piece
from ksd_toolkit.matching.finding import find_partners
from ksd_toolkit.matching.indicators import Cell, cells, code_of
from ksd_toolkit.matching.lenses import lens_of
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.percentiles import Booleans
from ksd_toolkit.matching.profiles import Side
from ksd_toolkit.publishing.answers_asked import ALL, AskedAnswer, Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.regions import region_or_none

DEFAULT: Final = "default"
"""What the lens that sees everything is called in a subject."""
_PARTS: Final = "|"
_LENS_AT: Final = {"wilayah": 1, "sel": 3, "bantuan": 4}
"""Which part of a subject names the lens, by kind of subject."""
_ONE_DRAW: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class AskedPartner(AskedAnswer):
    """A figure about a candidate region, its subject `wilayah/63.07`, or `wilayah/63.07|usulan:ID` under a lens."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the subject names, part by part."""
        return tuple(self.subject.split(_PARTS))

    @property
    def region(self) -> str:
        """The code of the region that is told of: named by the subject, else by the row or shape."""
        if self.names[0] != ALL:
            return self.names[0]
        named = self.meaning.named
        return next(
            (code for code in self.matches.table.index if self.region_name(code) == named), ""
        )

    def region_name(self, code: str) -> str:
        """The name of a region; its code where there is none of it."""
        region = region_or_none(code)
        return region.name if region else code

    @property
    def lens(self) -> str:
        """The lens under which the figure was printed; empty for none."""
        at = _LENS_AT.get(self.kind, len(self.names))
        return self.names[at] if at < len(self.names) else ""

    @property
    def matches(self) -> Matches:
        """The candidates, seen through the lens of the figure.

        Raises:
            GoneError: Nothing can be compared today, or there is no such lens.
        """
        return self.under(self.lens)

    def under(self, lens: str, *, quick: bool = False) -> Matches:
        """The candidates through a lens.

        Args:
            lens: Its name; empty for none.
            quick: Whether how firm the first ones stand is of no account.

        Raises:
            GoneError: Nothing can be compared today, or there is no such lens.
        """
        try:
            whole = self.once("matches", lambda: find_partners(self.register, lang=self.lang))
            if not lens:
                return whole
            if quick:
                fast = self.once("matches:fast", lambda: whole.replace(draws=_ONE_DRAW))
                return self.once(f"matches:fast:{lens}", lambda: fast.under_lens(lens))
            return self.once(f"matches:{lens}", lambda: whole.under_lens(lens))
        except KsdError as gone:
            raise GoneError from gone

    @property
    def row(self) -> dict[str, Any]:
        """What is known of the candidate.

        Raises:
            GoneError: It is no candidate.
        """
        return self.row_of(self.region)

    def row_of(self, code: str) -> dict[str, Any]:
        """What is known of a candidate.

        Raises:
            GoneError: It is no candidate.
        """
        table = self.matches.table
        if code not in table.index:
            raise GoneError
        return {"code": code, **{str(k): v for k, v in table.loc[code].items()}}

    def cells_seen(self, *codes: str, matches: Matches | None = None) -> list[Cell]:
        """The cells the lens looks at that are known of the home region and one of these regions.

        Args:
            codes: Candidates.
            matches: Under another lens than that of the figure.
        """
        matches = matches or self.matches
        mine = matches.profiles
        known = ~(np.isnan(mine.need) & np.isnan(mine.capacity))
        one_of_them = known[[mine.row(code) for code in codes]].any(axis=0)
        seen = self.mask_of(matches) & known[mine.row(matches.home.code)] & one_of_them
        return [cells()[number] for number in np.flatnonzero(seen)]

    def mask_of(self, matches: Matches) -> Booleans:
        """The cells the lens of a result looks at."""
        return self.once(f"mask:{matches.lens}", lambda: lens_of(matches.lens, matches.ground).mask)

    def pieces(
        self, codes: Iterable[str], seen: Iterable[Cell], *sides: Side
    ) -> list[tuple[str, Piece]]:
        """What the needs or capacities of some regions in some cells rest on, each with its region."""
        mine = self.matches.profiles
        wanted = tuple(seen)
        return [
            (code, piece)
            for code in codes
            for cell in wanted
            for side in sides
            for piece in mine.evidence(code, cell, side)
        ]

    def behind(self, *codes: str, matches: Matches | None = None) -> tuple[Place, ...]:
        """The answers and indicators behind what is compared of the home region and some candidates.

        Args:
            codes: Candidates.
            matches: Under another lens than that of the figure.
        """
        seen = matches or self.matches

        def find() -> tuple[Place, ...]:
            known = self.cells_seen(*codes, matches=seen)
            found = self.pieces((seen.home.code, *codes), known, "need", "capacity")
            places = (place for code, one in found for place in self.places(code, one))
            return tuple(dict.fromkeys(places))

        return self.once(f"behind:{seen.lens}:{codes}", find)

    def places(self, code: str, piece: Piece) -> tuple[Place, ...]:
        """Where a piece of evidence stands: the scores of its usulan, or the cell of its indicator."""
        if piece.origin == "kuesioner":
            if code != self.register.dossier.region.code:
                return ()  # the questionnaire of another region is none of ours
            return tuple(
                place
                for usulan in piece.usulan
                for criterion, _ in piece.answers
                for place in self.scores_of(usulan, criterion)
            )
        return self.indicator_places.get((code, piece.place), ())

    def scores_of(self, usulan: str, criterion: str) -> tuple[Place, ...]:
        """The scores a level is the median of: of the TKKSD where it scored, else of the office."""
        by_unit = self.once("partner_scores", self._scores_by_unit)
        return by_unit.get((usulan, criterion), ())

    def _scores_by_unit(self) -> dict[tuple[str, str], tuple[Place, ...]]:
        nilai = self.register.nilai
        known = nilai[nilai["skor"].notna()]
        found: dict[tuple[str, str], dict[str, list[Place]]] = {}
        for _, row in records(known):
            unit = found.setdefault((str(row["usulan_id"]), str(row["kriteria_kode"])), {})
            role = str(row["penilai"]).partition("-")[0]
            unit.setdefault(role, []).append(("nilai", str(row["row_key"]), "skor"))
        return {
            name: tuple(roles.get("TKKSD") or next(iter(roles.values())))
            for name, roles in found.items()
        }

    @property
    def indicator_places(self) -> Mapping[tuple[str, str], tuple[Place, ...]]:
        """The cell of every indicator of the dossier by region and place; those brought by other files by their row."""
        return self.once("indicator_places", self._indicator_places)

    def _indicator_places(self) -> dict[tuple[str, str], tuple[Place, ...]]:
        found: dict[tuple[str, str], tuple[Place, ...]] = {}
        brought = self.matches.atlas.indicators
        for _, row in records(brought):
            name = f"{row['indicator']} {row['year']}"
            code = str(row["code"])
            found[code, str(row["place"])] = (("wilayah", code, name),)
        own = self.register.table("indikator")
        for key, code in zip(own["row_key"], own["kode_wilayah"], strict=True):
            place = ("indikator", str(key), "nilai")
            if place in self.register.tables.told:
                found[str(code), str(self.register.where(*place))] = (place,)
        return found

    def figures(self, codes: Iterable[str], indicators: Iterable[str]) -> tuple[Place, ...]:
        """The cells of some indicators of some regions, whatever their year."""
        figures = self.matches.ground.figures
        wanted, names = set(codes), set(indicators)
        meant = figures["indicator"].map(code_of).isin(names)
        mine = figures[figures["code"].isin(wanted) & meant]
        return tuple(
            place
            for code, where in zip(mine["code"], mine["place"], strict=True)
            for place in self.indicator_places.get((str(code), str(where)), ())
        )

    def must_print(self, text: str) -> None:
        """Refuse to explain what is printed by what would not be printed today.

        Raises:
            GoneError: The paper was made by other data, weights or settings.
        """
        if self.figure.text != text:
            raise GoneError

    def rest_on(self, places: Iterable[Place], code: str = "", **facts: object) -> Computation:
        """The sentence of the measure, with the answers and the rows of region files it rests on."""
        found = tuple(places)
        own = [place for place in found if place[0] != "wilayah"]
        brought = [place for place in found if place[0] == "wilayah"]
        told = self.on(dict.fromkeys(own), code, (), **facts)
        rows = dict.fromkeys((table, key) for table, key, _ in brought)
        asked = dict.fromkeys(question for _, _, question in brought)
        return replace(told, rows=tuple(rows), questions=tuple(asked))
