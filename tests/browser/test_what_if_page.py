"""The what-if page as one file: it ranks as Python does, by keyboard alone, and asks nobody for anything."""

import random
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.register import read_register
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.scoring.scenario import Scenario
from ksd_toolkit.widgets.answers import answer, later, under
from ksd_toolkit.widgets.offline import offline_page
from tests.extent import EVERYTHING
from tests.publishing.hostile_texts import OWN, shared_texts
from tests.widgets.conftest import SAMPLE, ranking, sample_home  # noqa: F401  fixtures of ours, too

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOVES = 200 if EVERYTHING else 100
SHOTS = Path(__file__).parents[2] / "reports" / "what-if"
"""What the page looked like, to be looked at."""
FIRST = "input[type=range]"


@pytest.fixture(scope="module")
def page_file(ranking, tmp_path_factory):  # noqa: F811
    file = tmp_path_factory.mktemp("page") / "what-if.html"
    file.write_text(offline_page(ranking), encoding="utf-8")
    return file


@pytest.fixture
def page(opened, page_file):
    """The page, with every request it made."""
    found = opened(str(page_file), viewport={"width": 1280, "height": 900})
    found.wait_for_selector(FIRST)
    return found


def supposed(base, number):
    """A scenario by chance: points, some criteria off, some locked, both ways of adding up, other borders."""
    dice = random.Random(number)  # noqa: S311
    codes = list(base.method.weights)
    points = {
        code: dice.choice([0, dice.randint(0, 100), round(dice.uniform(0, 100), 1)])
        for code in codes
    }
    return {
        "based_on": base.method.name,
        "points": points,
        "off": dice.sample(codes, dice.choice([0, 0, 1, 3])),
        "locked": {
            code: float(dice.randint(0, 8)) for code in dice.sample(codes, dice.choice([0, 0, 2]))
        },
        "aggregation": dice.choice(["additive", "geometric"]),
        "classes": {"I": 70 + dice.randint(0, 10)},
        "coverage_minimum": dice.choice([0.5, 0.7, 0.9]),
    }


SCORED = """
(asked) => {
  const { facts } = JSON.parse(document.getElementById("facts").textContent);
  const engine = new Engine(facts);
  return asked.map((told) => engine.answer(settingOf(facts, stateOf(told))));
}
"""


def test_the_page_ranks_as_python_does_ties_included(page, ranking):  # noqa: F811
    asked = [supposed(ranking, number) for number in range(MOVES)]
    found = page.evaluate(SCORED, asked)
    tied = 0
    for told, shown in zip(asked, found, strict=True):
        expected = answer(under(ranking, Scenario.parse(told, "x"), ranking.method))
        assert shown["shares"] == expected["shares"], told
        for name in ("rank", "order", "class", "change"):
            assert shown[name] == expected[name], (name, told)
        listed = expected["order"]
        for name in ("points", "worst", "best"):
            assert [shown[name][one] for one in listed] == [expected[name][one] for one in listed]
        ranks = [expected["rank"][one] for one in listed]
        tied += len(ranks) != len(set(ranks))
    assert tied > MOVES / 10  # tied usulan were among them


LATER = """
async ([told, usulan]) => {
  const { facts } = JSON.parse(document.getElementById("facts").textContent);
  return new PageBackend(facts).later(stateOf(told), usulan);
}
"""


@pytest.mark.parametrize("number", [3, 4, 5, 6, 7])
def test_the_page_tells_how_firm_a_rank_is_as_python_does(page, ranking, number):  # noqa: F811
    told = supposed(ranking, number)
    expected = under(ranking, Scenario.parse(told, "x"), ranking.method)
    usulan = str(expected.table.index[number])
    found, known = page.evaluate(LATER, [told, usulan]), later(expected, usulan)
    ends = ("code", "low", "high")
    assert [[row[name] for name in ends] for row in found["holding"]] == [
        [row[name] for name in ends] for row in known["holding"]
    ]
    assert sorted(found["tornado"], key=code_of) == sorted(known["tornado"], key=code_of)
    assert (found["rank"], found["points"]) == (known["rank"], known["points"])


