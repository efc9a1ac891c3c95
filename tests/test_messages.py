"""Every sentence exists in both languages, asks for the same facts, and is given them."""

import ast
import re
import string
import tomllib
from functools import cache
from pathlib import Path

import pytest

import ksd_toolkit
from ksd_toolkit.messages import has_message, say

PACKAGE = Path(ksd_toolkit.__file__).parent
TOPICS = sorted(path.name for path in (PACKAGE / "messages" / "id").glob("*.toml"))
PROBLEM_CODE = re.compile(r"(file|sheet|row|cell|opd)\.(?!csv)[a-z_]+")
ERRORS = {"InputError", "MethodError", "LawError", "RunError"}
NOT_FACTS = {"problems"}


def flat(table, prefix=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


@cache
def sentences(lang, topic):
    text = (PACKAGE / "messages" / lang / topic).read_text(encoding="utf-8")
    return dict(flat(tomllib.loads(text)))


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@cache
def all_sentences(lang):
    return {key: text for topic in TOPICS for key, text in sentences(lang, topic).items()}


@cache
def calls_and_texts(path):
    """The calls of a module and the texts it holds, read once."""
    called, texts = [], []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called.append(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
    return called, texts


def calls(names):
    """Every call of one of `names` in the package, with the place it stands at."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in calls_and_texts(path)[0]:
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name in names:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def texts_of_intake():
    """Every text in the packages that find problems."""
    for path in sorted((*PACKAGE.glob("questionnaire/*.py"), *PACKAGE.glob("register/*.py"))):
        yield from calls_and_texts(path)[1]


# --- the two languages -----------------------------------------------------------------------


def test_both_languages_have_the_same_topics():
    assert sorted(path.name for path in (PACKAGE / "messages" / "en").glob("*.toml")) == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_have_the_same_sentences_and_ask_for_the_same_facts(topic):
    indonesian, english = sentences("id", topic), sentences("en", topic)
    assert indonesian.keys() == english.keys()
    for code in indonesian:
        ours, theirs = (
            {re_lang(name) for name in placeholders(text)}
            for text in (indonesian[code], english[code])
        )
        assert ours == theirs, code


def re_lang(name):
    """`rule_id` and `rule_en` hold the same fact in two languages."""
    return name.removesuffix("_id").removesuffix("_en")


def test_no_code_is_used_by_two_topics():
    codes = [code for topic in TOPICS for code in sentences("id", topic)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("topic", ["problem.toml", "error.toml"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_problem_or_error_is_passed_over_in_silence(lang, topic):
    assert [code for code, text in sentences(lang, topic).items() if not text.strip()] == []


# --- problems --------------------------------------------------------------------------------


@cache
def problem_codes():
    """Codes written anywhere in a call, or as text where rows and cells are judged."""
    found = {text for text in texts_of_intake() if PROBLEM_CODE.fullmatch(text)}
    for _, call in calls({"Problem", "_RefusedError"}):
        if call.args and isinstance(call.args[0], ast.Constant):
            found.add(call.args[0].value)
    for place, call in calls({"_found"}):  # the evaluation's own, without the name of the group
        at_home = place.startswith(("evaluation/findings", "agreements/findings"))
        if at_home and isinstance(call.args[0], ast.Constant):
            found.add(f"evaluation.{call.args[0].value}")
    for _, call in calls({"_broken", "refused"}):  # those of the agreements, likewise
        if isinstance(call.args[0], ast.Constant):
            found.add(f"agreements.{call.args[0].value}")
    return sorted(found)


def test_every_problem_says_what_is_wrong_and_what_to_do():
    asked = [f"problem.{code}.{part}" for code in problem_codes() for part in ("say", "fix")]
    assert len(asked) > 500
    assert [code for code in asked if not has_message(code)] == []


def test_no_sentence_is_kept_for_a_problem_nobody_finds():
    codes = [code for code in all_sentences("id") if code.startswith("problem.")]
    kept = {code.split(".", 1)[1].rpartition(".")[0] for code in codes}
    assert kept == set(problem_codes())


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_problem_is_given_the_facts_its_sentence_asks_for(lang):
    catalogue = all_sentences(lang)
    for place, call in calls({"Problem"}):
        code, *others = call.args
        given = facts_of(others[1]) if len(others) > 1 else set()
        if isinstance(code, ast.Constant) and given is not None:
            for part in ("say", "fix"):
                assert placeholders(catalogue[f"problem.{code.value}.{part}"]) <= given, place


def facts_of(node):
    """The keys of a dictionary written out in the call; None where it is made elsewhere."""
    if isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
        return {key.value for key in node.keys}
    return None


# --- errors ----------------------------------------------------------------------------------


def errors_raised():
    for place, call in calls(ERRORS):
        if call.args and isinstance(call.args[0], ast.Constant):
            given = {word.arg for word in call.keywords if word.arg} - NOT_FACTS
            whole = all(word.arg for word in call.keywords)  # no ** among them
            yield place, f"error.{call.args[0].value}", given, whole


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_error_has_a_sentence_with_the_facts_it_is_given(lang):
    kept, raised = all_sentences(lang), list(errors_raised())
    assert len(raised) > 100
    assert [(place, code) for place, code, _, _ in raised if code not in kept] == []
    lacking = {
        (place, code): placeholders(kept[code]) - given
        for place, code, given, whole in raised
        if whole and placeholders(kept[code]) - given
    }
    assert lacking == {}


def test_braces_in_a_fact_stay_braces():
    assert "{name}" in say("error.dossier.name", "id", name="{name}")


def test_a_fact_that_is_missing_is_a_bug_not_a_blank():
    with pytest.raises(KeyError):
        say("error.dossier.name", "id")
