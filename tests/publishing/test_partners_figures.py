"""What the figures of candidate partners say of themselves: worked by hand, in both languages, with nothing, with hostile names."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.charts import maps
from ksd_toolkit.document import Document, Letterhead
from ksd_toolkit.matching.institutions import match_institutions
from ksd_toolkit.matching.matches import match
from ksd_toolkit.prose import brief
from ksd_toolkit.prose import partners as prose
from ksd_toolkit.publishing import partners_asked
from ksd_toolkit.publishing.definitions import computation_of
from ksd_toolkit.publishing.evidence import Evidence
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.figure_origins import meaning_of
from ksd_toolkit.runs import traced_cells
from ksd_toolkit.runs.traced_cells import CellIndex
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.tables import institutions, legal, takeover
from ksd_toolkit.tables import partners as tables
from tests.matching.institution_cases import dossier_at, register_with
from tests.matching.shared_figures import figures
from tests.scoring.conftest import proposal_of

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
RISK = {f"63.{number:02d}": 10 * number for number in range(1, 11)}
"""The risk of ten regions, one more in each: of 63.06 five of nine others are better, of 63.07 six."""
HOSTILE = "{usulan} <b>=1+1|@#sys 7"
USULAN = {"urusan_kode": "2.11", "isu": "ISU-A;ISU-D", "output_dituju": "layanan;pad"}
WORDS = (
    {"tanggal": "2026-03-11", "minat": 4},
    {"tanggal": "2026-08-12", "nama_forum": "Forum II", "minat": 2},
)


class Told:
    """A paper about partners and what every figure of it says, with the cells it would name."""

    def __init__(self, dossier, atlas, lang, *, name="PT Uji (contoh)", words=WORDS):
        proposal = proposal_of(**USULAN, partners=({"mitra_nama": name},))
        self.register = register_with(
            dossier, proposal, candidates=[{"mitra_nama": name, "minat": None}],
            words=[{**word, "mitra_nama": name} for word in words],
        )  # fmt: skip
        self.matches = match(self.register, atlas=atlas, lang=lang)
        self.institutions = match_institutions(self.register, lang=lang)
        blocks = tuple(block for shown in self.printed(lang) for block in shown.blocks)
        self.document = Document("", "", lang, Letterhead("", ""), "", blocks)
        self.evidence = Evidence(self.register, None, None, lang, {"DINKES-01": "DINKES"})
        self.figures = figures_of(self.document)

    def printed(self, lang):
        """Everything this paper shows."""
        for make in (
            prose.summary, tables.top, maps.partners, prose.unknown, prose.cards, tables.shared,
            tables.exchange, maps.issue_maps, tables.legal, tables.other_level, tables.lenses,
            tables.benchmark, tables.sources,
        ):  # fmt: skip
            yield make(self.matches, lang=lang)
        yield maps.region_map(self.matches.home.code, lang=lang)
        if self.matches.profiles.standings:
            yield maps.indicator(self.matches, "irbi", lang=lang)
        register, found = self.register, self.institutions
        yield takeover.takeover(register, lang)
        yield tables.top(self.matches.under_lens("usulan:DINKES-01"), lang=lang)
        yield institutions.for_usulan(found, "DINKES-01", lang=lang)
        yield institutions.for_candidate(found, str(found.candidates["mitra_nama"][0]), lang=lang)
        yield institutions.overview(found, lang=lang)
        yield institutions.register_of_candidates(register, lang)
        yield institutions.forum(register, lang)
        yield institutions.proposals(register, None, self.matches, lang=lang)
        yield legal.of_usulan(register, "DINKES-01", lang)
        yield legal.third_parties(register, lang=lang)
        yield legal.all_usulan(register, lang=lang)

    def how(self, figure):
        """What a figure says."""
        meaning = meaning_of(figure, self.document, self.evidence.known)
        return computation_of(figure, meaning, self.evidence)

    def first(self, origin):
        """What the first figure of an origin says."""
        return self.how(next(one for one in self.figures if one.origin == origin))


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return dossier_at(tmp_path_factory.mktemp("partners"))


@pytest.fixture(scope="module")
def atlas():
    return figures([(code, "irbi", 2024, value) for code, value in RISK.items()])


@pytest.fixture(scope="module", params=["id", "en"])
def told(request, dossier, atlas):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            partners_asked, "find_partners", lambda home, lang: match(home, atlas=atlas, lang=lang)
        )
        yield Told(dossier, atlas, request.param)


def test_every_figure_says_what_it_is_and_prints_its_numbers(told):
    for figure in told.figures:
        found = told.how(figure)
        assert found is not None, figure
        numbers = NUMBER.findall(" ".join(figure.numbers or (figure.text,)))
        for one in numbers:
            said = re.search(rf"(?<![\d,.]){re.escape(one)}(?!\d)", found.sentence)
            assert said, (figure, found.sentence)


def test_points_are_the_sum_of_weight_times_criterion(told):
    """35 x 5/6 + 25 x 2 x 3/9 x 4/9 : 7/9 + 30 + 10 = 78,69: nothing but the fiscal class and old documents unknown."""
    sentence = told.first("points@wilayah/63.07").sentence
    for value in ("0,8333", "0,381", "78,69"):
        assert value.replace(",", "," if told.document.lang == "id" else ".") in sentence


def test_shared_problems_and_help_name_both_sides(told):
    """Needs 5/9 and 6/9, capacities 4/9 and 3/9."""
    point = "," if told.document.lang == "id" else "."
    shared = told.first("shared_problems@wilayah/63.07")
    assert f"0{point}5556 : " in shared.sentence
    assert f"0{point}6667 x 100 = 83{point}33" in shared.sentence
    helped = told.first("complementarity@wilayah/63.07").sentence
    assert f"2 x 33{point}33 x 44{point}44" in helped
    assert f"= 38{point}10" in helped


def test_what_an_office_brought_leads_to_the_rows_of_its_file(told, atlas, monkeypatch):
    monkeypatch.setattr(traced_cells, "read_atlas", lambda root: atlas)
    found = told.first("shared_problems@wilayah/63.07")
    cells = CellIndex.over(told.register, None).rows(found.rows, found.questions)
    assert {(cell.file, cell.cell, cell.answer) for cell in cells} == {
        ("uji.csv", "7", "60"), ("uji.csv", "8", "70"),
    }  # fmt: skip


def test_points_of_an_institution_are_the_sum_over_what_is_known(told):
    """Affair 1 of 1, one of two issues, one of two outputs; three ratings 3 of 1-5; interest fell to 2."""
    sentence = told.first("points@lembaga/DINKES-01|PT Uji (contoh)").sentence
    parts = re.search(r"\(([^()]* x [^()]*)\) : 100 x 100 = ([\d.,]+)", sentence)
    assert parts is not None
    terms = re.findall(r"([\d.,]+) x ([\d.,]+)", parts[1].replace(",", "."))
    assert [float(value) for _, value in terms] == [1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.5]
    total = sum(float(weight) * float(value) for weight, value in terms)
    assert float(parts[2].replace(",", ".")) == pytest.approx(total) == 59.75


def test_a_word_at_the_forum_is_told_from_the_one_before(told):
    now = told.first("minat@forum/DINKES-01|PT Uji (contoh)").sentence
    before = told.first("minat_before@forum/DINKES-01|PT Uji (contoh)").sentence
    assert "Forum II" in now
    assert "2026" in before
    assert "Forum II" not in before


def test_under_other_weights_nothing_untrue_is_said(dossier, atlas, monkeypatch):
    """The trace compares by the settings of the dossier: what was printed by others is not explained by them."""
    told = Told(dossier, atlas, "id")
    other = replace(told.matches.settings, weights={**told.matches.settings.weights, "nearness": 0})
    monkeypatch.setattr(
        partners_asked,
        "find_partners",
        lambda home, lang: match(home, atlas=atlas, settings=other, lang=lang),
    )
    figure = next(one for one in told.figures if one.origin == "points@wilayah/63.07")
    assert told.how(figure) is None


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_brief_names_the_usulan_it_counts(dossier, lang):
    """Of three usulan one names a partner, the candidate fits all, and of two nobody says what the partner gains."""
    named = proposal_of("DINKES-01", **USULAN, partners=({"mitra_nama": "PT Uji (contoh)"},))
    silent = [
        proposal_of(one, **USULAN, partners=({"mitra_nama": None},), manfaat_mitra=None)
        for one in ("DINKES-02", "DINKES-03")
    ]
    register = register_with(dossier, named, *silent, candidates=[{}])
    ranking = score(register, read_method(dossier))
    blocks = brief.partners(ranking, lang=lang).blocks
    document = Document("", "", lang, Letterhead("", ""), "", blocks)
    evidence = Evidence(register, ranking, None, lang, dict.fromkeys(ranking.table.index, "DINKES"))
    counted = {}
    for figure in figures_of(document):
        found = computation_of(figure, meaning_of(figure, document, evidence.known), evidence)
        assert figure.text in found.sentence
        counted[figure.origin] = found
    everyone = {"DINKES-01", "DINKES-02", "DINKES-03"}
    assert set(counted["brief_first:3@mitra/*"].counted) == everyone
    assert counted["brief_named:3@mitra/*"].counted == ("DINKES-01",)
    assert set(counted["brief_fitting:3@mitra/*"].counted) == everyone
    assert set(counted["brief_silent:3@mitra/*"].counted) == {"DINKES-02", "DINKES-03"}
    assert "Hulu Sungai Selatan" in counted["brief_compared@mitra/*"].sentence


def test_hostile_names_are_words(dossier, atlas, monkeypatch):
    monkeypatch.setattr(
        partners_asked, "find_partners", lambda home, lang: match(home, atlas=atlas, lang=lang)
    )
    told = Told(dossier, atlas, "id", name=HOSTILE)
    found = told.first(f"points@lembaga/DINKES-01|{HOSTILE}")
    assert HOSTILE in found.sentence
    assert all(told.how(figure) is not None for figure in told.figures)


def test_with_nothing_known_every_figure_still_says_what_it_is(dossier, monkeypatch):
    nothing = figures([])
    monkeypatch.setattr(
        partners_asked, "find_partners", lambda home, lang: match(home, atlas=nothing, lang=lang)
    )
    told = Told(dossier, nothing, "id", words=())
    assert told.figures
    assert all(told.how(figure) is not None for figure in told.figures)