def code_of(row):
    return row["code"]


def test_a_walk_by_keyboard_through_the_page(page, ranking, sample_home):  # noqa: F811
    slider = page.get_by_label(re.compile("^K3A "))
    before = first_of(page)
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".status")).to_contain_text("naik")
    assert page.locator(".moved.up").count() > 0
    assert page.locator(".sum output").inner_text() == "100,0\u00a0%"
    ranks = page.locator("td.rank").all_inner_texts()
    page.get_by_role("button", name="BPBD-05", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".details .sentence:not(:empty)")
    assert "BPBD-05" in page.locator(".details").inner_text()
    page.get_by_role("textbox", name="Nama skenario").fill("Kemiskinan lebih berat")
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh berkas skenario").click()
    file = download.value
    assert file.suggested_filename == "kemiskinan-lebih-berat.toml"
    told = tomllib.loads(file.path().read_text(encoding="utf-8"))
    scenario = Scenario.parse(told, "unduhan")
    expected = answer(under(ranking, scenario, ranking.method))
    shown = [expected["rank"][one] for one in expected["order"][: len(ranks)]]
    assert ranks[: len(shown)] == [str(rank) for rank in shown]
    assert told["data"]["data_sha256"] == ranking.stamp.data_sha256
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator(".moved.up")).to_have_count(0)
    assert first_of(page) == before
    page.get_by_role("button", name="Ulangi").click()
    page.wait_for_selector(".moved.up")


def first_of(page):
    return page.locator("button.open").first.inner_text()


def test_scenarios_are_kept_renamed_doubled_compared_and_told_for_the_minutes(page):
    def save(name, moves):
        page.get_by_role("button", name="Kembali ke awal").click()
        page.get_by_label(re.compile("^U ")).focus()
        for _ in range(moves):
            page.keyboard.press("ArrowRight")
        page.get_by_role("textbox", name="Nama skenario").fill(name)
        page.get_by_role("button", name="Simpan skenario").click()
        page.wait_for_selector(f"text={name}")

    save("Urgensi", 10)
    save("Urgensi sekali", 40)
    page.get_by_role("button", name="Gandakan skenario Urgensi", exact=True).click()
    page.wait_for_selector("text=Urgensi (salinan)")
    page.get_by_role("button", name="Ganti nama skenario Urgensi (salinan)").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Ketiga")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=ketiga")
    for name in ("Urgensi", "Urgensi sekali", "Ketiga"):
        page.get_by_label(f"Bandingkan skenario {name}", exact=True).check()
    page.get_by_role("button", name="Bandingkan yang dipilih").click()
    heads = page.locator(".compared thead th").all_inner_texts()
    assert set(heads) == {"Pembanding", "Urgensi", "Urgensi sekali", "Ketiga"}
    weights = (
        page.locator(".compared tbody").nth(1).locator("tr").nth(1).locator("td").all_inner_texts()
    )
    assert weights[0] == "9,0\u00a0%"
    assert weights[heads.index("Urgensi")] == weights[heads.index("Ketiga")] != weights[0]
    page.get_by_role("button", name="Paragraf untuk Berita Acara").click()
    paragraph = page.locator("textarea").input_value()
    assert "bobot U Urgensi 9,0\u00a0% menjadi 35,0\u00a0%" in paragraph
    assert "sidik" in paragraph
    page.get_by_role("button", name="Buka skenario Urgensi", exact=True).click()
    page.get_by_role("textbox", name="Nama skenario").fill("Urgensi sekali")
    page.get_by_role("button", name="Simpan skenario").click()
    expect(page.locator(".scenarios .told")).to_contain_text("sudah dipakai skenario lain")
    page.get_by_role("button", name="Hapus skenario Ketiga").click()
    expect(page.locator(".kept li")).to_have_count(2)


