"""Texts that would do harm if a writer read them as markup, formula, path or layout."""

import json
from pathlib import Path

OWN = (
    "<script>window.PWN=1</script>",
    '"><svg onload=window.PWN=1>',
    "[klik](javascript:window.PWN=1)",
    "{{ 7*7 }} {% raw %}",
    '#read("/etc/hostname")',
    '#import "@preview/cetz:0.3.0"',
    "\\input{/etc/hostname}",
    "Biaya $5 dan $10 _miring_ *tebal* `kode` = judul",
    '=HYPERLINK("http://127.0.0.1:9","x")',
    "+1+1",
    "http://127.0.0.1:9/x",
    "nama\u202etxt.exe",
    "\u0000=1+1",
    "\uff1d1+1",
    "\U0001f600 e\u0301\u0301\u0301",
    "\ud800",
    "kata" * 60,
    "]" * 30 + "}" * 30,
)
SHARED = Path(__file__).parents[2].parent / "shared" / "payloads.json"


def shared_texts():
    """The project's shared set, by kind; empty where it is not at hand."""
    return json.loads(SHARED.read_text(encoding="utf-8")) if SHARED.is_file() else {}
