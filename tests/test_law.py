"""Nothing is cited that the knowledge files do not hold, and what was not read is marked."""

import csv
import tomllib
from importlib.resources import files

import pytest

from ksd_toolkit.errors import LawError
from ksd_toolkit.law import all_isu, articles, cite, isu, urusan
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring.jenis import cited as in_short

KNOWLEDGE = files("ksd_toolkit.knowledge")
KEYS = {article.key for article in articles()}
LAWS = ("UU ", "PP ", "Permendagri ", "Perpres ")


def cited(node, path):
    """Every `article`, and every `source` that is an article's key and not a sentence, of a TOML file."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key.endswith(("article", "source")) and isinstance(value, str):
                yield key, value
            else:
                yield from cited(value, path)
    elif isinstance(node, list):
        for entry in node:
            yield from cited(entry, path)


def citations():
    """Citations of gates, kinds and methods: where, in which field, which key."""
    paths = [KNOWLEDGE / name for name in ("gates.toml", "jenis.toml", "mandatory.toml")]
    paths += sorted((KNOWLEDGE / "methods").iterdir(), key=lambda path: path.name)
    return [
        pytest.param(key, id=f"{path.name}: {key}")
        for path in paths
        if path.name.endswith(".toml")
        for field, key in cited(tomllib.loads(path.read_text(encoding="utf-8")), path)
        if field == "article" or key.startswith(LAWS)
    ]


@pytest.mark.parametrize("key", citations())
def test_what_gates_kinds_and_methods_cite_exists(key):
    assert cite(key).key == key


def test_something_is_cited():
    assert len(citations()) > 20


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_article_has_a_citation_and_a_gist_in_both_languages(lang):
    for article in articles(lang):
        assert article.citation.strip()
        assert article.gist.strip()
        assert article.verified in {True, False}


def test_keys_are_unique():
    text = (KNOWLEDGE / "law.toml").read_text(encoding="utf-8")
    keys = [entry["key"] for entry in tomllib.loads(text)["article"]]
    assert len(keys) == len(set(keys)) == len(KEYS)


def test_what_was_not_read_is_marked():
    """The file says of each article whether its text was read; nothing is verified by omission."""
    text = (KNOWLEDGE / "law.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["article"]
    assert all(type(entry["verified"]) is bool for entry in entries)
    for entry in entries:
        assert cite(entry["key"]).verified is entry["verified"]
    assert {entry["verified"] for entry in entries} == {True, False}


def test_the_brief_lists_some_articles_in_the_files_order():
    brief = [article.key for article in articles(in_brief=True)]
    assert 0 < len(brief) < len(KEYS)
    assert brief == [article.key for article in articles() if article.key in set(brief)]


@pytest.mark.parametrize("call", [cite, isu, urusan])
@pytest.mark.parametrize("key", ["PP 99/2099 1", "", "ISU-Z", "9.99"])
def test_an_unknown_key_is_refused_by_name(call, key):
    with pytest.raises(LawError) as refused:
        call(key)
    assert f'"{key}"' in refused.value.sentence("id")
    assert f'"{key}"' in refused.value.sentence("en")


def test_the_seeds_eight_issues_in_its_order():
    assert [topic.code for topic in all_isu()] == [f"ISU-{letter}" for letter in "ABCDEFGH"]


@pytest.mark.parametrize(
    ("field", "file", "topic"), [("urusan_kode", "urusan.csv", urusan), ("isu", "isu.csv", isu)]
)
def test_the_questionnaire_offers_exactly_the_known_topics(field, file, topic):
    with (KNOWLEDGE / file).open(encoding="utf-8") as source:
        known = {row["kode"]: row for row in csv.DictReader(source)}
    choices = read_form().table("usulan").field(field).choices
    assert [choice.code for choice in choices] == list(known)
    for choice in choices:
        unverified = known[choice.code].get("sumber") == "belum diverifikasi"
        for lang, mark in (("id", "belum diverifikasi"), ("en", "unverified")):
            name, _, note = choice.labels[lang].partition(" (")
            if unverified:
                assert mark in note
            else:
                name = choice.labels[lang]
            assert topic(choice.code, lang).name == name


def test_a_long_citation_has_a_short_form_for_cells_of_tables():
    for lang, short in (("id", "Naskah kebijakan HSS"), ("en", "HSS policy brief")):
        article = cite("Naskah HSS", lang)
        assert in_short("Naskah HSS", lang) == article.short == short
        assert len(short) < len(article.citation)
        assert cite("PP 28/2018 5(1)", lang).short == cite("PP 28/2018 5(1)", lang).citation