def test_locks_switches_borders_and_budget_do_what_they_say(page, ranking):  # noqa: F811
    page.get_by_role("button", name="Kunci bobot K2A").click()
    page.get_by_label("Pakai kriteria U Urgensi").uncheck()
    page.wait_for_selector(".slider.off")
    told = page.locator(".slider output").all_inner_texts()
    assert told[0].startswith("0,0")
    assert told[3].startswith("12,0\u00a0%")
    page.locator("summary").click()
    page.get_by_label("Batas bawah Prioritas I", exact=True).fill("90")
    page.keyboard.press("Tab")
    expect(page.locator("td.class").first).to_contain_text("Prioritas II")
    page.get_by_label("Anggaran (juta rupiah)").fill("20000")
    page.keyboard.press("Tab")
    page.wait_for_selector("tr.funded")
    assert "Rp20\u00a0miliar" in page.locator(".settings .told").inner_text()
    page.get_by_role("button", name="Jadikan pembanding").click()
    expect(page.locator(".moved.up, .moved.down")).to_have_count(0)


def test_the_page_asks_nobody_and_breaks_no_policy(opened, page_file):
    asked = []
    found = opened(str(page_file))
    found.on("request", lambda request: asked.append(request.url))
    found.reload()
    found.wait_for_selector(FIRST)
    found.locator(FIRST).first.focus()
    found.keyboard.press("ArrowRight")
    found.wait_for_timeout(400)
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert found.evaluate("window.violations") == []


@pytest.fixture(scope="module")
def english_file(sample_home, tmp_path_factory):  # noqa: F811
    dossier = open_dossier(SAMPLE, lang="en", home=sample_home)
    file = tmp_path_factory.mktemp("page") / "what-if.en.html"
    page = offline_page(score(read_register(dossier), read_method(dossier)))
    file.write_text(page, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [
        ("id", 320, "light"), ("en", 320, "dark"), ("id", 1280, "dark"), ("en", 1280, "light"),
        ("id", 1920, "light"), ("en", 1920, "light"),
    ],
)  # fmt: skip
def test_the_page_is_accessible_and_nothing_is_cut(
    opened, page_file, english_file, checkers, lang, width, scheme
):
    file = page_file if lang == "id" else english_file
    view = {"width": width, "height": 900}
    found = opened(str(file), viewport=view, color_scheme=scheme, bypass_csp=True)
    found.wait_for_selector(FIRST)
    found.locator("button.open").nth(2).click()
    found.locator("summary").first.click()
    found.wait_for_selector(".outlook:not([aria-busy]) .tornado li")
    found.mouse.move(0, 0)
    SHOTS.mkdir(parents=True, exist_ok=True)
    found.screenshot(path=SHOTS / f"page-{lang}-{width}-{scheme}.png", full_page=True)
    found.evaluate((checkers / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    result = found.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]] == []
    assert found.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_words_stay_words_in_every_field(opened, ranking, tmp_path):  # noqa: F811
    texts = [*OWN, *shared_texts()]
    facts = ranking.basis.facts.copy()
    for number, column in enumerate(
        ("judul", "opd_kode", "main_partner", "urusan_kode", "opd_nama")
    ):
        facts[column] = [texts[(place + number) % len(texts)] for place in range(len(facts))]
    hostile = replace(ranking, basis=replace(ranking.basis, facts=facts))
    file = tmp_path / "hostile.html"
    file.write_text(offline_page(hostile), encoding="utf-8")
    found = opened(str(file))
    found.wait_for_selector(FIRST)
    found.get_by_role("button", name=re.compile("Tampilkan semua")).click()
    found.locator("button.open").nth(1).click()
    found.get_by_role("textbox", name="Nama skenario").fill(texts[0] + " nama")
    found.get_by_role("button", name="Simpan skenario").click()
    found.get_by_role("button", name="Paragraf untuk Berita Acara").click()
    found.wait_for_timeout(300)
    assert found.evaluate("window.PWN") is None
    assert found.evaluate("window.violations") == []
    assert found.locator("script").count() == 2
    assert found.locator("#what-if :is(img, iframe, object, embed, a, link, style)").count() == 0
    titles = found.locator("tbody .title").all_text_contents()
    assert titles[0] == facts.loc[ranking.table.index[0], "judul"]
