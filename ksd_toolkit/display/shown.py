"""The object a notebook cell ends with: it shows itself as HTML and carries its blocks as data."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

from ksd_toolkit.display.fragment import html_fragment
from ksd_toolkit.display.rewriting import rewritten, texts_of, without_texts
from ksd_toolkit.document import (
    Annex,
    Block,
    Callout,
    Clauses,
    Figure,
    Heading,
    Items,
    KeyFigures,
    Paragraph,
    Particulars,
    Provenance,
    References,
    RegionMap,
    Signatures,
    Table,
    block_from_json,
    block_to_json,
    plain_text,
)
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.theme import NO_SOURCES, read_sources

MIME: Final = "application/vnd.ksd+json"
_FORMAT_VERSION: Final = 1


class Shown:
    """Blocks on display: `text/html` for JupyterLab, typed blocks for publishing, a stable repr."""

    def __init__(self, *blocks: Block, lang: str = "id") -> None:
        self.blocks = blocks
        self.lang = lang

    @property
    def texts(self) -> dict[int, str]:
        """Every paragraph, point and line of a box by its number, for `rewrite` and `without`."""
        return dict(enumerate(texts_of(self.blocks), start=1))

    def rewrite(self, texts: Mapping[int, str], dossier: Dossier | None = None) -> Self:
        """The same with the author's words in place of some generated texts.

        Args:
            texts: Markdown by number of text (see `texts`): `{2: "Menurut [@PP 28/2018 5(1)] ..."}`.
            dossier: Where its own `sumber.toml` may be cited, too.

        Raises:
            RunError: A number names no text, or what replaces it is blank or no prose.
            LawError: A citation is unknown.
        """
        sources = read_sources(dossier) if dossier else NO_SOURCES
        return type(self)(*rewritten(self.blocks, texts, self.lang, sources), lang=self.lang)

    def without(self, *numbers: int) -> Self:
        """The same without some generated texts.

        Raises:
            RunError: A number names no text.
        """
        return type(self)(*without_texts(self.blocks, numbers), lang=self.lang)

    def __repr__(self) -> str:
        return "\n".join(_outline(block) for block in self.blocks)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """What Jupyter asks for; `include` and `exclude` are its protocol and not used here."""
        return {
            MIME: {
                "version": _FORMAT_VERSION,
                "blocks": [block_to_json(block) for block in self.blocks],
            },
            "text/html": html_fragment(self.blocks, self.lang),
            "text/plain": repr(self),
        }


def blocks_of_bundle(bundle: Mapping[str, Any]) -> Iterable[Block]:
    """The blocks a MIME bundle carries; none when it carries ours not at all."""
    carried = bundle.get(MIME)
    return [block_from_json(data) for data in carried["blocks"]] if carried else []


def _outline(block: Block) -> str:  # noqa: PLR0911, PLR0912  one line a kind of block
    """One line that names a block, the same on every machine."""
    match block:
        case Heading() | Paragraph():
            return plain_text(block.text)
        case Items():
            return "\n".join(f"- {plain_text(item)}" for item in block.items)
        case Table():
            return f"[tabel] {block.caption}: {len(block.rows)} x {len(block.columns)}"
        case Figure():
            return f"[gambar] {block.caption}: {block.alt}"
        case RegionMap():
            return f"[peta] {block.caption}: {block.alt}"
        case Callout():
            return f"[kotak] {block.title}: {' '.join(map(plain_text, block.lines))}"
        case KeyFigures():
            return "; ".join(f"{figure.label}: {figure.value}" for figure in block.figures)
        case Provenance():
            return f"[jejak] {len(block.rows)}"
        case Particulars():
            return "\n".join(f"{name}: {plain_text(text)}" for name, text in block.entries)
        case Clauses():
            return "\n".join(
                f"{clause.label}: {plain_text(item)}"
                for clause in block.entries
                for item in clause.items
            )
        case Signatures():
            return "; ".join(person.capacity for person in block.people)
        case Annex():
            return f"{block.label}: {block.title}"
        case References():
            return "\n".join(plain_text(entry) for entry in block.entries)
