"""What the paper on partners shows: lists, reasons, what is not known, and the benefit as it was answered."""

import numpy as np
import pytest

import ksd_toolkit as ksd
from ksd_toolkit.document import plain_text
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.matches import match
from tests.runs.conftest import SAMPLE

LANGUAGES = ("id", "en")


@pytest.fixture(scope="module")
def ranking(tmp_path_factory, taken_in):
    dossier = ksd.open_dossier(SAMPLE, home=taken_in(tmp_path_factory.mktemp("papers")))
    return ksd.score(ksd.read_register(dossier), ksd.read_method(dossier))


@pytest.fixture(scope="module")
def matches(ranking):
    return ksd.find_partners(ranking.register)


@pytest.fixture(scope="module")
def found(ranking, matches):
    return ksd.partners_of_usulan(ranking, matches, rows=0)


def table(shown):
    return shown.blocks[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_prints_what_the_table_holds(matches, lang):
    shown = table(ksd.tables.partners.top(matches, 10, lang))
    assert len(shown.rows) == 10
    for code, row, printed in zip(
        matches.table.index, matches.table.to_dict("records"), shown.rows, strict=False
    ):
        assert code in printed[1]
        assert float(printed[2].split()[0].replace(",", ".")) == pytest.approx(
            row["points"], abs=0.051
        )
        assert (printed[3] == "\u2013") == np.isnan(row["shared_problems"])


def test_an_unknown_criterion_is_a_dash_and_widens_the_range():
    shown = table(ksd.tables.partners.top(match("63.06"), 3))
    for row in shown.rows:
        assert row[3] == row[4] == "\u2013"
        assert "(35,0\u2013100,0)" in row[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_hold_the_reasons_and_the_law(matches, lang):
    cards = ksd.prose.partners.cards(matches, 3, lang).blocks
    assert len(cards) == 3
    for code, card in zip(matches.table.index, cards, strict=False):
        texts = [plain_text(line) for line in card.lines]
        assert texts == [
            matches.explain(code, lang),
            ksd.legal_case("63.06", code).sentence(lang),
        ]


def test_shared_problems_add_up_to_their_criterion(matches):
    code = "63.07"
    shown = table(ksd.tables.partners.shared(matches, code, rows=256))
    printed = sum(float(row[1].replace(",", ".")) for row in shown.rows)
    assert printed == pytest.approx(
        100 * matches.table.at[code, "shared_problems"], abs=0.1 * len(shown.rows)
    )


def test_a_lens_without_data_says_so_instead_of_listing_neighbours(matches):
    rows = dict(table(ksd.tables.partners.lenses(matches)).rows)
    assert "Hulu Sungai Tengah" in rows["Penanggulangan Bencana"]
    assert "belum ada yang diketahui" in rows["Tata Ruang"]
    assert rows["Tanpa kedekatan"] != rows["Semua kriteria"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_known_is_printed_whole(matches, lang):
    box = ksd.prose.partners.unknown(matches, lang).blocks[0]
    assert [plain_text(line) for line in box.lines] == list(matches.in_language(lang).unknown)


def test_the_benefit_is_what_was_answered(ranking, found):
    """Against the register's own cells: a level as written, or that there is none."""
    answers = ranking.register.usulan.set_index("usulan_id")["manfaat_mitra"]
    states = ranking.register.tables.states["usulan"].set_axis(answers.index)["manfaat_mitra"]
    printed = {
        row[0].split()[0]: row[4] for row in table(ksd.tables.usulan_partners.overview(found)).rows
    }
    seen = set()
    for usulan, told in printed.items():
        if states[usulan] == "TB":
            assert told == "tidak berlaku"
        elif np.isnan(float(answers[usulan])):
            capped = ranking.table.at[usulan, "class_change"] == "cap"
            bound = "dibatasi pada" if capped else "paling tinggi"
            assert told == f"belum disebut: {bound} Prioritas II"
            seen.add(capped)
        else:
            assert told == f"{float(answers[usulan]):.0f} dari 5"
    assert seen == {True, False}


def test_a_capped_class_is_never_above_the_cap(ranking, found):
    capped = found.table.index[found.table["benefit"] == "caps"]
    assert len(capped)
    assert set(ranking.table.loc[capped, "class_name"]) == {"II"}


def test_named_partners_are_ticked(ranking, found):
    mitra = ranking.register.mitra.dropna(subset=["kode_wilayah"])
    by_usulan = mitra.groupby("usulan_id")["kode_wilayah"].agg(set)
    ticked = 0
    for usulan, row in found.table.iterrows():
        for code, named in row["regions"]:
            assert named == (code in by_usulan.get(usulan, set()))
            ticked += named
    assert ticked


def test_the_brief_counts_what_the_table_holds(ranking):
    told = plain_text(ksd.prose.brief.partners(ranking, rows=10).blocks[0].text)
    first = ksd.partners_of_usulan(ranking, rows=10).table
    silent = first["benefit"].isin(["missing", "caps"]).sum()
    assert f"{(first['named'] != '').sum()} sudah menyebut calon mitra" in told
    assert ("Satu di antaranya" if silent == 1 else f"Sebanyak {silent} di antaranya") in told
    assert "Hulu Sungai Tengah" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_reasons_at_once_are_those_of_each(matches, lang):
    all_of_them = matches.explain_all(lang)
    assert list(all_of_them) == list(matches.table.index)
    asked = [*matches.table.index[:40], *matches.table.index[-5:]]
    assert [all_of_them[code] for code in asked] == [matches.explain(code, lang) for code in asked]


def test_the_strongest_shared_cells_are_the_first_of_all_shared(matches):
    seen = set()
    for code in matches.table.index[:40]:
        cells = matches.shared(code, rows=3)
        told = zip(cells["urusan_kode"], cells["isu"], cells["both_high"], strict=True)
        shared = matches.strongest_shared(code, 3)
        assert shared == [((urusan, isu), high) for urusan, isu, high in told]
        seen.update(high for _, high in shared)
    assert seen == {True, False}, "both kinds are looked at"


def test_the_first_institutions_are_those_of_the_usulan(found):
    listed = found.institutions
    for usulan, row in found.table.iterrows():
        rows = listed.for_usulan(usulan)
        fits = rows[rows["state"] == "fits"].head(2)
        assert row["institutions"] == tuple(zip(fits["mitra_nama"], fits["named"], strict=True))


def test_partners_change_no_score(ranking, found):
    again = ksd.score(ranking.register, ranking.method)
    assert again.table["points"].equals(ranking.table["points"])
    assert found.ranking is ranking


def test_an_unknown_usulan_or_partner_is_a_sentence(found, matches):
    with pytest.raises(KsdError) as refused:
        ksd.tables.usulan_partners.regions(found, "TIDAK-99")
    assert "TIDAK-99" in refused.value.sentence()
    with pytest.raises(KsdError) as refused:
        ksd.tables.partners.shared(matches, "Tapn")
    assert "Tapin" in refused.value.sentence()
