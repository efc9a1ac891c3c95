"""Read whatever the toolkit makes as a search engine would, and look for persons in it."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

# Written anew here, so that a gap in the toolkit's own patterns does not hide itself.
SHAPES = {
    "NIP": re.compile(r"(?<![0-9A-Za-z.,])(?:19|20)\d{2}[01]\d[0-3]\d[ .]?(?:19|20)\d{2}[01]\d[ .]?[12][ .]?\d{3}(?!\d)"),
    "NIP without sense": re.compile(r"(?<![0-9A-Za-z.,_-])\d{18}(?![0-9A-Za-z])"),
    "phone": re.compile(r"(?<![\w.,-])(?:\+62[ .-]?|0)8\d{1,2}[ .-]?\d{3,4}[ .-]?\d{3,5}(?![\w.])"),
    "e-mail": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+"),
}  # fmt: skip
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL)


def findings(texts: dict[str, str], named: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """Where a text shows a person: the place, what it is, and what stands there."""
    found = [
        (place, what, match[0])
        for place, text in texts.items()
        for what, shape in SHAPES.items()
        for match in shape.finditer(text)
    ]
    for place, text in texts.items():
        found += [(place, "named", name) for name in named if _folded(name) in _folded(text)]
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def texts_below(folder: Path) -> dict[str, str]:
    """The name and everything readable of every file below a folder."""
    return {
        f"{path.relative_to(folder).as_posix()}{part}": text
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for part, text in texts_of(path)
    }


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of one file, with the part of it they stand in."""
    content = path.read_bytes()
    yield "#name", path.name
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".png"):  # points, not letters: any bytes may look like an address
                    continue
                yield f"!{name}", _plain(archive.read(name).decode("utf-8", "replace"))
    elif content.startswith(b"%PDF"):
        yield "", _pdf(content)
    elif path.suffix in {".ipynb", ".json"}:
        yield "", "\n".join(_strings(json.loads(content)))
    else:
        text = content.decode("utf-8", "replace")
        yield "", _plain(text) if path.suffix == ".html" else text


def _plain(markup: str) -> str:
    """The text and the attributes of markup."""
    attributes = "\n".join(re.findall(r'(?:title|alt|name|content|href)="([^"]*)"', markup))
    return html.unescape(f"{_TAG.sub(' ', markup)}\n{attributes}")


def _pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
        return "\n".join([*pages, *document.get_metadata_dict().values()])
    finally:
        document.close()


def _strings(facts: object) -> Iterator[str]:
    """Every string of a JSON document; markup in it as text, images left out."""
    if isinstance(facts, dict):
        for name, value in facts.items():
            yield name
            if not name.startswith("image/png"):
                yield from _strings(value)
    elif isinstance(facts, list):
        yield from (
            _strings("".join(facts))
            if facts and all(isinstance(f, str) for f in facts)
            else (text for fact in facts for text in _strings(fact))
        )
    elif isinstance(facts, str):
        yield _plain(facts) if "<" in facts else facts
    elif isinstance(facts, int | float):
        yield str(facts)
