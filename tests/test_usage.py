"""A mistyped command: told in Indonesian first, then in English, nothing done."""

import sys

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app


@pytest.mark.parametrize(
    ("typed", "told", "also"),
    [
        ("bacth", 'Perintah "bacth" tidak ada; yang mirip: batch', 'There is no command "bacth"'),
        ("forum nope", 'Perintah "nope" tidak ada. Lihat', "See"),
        (
            "batch --papr x",
            "Pilihan --papr tidak dikenal; yang mirip: --paper",
            "near are: --paper",
        ),
        ("batch --qqqq", "Pilihan --qqqq tidak dikenal. Lihat", "There is no option --qqqq"),
        ("batch --paper", "Pilihan --paper memerlukan sebuah nilai", "needs a value"),
        ("batch --workers -3", "paling kecil 0", "at least 0"),
        ("batch --workers x", "bilangan bulat", "whole number"),
        ("batch --lang xx a/2026", "'--lang' tidak dapat dipakai: xx: id, en", "cannot be used"),
        ("trace", "'REPORT' wajib disebut", "'REPORT' must be given"),
        ("run a b c", "Terlalu banyak kata: b c", "Too many words: b c"),
    ],
)
def test_what_was_mistyped_is_said_in_both_languages(typed, told, also):
    done = CliRunner().invoke(app, typed.split())
    assert done.exit_code == 1
    first, second = [line for line in done.output.splitlines() if not line.startswith("Usage")]
    assert told in first
    assert also in second
    assert "--help" in first
    assert "--help" in second


def test_a_group_without_a_command_shows_what_there_is():
    done = CliRunner().invoke(app, ["forum"])
    assert done.exit_code == 1
    assert "Commands:" in done.output


def test_help_is_no_mistake():
    done = CliRunner().invoke(app, ["batch", "--help"])
    assert done.exit_code == 0
    assert "--workers" in done.output


def test_a_bug_stays_visible_as_a_bug(monkeypatch):
    def breaks(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(sys.modules["ksd_toolkit.cli.index"], "find_home", breaks)
    done = CliRunner().invoke(app, ["index", "2026"])
    assert isinstance(done.exception, ZeroDivisionError)
