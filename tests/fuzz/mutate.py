"""Damage to files people send: by the byte, by the part of the archive, by the cell, by the line.

Every mutation takes the content and a seeded source of chance and gives other content; the same
seed damages in the same way.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]
Part = Callable[[str, random.Random], str]

HOSTILE = (
    "=cmd|' /C calc'!A0", "@SUM(1)", "-5", "\x00", "\x0b", "\ufeff", "\u202e", "\ud7ff", "&amp;#0;",
    "<script>alert(1)</script>", "{{7*7}}", "$$", "\\input{x}", "9" * 400, "1e999", "nan", "-0",
    "Rp " + "1." * 200, "#DIV/0!", "31 Februari 2026", "63.05; 63.99", "A" * 40_000, "\n" * 50,
)  # fmt: skip
REFERENCES = ("XFD1048576", "A0", "A-1", "ZZZZ9", "B99999999999", "a1", "", "A1:B2", "1A", "XFE1")
TYPES = ("s", "str", "inlineStr", "b", "e", "n", "d", "zzz", "")


# --- bytes -------------------------------------------------------------------------------------


def flip(content: bytes, chance: random.Random) -> bytes:
    """A few bytes become others."""
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def splice(content: bytes, chance: random.Random) -> bytes:
    """A stretch stands twice, or is gone."""
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice((1, 16, 512, 4096)))
    if chance.random() < 0.5:
        return content[:end] + content[start:end] + content[end:]
    return content[:start] + content[end:]


def wrap(content: bytes, chance: random.Random) -> bytes:
    """Something stands before the file."""
    return (
        chance.choice((b"\xef\xbb\xbf", b"PK", b"<html>", b"\xff\xfe", b"\n\n", b"sep=;\n"))
        + content
    )


# --- parts of an archive -----------------------------------------------------------------------


def archive(change: Callable[[dict[str, bytes], random.Random], None]) -> Mutation:
    """A change of the parts of a zip archive."""

    def mutation(content: bytes, chance: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
        change(parts, chance)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for name, part in parts.items():
                target.writestr(name, part)
        return packed.getvalue()

    return mutation


def drop(parts: dict[str, bytes], chance: random.Random) -> None:
    """A part is missing."""
    del parts[chance.choice(sorted(parts))]


def swap(parts: dict[str, bytes], chance: random.Random) -> None:
    """Two parts have changed places."""
    first, second = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    parts[first], parts[second] = parts[second], parts[first]


def truncate(parts: dict[str, bytes], chance: random.Random) -> None:
    """A part ends early."""
    name = chance.choice(sorted(parts))
    parts[name] = parts[name][: chance.randrange(len(parts[name]) + 1)]


def rename(parts: dict[str, bytes], chance: random.Random) -> None:
    """A part has another name."""
    name = chance.choice(sorted(parts))
    parts[chance.choice((name.upper(), "../" + name, "xl/media/a.png", name + " "))] = parts.pop(
        name
    )


def noise(parts: dict[str, bytes], chance: random.Random) -> None:
    """A part is damaged by the byte and packed whole."""
    name = chance.choice(sorted(parts))
    if parts[name]:
        parts[name] = flip(parts[name], chance)


def xml(change: Part) -> Mutation:
    """A change of the text of one XML part."""

    def on_parts(parts: dict[str, bytes], chance: random.Random) -> None:
        names = [name for name in sorted(parts) if name.endswith((".xml", ".rels"))]
        name = chance.choice([n for n in names if "sheet" in n or "content" in n] or names)
        text = parts[name].decode("utf-8", errors="replace")
        parts[name] = change(text, chance).encode("utf-8", errors="replace")

    return archive(on_parts)


def replaced(pattern: str, replacement: Callable[[re.Match[str], random.Random], str]) -> Part:
    """Some of what `pattern` finds becomes something else."""

    def change(text: str, chance: random.Random) -> str:
        found = list(re.finditer(pattern, text))
        for match in sorted(chance.sample(found, min(len(found), 3)), key=lambda m: -m.start()):
            text = text[: match.start()] + replacement(match, chance) + text[match.end() :]
        return text

    return change


def double_part(text: str, chance: random.Random) -> str:
    """A row or cell stands many times."""
    found = list(re.finditer(r"<(row|c)\b.*?</\1>", text, re.DOTALL))
    if not found:
        return text
    match = chance.choice(found)
    return text[: match.end()] + match[0] * chance.choice((1, 5, 500)) + text[match.end() :]


def lie_about_encoding(text: str, chance: random.Random) -> str:
    """The declaration names another encoding, or a document type stands in front."""
    head = chance.choice(("utf-16", "windows-1252", "zzz", "utf-7"))
    doctype = '<!DOCTYPE x [<!ENTITY a "a">]>' if chance.random() < 0.3 else ""
    return f'<?xml version="1.0" encoding="{head}"?>{doctype}' + re.sub(r"^<\?xml.*?\?>", "", text)


WORKBOOK: dict[str, Mutation] = {
    "flip": flip,
    "cut": cut,
    "splice": splice,
    "wrap": wrap,
    "drop": archive(drop),
    "swap": archive(swap),
    "truncate": archive(truncate),
    "rename": archive(rename),
    "noise": archive(noise),
    "reference": xml(replaced(r'\br="[A-Z]+\d+"', lambda m, c: f'r="{c.choice(REFERENCES)}"')),
    "row": xml(
        replaced(
            r'<row\b[^>]*?\br="\d+"',
            lambda m, c: f'<row r="{c.choice(("0", "-1", "x", "1048577", "1", "200001"))}"',
        )
    ),
    "type": xml(replaced(r'\bt="\w+"', lambda m, c: f't="{c.choice(TYPES)}"')),
    "style": xml(replaced(r'\bs="\d+"', lambda m, c: f's="{c.choice(("-1", "9999999", "x"))}"')),
    "value": xml(
        replaced(
            r"<v>[^<]*</v>|<t>[^<]*</t>|<text:p>[^<]*</text:p>",
            lambda m, c: re.sub(r">[^<]*<", ">" + _escaped(c.choice(HOSTILE)) + "<", m[0], count=1),
        )
    ),
    "formula": xml(
        replaced(
            r"<v>", lambda m, c: f"<f>{c.choice(('A1', 'SUM(', '1/0', 'HYPERLINK(1)'))}</f><v>"
        )
    ),
    "repeat": xml(
        replaced(
            r"<table:table-(row|cell)",
            lambda m, c: (
                f'{m[0]} table:number-{m[1]}s-repeated="{c.choice((0, -1, 9, 2**31, 10**12))}"'
            ),
        )
    ),
    "double": xml(double_part),
    "encoding": xml(lie_about_encoding),
}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


# --- lines of text -----------------------------------------------------------------------------


def lines(change: Callable[[list[bytes], random.Random], None]) -> Mutation:
    """A change of the lines of a text file."""

    def mutation(content: bytes, chance: random.Random) -> bytes:
        found = content.split(b"\n")
        change(found, chance)
        return b"\n".join(found)

    return mutation


def move_cell(found: list[bytes], chance: random.Random) -> None:
    """A line has a cell more or less."""
    at = chance.randrange(len(found))
    found[at] = chance.choice(
        (found[at] + b",x,,", found[at].rpartition(b",")[0], b"," + found[at])
    )


def put_hostile(found: list[bytes], chance: random.Random) -> None:
    """A cell holds something hostile, in quotes or with a quote left open."""
    at = chance.randrange(len(found))
    cells = found[at].split(b",")
    text = chance.choice(HOSTILE).encode("utf-8", "replace")
    cells[chance.randrange(len(cells))] = chance.choice((b'"%s"', b"%s", b'"%s')) % text
    found[at] = b",".join(cells)


def shuffle(found: list[bytes], chance: random.Random) -> None:
    """The lines stand in another order, some of them twice."""
    found += [chance.choice(found)]
    chance.shuffle(found)


def other_encoding(content: bytes, chance: random.Random) -> bytes:
    """The text is written in another encoding."""
    text = content.decode("utf-8")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1252")), "replace")


def other_delimiter(content: bytes, chance: random.Random) -> bytes:
    """Another mark stands between the cells."""
    return content.replace(b",", chance.choice((b";", b"\t", b"|", b", ")))


TEXT: dict[str, Mutation] = {
    "flip": flip,
    "cut": cut,
    "splice": splice,
    "wrap": wrap,
    "cells": lines(move_cell),
    "hostile": lines(put_hostile),
    "shuffle": lines(shuffle),
    "encoding": other_encoding,
    "delimiter": other_delimiter,
}
