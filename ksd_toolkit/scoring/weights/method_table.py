"""Weights agreed on, as a method table of the office's own that states where they come from.

The table carries the fingerprint of its own text, so that what a person changed in it is never lost.
"""

import hashlib
import json
import re
from typing import Final

from ksd_toolkit.messages import count, say, say_counted
from ksd_toolkit.scoring.weights.sentences import procedure_names
from ksd_toolkit.scoring.weights.weighting import Weighting

_LANGUAGES: Final = ("id", "en")
_RATIO_PLACES: Final = 4
_MARK: Final = "# sha256: "
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def method_table(weighting: Weighting, name: str, based_on: str) -> str:
    """The text of `<name>.toml`: a method that differs from another by its weights alone.

    Args:
        weighting: The weights and what they rest on.
        name: What the method is called.
        based_on: The method whose criteria, classes and gates it takes over.
    """
    note = {lang: _note(weighting, lang) for lang in _LANGUAGES}
    lines = [
        f"name = {_text(name)}",
        f"based_on = {_text(based_on)}",
        *(f"title_{lang} = {_text(say('weights.title', lang, name=name))}" for lang in _LANGUAGES),
        *(f"note_{lang} = {_text(note[lang])}" for lang in _LANGUAGES),
        "",
        "[weighting]",
        f"procedure = {_text(weighting.procedure)}",
    ]
    ratio = weighting.consistency_ratio
    if ratio is not None:
        lines += [
            f"random_index = {_text(weighting.random_index)}",
            f"consistency_ratio = {ratio:.{_RATIO_PLACES}f}",
        ]
    if weighting.acknowledged:
        lines.append(f"acknowledged = {_text(weighting.acknowledged)}")
    lines += ["", "[weights]"]
    lines += [f"{_key(code)} = {percent!r}" for code, percent in weighting.percent.items()]
    return _sealed("\n".join(lines) + "\n")


def is_method_table(text: str) -> bool:
    """Whether `method_table` wrote the text, whatever was changed in it since."""
    return text.startswith(_head().splitlines()[0])


def is_untouched(text: str) -> bool:
    """Whether the text is what `method_table` wrote, to the letter; one without fingerprint is not."""
    body = text.partition(_MARK)[2].partition("\n")[2]
    return text == _sealed(body)


def _head() -> str:
    return "".join(f"# {say('weights.file_head', lang)}\n" for lang in _LANGUAGES)


def _sealed(body: str) -> str:
    """The text of a table under its head and fingerprint."""
    return f"{_head()}{_MARK}{hashlib.sha256(body.encode()).hexdigest()}\n{body}"


def _note(weighting: Weighting, lang: str) -> str:
    """What every paper that uses these weights says of them."""
    procedures = procedure_names(weighting, lang)
    members = len(weighting.members)
    sentences = [
        say_counted("weights.note", members, lang, n=count(members, lang), procedures=procedures)
    ]
    if weighting.acknowledged:
        sentences.append(say("weights.acknowledged", lang, reason=weighting.acknowledged))
    return " ".join(sentences)


def _key(code: str) -> str:
    """A TOML key, bare where that is allowed."""
    return code if _BARE.fullmatch(code) else _text(code)


def _text(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
