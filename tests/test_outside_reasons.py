"""What the system and the reader of TOML say, told in both languages and never in their own words."""

import errno
import os
import tomllib

import pytest

from ksd_toolkit.errors import MethodError, RunError
from ksd_toolkit.messages.outside_reasons import system_reason, system_reasons, toml_reason
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.scoring.method_layers import read_toml

BAD = {
    "a": "=", "a = 1 b = 2": "sendiri", "[a": "kurung siku", "a = [1": "kurung", 'a = "x': "kutip",
    'a = "x\\q"': "miring", "= 1": "nama", "a = 2026-02-30": "tanggal", "a = ya": "tanda kutip",
    "a = 1\na = 2": "dua kali", "a = 1 \0": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), BAD.items())
def test_a_fault_of_toml_is_told_with_its_line(text, told):
    with pytest.raises(tomllib.TOMLDecodeError) as found:
        tomllib.loads(text)
    sentence = toml_reason(found.value, "id")
    assert told in sentence
    assert str(found.value).split(" (")[0] not in sentence + toml_reason(found.value, "en")
    if "line" in str(found.value):
        assert "baris" in sentence


def test_a_file_in_other_letters_is_told_as_such():
    with pytest.raises(UnicodeDecodeError) as found:
        b"\xff".decode()
    assert "UTF-8" in toml_reason(found.value, "id")


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_the_system_is_not_quoted(number):
    error = OSError(number, os.strerror(number))
    told = {system_reason(error, lang) for lang in ("id", "en")}
    assert len(told) == 2
    assert os.strerror(number) not in told


def test_an_error_tells_the_reason_of_its_language(tmp_path):
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(RunError) as refused:
        replace_file(tmp_path / "a" / "b.pdf", b"")
    facts = system_reasons(FileExistsError(errno.EEXIST, ""))
    assert str(facts["reason"]) in refused.value.sentence("id")
    assert str(facts["reason_en"]) in refused.value.sentence("en")
    (tmp_path / "b.toml").write_text("a = ya", encoding="utf-8")
    with pytest.raises(MethodError) as unread:
        read_toml(tmp_path / "b.toml", "scenarios/b")
    assert "scenarios/b.toml" in unread.value.sentence("id")
    assert "line 1" in unread.value.sentence("en")
