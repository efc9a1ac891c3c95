"""Write docs/problems.md: every code a problem can carry, with its sentences and where it is found.

    python scripts/make_problem_table.py

The codes come from the sentences in `ksd_toolkit/messages`, the severities and places from the
source itself. A code without a place, or a place without a sentence, is an error.
"""

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = PROJECT / "ksd_toolkit"
TABLE: Final = PROJECT / "docs" / "problems.md"
SEVERITIES: Final = ("error", "warning", "info")
_PREFIX: Final = "problem."
_MAKERS: Final = {  # position of the severity, severity when none is given, what precedes the code
    "Problem": (3, "error", ""),
    "Note": (2, "warning", ""),
    "_found": (3, "warning", "evaluation."),
    "_broken": (4, "warning", "agreements."),
    "refused": (4, "error", "agreements."),
}
_OPENING: Final = """\
# Kode masalah / Problem codes

Setiap masalah yang ditemukan saat kuesioner dibaca membawa satu kode, tempatnya, kalimat, dan
perbaikannya. Tabel ini dibuat oleh `scripts/make_problem_table.py` dan dijaga oleh sebuah uji;
jangan disunting. Kata dalam kurung kurawal diganti fakta dari berkasnya.

*Every problem found while questionnaires are read carries one code, its place, a sentence and a
remedy. This table is generated; a test keeps it complete. Words in braces are facts of the file.*

Tingkat / severity: **kesalahan** (error) = isian tidak dipakai; **peringatan** (warning) = dipakai,
mohon diperiksa; **catatan** (info) = sekadar diketahui.
"""
_NAMES: Final = {"error": "kesalahan", "warning": "peringatan", "info": "catatan"}
_GROUPS: Final = {
    "file": "Berkas / files",
    "sheet": "Lembar / sheets",
    "row": "Baris / rows",
    "cell": "Sel / cells",
    "opd": "Perangkat daerah / offices",
    "register": "Register",
    "form": "Formulir / forms",
    "agreements": "Naskah kerja sama / agreements",
    "evaluation": "Evaluasi / evaluation",
    "atlas": "Data wilayah / region data",
    "plenary": "Rapat pleno / the plenary",
}


@dataclass(slots=True)
class Code:
    """One code: what it says and where it comes from."""

    texts: dict[str, str] = field(default_factory=dict)
    severities: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)


def problem_codes() -> dict[str, Code]:
    """Every code that has a sentence, with the places that raise it."""
    codes: dict[str, Code] = defaultdict(Code)
    for lang in ("id", "en"):
        for code, text in _sentences(lang):
            name, _, part = code.removeprefix(_PREFIX).rpartition(".")
            codes[name].texts[f"{part}_{lang}"] = text
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        _add_places(codes, module, ast.parse(path.read_text(encoding="utf-8")))
    return dict(codes)


def table_text() -> str:
    """The page."""
    lines = [_OPENING]
    codes = problem_codes()
    groups: dict[str, list[str]] = defaultdict(list)
    for code in sorted(codes):
        groups[code.partition(".")[0]].append(code)
    for group in sorted(groups, key=_rank):
        lines.append(f"\n## {_GROUPS.get(group, group)}\n")
        lines.append("| Kode | Tingkat | Kalimat | Perbaikan | Sentence | Di / in |")
        lines.append("|---|---|---|---|---|---|")
        lines += [_row(code, codes[code]) for code in groups[group]]
    return "\n".join(lines) + "\n"


def _rank(group: str) -> tuple[int, str]:
    known = list(_GROUPS)
    return (known.index(group) if group in known else len(known), group)


def _row(name: str, code: Code) -> str:
    severities = ", ".join(_NAMES[s] for s in SEVERITIES if s in code.severities)
    texts = (code.texts.get(part, "") for part in ("say_id", "fix_id", "say_en"))
    places = ", ".join(f"`{module}`" for module in sorted(code.modules))
    return f"| `{name}` | {severities} | {' | '.join(map(_cell, texts))} | {places} |"


def _cell(text: str) -> str:
    """A sentence inside a table cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _sentences(lang: str) -> Iterator[tuple[str, str]]:
    for topic in sorted((PACKAGE / "messages" / lang).glob("*.toml")):
        for code, text in _flat(tomllib.loads(topic.read_text(encoding="utf-8"))):
            if code.startswith(_PREFIX):
                yield code, text


def _flat(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


# --- where a code is raised ------------------------------------------------------------------


def _add_places(codes: dict[str, Code], module: str, tree: ast.Module) -> None:
    """Every known code written out in a module; its severity where the same call states it.

    A code handed on as plain text becomes an error unless the module lowers it by name, as in
    `"warning" if fate == "duplicate" else "error"`.
    """
    stated: set[ast.expr] = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        maker = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
        if maker not in _MAKERS or not call.args:
            continue
        for literal in _literals(call.args[0]):
            stated.add(literal)
            name = _MAKERS[maker][2] + str(literal.value)
            if name in codes:
                codes[name].severities |= _severities(call, maker, tree)
                codes[name].modules.add(module)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if node.value in codes and node not in stated:
            code = codes[node.value]
            code.modules.add(module)
            code.severities |= _lowered(tree, node.value.rpartition(".")[2]) or {"error"}


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part


def _severities(call: ast.Call, maker: str, tree: ast.Module) -> set[str]:
    """The severities a call can give."""
    position, default, _ = _MAKERS[maker]
    given = next((word.value for word in call.keywords if word.arg == "severity"), None)
    if given is None and len(call.args) > position:
        given = call.args[position]
    if given is None:
        return {default}
    found = {str(part.value) for part in _literals(given)} & set(SEVERITIES)
    if isinstance(given, ast.Name):
        for node in ast.walk(tree):
            targets = (
                node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            )
            names = {getattr(target, "id", "") for target in targets}
            value = getattr(node, "value", None)
            if given.id in names and isinstance(value, ast.expr):
                found |= {str(part.value) for part in _literals(value)} & set(SEVERITIES)
    return found or {default}


def _lowered(tree: ast.Module, word: str) -> set[str]:
    """The severity that `"warning" if fate == word else ...` gives to the codes ending in `word`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare):
            compared = {part.value for part in _literals(node.test)}
            chosen = {str(part.value) for part in _literals(node.body)} & set(SEVERITIES)
            if word in compared and chosen:
                return chosen
    return set()


def main() -> int:
    """Write the table; say which codes nobody raises."""
    homeless = [name for name, code in problem_codes().items() if not code.modules]
    for name in homeless:
        sys.stderr.write(f"{name}: nobody raises this problem\n")
    TABLE.write_text(table_text(), encoding="utf-8")
    return 1 if homeless else 0


if __name__ == "__main__":
    raise SystemExit(main())
